"""Names into groups, one group an entity: joined by what is certain and by what people decided, never by a score.

All joins are taken in an order of their own, so that the groups depend on what is known and not on how it came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.ids import digest
from graph.model import Record

from .judgements import Judgement
from .known_names import house
from .names import PLACES, UNITS, comparison_key, core, node_id, numbers
from .stated import stated_aliases, stated_tickers

Node = tuple[str, str]  # kind, name


@dataclass(slots=True)
class Names:
    """All that the documents say about names.

    Attributes:
        documents: for each name the number of documents that use it as an entity's fullest name.
        forms: for each name the other forms that documents use for it.
    """

    documents: Counter[Node] = field(default_factory=Counter)
    forms: dict[Node, set[str]] = field(default_factory=lambda: defaultdict(set))
    aliases: set[tuple[str, str, str]] = field(default_factory=set)
    tickers: dict[Node, set[str]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class Group:
    """One entity: its id, its names, the ids that it has swallowed."""

    id: str
    kind: str
    name: str
    names: tuple[str, ...]
    retired: tuple[str, ...]


def collect(records: Iterable[Record]) -> Names:
    names = Names()
    for record in records:
        seen: set[Node] = set()
        for m in record.mentions:
            node = m.kind, region(m.name) if m.kind == "Region" else m.name
            seen.add(node)
            if m.form == "name":
                names.forms[node].add(m.text)
        for c in record.claims:
            seen |= {side(c.subject_kind, c.subject), side(c.object_kind, c.object)}
            seen |= {side("Region", r) for r in c.regions}
        names.documents.update(seen)
        names.aliases.update(stated_aliases(record))
        for kind, name, ticker in stated_tickers(record):
            names.tickers[side(kind, name)].add(ticker)
    return names


def side(kind: str, name: str) -> Node:
    return kind, region(name) if kind == "Region" else name


def region(name: str) -> str:
    try:
        from .extract.regions import canonical_region
    except ImportError:
        return name
    return canonical_region(name) or name


def group(names: Names, judgements: Sequence[Judgement] = ()) -> dict[Node, Group]:
    """Each name's group."""
    nodes = sorted(names.documents)
    by_id = defaultdict(list)
    for node in nodes:
        by_id[node_id(*node)].append(node)
    base = _Parts(nodes)
    apart = list(_pairs(judgements, "different", names, by_id))
    base.keep_apart(apart)
    for left, right in _certain(nodes, names):
        base.join(left, right)
    ids_of = _ids(base, nodes, names)
    for node in nodes:
        for id in {ids_of[base.root(node)]}:
            by_id[id].append(node)
    for left, right in _pairs(judgements, "same", names, by_id):
        base.join(left, right)
    return _groups(base, nodes, names)


def _certain(nodes: Sequence[Node], names: Names) -> Iterable[tuple[Node, Node]]:
    """Pairs that need no person: same key, same ticker, known names, an alias stated in a text."""
    first: dict[tuple[str, ...], Node] = {}
    for node in nodes:
        kind, name = node
        key = comparison_key(name) or name
        marks = [("key", kind, key)] + [("ticker", kind, t) for t in sorted(names.tickers.get(node, ()))]
        if kind == "Company" and (known := house(key)):
            marks.append(("known", kind, known))
        for mark in marks:
            if mark in first:
                yield first[mark], node
            first.setdefault(mark, node)
    yield from _stated(nodes, names)


def _stated(nodes: Sequence[Node], names: Names) -> Iterable[tuple[Node, Node]]:
    """Stated aliases that mean one name only; "ABC" of two companies joins neither."""
    by_key = {(kind, comparison_key(name)): (kind, name) for kind, name in reversed(nodes)}
    meant: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, alias, name in names.aliases:
        if comparison_key(alias) != comparison_key(name):
            meant[kind, comparison_key(alias)].add(comparison_key(name))
    for (kind, alias), targets in sorted(meant.items()):
        left, right = by_key.get((kind, alias)), by_key.get((kind, min(targets)))
        if len(targets) == 1 and left and right and not _clash(left, right, names):
            yield left, right


def _clash(left: Node, right: Node, names: Names) -> bool:
    a, b = set(core(left[1])), set(core(right[1]))
    qualified = a & b and any(t in PLACES or t in UNITS for t in a ^ b)
    one, two = names.tickers.get(left, set()), names.tickers.get(right, set())
    return bool(qualified) or numbers(left[1]) != numbers(right[1]) or bool(one and two and not one & two)


def _pairs(
    judgements: Sequence[Judgement], kind: str, names: Names, by_id: Mapping[str, list[Node]]
) -> Iterable[tuple[Node, Node]]:
    for j in judgements:
        if j.kind == kind:
            left, right = (_nodes(j.entity_kind, s, names, by_id) for s in (j.left, j.right))
            yield from ((a, b) for a in left[:1] for b in right[:1] if a != b)


def _nodes(kind: str, side: str, names: Names, by_id: Mapping[str, list[Node]]) -> list[Node]:
    """The names meant by one side of a judgement: an id, or a name of a kind."""
    if kind and (kind, side) in names.documents:
        return [(kind, side)]
    return by_id.get(node_id(kind, side) if kind else side, [])


class _Parts:
    """Disjoint sets of names, some of which must stay apart."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._parent = {node: node for node in nodes}
        self._foes: dict[Node, set[Node]] = {}

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


def _groups(parts: _Parts, nodes: Sequence[Node], names: Names) -> dict[Node, Group]:
    members = _members(parts, nodes)
    ids = _ids(parts, nodes, names)
    found: dict[Node, Group] = {}
    taken = set(ids.values())
    for root, group in members.items():
        own = ids[root]
        retired = tuple(sorted({node_id(*n) for n in group} - {own} - taken))
        best = _best(group, names)
        made = Group(own, best[0], best[1], tuple(n[1] for n in group), retired)
        found.update(dict.fromkeys(group, made))
    return found


def _members(parts: _Parts, nodes: Sequence[Node]) -> dict[Node, list[Node]]:
    members: dict[Node, list[Node]] = defaultdict(list)
    for node in nodes:
        members[parts.root(node)].append(node)
    return members


def _ids(parts: _Parts, nodes: Sequence[Node], names: Names) -> dict[Node, str]:
    """Each group's id from its best name; where two groups would have one id, the lesser adds a hash of its name."""
    ids: dict[Node, str] = {}
    claimed: dict[str, list[tuple[Node, Node]]] = defaultdict(list)
    for root, group in _members(parts, nodes).items():
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
