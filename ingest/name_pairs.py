"""How well names are matched: ``evaluate_names`` on a JSONL file of left, right, same (``ecomap evaluate names``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph.errors import SettingsError

from .names import Match, compare

Pair = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1; nothing found is never wrong."""

    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"


ERRORS = ("false same", "false suggest", "missed")


@dataclass(frozen=True, slots=True)
class Error:
    """A pair that was judged wrongly: a false merge, a false suggestion, or one that was missed."""

    kind: str
    left: str
    right: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class NamesEvaluation:
    """Figures of automatic merges, of merges and suggestions together, of the best single threshold; and the errors.

    Attributes:
        errors: false merges first, then false suggestions, then what was missed; each with its match.
    """

    pairs: int
    automatic: Figures
    suggested: Figures
    threshold: float
    best: Figures
    errors: tuple[Error, ...]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def evaluate_names(path: Path, *, part: str | None = None, known_names: bool = True) -> NamesEvaluation:
    """Compare every pair of the file, or of one part of it.

    Args:
        part: only pairs whose `split` is this.
        known_names: whether the table of known renames may decide.
    """
    rows = [r for r in read_pairs(path) if part is None or r.get("split") == part]
    if not rows:
        raise SettingsError(f"{path} has no pair{f' of part {part!r}' if part else ''}.")
    matches = [compare(r["left"], r["right"], known_names=known_names) for r in rows]
    truth = [r["same"] for r in rows]
    levels = sorted({m.score for m in matches})
    threshold = max(levels, key=lambda t: _figures(truth, [m.score >= t for m in matches]).f1)
    return NamesEvaluation(
        pairs=len(rows),
        automatic=_figures(truth, [m.outcome == "same" for m in matches]),
        suggested=_figures(truth, [m.outcome != "different" for m in matches]),
        threshold=threshold,
        best=_figures(truth, [m.score >= threshold for m in matches]),
        errors=tuple(sorted(_errors(rows, matches), key=lambda e: ERRORS.index(e.kind))),
    )


def read_pairs(path: Path) -> list[Pair]:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [_pair(line, path, number) for number, line in lines if line.strip()]


def _pair(line: str, path: Path, number: int) -> Pair:
    try:
        row = json.loads(line)
        if isinstance(row["left"], str) and isinstance(row["right"], str) and isinstance(row["same"], bool):
            return dict(row)
    except (ValueError, KeyError, TypeError):
        pass
    raise SettingsError(
        f"{path.name}, line {number}: expected an object with left, right and same (true or false)."
    )


def _figures(truth: Sequence[bool], found: Sequence[bool]) -> Figures:
    right = sum(t and f for t, f in zip(truth, found, strict=True))
    precision = right / sum(found) if any(found) else 1.0
    recall = right / sum(truth) if any(truth) else 1.0
    return Figures(precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0)


def _errors(rows: Iterable[Pair], matches: Iterable[Match]) -> Iterable[Error]:
    for row, match in zip(rows, matches, strict=True):
        if row["same"] != (match.outcome != "different"):
            kind = "missed" if row["same"] else f"false {match.outcome}"
            yield Error(kind, row["left"], row["right"], match.score, match.reason)
