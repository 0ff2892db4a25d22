"""Precision, recall, calibration: arithmetic on counts and on (confidence, right) pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many were right, false and missed, and the rates that follow.

    >>> Figures(right=3, false=1, missed=3).f1
    0.6
    """

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return _ratio(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        return _ratio(2 * self.right, 2 * self.right + self.false + self.missed)

    def __add__(self, other: Figures) -> Figures:
        return Figures(self.right + other.right, self.false + other.false, self.missed + other.missed)

    def to_dict(self) -> dict[str, float | int]:
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "right": self.right,
            "false": self.false,
            "missed": self.missed,
        }


@dataclass(frozen=True, slots=True)
class Bin:
    """Judged claims whose confidence lies in [low, high): what was said, and how often it was so."""

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float

    def to_dict(self) -> dict[str, float | int]:
        return {
            "low": self.low,
            "high": self.high,
            "count": self.count,
            "confidence": round(self.confidence, 4),
            "accuracy": round(self.accuracy, 4),
        }


Judged = tuple[float, bool]


def total(figures: Iterable[Figures]) -> Figures:
    return sum(figures, Figures())


def reliability(judged: Sequence[Judged], bins: int = 10) -> tuple[Bin, ...]:
    """The reliability table; empty bins are left out. A confidence of 1 falls into the last bin."""
    rows: dict[int, list[Judged]] = {}
    for pair in judged:
        rows.setdefault(min(int(pair[0] * bins), bins - 1), []).append(pair)
    return tuple(_bin(i, bins, rows[i]) for i in sorted(rows))


def expected_calibration_error(judged: Sequence[Judged], bins: int = 10) -> float:
    """The mean distance between confidence and accuracy, weighted by the bins' counts."""
    table = reliability(judged, bins)
    return _ratio(sum(b.count * abs(b.confidence - b.accuracy) for b in table), len(judged))


def at_thresholds(
    judged: Sequence[Judged], required: int, thresholds: Iterable[float] = THRESHOLDS
) -> tuple[tuple[float, Figures], ...]:
    """Precision and recall of what passes each threshold, of so many required claims."""
    return tuple((t, _above(judged, required, t)) for t in thresholds)


def threshold_for(judged: Sequence[Judged], precision: float) -> float | None:
    """The lowest confidence from which on the shown claims are right so often, or None where none is."""
    best, right, kept = None, 0, 0
    ranked = sorted(judged, reverse=True)
    for i, (confidence, is_right) in enumerate(ranked):
        right, kept = right + is_right, kept + 1
        last_of_equals = i + 1 == len(ranked) or ranked[i + 1][0] < confidence
        if last_of_equals and right / kept >= precision:
            best = confidence
    return best


def _above(judged: Sequence[Judged], required: int, threshold: float) -> Figures:
    kept = [right for confidence, right in judged if confidence >= threshold]
    return Figures(sum(kept), len(kept) - sum(kept), required - sum(kept))


def _bin(i: int, bins: int, rows: Sequence[Judged]) -> Bin:
    confidence = sum(c for c, _ in rows) / len(rows)
    accuracy = sum(right for _, right in rows) / len(rows)
    return Bin(i / bins, (i + 1) / bins, len(rows), confidence, accuracy)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
