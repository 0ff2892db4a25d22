"""What a document claims of its entities: every candidate pair judged, then decided once a document.

>>> find_claims(document, coreference.resolve(document, mentions))  # doctest: +SKIP
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from graph import vocabulary
from graph.model import Claim, Document, Evidence, Mention
from graph.projection import SHOWN_CONFIDENCE

from . import encoder, pairs, phrasing
from .dates import dates_in
from .details import detail_of
from .pairs import Pair, Reading
from .patterns import joined
from .status import status_of

if TYPE_CHECKING:
    import lightgbm

FAINTEST = 0.03  # an occurrence below it says nothing
LOWEST = 0.2  # claims below it are not even kept for review
RULE_PRIOR = 4.0
STATUS_SURE = 0.9  # a status less sure than this is open
UNSHOWN = SHOWN_CONFIDENCE - 0.01  # as sure as a claim with an open status can be
NONE = float("nan")
LONGEST_QUOTE = 600
MOST_QUOTES = 4
DATED = (
    "partners_with",
    "acquired",
    "merged_with",
    "subsidiary_of",
    "invested_in",
    "customer_of",
    "listed_on",
)
SPEAKER = re.compile(r"[”\"],?\s+(?:said|says|added|explained|commented)\s+((?:[A-Z][\w.’'-]+ ?){1,4})")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Key:
    """Who is said to do what to whom; the parties of a symmetric predicate in order of their names."""

    subject: str
    subject_kind: str
    predicate: str
    object: str
    object_kind: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a claim may be made.

    Attributes:
        encoder, wording: log odds by both models.
        status, worded: log odds of the statuses, by both models.
        rule: the status that the rules read.
    """

    key: Key
    pair: Pair
    encoder: float
    wording: float
    status: Floats
    worded: Floats
    rule: str

    @property
    def odds(self) -> float:
        return 0.65 * self.encoder + 0.35 * self.wording

    @property
    def weight(self) -> float:
        return float(_sigmoid(np.float64(self.odds)))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim before its score.

    Attributes:
        occurrences: the places where the models see it, the best first; none where only a rule does.
        ruled: what the rules say of it.
        status, status_share: what it most likely is, and how likely.
    """

    key: Key
    occurrences: tuple[Occurrence, ...]
    ruled: tuple[Claim, ...] = ()
    status: str = "current"
    status_share: float = 0.0

    @property
    def odds(self) -> float:
        return self.occurrences[0].odds if self.occurrences else -9.0

    @property
    def weight(self) -> float:
        return self.occurrences[0].weight if self.occurrences else 0.0


def find_claims(
    document: Document, mentions: Iterable[Mention], ruled: Iterable[Claim] = ()
) -> tuple[Claim, ...]:
    """The document's claims with calibrated scores, the surest first; what rules found is judged with the rest."""
    reading = pairs.read(document, mentions)
    proposals = propose(reading, ruled)
    if not proposals:
        return ()
    scores = np.maximum(calibrated(features(reading, proposals)), [ruled_worth(p) for p in proposals])
    scores = np.minimum(scores, [highest(p) for p in proposals])
    rows = [(p, float(s)) for p, s in zip(proposals, scores, strict=True) if s >= LOWEST]
    rows.sort(key=lambda row: (-row[1], row[0].key.subject, row[0].key.predicate, row[0].key.object))
    return tuple(_claim(reading, proposal, score) for proposal, score in rows)


@cache
def settings() -> dict[str, Any]:
    """Thresholds, calibration and the figures they were chosen by."""
    found: dict[str, Any] = json.loads(files("ingest.models").joinpath("relations.json").read_text("utf-8"))
    return found


# What both models say of every pair


@dataclass(frozen=True, slots=True)
class Models:
    """What judges a pair: the layers above the encoder, and the linear models of its wording."""

    upper: Any
    directions: phrasing.Linear
    status: phrasing.Linear


def load(folder: Traversable) -> Models:
    """The models of a folder."""
    return Models(
        encoder.session(folder.joinpath("relations-pairs.onnx")),
        phrasing.load(folder, "directions"),
        phrasing.load(folder, "status"),
    )


@cache
def shipped() -> Models:
    return load(files("ingest.models"))


def propose(reading: Reading, ruled: Iterable[Claim] = ()) -> list[Proposal]:
    """One proposal for each claim that a model or a rule sees somewhere in the document, with its status."""
    found = gathered(reading, ruled, shipped())
    return with_status(found, booster("claim-status")) if found else []


def gathered(reading: Reading, ruled: Iterable[Claim], models: Models) -> list[Proposal]:
    """The proposals before their status is decided."""
    rules: dict[Key, list[Claim]] = {}
    for claim in ruled:
        rules.setdefault(_claimed(claim), []).append(claim)
    groups: dict[Key, list[Occurrence]] = {key: [] for key in rules}
    for occurrence in judge(reading, models, rules):
        groups.setdefault(occurrence.key, []).append(occurrence)
    return [
        Proposal(key, tuple(sorted(rows, key=lambda o: (-o.odds, o.pair.unit))), tuple(rules.get(key, ())))
        for key, rows in groups.items()
    ]


def judge(reading: Reading, models: Models, kept: Collection[Key] = ()) -> list[Occurrence]:
    """Every direction of every pair that is not hopeless or is to be kept."""
    found: list[Occurrence] = []
    for pair, encoded, status in _encoded(reading, models.upper):
        words = [phrasing.phrases(reading, pair)]
        wording = models.directions.scores(words)[0]
        worded = _log_softmax(models.status.scores(words)[0].astype(np.float64))
        rule = _rule(reading, pair)
        for number in np.flatnonzero(pairs.allowed(pair.first.kind, pair.second.kind)):
            key = _key(pair, int(number))
            occurrence = Occurrence(
                key, pair, float(encoded[number]), float(wording[number]), status, worded, rule
            )
            if occurrence.weight >= FAINTEST or key in kept:
                found.append(occurrence)
    return found


@cache
def _one(status: str) -> Floats:
    return np.array([name == status for name in vocabulary.statuses()], dtype=np.float64)


def _rule(reading: Reading, pair: Pair) -> str:
    unit = reading.units[pair.unit]
    sentence = reading.document.text[unit.start : unit.end]
    if pair.link != "same":
        return status_of(sentence)
    return status_of(sentence, (pair.first.start - unit.start, pair.second.end - unit.start))


def _encoded(reading: Reading, upper: Any) -> Iterable[tuple[Pair, Floats, Floats]]:
    """Each pair with the encoder's log odds of directions and log probabilities of statuses."""
    for window in pairs.windows(reading):
        directions, status = upper.run(["directions", "status"], inputs(window))
        for n, pair in enumerate(window.pairs):
            yield pair, directions[n].astype(np.float64), _log_softmax(status[n].astype(np.float64))


def inputs(window: pairs.Window) -> dict[str, Any]:
    """A window as the pair model takes it."""
    return {
        "states": encoder.states(window.ids),
        "marks": window.marks[None],
        "spans": window.spans,
        "traits": window.traits,
    }


def _key(pair: Pair, number: int) -> Key:
    direction = pairs.directions()[number]
    one, two = (pair.first, pair.second) if direction.forward else (pair.second, pair.first)
    if vocabulary.predicate(direction.predicate).symmetric:
        one, two = sorted((one, two), key=lambda m: (m.name, m.kind))
    return Key(one.name, one.kind, direction.predicate, two.name, two.kind)


def _claimed(claim: Claim) -> Key:
    """The key of a rule's claim."""
    ends = [(claim.subject, claim.subject_kind), (claim.object, claim.object_kind)]
    if vocabulary.predicate(claim.predicate).symmetric:
        ends.sort()
    return Key(*ends[0], claim.predicate, *ends[1])


# What status a claim has


def with_status(proposals: Sequence[Proposal], model: lightgbm.Booster) -> list[Proposal]:
    """The proposals, each with the likeliest status of all that is said of it."""
    table = np.array([status_signs(proposal) for proposal in proposals])
    shares = np.asarray(model.predict(table, num_threads=1))
    return [
        replace(p, status=vocabulary.statuses()[int(row.argmax())], status_share=float(row.max()))
        for p, row in zip(proposals, shares, strict=True)
    ]


def status_signs(proposal: Proposal) -> list[float]:
    """What both models and the rules read, at its best place and over all."""
    found, ruled = proposal.occurrences, proposal.ruled
    size = len(vocabulary.statuses())
    predicate = float(list(vocabulary.predicates()).index(proposal.key.predicate))
    patterns = sum((_one(claim.status) * claim.score for claim in ruled), np.zeros(size))
    if not found:
        return [predicate, *patterns, *[NONE] * (5 * size + 2)]
    weights = np.array([o.weight for o in found]) + 1e-6
    return [
        predicate,
        *patterns,
        *found[0].status,
        *np.average([o.status for o in found], axis=0, weights=weights),
        *found[0].worded,
        *np.average([o.worded for o in found], axis=0, weights=weights),
        *np.average([_one(o.rule) for o in found], axis=0, weights=weights),
        float(pairs.LINKS.index(found[0].pair.link)),
        float(len(found)),
    ]


# The decision once a document


def features(reading: Reading, proposals: Sequence[Proposal]) -> Floats:
    """One row a proposal."""
    field = _Field.of(reading, proposals)
    return np.array([_row(reading, proposal, field) for proposal in proposals], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class _Field:
    """All proposals of a document by what they share, and how its entities are named."""

    by_pair: dict[frozenset[str], list[Proposal]]
    by_subject: dict[tuple[str, str], list[Proposal]]
    by_object: dict[tuple[str, str], list[Proposal]]
    counts: Counter[str]
    scores: dict[str, float]

    @classmethod
    def of(cls, reading: Reading, proposals: Sequence[Proposal]) -> _Field:
        field = cls({}, {}, {}, Counter(m.name for row in reading.inside for m in row), {})
        for p in proposals:
            field.by_pair.setdefault(frozenset((p.key.subject, p.key.object)), []).append(p)
            field.by_subject.setdefault((p.key.predicate, p.key.subject), []).append(p)
            field.by_object.setdefault((p.key.predicate, p.key.object), []).append(p)
        for row in reading.inside:
            for m in row:
                if m.form == "name":
                    field.scores[m.name] = max(field.scores.get(m.name, 0.0), m.score)
        return field


def _row(reading: Reading, proposal: Proposal, field: _Field) -> list[float]:
    return [
        *_strengths(proposal),
        *_rivals(proposal, field),
        *_place(reading, proposal),
        *_parties(reading, proposal, field),
        float(list(vocabulary.predicates()).index(proposal.key.predicate)),
        *_statuses(proposal),
        *_rules(proposal, field),
    ]


def _statuses(proposal: Proposal) -> list[float]:
    status = float(vocabulary.statuses().index(proposal.status))
    if not proposal.occurrences:
        return [status, proposal.status_share, *[NONE] * 3]
    best = proposal.occurrences[0]
    return [
        status,
        proposal.status_share,
        float(vocabulary.statuses().index(best.rule)),
        float(np.mean([o.rule == proposal.status for o in proposal.occurrences])),
        float(best.status[int(status)]),
    ]


def _rules(proposal: Proposal, field: _Field) -> list[float]:
    """How sure the rules are, of how many places, whether of this status, and what else they say of the two."""
    key, ruled = proposal.key, proposal.ruled
    others = [p for p in field.by_pair[frozenset((key.subject, key.object))] if p is not proposal]
    return [
        max((claim.score for claim in ruled), default=0.0),
        float(sum(len(claim.evidence) for claim in ruled)),
        float(any(claim.status == proposal.status for claim in ruled)),
        float(len({claim.status for claim in ruled})),
        max((claim.score for p in others for claim in p.ruled), default=0.0),
    ]


def _strengths(proposal: Proposal) -> list[float]:
    found = proposal.occurrences
    if not found:
        return [NONE] * 9 + [0.0]
    weights = np.array([o.weight for o in found])
    return [
        found[0].odds,
        found[0].encoder,
        found[0].wording,
        max(o.encoder for o in found),
        max(o.wording for o in found),
        float(weights.sum()),
        float(1 - np.prod(1 - weights)),
        float(weights[1]) if len(found) > 1 else 0.0,
        float((weights > 0.3).sum()),
        len(found),
    ]


def _rivals(proposal: Proposal, field: _Field) -> list[float]:
    """What else is said of the two, and of each with others."""
    key = proposal.key
    same = [p for p in field.by_pair[frozenset((key.subject, key.object))] if p is not proposal]
    back = [p for p in same if p.key.predicate == key.predicate]
    of_subject = [p for p in field.by_subject[key.predicate, key.subject] if p is not proposal]
    of_object = [p for p in field.by_object[key.predicate, key.object] if p is not proposal]
    return [
        max((p.odds for p in same), default=-9.0),
        max((p.odds for p in back), default=-9.0),
        sum(p.weight for p in of_subject),
        sum(p.weight for p in of_object),
        max((p.odds for p in of_object), default=-9.0),
    ]


def _place(reading: Reading, proposal: Proposal) -> list[float]:
    if not proposal.occurrences:
        return [NONE] * 10
    pair = proposal.occurrences[0].pair
    unit = reading.units[pair.unit]
    here = reading.inside[pair.unit]
    return [
        pair.unit / max(1, len(reading.units)),
        pair.unit,
        float(pairs.LINKS.index(pair.link)),
        float(pairs.UNIT_KINDS.index(unit.kind)),
        pair.second.start - pair.first.end,
        len({m.name for m in here}),
        len({m.name for m in here if pair.first.end <= m.start < pair.second.start}),
        float(pair.first.form != "name") + float(pair.second.form != "name"),
        min(pair.first.score, pair.second.score),
        unit.end - unit.start,
    ]


def _parties(reading: Reading, proposal: Proposal, field: _Field) -> list[float]:
    key = proposal.key
    return [
        reading.roles.get(key.subject, 0),
        reading.roles.get(key.object, 0),
        field.counts[key.subject],
        field.counts[key.object],
        field.scores.get(key.subject, 0.0),
        field.scores.get(key.object, 0.0),
        len(field.counts),
        float(pairs.KINDS.index(key.subject_kind)),
        float(pairs.KINDS.index(key.object_kind)),
        float(any(o.pair.first.form == o.pair.second.form == "name" for o in proposal.occurrences)),
    ]


def calibrated(rows: Floats) -> Floats:
    """Probability that claim and status are right."""
    raw = np.asarray(booster("claims").predict(rows, raw_score=True, num_threads=1))
    slope, offset = settings()["calibration"]
    found: Floats = _sigmoid(slope * raw + offset)
    return found


def highest(proposal: Proposal) -> float:
    """As sure as it can be: less than what is shown where its status is open, and no rule reads that status either.

    Of open ones, cross-validated on train, one in nine did harm when shown, of the others one in a hundred.
    """
    is_open = proposal.status in vocabulary.shown_statuses() and proposal.status_share < STATUS_SURE
    is_read = any(claim.status == proposal.status for claim in proposal.ruled)
    return UNSHOWN if is_open and not is_read else 1.0


def ruled_worth(proposal: Proposal) -> float:
    """What its rules alone are worth: how often each was right where the models doubted, counted on train.

    A rule that training hardly met keeps the score that it was written with.
    """
    evidence = (e for claim in proposal.ruled if claim.status == proposal.status for e in claim.evidence)
    return max((worth(e.extractor, e.score) for e in evidence), default=0.0)


def worth(rule: str, written: float) -> float:
    """Share of right claims of a rule, drawn to its written score as by RULE_PRIOR more claims."""
    right, total = settings()["rules"].get(rule, (0, 0))
    return float((right + RULE_PRIOR * written) / (total + RULE_PRIOR))


@cache
def booster(name: str) -> lightgbm.Booster:
    """ "claim-status" or "claims"."""
    import lightgbm

    packed = files("ingest.models").joinpath(f"relations-{name}.txt")
    return lightgbm.Booster(model_str=packed.read_text("utf-8"))


# Claims with their evidence


def _claim(reading: Reading, proposal: Proposal, score: float) -> Claim:
    """The claim with the evidence of the models and of the rules that read the same status."""
    ruled = [_rescored(c, score) for c in proposal.ruled if c.status == proposal.status]
    seen = [_seen_claim(reading, proposal, score)] if proposal.occurrences else []
    first, *more = [*seen, *ruled]
    for claim in more:
        first = joined(first, claim)
    return first


def _rescored(claim: Claim, score: float) -> Claim:
    """A rule's claim with the score it was given among all."""
    return replace(claim, evidence=tuple(replace(e, score=score) for e in claim.evidence))


def _seen_claim(reading: Reading, proposal: Proposal, score: float) -> Claim:
    key, best = proposal.key, proposal.occurrences[0]
    kept = [o for o in proposal.occurrences if o.weight >= 0.5 * best.weight][:MOST_QUOTES]
    quotes = tuple(_evidence(reading, key, o, score * min(1.0, o.weight / best.weight)) for o in kept)
    return Claim(
        key.subject,
        key.subject_kind,
        key.predicate,
        key.object,
        key.object_kind,
        proposal.status,
        _distinct(quotes),
        date=next((d for o in kept if (d := _date(reading, key, o.pair))), None),
        detail=detail_of(key.predicate, *(_unit_text(reading, n) for n in (best.pair.unit, best.pair.other))),
        regions=_regions(reading, key, best),
    )


def _distinct(quotes: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each quote once, the best first."""
    best: dict[tuple[int, int], Evidence] = {}
    for quote in quotes:
        best.setdefault((quote.start, quote.end), quote)
    return tuple(best.values())


def _evidence(reading: Reading, key: Key, occurrence: Occurrence, score: float) -> Evidence:
    start, end = _quote(reading, occurrence.pair)
    parties = (occurrence.pair.first, occurrence.pair.second)
    subject = next(m for m in parties if (m.name, m.kind) == (key.subject, key.subject_kind))
    other = next(m for m in parties if m is not subject)
    quote = reading.document.text[start:end]
    speaker = SPEAKER.search(quote)
    return Evidence(
        reading.document.id,
        start,
        end,
        quote,
        subject.text,
        other.text,
        extractor=f"pairs.{occurrence.pair.link}",
        score=score,
        page=_page(reading.document, start),
        speaker=speaker[1].strip(" .,") if speaker else None,
    )


def _quote(reading: Reading, pair: Pair) -> tuple[int, int]:
    """From the unit it leans on to its own: lead-in and item, heading and line; its own alone where that is long."""
    unit, other = reading.units[pair.unit], reading.units[pair.other]
    if unit.end - other.start <= LONGEST_QUOTE:
        return other.start, unit.end
    return unit.start, unit.end


def _page(document: Document, place: int) -> int | None:
    return next((b.page for b in document.blocks if b.start <= place < b.end), None)


def _date(reading: Reading, key: Key, pair: Pair) -> str | None:
    """The first date behind the parties' beginning: one before it is the dateline's."""
    if key.predicate not in DATED:
        return None
    unit, text = reading.units[pair.unit], reading.document.text
    found = dates_in(text[unit.start : unit.end], reading.document.published)
    start = pair.first.start - unit.start - (40 if pair.unit > 3 else 0)
    return next((d.value for d in found if d.start >= start), None)


def _unit_text(reading: Reading, number: int) -> str:
    unit = reading.units[number]
    return reading.document.text[unit.start : unit.end]


def _regions(reading: Reading, key: Key, best: Occurrence) -> tuple[str, ...]:
    """Regions that a deal covers: named behind "in", "across", "throughout" in its sentence."""
    if key.predicate not in ("partners_with", "customer_of", "offers", "regulated_by"):
        return ()
    text, found = reading.document.text, []
    for m in reading.inside[best.pair.unit]:
        before = text[max(0, m.start - 16) : m.start]
        if m.kind == "Region" and re.search(r"\b(?:in|across|throughout|within)\s+(?:the\s+)?$", before):
            found.append(m.name)
    return tuple(sorted(set(found)))


def _sigmoid(odds: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def _log_softmax(logits: Floats) -> Floats:
    top = logits - logits.max()
    found: Floats = top - np.log(np.exp(top).sum())
    return found
