"""ecomap evaluate PATH: how good the extraction is, against what people marked."""

from __future__ import annotations

import json
from pathlib import Path

import click

from graph.projection import SHOWN_CONFIDENCE


@click.command(epilog="""\b
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
def command(
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
