"""ecomap rebuild: the graph again from records and judgements."""

from __future__ import annotations

import click

from queries.options import settings, workspace_options
from queries.projecting import write_graph


@click.command(epilog="""\b
Examples:
  ecomap rebuild
  ecomap --graph neo4j://localhost:7687 rebuild
""")  # fmt: skip
@workspace_options
def command() -> None:
    """Make the graph again from records and judgements: the same records give the same fingerprint."""
    click.echo(f"graph   {write_graph(settings(), anew=True)}")
