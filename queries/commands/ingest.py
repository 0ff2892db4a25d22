"""ecomap ingest PATH…: documents into the workspace and its graph."""

from __future__ import annotations

from pathlib import Path

import click

from queries.options import settings, workspace_options
from queries.projecting import refresh_graph
from queries.settings import remember

SOME_FAILED = 3


@click.command(epilog="""\b
Examples:
  ecomap ingest reports/ news.eml
  ecomap ingest reports/ --workers 4 --min-confidence 0.6
""")  # fmt: skip
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--workers", type=click.IntRange(min=1), help="Processes.  [default: one a core]")
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Show only edges at least this sure; remembered."
)
@workspace_options
def command(paths: tuple[Path, ...], workers: int | None, min_confidence: float | None) -> int:
    """Read documents and folders of them; what was read before is skipped. Exit code 3 when files failed."""
    from ingest.pipeline import ingest
    from ingest.records import Workspace
    from queries.progress import progress

    chosen = settings()
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"{path} is not there.")
    if min_confidence is not None:
        remember(chosen, "min_confidence", min_confidence)
        chosen = settings()
    workspace = Workspace(chosen.workspace)
    with progress("Reading") as tell:
        outcome = ingest(workspace, paths, workers=workers or chosen.workers, progress=tell)
    graph = refresh_graph(chosen)
    for failure in outcome.failed:
        click.echo(f"failed  {failure.name}: {failure.reason}", err=True)
    click.echo(
        f"{len(outcome.read)} read, {len(outcome.skipped)} already known, {len(outcome.failed)} failed"
    )
    click.echo(f"graph   {graph}")
    return SOME_FAILED if outcome.failed else 0
