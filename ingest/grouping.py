"""Names into groups, one group an entity: joined by what is certain and by what people decided, never by a score.

All joins are taken in an order of their own, so that the groups depend on what is known and not on how it came.
Names that share no mark never meet: a *bundle* is all that can be reached from a name by marks, and is grouped alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.ids import digest
from graph.model import Record

from .judgements import Judgement
from .kept import Form, tuples
from .known_names import house
from .listings import Listings
from .name_words import words
from .names import Parts, comparison_key, core, doubt_of_same_key, node_id, numbers, parts
from .stated import stated_aliases, stated_tickers

Node = tuple[str, str]  # kind, name
Mark = tuple[str, str, str]  # what the mark is (key, ticker, known, listed, id), kind, value
Tallies = MutableMapping[tuple[str, str], Counter[str]]  # of a name, or of a kind and a comparison key


@dataclass(slots=True)
class Names:
    """All that the documents say about names, each with the number of documents that say it.

    Attributes:
        documents: names as an entity's fullest name.
        forms: other forms that documents use for a name.
        meant: what a stated alias means, both as comparison keys.
        headquarters: regions where a name is said to have its seat.
        marked: the names that bear a mark.
        listings: the companies of reference lists.
    """

    documents: MutableMapping[Node, int] = field(default_factory=dict)
    forms: Tallies = field(default_factory=lambda: defaultdict(Counter))
    meant: Tallies = field(default_factory=lambda: defaultdict(Counter))
    meaning: Tallies = field(default_factory=lambda: defaultdict(Counter))
    tickers: Tallies = field(default_factory=lambda: defaultdict(Counter))
    headquarters: Tallies = field(default_factory=lambda: defaultdict(Counter))
    marked: MutableMapping[Mark, set[Node]] = field(default_factory=lambda: defaultdict(set))
    listings: Listings = field(default_factory=Listings)


@dataclass(frozen=True, slots=True)
class Group:
    """One entity: its id, its names, the ids that it has swallowed, and what is known of it beside its names."""

    id: str
    kind: str
    name: str
    names: tuple[str, ...]
    retired: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()


GROUP: Form[Group] = Form(
    lambda g: [g.id, g.kind, g.name, g.names, g.retired, g.facts],
    lambda row: Group(*tuples(row)),
)


# what the documents say


def collect(records: Iterable[Record], listings: Listings | None = None) -> Names:
    names = Names(listings=listings or Listings())
    for record in records:
        count(names, said(record))
    return names


@dataclass(frozen=True, slots=True)
class Said:
    """What one document says of names.

    Attributes:
        nodes: the names in it.
        forms: each form that it uses for one of them, as often as it does.
        seats: regions where a name is said to have its seat.
        aliases: kind, alias and what it means, both as comparison keys.
        tickers: names with the ticker behind them.
    """

    nodes: frozenset[Node]
    forms: tuple[tuple[Node, str], ...]
    seats: tuple[tuple[Node, str], ...]
    aliases: tuple[tuple[str, str, str], ...]
    tickers: tuple[tuple[Node, str], ...]


SAID: Form[Said] = Form(
    lambda told: [sorted(told.nodes), told.forms, told.seats, told.aliases, told.tickers],
    lambda row: Said(frozenset(tuples(row[0])), *map(tuples, row[1:])),
)


def said(record: Record) -> Said:
    named = [(side(m.kind, m.name), m) for m in record.mentions]
    claims = record.claims
    nodes = {node for node, _ in named}
    nodes |= {n for c in claims for n in (side(c.subject_kind, c.subject), side(c.object_kind, c.object))}
    nodes |= {side("Region", r) for c in claims for r in c.regions}
    aliases = {(kind, comparison_key(a), comparison_key(name)) for kind, a, name in stated_aliases(record)}
    return Said(
        nodes=frozenset(nodes),
        forms=tuple((node, m.text) for node, m in named if m.form == "name"),
        seats=tuple(
            (side(c.subject_kind, c.subject), region(c.object))
            for c in claims
            if c.predicate == "headquartered_in"
        ),
        aliases=tuple(sorted(a for a in aliases if a[1] != a[2])),
        tickers=tuple(sorted({(side(kind, name), t) for kind, name, t in stated_tickers(record)})),
    )


def count(names: Names, told: Said, times: int = 1) -> None:
    """Add what a document says of names, or with -1 take it away again."""
    for node, form in told.forms:
        _tally(names.forms, node, form, times)
    for node, seat in told.seats:
        _tally(names.headquarters, node, seat, times)
    for kind, alias, meant in told.aliases:
        _tally(names.meant, (kind, alias), meant, times)
        _tally(names.meaning, (kind, meant), alias, times)
    tickers = defaultdict(list)
    for node, ticker in told.tickers:
        tickers[node].append(ticker)
    for node in told.nodes:
        _count_node(names, node, tickers[node], times)


def _count_node(names: Names, node: Node, tickers: Sequence[str], times: int) -> None:
    """Count a name and keep what it is marked with."""
    for ticker in tickers:
        _tally(names.tickers, node, ticker, times)
        if ticker not in names.tickers.get(node, ()):
            names.marked["ticker", node[0], ticker].discard(node)
    documents = names.documents.get(node, 0) + times
    if documents > 0:
        names.documents[node] = documents
        for mark in marks(node, names):
            names.marked[mark].add(node)
        return
    names.documents.pop(node, None)
    for mark in marks(node, names):
        names.marked[mark].discard(node)


def _tally(counts: Tallies, of: tuple[str, str], what: str, times: int) -> None:
    counts[of][what] += times
    if not counts[of][what]:
        del counts[of][what]
    if not counts[of]:
        del counts[of]


def side(kind: str, name: str) -> Node:
    return kind, region(name) if kind == "Region" else name


def region(name: str) -> str:
    try:
        from .extract.regions import canonical_region
    except ImportError:
        return name
    return canonical_region(name) or name


# marks and bundles


def marks(node: Node, names: Names) -> list[Mark]:
    """All by which a name can meet another: its keys, tickers, the house it is known of, the id made of it."""
    kind, name = node
    found = [("key", kind, key or name) for key in parts(name).keys]
    found += [("ticker", kind, t) for t in sorted(names.tickers.get(node, ()))]
    if kind == "Company" and (known := house(comparison_key(name))):
        found.append(("known", kind, known))
    if listing := names.listings.of(kind, name):
        found.append(("listed", kind, listing.id))
        found += [("ticker", kind, t) for t in [listing.row.get("ticker", "")] if ":" in t]
    return [*found, ("id", kind, node_id(kind, name))]


def bundle(start: Iterable[Node], names: Names, judgements: Sequence[Judgement] = ()) -> set[Node]:
    """All names that can be reached from the given ones by marks, stated aliases and judgements."""
    linked = _judged(judgements)
    todo = list(start)
    found: set[Node] = set()
    seen: set[Mark] = set()
    while todo:
        node = todo.pop()
        found.add(node)
        new = _reached(marks(node, names), names, linked) - seen
        seen |= new
        todo.extend(n for mark in new for n in names.marked.get(mark, ()) if n not in found)
    return {n for n in found if n in names.documents}


def _reached(start: Iterable[Mark], names: Names, linked: Mapping[str, set[Mark]]) -> set[Mark]:
    found: set[Mark] = set()
    for mark in start:
        what, kind, value = mark
        found.add(mark)
        if what == "key":
            near = {*names.meant.get((kind, value), ()), *names.meaning.get((kind, value), ())}
            found |= {("key", kind, key) for key in near}
        if what == "id":
            found |= linked.get(value, set())
    return found


def _judged(judgements: Sequence[Judgement]) -> dict[str, set[Mark]]:
    """For each id that a judgement names, the other side's; the hash that tells two of one id apart left out."""
    linked: dict[str, set[Mark]] = defaultdict(set)
    for j in judgements:
        if j.right:
            sides = {id for s in (j.left, j.right) for id in _meant_ids(j.entity_kind, s)}
            for one in sides:
                linked[one] |= {("id", id.partition(":")[0], id) for id in sides}
    return {
        one: {("id", kind, id) for _, k, id in others for kind in _kinds(k)} for one, others in linked.items()
    }


def _kinds(folded: str) -> list[str]:
    from graph.vocabulary import kinds

    return [k for k in kinds() if k.casefold() == folded]


def _meant_ids(kind: str, side: str) -> set[str]:
    id = node_id(kind, side) if kind else side
    return {id, re.sub(r"-[0-9a-f]{6}$", "", id)}


# groups


def group(
    names: Names, judgements: Sequence[Judgement] = (), within: Iterable[Node] | None = None
) -> dict[Node, Group]:
    """Each name's group; of all names, or of those of whole bundles."""
    nodes = sorted(names.documents if within is None else within)
    by_id = defaultdict(list)
    for node in nodes:
        by_id[node_id(*node)].append(node)
    base = _Sets(nodes)
    base.keep_apart(_pairs(judgements, "different", base, by_id))
    for left, right in _certain(nodes, names):
        base.join(left, right)
    ids_of = _ids(base, nodes, names)
    for node in nodes:
        by_id[ids_of[base.root(node)]].append(node)
    for left, right in _pairs(judgements, "same", base, by_id):
        base.join(left, right)
    return _groups(base, nodes, names)


def _certain(nodes: Sequence[Node], names: Names) -> Iterable[tuple[Node, Node]]:
    """Pairs that need no person: same key, same ticker, known names, an alias stated in a text."""
    bearers: dict[Mark, list[Node]] = defaultdict(list)
    for node in nodes:
        for mark in marks(node, names)[:-1]:
            bearers[mark].append(node)
    for mark, together in bearers.items():
        if mark[0] == "key":
            yield from _of_one_key(together, names)
        else:
            yield from ((together[0], other) for other in together[1:])
    yield from _stated(nodes, names)


def _of_one_key(nodes: Sequence[Node], names: Names) -> Iterable[tuple[Node, Node]]:
    """All of one key, unless legal forms or "Group" leave a doubt: then the bare name goes with the most told one."""
    looks: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        looks[_look(parts(node[1]))].append(node)
    for alike in looks.values():
        yield from ((alike[0], other) for other in alike[1:])
    bare = looks.pop(("", ""), [])
    clusters = _Sets([alike[0] for alike in looks.values()])
    for one, other in combinations([alike[0] for alike in looks.values()], 2):
        if not doubt_of_same_key(parts(one[1]), parts(other[1])):
            clusters.join(one, other)
            yield one, other
    if bare and looks:
        yield bare[0], _most_told(bare[0], looks, clusters, names)


def _look(name: Parts) -> tuple[str, str]:
    return name.form, name.house


def _most_told(
    bare: Node, looks: Mapping[tuple[str, str], list[Node]], clusters: _Sets, names: Names
) -> Node:
    """Of the names that the bare one is for certain, one of the cluster that most documents name."""
    told: Counter[Node] = Counter()
    for alike in looks.values():
        told[clusters.root(alike[0])] += sum(names.documents[n] for n in alike)
    sure = [a[0] for a in looks.values() if not doubt_of_same_key(parts(bare[1]), parts(a[0][1]))]
    return min(sure, key=lambda n: (-told[clusters.root(n)], n), default=bare)


def _stated(nodes: Sequence[Node], names: Names) -> Iterable[tuple[Node, Node]]:
    """Stated aliases that mean one name only; "ABC" of two companies joins neither."""
    by_key = {(kind, comparison_key(name)): (kind, name) for kind, name in reversed(nodes)}
    for kind, alias in sorted(k for k in by_key if k in names.meant):
        targets = names.meant[kind, alias]
        left, right = by_key[kind, alias], by_key.get((kind, min(targets)))
        if len(targets) == 1 and right and not _clash(left, right, names):
            yield left, right


def _clash(left: Node, right: Node, names: Names) -> bool:
    a, b = set(core(left[1])), set(core(right[1]))
    qualified = a & b and (a ^ b) & (words("places") | words("units"))
    one, two = set(names.tickers.get(left, ())), set(names.tickers.get(right, ()))
    return bool(qualified) or numbers(left[1]) != numbers(right[1]) or bool(one and two and not one & two)


def _pairs(
    judgements: Sequence[Judgement], kind: str, known: _Sets, by_id: Mapping[str, list[Node]]
) -> Iterable[tuple[Node, Node]]:
    for j in judgements:
        if j.kind == kind:
            left, right = (_nodes(j.entity_kind, s, known, by_id) for s in (j.left, j.right))
            yield from ((a, b) for a in left[:1] for b in right[:1] if a != b)


def _nodes(kind: str, side: str, known: _Sets, by_id: Mapping[str, list[Node]]) -> list[Node]:
    """The names meant by one side of a judgement: an id, or a name of a kind."""
    if kind and (kind, side) in known:
        return [(kind, side)]
    return by_id.get(node_id(kind, side) if kind else side, [])


class _Sets:
    """Disjoint sets of names, some of which must stay apart."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._parent = {node: node for node in nodes}
        self._foes: dict[Node, set[Node]] = {}

    def __contains__(self, node: Node) -> bool:
        return node in self._parent

    def root(self, node: Node) -> Node:
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def keep_apart(self, pairs: Iterable[tuple[Node, Node]]) -> None:
        for left, right in pairs:
            self._foes.setdefault(left, set()).add(right)
            self._foes.setdefault(right, set()).add(left)

    def join(self, left: Node, right: Node) -> None:
        a, b = sorted((self.root(left), self.root(right)))
        if a == b or b in self._foes.get(a, ()):
            return
        self._parent[b] = a
        for foe in self._foes.pop(b, set()):
            self._foes[foe].discard(b)
            self._foes[foe].add(a)
            self._foes.setdefault(a, set()).add(foe)


def _groups(sets: _Sets, nodes: Sequence[Node], names: Names) -> dict[Node, Group]:
    members = _members(sets, nodes)
    ids = _ids(sets, nodes, names)
    found: dict[Node, Group] = {}
    taken = set(ids.values())
    for root, group in members.items():
        own = ids[root]
        retired = tuple(sorted({node_id(*n) for n in group} - {own} - taken))
        best = _best(group, names)
        made = Group(own, best[0], best[1], tuple(n[1] for n in group), retired, _facts(group, names))
        found.update(dict.fromkeys(group, made))
    return found


def _facts(group: Sequence[Node], names: Names) -> tuple[tuple[str, str], ...]:
    """What tells companies apart beside their names; only what is said in one way."""
    listed = [listing.row for n in group if (listing := names.listings.of(*n))]
    told = {
        "ticker": {t for n in group for t in names.tickers.get(n, ())}
        | {r.get("ticker", "") for r in listed},
        "headquarters": {h for n in group for h in names.headquarters.get(n, ())}
        | {region(r["headquarters"]) for r in listed if r.get("headquarters")},
        "lei": {r.get("lei", "") for r in listed},
        "website": {r.get("website", "") for r in listed},
    }
    return tuple((what, min(said)) for what, values in told.items() if len(said := values - {""}) == 1)


def _members(sets: _Sets, nodes: Sequence[Node]) -> dict[Node, list[Node]]:
    members: dict[Node, list[Node]] = defaultdict(list)
    for node in nodes:
        members[sets.root(node)].append(node)
    return members


def _ids(sets: _Sets, nodes: Sequence[Node], names: Names) -> dict[Node, str]:
    """Each group's id from its best name; where two groups would have one id, the lesser adds a hash of its name."""
    ids: dict[Node, str] = {}
    claimed: dict[str, list[tuple[Node, Node]]] = defaultdict(list)
    for root, group in _members(sets, nodes).items():
        best = _best(group, names)
        claimed[node_id(*best)].append((best, root))
    for id, claimants in claimed.items():
        for rank, (best, root) in enumerate(sorted(claimants, key=lambda c: _preference(c[0], names))):
            ids[root] = id if rank == 0 else f"{id}-{digest(*best)[:6]}"
    return ids


def _best(group: Sequence[Node], names: Names) -> Node:
    return min(group, key=lambda n: _preference(n, names))


def _preference(node: Node, names: Names) -> tuple[int, int, str]:
    """Most documents first, then the fuller name, then the alphabet."""
    return -names.documents[node], -len(node[1]), node[1]
