"""ecomap evaluate PATH, ecomap evaluate names FILE: how good extraction and name matching are, against what people marked."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import SettingsError
from graph.projection import SHOWN_CONFIDENCE

if TYPE_CHECKING:
    from ingest.evaluation import CoreEvaluation, Found
    from ingest.name_pairs import NamesEvaluation
    from ingest.training.data import Annotated


class OrExtraction(click.Group):
    """A call that begins with no subcommand's name is one of `extraction`: `ecomap evaluate PATH`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *self.get_help_option_names(ctx)):
            args = ["extraction", *args]
        return super().parse_args(ctx, args)


@click.group(cls=OrExtraction, epilog="""\b
Examples:
  ecomap evaluate corpus/annotated --part dev        (the same as evaluate extraction …)
  ecomap evaluate names pairs.jsonl
""")  # fmt: skip
def command() -> None:
    """How good extraction and name matching are, against what people marked."""


@command.command("names", epilog="""\b
Examples:
  ecomap evaluate names pairs.jsonl --part test
  ecomap evaluate names pairs.jsonl --without-known-names --json
""")  # fmt: skip
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--part", help="Only pairs whose `split` is this (dev, test).")
@click.option("--without-known-names", is_flag=True, help="Leave out the table of known renames.")
@click.option("--errors", type=click.IntRange(min=0), help="How many errors to show.  [default: all]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def names(path: Path, part: str | None, without_known_names: bool, errors: int | None, as_json: bool) -> None:
    """Print precision, recall and F1 of name matching on pairs (JSON Lines of left, right, same), and the errors."""
    from ingest.name_pairs import evaluate_names

    found = evaluate_names(path, part=part, known_names=not without_known_names)
    _print(found.to_dict(), _figures(found, errors), as_json)


def _figures(found: NamesEvaluation, errors: int | None) -> str:
    rows = {
        "automatic": found.automatic,
        "automatic and suggested": found.suggested,
        f"best threshold, {found.threshold:.2f}": found.best,
    }
    lines = [f"{found.pairs} pairs{'':<22}precision  recall     F1"]
    lines += [f"{name:<30}{f.precision:>11.3f}{f.recall:>8.3f}{f.f1:>7.3f}" for name, f in rows.items()]
    lines += [f"{e.kind:<14}{e.left} | {e.right}   {e.score:.2f}: {e.reason}" for e in found.errors[:errors]]
    return "\n".join(lines)


@command.command("extraction", epilog="""\b
Examples:
  ecomap evaluate corpus/annotated --part dev
  ecomap evaluate corpus/annotated corpus/written --part dev --given-names
  ecomap evaluate corpus/annotated --predictions mine.jsonl --json
  ecomap evaluate corpus/core/train.json --part dev --given-names
""")  # fmt: skip
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--part", help="Only this part (train, dev, test).")
@click.option(
    "--predictions", type=click.Path(path_type=Path, exists=True), help="Judge another system's JSON Lines."
)
@click.option(
    "--given-names",
    is_flag=True,
    help="Judge the claims alone, on the names that people marked, and the steps before them.",
)
@click.option(
    "--errors", type=click.IntRange(min=0), default=20, show_default=True, help="How many errors to show."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=SHOWN_CONFIDENCE,
    show_default=True,
    help="From which confidence on a claim counts as shown.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def extraction(
    paths: tuple[Path, ...],
    part: str | None,
    predictions: Path | None,
    given_names: bool,
    errors: int,
    min_confidence: float,
    as_json: bool,
) -> None:
    """Print precision, recall and F1 of names, mentions and claims, calibration and the worst errors.

    PATH is a folder of annotated documents (texts/ and ann/), or several, judged as one; or a file of CORE's
    relations (.json).
    """
    from ingest.evaluation import core_table, evaluate, gold_documents, table

    if len(paths) == 1 and paths[0].is_file():
        core = _core(paths[0], part, given_names)
        _print(core.to_dict(), core_table(core), as_json)
        return
    golds = [gold for path in paths for gold in gold_documents(path, part)]
    if twice := [id for id, times in Counter(gold.id for gold in golds).items() if times > 1]:
        raise SettingsError(
            f"Two documents are called {twice[0]}. Give folders whose documents have different names."
        )
    found = _found(golds, predictions, given_names)
    evaluation = evaluate(golds, found, min_confidence=min_confidence)
    shown, printed = evaluation.to_dict(), table(evaluation, errors)
    if given_names:
        from ingest.evaluation import steps, steps_table

        between = steps(golds)
        shown["steps"] = between.to_dict()
        printed = f"{steps_table(between)}\n\n{printed}"
    _print(shown, printed, as_json)


def _found(golds: list[Annotated], predictions: Path | None, given_names: bool) -> dict[str, Found]:
    from ingest.evaluation import extracted, extracted_on_gold, read_predictions

    if predictions:
        return read_predictions(predictions)
    from ingest.extract import find_claims, record

    if given_names:
        return extracted_on_gold(golds, lambda document, names: find_claims(document, names)[1])
    return extracted(golds, record)


def _core(path: Path, part: str | None, given_names: bool) -> CoreEvaluation:
    from ingest.evaluation import evaluate_core, evaluate_core_given, read_core
    from ingest.extract import record

    rows = read_core(path, part)
    return evaluate_core_given(rows) if given_names else evaluate_core(rows, record)


def _print(figures: dict[str, Any], printed: str, as_json: bool) -> None:
    click.echo(json.dumps(figures, ensure_ascii=False, indent=2) if as_json else printed)
