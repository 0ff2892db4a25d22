"""ecomap push URL: the workspace's graph into a Neo4j server."""

from __future__ import annotations

from dataclasses import replace

import click

from graph.errors import SettingsError
from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.result import Result
from queries.settings import read_settings


@click.command(epilog="""\b
Examples:
  NEO4J_USERNAME=neo4j NEO4J_PASSWORD=… ecomap push neo4j://localhost:7687 --dry-run
  ecomap push neo4j+s://graph.example.com --database ecosystem
""")  # fmt: skip
@click.argument("url")
@click.option("--dry-run", is_flag=True, help="Only tell what would change; a user who may read suffices.")
@click.option("--database", metavar="NAME", help="Which database of the server.  [default: its own]")
@table_options
@workspace_options
def command(url: str, dry_run: bool, database: str | None, form: str | None) -> None:
    """Make a server's graph equal to the workspace; what others keep in that database stays untouched."""
    from queries.differences import Change, differences
    from queries.progress import progress
    from queries.projecting import project

    chosen = settings()
    server = read_settings(str(chosen.workspace), url)
    if not server.is_server:
        raise SettingsError(f"{url!r} is no server. Write bolt://… or neo4j://….")
    if database:
        server = replace(server, database=database)
    projection = project(chosen)
    with opened_graph(server, to_write=not dry_run) as graph:
        changes = differences(graph.projection(), projection)
        if not dry_run:
            with progress("Writing") as tell:
                graph.write(projection, progress=tell)
    rows = tuple((name, *change) for name, change in changes.items())
    show(Result("push", ("what", *Change._fields), rows, {"url": url, "dryRun": dry_run}), form)
