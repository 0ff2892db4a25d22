"""How well names are matched: ``evaluate_names`` on a JSONL file of left, right, same.

python -m ingest.name_pairs FILE [dev|test]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.names import Match, compare


@dataclass(frozen=True, slots=True)
class Figures:
    precision: float
    recall: float
    f1: float

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}  recall {self.recall:.3f}  F1 {self.f1:.3f}"


@dataclass(frozen=True, slots=True)
class NamesEvaluation:
    """Figures of automatic merges, of merges and suggestions together, of the best single threshold; and the errors."""

    pairs: int
    automatic: Figures
    suggested: Figures
    threshold: float
    best: Figures
    errors: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(
            [
                f"{self.pairs} pairs",
                f"automatic              {self.automatic}",
                f"automatic + suggested  {self.suggested}",
                f"threshold {self.threshold:.2f}         {self.best}",
                *self.errors,
            ]
        )


def evaluate_names(path: Path, *, split: str | None = None) -> NamesEvaluation:
    """Compare every pair of the file, or of its dev or test half."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    rows = [r for r in rows if split is None or r.get("split") == split]
    matches = [compare(r["left"], r["right"]) for r in rows]
    truth = [bool(r["same"]) for r in rows]
    levels = sorted({m.score for m in matches})
    threshold = max(levels, key=lambda t: _figures(truth, [m.score >= t for m in matches]).f1, default=1.0)
    return NamesEvaluation(
        pairs=len(rows),
        automatic=_figures(truth, [m.outcome == "same" for m in matches]),
        suggested=_figures(truth, [m.outcome != "different" for m in matches]),
        threshold=threshold,
        best=_figures(truth, [m.score >= threshold for m in matches]),
        errors=tuple(_errors(rows, matches)),
    )


def _figures(truth: Sequence[bool], found: Sequence[bool]) -> Figures:
    right = sum(t and f for t, f in zip(truth, found, strict=True))
    precision = right / sum(found) if any(found) else 1.0
    recall = right / sum(truth) if any(truth) else 1.0
    return Figures(precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0)


def _errors(rows: Iterable[dict[str, str]], matches: Iterable[Match]) -> Iterable[str]:
    for row, match in zip(rows, matches, strict=True):
        if bool(row["same"]) != (match.outcome != "different"):
            kind = "missed" if row["same"] else "false " + match.outcome
            yield f"{kind}: {row['left']} | {row['right']} -> {match}"


if __name__ == "__main__":
    print(evaluate_names(Path(sys.argv[1]), split=sys.argv[2] if len(sys.argv) > 2 else None))
