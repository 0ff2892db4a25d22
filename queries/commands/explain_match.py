"""ecomap explain-match A B: how two names are judged."""

from __future__ import annotations

import click

from queries.options import show, table_options
from queries.result import Result


@click.command(epilog="""\b
Examples:
  ecomap explain-match "Rad AI" RadNet
  ecomap explain-match "3M" "3i" --json
""")  # fmt: skip
@click.argument("left")
@click.argument("right")
@table_options
def command(left: str, right: str, form: str | None) -> None:
    """Tell in one line whether two names are the same, perhaps the same or different, and why."""
    from ingest.names import compare

    match = compare(left, right)
    row = (left, right, match.outcome, match.score, match.reason)
    given = {"left": left, "right": right}
    show(Result("explain-match", ("left", "right", "outcome", "score", "reason"), (row,), given), form)
