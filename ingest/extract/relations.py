"""What a document claims of its entities: every candidate pair judged, then decided once a document.

>>> find_claims(document, coreference.resolve(document, mentions))  # doctest: +SKIP
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from graph import vocabulary
from graph.model import Claim, Document, Evidence, Mention

from . import pairs, phrasing
from .dates import dates_in
from .pairs import Pair, Reading
from .status import status_of

if TYPE_CHECKING:
    import lightgbm

FAINTEST = 0.03  # an occurrence below it says nothing
LOWEST = 0.12  # claims below it are not even kept for review
STATUS_ENCODER = 0.7  # share of the encoder in what is learned of the status
STATUS_RULE = 1.2  # log odds that the rules add to their status
# log odds that "current", learned too often, gives back; all three were chosen on unseen documents
STATUS_CURRENT = 1.8
LONGEST_QUOTE = 900
MOST_QUOTES = 4
DETAILS = (
    ("joint venture", re.compile(r"(?i)\bjoint[- ]venture|\bJV\b")),
    ("sponsorship", re.compile(r"(?i)\bsponsor")),
    ("licensing", re.compile(r"(?i)\blicen[sc]")),
    ("resale", re.compile(r"(?i)\bresell|\bresale|\bvalue-added\b")),
    ("distribution", re.compile(r"(?i)\bdistribut")),
    ("co-development", re.compile(r"(?i)\bco-?develop|\bjointly develop|\bdevelop\w* (?:together|with)\b")),
    ("integration", re.compile(r"(?i)\bintegrat")),
    ("alliance", re.compile(r"(?i)\balliance")),
)
FIGURES = re.compile(
    r"(?i)(?:[$€£]\s?\d[\d.,]*\s?(?:million|billion|[mbk]n?)?\b"
    r"|\b\d[\d.,]*\s?(?:%|percent)(?: stake| of the shares)?"
    r"|\b\d[\d.,]* (?:sites?|hospitals?|clinics?|stores?|shops?|patients|users|customers|units)"
    r"(?: live)?\b)"
)
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
        status: log odds of the statuses, by both models and by the rules.
        rule: the status that the rules read.
    """

    key: Key
    pair: Pair
    encoder: float
    wording: float
    status: Floats
    rule: str

    @property
    def odds(self) -> float:
        return self.wording if np.isnan(self.encoder) else 0.65 * self.encoder + 0.35 * self.wording

    @property
    def weight(self) -> float:
        return float(_sigmoid(np.float64(self.odds)))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim before its score: all its occurrences, the best first, with its status."""

    key: Key
    occurrences: tuple[Occurrence, ...]
    status: str
    status_share: float


def find_claims(document: Document, mentions: Iterable[Mention]) -> tuple[Claim, ...]:
    """The document's claims with calibrated scores, the surest first."""
    reading = pairs.read(document, mentions)
    proposals = propose(reading)
    if not proposals:
        return ()
    scores = calibrated(features(reading, proposals))
    rows = [(p, float(s)) for p, s in zip(proposals, scores, strict=True) if s >= LOWEST]
    rows.sort(key=lambda row: (-row[1], row[0].key.subject, row[0].key.predicate, row[0].key.object))
    return tuple(_claim(reading, proposal, score) for proposal, score in rows)


@cache
def settings() -> dict[str, Any]:
    """Thresholds, calibration and the figures they were chosen by."""
    found: dict[str, Any] = json.loads(files("ingest.models").joinpath("relations.json").read_text("utf-8"))
    return found


# What both models say of every pair


def propose(reading: Reading) -> list[Proposal]:
    groups: dict[Key, list[Occurrence]] = {}
    for occurrence in judge(reading):
        groups.setdefault(occurrence.key, []).append(occurrence)
    return [_proposal(key, found) for key, found in groups.items()]


def judge(reading: Reading) -> list[Occurrence]:
    """Every direction of every pair that is not hopeless."""
    found: list[Occurrence] = []
    for pair, encoder, status in _encoded(reading):
        words = [phrasing.phrases(reading, pair)]
        wording = phrasing.model("directions").scores(words)[0]
        worded = _log_softmax(phrasing.model("status").scores(words)[0].astype(np.float64))
        rule = _rule(reading, pair)
        ruled = np.array([name == rule for name in vocabulary.statuses()], dtype=np.float64)
        learned = worded if encoder is None else STATUS_ENCODER * status + (1 - STATUS_ENCODER) * worded
        status_odds = _log_softmax(learned + STATUS_RULE * ruled - STATUS_CURRENT * _current())
        for number in np.flatnonzero(pairs.allowed(pair.first.kind, pair.second.kind)):
            strength = float("nan") if encoder is None else float(encoder[number])
            occurrence = Occurrence(
                _key(pair, int(number)), pair, strength, float(wording[number]), status_odds, rule
            )
            if occurrence.weight >= FAINTEST:
                found.append(occurrence)
    return found


@cache
def _current() -> Floats:
    return np.array([name == "current" for name in vocabulary.statuses()], dtype=np.float64)


def _rule(reading: Reading, pair: Pair) -> str:
    unit = reading.units[pair.unit]
    sentence = reading.document.text[unit.start : unit.end]
    if pair.link != "same":
        return status_of(sentence)
    return status_of(sentence, (pair.first.start - unit.start, pair.second.end - unit.start))


def _encoded(reading: Reading) -> Iterable[tuple[Pair, Floats | None, Floats]]:
    """Each pair with the encoder's log odds of directions and log probabilities of statuses."""
    none = np.zeros(len(vocabulary.statuses()))
    if session() is None:
        yield from ((pair, None, none) for pair in reading.pairs)
        return
    for window in pairs.windows(reading):
        inputs = {
            "ids": window.ids[None],
            "marks": window.marks[None],
            "spans": window.spans,
            "traits": window.traits,
        }
        directions, status = session().run(None, inputs)
        for n, pair in enumerate(window.pairs):
            yield pair, directions[n].astype(np.float64), _log_softmax(status[n].astype(np.float64))


@cache
def session() -> Any:
    import onnxruntime

    path = files("ingest.models").joinpath("relations-pairs.onnx")
    if not path.is_file():
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path.read_bytes(), options, providers=["CPUExecutionProvider"])


def _key(pair: Pair, number: int) -> Key:
    direction = pairs.directions()[number]
    one, two = (pair.first, pair.second) if direction.forward else (pair.second, pair.first)
    if vocabulary.predicate(direction.predicate).symmetric:
        one, two = sorted((one, two), key=lambda m: (m.name, m.kind))
    return Key(one.name, one.kind, direction.predicate, two.name, two.kind)


def _proposal(key: Key, found: list[Occurrence]) -> Proposal:
    ordered = sorted(found, key=lambda o: (-o.odds, o.pair.unit))
    weights = np.array([o.weight for o in ordered])
    total = np.average([o.status for o in ordered], axis=0, weights=weights)
    shares = np.exp(_log_softmax(total))
    best = int(shares.argmax())
    return Proposal(key, tuple(ordered), vocabulary.statuses()[best], float(shares[best]))


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
    best = proposal.occurrences[0]
    status = vocabulary.statuses().index(proposal.status)
    return [
        *_strengths(proposal),
        *_rivals(proposal, field),
        *_place(reading, best),
        *_parties(reading, proposal, field),
        float(list(vocabulary.predicates()).index(proposal.key.predicate)),
        float(status),
        proposal.status_share,
        float(vocabulary.statuses().index(best.rule)),
        float(np.mean([o.rule == proposal.status for o in proposal.occurrences])),
        float(best.status.argmax() == status),
    ]


def _strengths(proposal: Proposal) -> list[float]:
    found = proposal.occurrences
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
        max((p.occurrences[0].odds for p in same), default=-9.0),
        max((p.occurrences[0].odds for p in back), default=-9.0),
        sum(p.occurrences[0].weight for p in of_subject),
        sum(p.occurrences[0].weight for p in of_object),
        max((p.occurrences[0].odds for p in of_object), default=-9.0),
    ]


def _place(reading: Reading, best: Occurrence) -> list[float]:
    pair = best.pair
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
        reading.roles[key.subject],
        reading.roles[key.object],
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
    raw = np.asarray(booster().predict(rows, raw_score=True, num_threads=1))
    slope, offset = settings()["calibration"]
    found: Floats = _sigmoid(slope * raw + offset)
    return found


@cache
def booster() -> lightgbm.Booster:
    import lightgbm

    return lightgbm.Booster(
        model_str=files("ingest.models").joinpath("relations-claims.txt").read_text("utf-8")
    )


# Claims with their evidence


def _claim(reading: Reading, proposal: Proposal, score: float) -> Claim:
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
        date=_date(reading, key, best.pair),
        detail=_detail(key.predicate, quotes[0].quote),
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
    """The unit, with the one it leans on where that stands right before it."""
    unit, other = reading.units[pair.unit], reading.units[pair.other]
    if pair.other == pair.unit - 1 and unit.end - other.start <= LONGEST_QUOTE:
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


def _detail(predicate: str, quote: str) -> str | None:
    found = []
    if predicate == "partners_with":
        found += [name for name, words in DETAILS if words.search(quote)][:1]
    if predicate in ("partners_with", "customer_of", "acquired", "invested_in"):
        found += [match.group() for match in FIGURES.finditer(quote)][:1]
    return ", ".join(found) or None


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
