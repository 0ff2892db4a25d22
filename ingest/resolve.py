"""Records and judgements into the rows of a graph: names to entities, claims to verdicts, verdicts to edges.

Pure and free of order: equal knowledge gives equal bytes.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.ids import claim_id, evidence_id, fold
from graph.model import Claim, Document, Evidence, Record
from graph.projection import SHOWN_CONFIDENCE, Projection, Row
from graph.vocabulary import predicate, shown_statuses

from .grouping import Group, Names, Node, collect, group, side
from .judgements import Judgement, check_judgements, standing
from .listings import listings
from .names import Match, core, node_id, readable_key
from .sources import source_groups
from .suggest import suggestions
from .verdicts import POSITIVE, Statement, Verdict, confidence, verdict

ISO = re.compile(r"^\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?$")
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim of one document on resolved entities."""

    document: Document
    claim: Claim
    subject: str
    object: str
    ids: frozenset[str]

    @property
    def triple(self) -> Triple:
        return self.subject, self.claim.predicate, self.object

    @property
    def id(self) -> str:
        return claim_id(*self.triple, self.claim.status)


def resolve(
    records: Iterable[Record],
    judgements: Iterable[Judgement] = (),
    *,
    references: Iterable[Mapping[str, str]] = (),
    min_confidence: float = SHOWN_CONFIDENCE,
    as_of: str | None = None,
) -> Projection:
    """The graph's rows.

    Args:
        references: rows of reference lists: name, aliases (parted by ; or |) and further columns; they only name.
        min_confidence: edges below it are not shown; their claims stay.
        as_of: only what was published by that day, and true on it.
    """
    judgements = list(judgements)
    check_judgements(judgements)
    valid = standing(judgements)
    known = each_once(records)
    if as_of is not None:
        known = [r for r in known if published_by(r.document, as_of)]
    names = collect(known, listings(references))
    groups, before = group(names, valid), group(names, [j for j in valid if j.kind != "same"])
    sources = source_groups(r.document for r in known)
    readings = (read(r.document, c, groups, before) for r in known for c in r.claims)
    speaking = {g.id: own_words(g) for g in set(groups.values())}
    knowledge = Knowledge(groups, sources, *decided(valid), speaking, min_confidence, as_of)
    judged = _judge(readings, knowledge)
    copies = Counter(sources.values())
    above, inside = regions(groups)
    return Projection(
        documents=sorted_rows(document(r.document, copies[sources[r.document.id]]) for r in known),
        entities=sorted_rows([*(entity(g, names) for g in set(groups.values())), *above]),
        claims=sorted_rows(row for j in judged for row in j.claims),
        evidence=sorted_rows(row for j in judged for row in j.evidence),
        edges=sorted_edges([*(j.edge for j in judged if j.edge), *inside]),
        same=_same(groups, valid),
    )


def decided(judgements: Iterable[Judgement]) -> tuple[frozenset[str], frozenset[str]]:
    """Claims that a person accepted, and those rejected."""
    found = {k: frozenset(j.left for j in judgements if j.kind == k) for k in ("accept", "reject")}
    return found["accept"], found["reject"]


def as_of(records: Iterable[Record], date: str, judgements: Iterable[Judgement] = ()) -> Projection:
    """What was known and true on that day."""
    return resolve(records, judgements, as_of=date)


def each_once(records: Iterable[Record]) -> list[Record]:
    """One record a document, by id; of two records of one document always the same one."""
    known: dict[str, Record] = {}
    for r in records:
        other = known.setdefault(r.document.id, r)
        if other is not r and other != r:
            known[r.document.id] = max(other, r, key=repr)
    return [known[id] for id in sorted(known)]


def published_by(document: Document, date: str) -> bool:
    """Whether it was certainly out by the end of that day; an undated document never is."""
    return _last_day(document.published or "9999") <= _last_day(date)


def _last_day(date: str) -> str:
    """The last day that a date as precise as known can mean: "2024-02" is over on the 29th."""
    if len(date) == 4:
        return f"{date}-12-31"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", date):
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date


# entities


def entity(g: Group, names: Names) -> Row:
    """One group as a row; a reference list names it first."""
    nodes = [(g.kind, n) for n in g.names]
    forms = {f for n in nodes for f in (n[1], *names.forms.get(n, ()))}
    listing = next((found for f in sorted(forms) if (found := names.listings.of(g.kind, f))), None)
    known = listing.row if listing else {}
    forms |= {a.strip() for a in known.get("aliases", "").split("|") if a.strip()}
    name = known.get("name") or g.name
    keys = {fold(f) for f in {*forms, name}} | {readable_key(f) for f in {*forms, name}}
    if g.kind == "Market":
        keys |= {k.removesuffix("market").removesuffix(" ") for k in keys}
    legal = sorted((f for f in forms if len(core(f)) < len(fold(f).split())), key=lambda f: (-len(f), f))
    tickers = sorted({t for n in nodes for t in names.tickers.get(n, ())})
    more = {k: v for k, v in known.items() if k not in ("name", "aliases") and v}
    return _row(
        {
            "ticker": tickers[0] if tickers else None,
            "legalName": legal[0] if legal and g.kind == "Company" else None,
        }
        | more,
        id=g.id,
        kind=g.kind,
        name=name,
        aliases=sorted({*forms, g.name} - {name}),
        keys=sorted(keys - {""}),
        retired=list(g.retired),
    )


def regions(groups: Mapping[Node, Group]) -> tuple[list[Row], list[Row]]:
    """Regions above those that the documents name, and the edges from each to what it is part of."""
    try:
        from .extract.regions import parents
    except ImportError:
        return [], []
    ids = {name: g.id for (kind, name), g in groups.items() if kind == "Region"}
    known, rows, edges = set(ids.values()), {}, {}
    todo = sorted(ids)
    while todo:
        name = todo.pop()
        for parent in _nearest(parents(name), parents):
            above = ids.get(parent) or _region_id(parent)
            if above not in known:
                known.add(above)
                rows[above] = _row(
                    {}, id=above, kind="Region", name=parent, aliases=[], keys=[fold(parent)], retired=[]
                )
                ids[parent] = above
                todo.append(parent)
            if above != ids[name]:
                edges[ids[name], above] = _structural(ids[name], above)
    return list(rows.values()), list(edges.values())


def _nearest(above: Sequence[str], parents: Callable[[str], Sequence[str]]) -> list[str]:
    """Those above that are not above another one: the rest follows by going up."""
    far = {p for a in above for p in parents(a) if p != a}
    return [a for a in above if a not in far]


def _region_id(name: str) -> str:
    return node_id("Region", name)


def _structural(below: str, above: str) -> Row:
    return {
        "subject": below,
        "predicate": "part_of",
        "object": above,
        "status": "current",
        "confidence": 1.0,
        "sources": 0,
        "claims": [],
        "contested": False,
    }


def _same(groups: Mapping[Node, Group], judgements: Sequence[Judgement]) -> tuple[Row, ...]:
    bearers: dict[str, list[str]] = defaultdict(list)
    for g in set(groups.values()):
        for id in (*g.retired, g.id):
            bearers[id].append(g.id)
    pairs = {(left, right): pair_row(left, right, m) for left, right, m in suggestions(set(groups.values()))}
    pairs |= {(row["left"], row["right"]): row for row in decided_pairs(judgements, groups, bearers)}
    return tuple(pairs[p] for p in sorted(pairs))


def decided_pairs(
    judgements: Iterable[Judgement], groups: Mapping[Node, Group], bearers: Mapping[str, Iterable[str]]
) -> Iterator[Row]:
    """What people kept apart or left open, as rows on present entities.

    Args:
        bearers: for each id, retired ones too, the ids of the groups that bear it.
    """
    for j in judgements:
        if j.kind in ("different", "unsure"):
            ends = [_current(j.entity_kind, s, groups, bearers) for s in (j.left, j.right)]
            if all(ends) and ends[0] != ends[1]:
                left, right = sorted(e for e in ends if e)
                reason = f"judged {j.kind} by {j.who or 'a person'}" + (f": {j.why}" if j.why else "")
                match = (
                    Match("different", 0.0, reason)
                    if j.kind == "different"
                    else Match("suggest", 0.5, reason)
                )
                yield pair_row(left, right, match)


def _current(
    kind: str, name: str, groups: Mapping[Node, Group], bearers: Mapping[str, Iterable[str]]
) -> str | None:
    if kind and (kind, name) in groups:
        return groups[kind, name].id
    return max(bearers.get(node_id(kind, name) if kind else name, ()), default=None)


def pair_row(left: str, right: str, match: Match) -> Row:
    return {
        "left": left,
        "right": right,
        "outcome": match.outcome,
        "score": match.score,
        "reason": match.reason,
    }


# claims, verdicts, edges


def read(
    document: Document, claim: Claim, groups: Mapping[Node, Group], before: Mapping[Node, Group]
) -> Reading:
    def ends(names: Mapping[Node, Group]) -> tuple[str, str]:
        subject = names[side(claim.subject_kind, claim.subject)].id
        object = names[side(claim.object_kind, claim.object)].id
        return (
            (object, subject)
            if predicate(claim.predicate).symmetric and object < subject
            else (subject, object)
        )

    subject, object = ends(groups)
    ids = {claim_id(s, claim.predicate, o, claim.status) for s, o in (ends(groups), ends(before))}
    return Reading(document, claim, subject, object, frozenset(ids))


@dataclass(frozen=True, slots=True)
class Judged:
    """The rows that one triple gives."""

    claims: tuple[Row, ...]
    evidence: tuple[Row, ...]
    edge: Row | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What readings are judged by.

    Attributes:
        groups: each name's group.
        sources: for each document id the id of its group of copies.
        accepted, rejected: claim ids that a person decided on.
        own_words: for each entity the names under which it speaks for itself.
    """

    groups: Mapping[Node, Group]
    sources: Mapping[str, str]
    accepted: frozenset[str]
    rejected: frozenset[str]
    own_words: Mapping[str, frozenset[str]]
    min_confidence: float
    as_of: str | None = None


def _judge(readings: Iterable[Reading], known: Knowledge) -> list[Judged]:
    triples: dict[Triple, list[Reading]] = defaultdict(list)
    for reading in readings:
        triples[reading.triple].append(reading)
    return [judge_triple(triple, triples[triple], known) for triple in sorted(triples)]


def judge_triple(triple: Triple, all_read: Sequence[Reading], known: Knowledge) -> Judged:
    """All that documents claim of one triple: its claims by status, their quotes, and the edge if one is shown."""
    by_status: dict[str, list[Reading]] = defaultdict(list)
    for reading in all_read:
        by_status[reading.claim.status].append(reading)
    statements = [
        s
        for readings in by_status.values()
        if not _decided(readings, known.rejected)
        for s in _statements(readings, known.sources, known.own_words)
    ]
    found = _verdict(statements, by_status, known.accepted)
    claims = [_claim(triple, status, readings, found, known) for status, readings in by_status.items()]
    evidence = [row for readings in by_status.values() for row in _evidence(readings, known.sources)]
    kept = [r for s, rs in by_status.items() if not _decided(rs, known.rejected) for r in rs]
    shown = found and triple[0] != triple[2] and _is_shown(found, kept, known.min_confidence, known.as_of)
    edge = _edge(triple, found, kept) if found and shown else None
    return Judged(tuple(claims), tuple(evidence), edge)


def _decided(readings: Sequence[Reading], ids: frozenset[str]) -> bool:
    return any(r.ids & ids for r in readings)


def _verdict(
    statements: Sequence[Statement], by_status: Mapping[str, Sequence[Reading]], accepted: frozenset[str]
) -> Verdict | None:
    """A person's yes stands above all sources."""
    if not statements:
        return None
    yes = sorted(status for status, readings in by_status.items() if _decided(readings, accepted))
    heard = [s for s in statements if s.status in yes] if yes else statements
    found = verdict(heard or statements)
    if yes and heard:
        return Verdict(found.status, f"accepted by a person; {found.reason}", 1.0, found.sources, False)
    return found


def _statements(
    readings: Sequence[Reading], sources: Mapping[str, str], speaking: Mapping[str, frozenset[str]]
) -> list[Statement]:
    """One statement an independent source, dated by its first copy."""
    by_source: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_source[sources[reading.document.id]].append(reading)
    return [
        Statement(
            status=copies[0].claim.status,
            source=source,
            score=max(r.claim.score for r in copies),
            date=min((r.document.published for r in copies if r.document.published), default=""),
            own=any(_is_own(r, speaking) for r in copies),
        )
        for source, copies in by_source.items()
    ]


def own_words(g: Group) -> frozenset[str]:
    """The names under which an entity speaks for itself."""
    return frozenset(readable_key(n) for n in g.names)


def _is_own(reading: Reading, speaking: Mapping[str, frozenset[str]]) -> bool:
    """Whether a party speaks: as publisher, speaker or the speaker's house ("Jane Doe, CEO of Acme")."""
    parties = speaking.get(reading.subject, frozenset()) | speaking.get(reading.object, frozenset())
    publisher = reading.document.publisher
    if publisher and readable_key(publisher) in parties:
        return True
    speakers = {f" {fold(e.speaker)} " for e in reading.claim.evidence if e.speaker}
    return any(f" {p} " in s for s in speakers for p in parties)


def _claim(
    triple: Triple, status: str, readings: Sequence[Reading], found: Verdict | None, known: Knowledge
) -> Row:
    sources, groups = known.sources, known.groups
    decision = "accepted" if _decided(readings, known.accepted) else None
    decision = "rejected" if _decided(readings, known.rejected) else decision
    best: dict[str, float] = defaultdict(float)
    for r in readings:
        best[sources[r.document.id]] = max(best[sources[r.document.id]], r.claim.score)
    dates = _dates(readings)
    regions = {groups[side("Region", name)].id for r in readings for name in r.claim.regions}
    believed = confidence(Statement(status, s, score) for s, score in best.items())
    return _row(
        {
            "since": min(dates, default=None) if status != "ended" else None,
            "until": max(dates, default=None) if status == "ended" else None,
            "detail": _detail(readings),
            "decision": decision,
            "reason": found.reason if found else None,
        },
        id=claim_id(*triple, status),
        subject=triple[0],
        predicate=triple[1],
        object=triple[2],
        status=status,
        confidence={"accepted": 1.0, "rejected": 0.0}.get(decision or "", believed),
        sources=len(best),
        regions=sorted(regions),
        contested=found.contested if found else False,
        verdict=found.status if found else "rejected",
        **_seen(readings),
    )


def _evidence(readings: Sequence[Reading], sources: Mapping[str, str]) -> Iterable[Row]:
    carriers: dict[str, dict[str, str | None]] = defaultdict(dict)
    for r in readings:
        carriers[sources[r.document.id]][r.document.id] = r.document.published
    rows: dict[str, Row] = {}
    for r in readings:
        copies = carriers[sources[r.document.id]]
        for e in r.claim.evidence:
            row = _quote(r, e, len(copies), min((day for day in copies.values() if day), default=None))
            rows[row["id"]] = max(
                row, rows.get(row["id"], row), key=lambda x: (x["score"], sorted(map(str, x.items())))
            )
    return rows.values()


def _quote(reading: Reading, evidence: Evidence, copies: int, first: str | None) -> Row:
    """A quote; of a reprint also when its source said so first."""
    document = reading.document
    return _row(
        {
            "page": evidence.page,
            "speaker": evidence.speaker,
            "date": reading.claim.date,
            "published": document.published,
            "firstPublished": first if first != document.published else None,
        },
        id=evidence_id(reading.id, document.id, evidence.start, evidence.end, evidence.extractor),
        claim=reading.id,
        document=document.id,
        startChar=evidence.start,
        endChar=evidence.end,
        quote=evidence.quote,
        score=evidence.score,
        extractor=evidence.extractor,
        subjectForm=evidence.subject_form,
        objectForm=evidence.object_form,
        copies=copies,
    )


def _is_shown(found: Verdict, readings: Sequence[Reading], min_confidence: float, as_of: str | None) -> bool:
    if found.status not in shown_statuses() or found.confidence < min_confidence:
        return False
    since = _since(readings)
    return not (as_of and found.status == "current" and since and since > as_of)


def _edge(triple: Triple, found: Verdict, readings: Sequence[Reading]) -> Row:
    support = [r for r in readings if r.claim.status in POSITIVE]
    return _row(
        {"since": _since(readings), "detail": _detail(support)},
        subject=triple[0],
        predicate=triple[1],
        object=triple[2],
        status=found.status,
        confidence=found.confidence,
        sources=found.sources,
        claims=sorted({r.id for r in readings}),
        contested=found.contested,
        **_seen(support),
    )


def _since(readings: Sequence[Reading]) -> str | None:
    return min(_dates([r for r in readings if r.claim.status in POSITIVE]), default=None)


def _dates(readings: Iterable[Reading]) -> list[str]:
    return sorted({r.claim.date for r in readings if r.claim.date and ISO.match(r.claim.date)})


def _seen(readings: Sequence[Reading]) -> dict[str, str]:
    dates = sorted({r.document.published for r in readings if r.document.published})
    return {"firstSeen": dates[0], "lastSeen": dates[-1]} if dates else {}


def _detail(readings: Sequence[Reading]) -> str | None:
    """Each detail once, newest first."""
    newest: dict[str, str] = {}
    for r in readings:
        if r.claim.detail:
            newest[r.claim.detail] = max(newest.get(r.claim.detail, ""), r.document.published or "")
    return "; ".join(d for d, _ in sorted(sorted(newest.items()), key=lambda n: n[1], reverse=True)) or None


# documents and rows


def document(document: Document, copies: int) -> Row:
    return _row(
        {
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "url": document.url,
            "language": document.language,
        },
        id=document.id,
        name=document.name,
        mediaType=document.media_type,
        copies=copies,
    )


def _row(maybe: Mapping[str, Any], **sure: Any) -> Row:
    return {**sure, **{k: v for k, v in maybe.items() if v is not None}}


def sorted_edges(edges: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(edges, key=lambda e: (e["subject"], e["predicate"], e["object"])))


def sorted_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda r: str(r["id"])))
