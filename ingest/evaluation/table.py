"""An evaluation as text that a person reads in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .core import CoreEvaluation
from .evaluation import DEALS, Error, Evaluation
from .measures import Bin, Figures
from .steps import Steps


def table(evaluation: Evaluation, errors: int = 20) -> str:
    """All figures of an evaluation, and its worst errors."""
    return "\n\n".join(
        part
        for part in (
            f"{evaluation.documents} documents",
            _figures("names (once a document)", evaluation.names),
            _figures("mentions (every place)", evaluation.mentions),
            _figures("claims", {"all": evaluation.claims, **_met(evaluation.by_predicate)}),
            _figures("claims by status", _met(evaluation.by_status)),
            _figures("claims from confidence", _by_threshold(evaluation.thresholds)),
            f"{_figures('deals from confidence', _by_threshold(evaluation.deals))}\n  deals: {', '.join(DEALS)}",
            _reliability(evaluation.reliability, evaluation.calibration_error),
            _shown(evaluation),
            _errors(evaluation.errors[:errors]),
        )
        if part
    )


def core_table(evaluation: CoreEvaluation) -> str:
    """CORE's figures, from the raw sentences."""
    return "\n\n".join(
        (
            f"{evaluation.pairs} pairs, each in its sentence\n"
            f"names found exactly {evaluation.names_found:.3f}, relation right {evaluation.accuracy:.3f}, "
            f"macro F1 {evaluation.macro_f1:.3f}",
            _figures("relations, directed", {"all": evaluation.directed, **_met(evaluation.by_relation)}),
        )
    )


def steps_table(steps: Steps) -> str:
    return (
        f"references resolved: {steps.resolved} of {steps.references}; {steps.unseen} more are not seen as such\n"
        f"candidate pairs: {steps.proposed} of {steps.claims} required claims have one"
    )


def _by_threshold(rows: Iterable[tuple[float, Figures]]) -> dict[str, Figures]:
    return {f"{t:.2f}": figures for t, figures in rows}


def _met(figures: Mapping[str, Figures]) -> dict[str, Figures]:
    return {name: f for name, f in figures.items() if f != Figures()}


def _figures(title: str, rows: Mapping[str, Figures]) -> str:
    head = f"{title:28}{'P':>6}{'R':>6}{'F1':>6}{'right':>8}{'false':>8}{'missed':>8}"
    return "\n".join([head, *(_row(name, f) for name, f in rows.items())])


def _row(name: str, f: Figures) -> str:
    return f"  {name:26}{f.precision:6.2f}{f.recall:6.2f}{f.f1:6.2f}{f.right:8}{f.false:8}{f.missed:8}"


def _reliability(bins: Iterable[Bin], error: float) -> str:
    rows = [
        f"  {b.low:.1f} to {b.high:.1f}{'':16}{b.confidence:6.2f}{b.accuracy:6.2f}{b.count:8}" for b in bins
    ]
    head = f"{'calibration':28}{'said':>6}{'is':>6}{'claims':>8}"
    return "\n".join([head, *rows, f"  expected calibration error {error:.3f}"])


def _shown(evaluation: Evaluation) -> str:
    shown, harm = evaluation.shown, evaluation.harm
    kinds = ", ".join(f"{count} {kind}" for kind, count in harm.items()) or "none"
    causes = ", ".join(f"{cause} {count}" for cause, count in evaluation.causes.items())
    goal = "never" if evaluation.threshold is None else f"from confidence {evaluation.threshold:.3f} on"
    return (
        f"shown: {evaluation.shown_count}, precision {shown.precision:.2f}, recall {shown.recall:.2f}\n"
        f"harmful: {sum(harm.values())} of {evaluation.shown_count} ({kinds})\n"
        f"precision .95 is reached: {goal}\n"
        f"why false: {causes or 'none is'}"
    )


def _errors(errors: Iterable[Error]) -> str:
    rows = []
    for e in errors:
        score = "" if e.confidence is None else f" {e.confidence:.2f}"
        note = f" ({e.note})" if e.note else ""
        rows += [
            f"  {e.document}{score} {e.what}: {e.claim}{note}",
            f"      {' '.join(e.quote.split())[:160]}",
        ]
    return "\n".join(["worst errors", *rows]) if rows else ""
