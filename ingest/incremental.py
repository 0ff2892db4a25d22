"""A graph's rows kept up to date while documents come and go: each change costs what it touches.

What a document can touch is bounded by marks: its names' bundles, the claims on entities whose group changed, the
documents that may be copies of it, the blocks of candidates that its names stand in. All that is computed anew is
computed by the functions of the full pass, so that the rows are those of ``resolve`` at any time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.errors import RecordError
from graph.model import Claim, Record
from graph.projection import SHOWN_CONFIDENCE, Projection, Row

from .grouping import Group, Names, Node, bundle, count, group, side
from .judgements import Judgement, check_judgements, standing
from .listings import listings
from .resolve import (
    Judged,
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


@dataclass(frozen=True, slots=True)
class Change:
    """What a change touched: how many rows of each kind were computed anew."""

    names: int
    documents: int
    triples: int
    pairs: int


class Resolution:
    """All that is known, resolved; documents can be added and retracted.

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
    ) -> None:
        judgements = list(judgements)
        check_judgements(judgements)
        self._judgements = standing(judgements)
        self._unmerged = [j for j in self._judgements if j.kind != "same"]
        self._records: dict[str, Record] = {}
        self._names = Names(listings=listings(references))
        self._groups: dict[Node, Group] = {}
        self._before: dict[Node, Group] = {}
        self._by_id: dict[str, Group] = {}
        self._bearers: dict[str, set[Group]] = defaultdict(set)
        self._sources = Sources()
        self._claims_on: dict[Node, set[Place]] = defaultdict(set)
        self._readings: dict[Place, Reading] = {}
        self._triples: dict[Triple, set[Place]] = defaultdict(set)
        self._candidates = Candidates()
        self._documents: dict[str, Row] = {}
        self._entities: dict[str, Row] = {}
        self._judged: dict[Triple, Judged] = {}
        self._compared: dict[Pair, Row | None] = {}  # of all candidates, the plainly different ones too
        self._region_groups: dict[Node, Group] = {}
        self._above: tuple[list[Row], list[Row]] = ([], [])
        accepted, rejected = decided(self._judgements)
        self._speaking: dict[str, frozenset[str]] = {}
        self._knowledge = Knowledge(
            self._groups, self._sources.groups, accepted, rejected, self._speaking, min_confidence
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
        gone = {*retract, *(come.keys() & self._records.keys())}
        if unknown := sorted(gone - self._records.keys()):
            raise RecordError(f"There is no document {unknown[0]!r} to retract.")
        old_places = [p for id in gone for p in self._places(id)]
        names, changed = self._regroup(gone, come)
        copies = self._sources.replace(gone, [r.document for r in come.values()])
        triples = self._read(old_places, come, changed, copies)
        self._tell_documents(gone, copies | come.keys())
        pairs = self._suggest(changed)
        return Change(len(names), len(copies | gone), len(triples), len(pairs))

    def projection(self) -> Projection:
        """All rows as they are now: what ``resolve`` gives of the same documents."""
        above, inside = self._above
        decisions = decided_pairs(self._judgements, self._groups, self._bearers)
        same = {pair: row for pair, row in self._compared.items() if row}
        same |= {(row["left"], row["right"]): row for row in decisions}
        return Projection(
            documents=sorted_rows(self._documents.values()),
            entities=sorted_rows([*self._entities.values(), *above]),
            claims=sorted_rows(row for j in self._judged.values() for row in j.claims),
            evidence=sorted_rows(row for j in self._judged.values() for row in j.evidence),
            edges=sorted_edges([*(j.edge for j in self._judged.values() if j.edge), *inside]),
            same=tuple(same[p] for p in sorted(same)),
        )

    # names and groups

    def _regroup(self, gone: Iterable[str], come: Mapping[str, Record]) -> tuple[set[Node], Exchange]:
        """Count the documents' names, and group anew all bundles that they stand in."""
        told: set[Node] = set()
        for id in gone:
            told |= count(self._names, self._records[id], 0)
        touched = bundle(told, self._names, self._judgements)
        for id in gone:
            count(self._names, self._records.pop(id), -1)
        for id, record in come.items():
            told |= count(self._names, record)
            self._records[id] = record
        touched = bundle(touched | told, self._names, self._judgements) | touched | told
        present = touched & self._names.documents.keys()
        now, before = self._grouped(present)
        exchange = self._exchange(touched, now, before)
        self._tell_entities(exchange, touched)
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

    def _tell_entities(self, exchange: Exchange, touched: set[Node]) -> None:
        for g in exchange.gone:
            del self._by_id[g.id], self._entities[g.id], self._speaking[g.id]
            for id in (*g.retired, g.id):
                self._bearers[id].discard(g)
        for g in exchange.come:
            self._by_id[g.id] = g
            self._speaking[g.id] = own_words(g)
            for id in (*g.retired, g.id):
                self._bearers[id].add(g)
        for g in exchange.present:
            self._entities[g.id] = entity(g, self._names)
        if places := [n for n in touched if n[0] == "Region"]:
            for node in places:
                self._region_groups.pop(node, None)
                if node in self._groups:
                    self._region_groups[node] = self._groups[node]
            self._above = regions(self._region_groups)

    # documents and claims

    def _tell_documents(self, gone: Iterable[str], touched: Iterable[str]) -> None:
        for id in gone:
            self._documents.pop(id, None)
        for id in touched:
            if id in self._records:
                self._documents[id] = document(self._records[id].document, self._sources.copies(id))

    def _read(
        self, gone: Iterable[Place], come: Mapping[str, Record], changed: Exchange, copies: Iterable[str]
    ) -> set[Triple]:
        """Read anew the claims of those documents and on those names, and judge the triples they touch."""
        places = {p for n in changed.moved for p in self._claims_on.get(n, ())}
        triples = {self._readings[p].triple for p in places}
        for id in copies:
            triples |= {self._readings[p].triple for p in self._places(id) if p in self._readings}
        for place in gone:
            places.discard(place)
            triples.add(self._forget(place))
        for id, record in come.items():
            for number, claim in enumerate(record.claims):
                places.add((id, number))
                for node in _nodes(claim):
                    self._claims_on[node].add((id, number))
        triples |= {self._reread(place) for place in sorted(places)}
        for triple in triples:
            self._judge(triple)
        return triples

    def _places(self, id: str) -> list[Place]:
        record = self._records.get(id)
        return [(id, n) for n in range(len(record.claims))] if record else []

    def _reread(self, place: Place) -> Triple:
        id, number = place
        record = self._records[id]
        if place in self._readings:
            self._triples[self._readings[place].triple].discard(place)
        reading = read(record.document, record.claims[number], self._groups, self._before)
        self._readings[place] = reading
        self._triples[reading.triple].add(place)
        return reading.triple

    def _forget(self, place: Place) -> Triple:
        reading = self._readings.pop(place)
        self._triples[reading.triple].discard(place)
        for node in _nodes(reading.claim):
            self._claims_on[node].discard(place)
        return reading.triple

    def _judge(self, triple: Triple) -> None:
        places = sorted(self._triples[triple])
        if places:
            self._judged[triple] = judge_triple(triple, [self._readings[p] for p in places], self._knowledge)
        else:
            del self._triples[triple]
            self._judged.pop(triple, None)

    # suggestions

    def _suggest(self, changed: Exchange) -> set[Pair]:
        if not self._candidates.groups:
            self._candidates = Candidates(changed.come)
            pairs = self._candidates.pairs()
        else:
            pairs = self._candidates.replace(changed.gone, changed.come)
        moved = {g.id for g in (*changed.gone, *changed.come)}
        for pair in pairs:
            if not self._candidates.has(pair):
                self._compared.pop(pair, None)
            elif pair not in self._compared or moved & set(pair):
                match = judged(*(self._candidates.groups[id] for id in pair))
                self._compared[pair] = pair_row(*pair, match) if match else None
        return pairs


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


def _nodes(claim: Claim) -> set[Node]:
    ends = {side(claim.subject_kind, claim.subject), side(claim.object_kind, claim.object)}
    return ends | {side("Region", r) for r in claim.regions}
