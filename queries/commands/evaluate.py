"""ecomap evaluate PATH, ecomap evaluate names FILE: how good extraction and name matching are, against what people marked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.projection import SHOWN_CONFIDENCE

if TYPE_CHECKING:
    from ingest.name_pairs import NamesEvaluation


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
    click.echo(
        json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if as_json else _figures(found, errors)
    )


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
  ecomap evaluate corpus/annotated --predictions mine.jsonl --json
""")  # fmt: skip
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--part", help="Only this part (train, dev, test).")
@click.option(
    "--predictions", type=click.Path(path_type=Path, exists=True), help="Judge another system's JSON Lines."
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
    path: Path, part: str | None, predictions: Path | None, errors: int, min_confidence: float, as_json: bool
) -> None:
    """Print precision, recall and F1 of names, mentions and claims, calibration and the worst errors."""
    from ingest.evaluation import evaluate, extracted, gold_documents, read_predictions, table

    golds = gold_documents(path, part)
    if predictions:
        found = read_predictions(predictions)
    else:
        from ingest.extract import record

        found = extracted(golds, record)
    evaluation = evaluate(golds, found, min_confidence=min_confidence)
    click.echo(
        json.dumps(evaluation.to_dict(), ensure_ascii=False, indent=2)
        if as_json
        else table(evaluation, errors)
    )
