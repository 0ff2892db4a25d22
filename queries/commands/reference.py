"""ecomap reference add FILE.csv: names that are known for certain."""

from __future__ import annotations

from pathlib import Path

import click

from queries.options import settings, workspace_options


@click.group(epilog="""\b
Examples:
  ecomap reference add crm.csv --column name=Account --column aliases="Other names"
""")  # fmt: skip
def command() -> None:
    """Lists of names, aliases and tickers that you own. They give names, never claims."""


@command.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--column", "columns", metavar="OURS=THEIRS", multiple=True, help="How a column is called there."
)
@workspace_options
def add(file: Path, columns: tuple[str, ...]) -> None:
    """Add a CSV list with the columns name, aliases (split by ;), ticker, exchange, lei, country, headquarters,
    website, parent, kind.

    Names that it gives to one company become one: those of a row, of rows with the same LEI or the same ticker on the
    same exchange, and of rows with the same web domain and agreeing names.
    """
    from ingest.records import Workspace
    from queries.projecting import write_graph
    from queries.references import COLUMNS, add_reference

    pairs = [c.partition("=")[::2] for c in columns]
    if any(ours not in COLUMNS or not theirs for ours, theirs in pairs):
        raise click.UsageError(f"--column takes OURS=THEIRS, OURS being one of {', '.join(COLUMNS)}.")
    chosen = settings()
    count = add_reference(Workspace(chosen.workspace).references, file, dict(pairs))
    made = write_graph(chosen)
    click.echo(f"{count} names from {file.name}; fingerprint {made.fingerprint}")
