"""The one figure sheet of a system on a set of annotated documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import vocabulary
from graph.model import Claim, Document, Mention, Record
from ingest.training.data import Annotated

from .claims import Comparison, Judgement, Missed, compare
from .gold import document_of, gold_mentions
from .measures import (
    Bin,
    Figures,
    Judged,
    at_thresholds,
    expected_calibration_error,
    reliability,
    threshold_for,
    total,
)
from .names import mention_figures, name_figures
from .predictions import Found, found

GOAL = 0.95  # precision of shown claims that the default threshold is chosen for
DEALS = ("partners_with", "acquired", "invested_in", "subsidiary_of", "customer_of")


@dataclass(frozen=True, slots=True)
class Error:
    """A false or missed claim, told so that a person can judge it without opening the document."""

    document: str
    what: str
    claim: str
    note: str
    quote: str
    confidence: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "what": self.what,
            "claim": self.claim,
            "note": self.note,
            "quote": self.quote,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one system.

    Attributes:
        mentions, names: by kind; places in the text, and names a document.
        claims: all, by predicate, by status.
        thresholds: figures of the claims at or above each confidence.
        deals: the same for the predicates of DEALS together.
        threshold: lowest confidence at which precision reaches the goal, or None.
        shown: figures of the claims that a user would see.
        harm: of the shown claims, how many mislead, by kind of harm.
        causes: why the false claims are false.
        errors: worst first.
    """

    documents: int
    mentions: Mapping[str, Figures]
    names: Mapping[str, Figures]
    claims: Figures
    by_predicate: Mapping[str, Figures]
    by_status: Mapping[str, Figures]
    thresholds: tuple[tuple[float, Figures], ...]
    deals: tuple[tuple[float, Figures], ...]
    threshold: float | None
    reliability: tuple[Bin, ...]
    calibration_error: float
    shown: Figures
    shown_count: int
    harm: Mapping[str, int]
    causes: Mapping[str, int]
    errors: tuple[Error, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "mentions": {kind: f.to_dict() for kind, f in self.mentions.items()},
            "names": {kind: f.to_dict() for kind, f in self.names.items()},
            "claims": self.claims.to_dict(),
            "byPredicate": {name: f.to_dict() for name, f in self.by_predicate.items()},
            "byStatus": {name: f.to_dict() for name, f in self.by_status.items()},
            "thresholds": _rows(self.thresholds),
            "deals": _rows(self.deals),
            "threshold": self.threshold,
            "reliability": [b.to_dict() for b in self.reliability],
            "calibrationError": round(self.calibration_error, 4),
            "shown": {**self.shown.to_dict(), "count": self.shown_count},
            "harm": dict(self.harm),
            "causes": dict(self.causes),
            "errors": [e.to_dict() for e in self.errors],
        }


def extracted(
    golds: Iterable[Annotated],
    extract: Callable[[Document], Record],
    read: Callable[[Annotated], Document] = document_of,
) -> dict[str, Found]:
    """What an extractor finds in the raw texts."""
    return {gold.id: _from_record(extract(read(gold))) for gold in golds}


def extracted_on_gold(
    golds: Iterable[Annotated],
    find_claims: Callable[[Document, tuple[Mention, ...]], Iterable[Claim]],
    read: Callable[[Annotated], Document] = document_of,
) -> dict[str, Found]:
    """What is claimed when the names are given."""
    rows = ((gold, gold_mentions(gold)) for gold in golds)
    return {gold.id: found(mentions, find_claims(read(gold), mentions)) for gold, mentions in rows}


def evaluate(
    golds: Sequence[Annotated],
    predictions: Mapping[str, Found],
    *,
    min_confidence: float = 0.0,
) -> Evaluation:
    """Judge what was found in the documents.

    Args:
        predictions: by document id; a document without any counts as one in which nothing was found.
        min_confidence: from which confidence on a claim is shown, where the system does not say it itself.
    """
    pairs = [(gold, predictions.get(gold.id, Found())) for gold in golds]
    comparisons = [compare(gold, f.claims) for gold, f in pairs]
    counted = [j for c in comparisons for j in c.judgements if j.verdict != "optional"]
    missed = [m for c in comparisons for m in c.missed]
    shown = [j for c in comparisons for j in c.judgements if _is_shown(j, min_confidence)]
    judged = _judged(counted)
    return Evaluation(
        documents=len(golds),
        mentions=_by_kind([mention_figures(gold, f) for gold, f in pairs]),
        names=_by_kind([name_figures(gold, f) for gold, f in pairs]),
        claims=_claim_figures(comparisons),
        by_predicate=_by(
            comparisons, "predicate", [p for p, r in vocabulary.predicates().items() if not r.structural]
        ),
        by_status=_by(comparisons, "status", vocabulary.statuses()),
        thresholds=_at_thresholds(counted, missed),
        deals=_at_thresholds(
            [j for j in counted if j.claim.predicate in DEALS], [m for m in missed if m.predicate in DEALS]
        ),
        threshold=threshold_for(judged, GOAL),
        reliability=reliability(judged),
        calibration_error=expected_calibration_error(judged),
        shown=_shown_figures(shown, comparisons),
        shown_count=len(shown),
        harm=dict(Counter(j.harm for j in shown if j.harm)),
        causes=dict(Counter(j.cause for j in counted if j.cause).most_common()),
        errors=_errors(comparisons, min_confidence),
    )


def _rows(figures: Iterable[tuple[float, Figures]]) -> list[dict[str, float | int]]:
    return [{"confidence": t, **f.to_dict()} for t, f in figures]


def _judged(judgements: Iterable[Judgement]) -> list[Judged]:
    return [(j.claim.confidence, j.verdict == "right") for j in judgements]


def _at_thresholds(
    counted: Sequence[Judgement], missed: Sequence[Missed]
) -> tuple[tuple[float, Figures], ...]:
    required = sum(j.verdict == "right" for j in counted) + len(missed)
    return at_thresholds(_judged(counted), required)


def _from_record(record: Record) -> Found:
    return found(record.mentions, record.claims)


def _is_shown(judgement: Judgement, min_confidence: float) -> bool:
    claim = judgement.claim
    if claim.status not in vocabulary.shown_statuses():
        return False
    return claim.confidence >= min_confidence if claim.shown is None else claim.shown


def _by_kind(rows: Sequence[Mapping[str, Figures]]) -> dict[str, Figures]:
    return {kind: total(row[kind] for row in rows) for kind in vocabulary.kinds()}


def _claim_figures(comparisons: Iterable[Comparison], field: str = "", value: str = "") -> Figures:
    """Figures of all claims, or of those whose predicate or status is the value."""
    right = false = missed = 0
    for c in comparisons:
        verdicts = [j.verdict for j in c.judgements if not field or getattr(j.claim, field) == value]
        right += verdicts.count("right")
        false += verdicts.count("false")
        missed += sum(not field or getattr(m, field) == value for m in c.missed)
    return Figures(right, false, missed)


def _by(comparisons: Sequence[Comparison], field: str, values: Iterable[str]) -> dict[str, Figures]:
    return {value: _claim_figures(comparisons, field, value) for value in values}


def _shown_figures(shown: Sequence[Judgement], comparisons: Sequence[Comparison]) -> Figures:
    """Of the claims that could be shown (current, announced): precision and recall of what is."""
    right = sum(j.verdict == "right" for j in shown)
    false = sum(j.verdict == "false" for j in shown)
    found = sum(
        j.verdict == "right" and j.claim.status in vocabulary.shown_statuses()
        for c in comparisons
        for j in c.judgements
    )
    missed = sum(m.status in vocabulary.shown_statuses() for c in comparisons for m in c.missed)
    return Figures(right, false, found - right + missed)


def _errors(comparisons: Sequence[Comparison], min_confidence: float) -> tuple[Error, ...]:
    """Harmful ones first, then the most confident false ones, then the missed."""
    false = [j for c in comparisons for j in c.judgements if j.verdict == "false"]
    false.sort(key=lambda j: (not (j.harm and _is_shown(j, min_confidence)), -j.claim.confidence, j.document))
    return tuple(
        [_false(j) for j in false]
        + [
            Error(m.document, "missed", f"{m.subject} {m.predicate} {m.object} ({m.status})", "", m.quote)
            for c in comparisons
            for m in c.missed
        ]
    )


def _false(j: Judgement) -> Error:
    claim = f"{j.claim.subject} {j.claim.predicate} {j.claim.object} ({j.claim.status})"
    what = f"harmful: {j.harm}" if j.harm else f"false: {j.cause}"
    return Error(j.document, what, claim, j.note, j.claim.quote, round(j.claim.confidence, 3))
