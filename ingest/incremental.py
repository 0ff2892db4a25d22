"""A graph's rows kept up to date while documents come and go: each change costs what it touches.

What a document can touch is bounded by marks: its names' bundles, the claims on entities whose group changed, the
documents that may be copies of it, the blocks of candidates that its names stand in. All that is computed anew is
computed by the functions of the full pass, so that the rows are those of ``resolve`` at any time. What is known lies
on a shelf, from which only what is touched is read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from itertools import count as numbered
from itertools import takewhile
from typing import Any

from graph.errors import RecordError
from graph.model import Claim, Document, Evidence, Record
from graph.projection import PARTS, SHOWN_CONFIDENCE, Projection, Row, digest

from .grouping import GROUP, SAID, Group, Names, Node, Said, bundle, count, group, said, side
from .judgements import Judgement, check_judgements, standing
from .kept import COUNTS, FROZEN, PLAIN, STRINGS, TUPLES, Form, Kept, Shelf, tuples
from .listings import Listings, listings
from .resolve import (
    Knowledge,
    Reading,
    Triple,
    decided,
    decided_pairs,
    document,
    entity,
    judge_triple,
    own_words,
    pair_row,
    read,
    regions,
    sorted_edges,
    sorted_rows,
)
from .sources import Sources
from .suggest import Candidates, Pair, judged

Place = tuple[str, int]  # a claim: its document's id, its number there
EVIDENCE = Claim.__slots__.index("evidence")


@dataclass(frozen=True, slots=True)
class Change:
    """What a change touched: how many rows of each kind were computed anew."""

    names: int
    documents: int
    triples: int
    pairs: int


def _reading(row: list[Any]) -> Reading:
    """A reading as it was kept."""
    document, claim, subject, object, ids = tuples(row)
    quotes = tuple(Evidence(*e) for e in claim[EVIDENCE])
    told: Any = (*claim[:EVIDENCE], quotes, *claim[EVIDENCE + 1 :])
    return Reading(Document(*document), Claim(*told), subject, object, frozenset(ids))


def _written(reading: Reading) -> list[Any]:
    claim = _fields(reading.claim)
    claim[EVIDENCE] = [_fields(e) for e in reading.claim.evidence]
    return [_fields(reading.document), claim, reading.subject, reading.object, sorted(reading.ids)]


def _fields(value: Document | Claim | Evidence) -> list[Any]:
    return [getattr(value, name) for name in value.__slots__]


READING: Form[Reading] = Form(_written, _reading)
PAIRS: Form[list[Pair]] = Form(list, lambda pairs: [(left, right) for left, right in pairs])


class Resolution:
    """All that is known, resolved; documents can be added and retracted.

    Args:
        shelf: where it was kept; judgements, reference lists and confidence must be those that it was made with.

    >>> Resolution().projection() == Projection()
    True
    """

    def __init__(
        self,
        records: Iterable[Record] = (),
        judgements: Iterable[Judgement] = (),
        *,
        references: Iterable[Mapping[str, str]] = (),
        min_confidence: float = SHOWN_CONFIDENCE,
        shelf: Shelf | None = None,
    ) -> None:
        shelf = shelf or Shelf()
        judgements = list(judgements)
        check_judgements(judgements)
        self._judgements = standing(judgements)
        self._unmerged = [j for j in self._judgements if j.kind != "same"]
        self._said: MutableMapping[str, Said] = shelf.mapping("said", SAID)
        self._names = _names(shelf, listings(references))
        self._groups: MutableMapping[Node, Group] = shelf.mapping("groups", GROUP)
        self._before: MutableMapping[Node, Group] = shelf.mapping("before", GROUP)
        self._bearers: MutableMapping[str, set[str]] = shelf.mapping("bearers", STRINGS, set)
        self._speaking: MutableMapping[str, frozenset[str]] = shelf.mapping("speaking", FROZEN)
        self._sources = Sources(shelf=shelf)
        self._claims_on: MutableMapping[Node, set[Place]] = shelf.mapping("claims on", TUPLES, set)
        self._readings: MutableMapping[Place, Reading] = shelf.mapping("readings", READING)
        self._triples: MutableMapping[Triple, set[Place]] = shelf.mapping("triples", TUPLES, set)
        self._candidates = Candidates(shelf=shelf)
        self._compared: MutableMapping[Pair, Row | None] = shelf.mapping(
            "compared", PLAIN
        )  # different ones too
        self._decided: MutableMapping[str, list[Pair]] = shelf.mapping("decided", PAIRS)
        self._region_groups: MutableMapping[Node, Group] = shelf.mapping("regions", GROUP)
        self._above: MutableMapping[str, list[Any]] = shelf.mapping("above", PLAIN)
        self._rows: dict[str, Kept[Any, Row]] = {p: shelf.mapping(f"rows.{p}", PLAIN) for p in PARTS}
        self._of_triple: MutableMapping[Triple, list[list[str]]] = shelf.mapping("of triple", PLAIN)
        self._knowledge = Knowledge(
            self._groups, self._sources.groups, *decided(self._judgements), self._speaking, min_confidence
        )
        self.change(add=records)

    def add(self, record: Record) -> Change:
        """Take in one document."""
        return self.change(add=[record])

    def retract(self, document_id: str) -> Change:
        """Forget one document."""
        return self.change(retract=[document_id])

    def change(self, *, add: Iterable[Record] = (), retract: Iterable[str] = ()) -> Change:
        """Take in documents and forget others; a document that is known already is read anew."""
        come = {r.document.id: r for r in add}
        gone = {*retract, *(id for id in come if id in self._said)}
        if unknown := sorted(id for id in gone if id not in self._said):
            raise RecordError(f"There is no document {unknown[0]!r} to retract.")
        names, changed = self._regroup(gone, come)
        copies = self._sources.replace(gone, [r.document for r in come.values()])
        triples = self._read(gone, come, changed, copies)
        self._tell_documents(gone, come, copies)
        pairs = self._suggest(changed)
        self._tell_same(pairs)
        return Change(len(names), len(copies | gone), len(triples), len(pairs))

    def projection(self) -> Projection:
        """All rows as they are now: what ``resolve`` gives of the same documents."""
        return _projection({part: rows.values() for part, rows in self._rows.items()})

    def fingerprint(self) -> str:
        """That of the projection, without having its rows in memory."""
        return digest((part, rows.texts()) for part, rows in self._rows.items())

    def counts(self) -> dict[str, int]:
        """How many rows of each part there are."""
        return {part: len(rows) for part, rows in self._rows.items()}

    def amendment(self) -> tuple[Projection, Projection]:
        """The rows that differ from those on the shelf: as they were, and as they are."""
        changes = {part: list(rows.changes()) for part, rows in self._rows.items()}
        before = {part: [json.loads(c.before) for c in found if c.before] for part, found in changes.items()}
        after = {part: [json.loads(c.after) for c in found if c.after] for part, found in changes.items()}
        return _projection(before), _projection(after)

    # names and groups

    def _regroup(self, gone: Iterable[str], come: Mapping[str, Record]) -> tuple[set[Node], Exchange]:
        """Count the documents' names, and group anew all bundles that they stand in."""
        told: set[Node] = {node for id in gone for node in self._said[id].nodes}
        touched = bundle(told, self._names, self._judgements)
        for id in gone:
            count(self._names, self._said.pop(id), -1)
        for id, record in come.items():
            self._said[id] = said(record)
            count(self._names, self._said[id])
            told |= self._said[id].nodes
        touched = bundle(touched | told, self._names, self._judgements) | touched | told
        now, before = self._grouped({n for n in touched if n in self._names.documents})
        exchange = self._exchange(touched, now, before)
        self._tell_entities(exchange, {n for n in touched if n[0] == "Region"})
        return touched, exchange

    def _grouped(self, nodes: set[Node]) -> tuple[dict[Node, Group], dict[Node, Group]]:
        now = group(self._names, self._judgements, nodes)
        if len(self._unmerged) == len(self._judgements):
            return now, now
        return now, group(self._names, self._unmerged, nodes)

    def _exchange(
        self, touched: set[Node], now: Mapping[Node, Group], before: Mapping[Node, Group]
    ) -> Exchange:
        moved = {
            n for n in touched if self._groups.get(n) != now.get(n) or self._before.get(n) != before.get(n)
        }
        old, new = {self._groups[n] for n in touched if n in self._groups}, set(now.values())
        for node in touched:
            for known, fresh in ((self._groups, now), (self._before, before)):
                known.pop(node, None)
                if node in fresh:
                    known[node] = fresh[node]
        return Exchange(moved, old - new, new - old, new)

    def _tell_entities(self, exchange: Exchange, places: set[Node]) -> None:
        if places:
            self._forget_above()
        for g in exchange.gone:
            del self._rows["entities"][g.id], self._speaking[g.id]
            for id in (*g.retired, g.id):
                self._bearers[id].discard(g.id)
        for g in exchange.come:
            self._speaking[g.id] = own_words(g)
            for id in (*g.retired, g.id):
                self._bearers[id].add(g.id)
        for g in exchange.present:
            self._rows["entities"][g.id] = entity(g, self._names)
        if places:
            self._tell_above(places)

    def _forget_above(self) -> None:
        for part, keys in self._above.items():
            for key in keys:
                del self._rows[part][tuples(key)]
        self._above.clear()

    def _tell_above(self, places: set[Node]) -> None:
        """Regions above those that documents name, anew: there are few."""
        for node in places:
            self._region_groups.pop(node, None)
            if node in self._groups:
                self._region_groups[node] = self._groups[node]
        above, inside = regions(dict(self._region_groups))
        entities = {row["id"]: row for row in above}
        edges = {(row["subject"], "part_of", row["object"], "structural"): row for row in inside}
        for part, rows in (("entities", entities), ("edges", edges)):
            self._rows[part].update(rows)
            self._above[part] = sorted(rows)

    # documents and claims

    def _tell_documents(
        self, gone: Iterable[str], come: Mapping[str, Record], touched: Iterable[str]
    ) -> None:
        rows = self._rows["documents"]
        for id in gone:
            rows.pop(id, None)
        for id, record in come.items():
            rows[id] = document(record.document, self._sources.copies(id))
        for id in touched:
            if id in rows:
                rows[id] = rows[id] | {"copies": self._sources.copies(id)}

    def _read(
        self, gone: Iterable[str], come: Mapping[str, Record], changed: Exchange, copies: Iterable[str]
    ) -> set[Triple]:
        """Read anew the claims of those documents and on those names, and judge the triples they touch."""
        places = {p for n in changed.moved for p in self._claims_on.get(n, ())}
        triples = {self._readings[p].triple for p in places}
        triples |= {self._readings[p].triple for id in copies for p in self._places(id)}
        for place in [p for id in gone for p in self._places(id)]:
            places.discard(place)
            triples.add(self._forget(place))
        triples |= {self._reread(place) for place in sorted(places)}
        for id, record in come.items():
            told = replace(record.document, text="", blocks=())
            triples |= {self._take((id, n), told, claim) for n, claim in enumerate(record.claims)}
        for triple in triples:
            self._judge(triple)
        return triples

    def _places(self, id: str) -> list[Place]:
        return list(takewhile(self._readings.__contains__, ((id, number) for number in numbered())))

    def _take(self, place: Place, document: Document, claim: Claim) -> Triple:
        for node in _nodes(claim):
            self._claims_on[node].add(place)
        reading = read(document, claim, self._groups, self._before)
        self._readings[place] = reading
        self._triples[reading.triple].add(place)
        return reading.triple

    def _reread(self, place: Place) -> Triple:
        known = self._readings[place]
        self._triples[known.triple].discard(place)
        return self._take(place, known.document, known.claim)

    def _forget(self, place: Place) -> Triple:
        reading = self._readings.pop(place)
        self._triples[reading.triple].discard(place)
        for node in _nodes(reading.claim):
            self._claims_on[node].discard(place)
        return reading.triple

    def _judge(self, triple: Triple) -> None:
        claims, evidence = self._of_triple.pop(triple, ((), ()))
        for part, keys in (("claims", claims), ("evidence", evidence)):
            for key in keys:
                del self._rows[part][key]
        self._rows["edges"].pop(triple, None)
        places = sorted(self._triples[triple])
        if not places:
            del self._triples[triple]
            return
        found = judge_triple(triple, [self._readings[p] for p in places], self._knowledge)
        for part, rows in (("claims", found.claims), ("evidence", found.evidence)):
            self._rows[part].update((row["id"], row) for row in rows)
        if found.edge:
            self._rows["edges"][triple] = found.edge
        self._of_triple[triple] = [[r["id"] for r in found.claims], [r["id"] for r in found.evidence]]

    # suggestions

    def _suggest(self, changed: Exchange) -> set[Pair]:
        pairs = self._candidates.replace(changed.gone, changed.come)
        moved = {g.id for g in (*changed.gone, *changed.come)}
        for pair in pairs:
            if not self._candidates.has(pair):
                self._compared.pop(pair, None)
            elif pair not in self._compared or moved & set(pair):
                match = judged(*(self._candidates.groups[id] for id in pair))
                self._compared[pair] = pair_row(*pair, match) if match else None
        return pairs

    def _tell_same(self, touched: set[Pair]) -> None:
        """Suggestions, and above them what people decided."""
        rows = decided_pairs(self._judgements, self._groups, self._bearers)
        decided = {(row["left"], row["right"]): row for row in rows}
        for pair in {*touched, *self._decided.get("pairs", ()), *decided}:
            if row := decided.get(pair) or self._compared.get(pair):
                self._rows["same"][pair] = row
            else:
                self._rows["same"].pop(pair, None)
        self._decided["pairs"] = sorted(decided)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Groups before and after a change.

    Attributes:
        moved: names whose group is another one now.
        present: all groups of the touched names.
    """

    moved: set[Node]
    gone: set[Group]
    come: set[Group]
    present: set[Group]


def _names(shelf: Shelf, listed: Listings) -> Names:
    tallies = ("forms", "meant", "meaning", "tickers", "headquarters")
    return Names(
        documents=shelf.mapping("names.documents", PLAIN),
        **{what: shelf.mapping(f"names.{what}", COUNTS, Counter) for what in tallies},
        marked=shelf.mapping("names.marked", TUPLES, set),
        listings=listed,
    )


def _nodes(claim: Claim) -> set[Node]:
    ends = {side(claim.subject_kind, claim.subject), side(claim.object_kind, claim.object)}
    return ends | {side("Region", r) for r in claim.regions}


def _projection(rows: Mapping[str, Iterable[Row]]) -> Projection:
    return Projection(
        documents=sorted_rows(rows["documents"]),
        entities=sorted_rows(rows["entities"]),
        claims=sorted_rows(rows["claims"]),
        evidence=sorted_rows(rows["evidence"]),
        edges=sorted_edges(rows["edges"]),
        same=tuple(sorted(rows["same"], key=lambda r: (r["left"], r["right"]))),
    )
