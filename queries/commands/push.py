"""ecomap push URL: the workspace's graph into a Neo4j server."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import click

from graph.errors import SettingsError
from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.result import Result

if TYPE_CHECKING:
    from graph.projection import Projection


@click.command(epilog="""\b
Examples:
  NEO4J_USERNAME=neo4j NEO4J_PASSWORD=… ecomap push neo4j://localhost:7687 --dry-run
  ecomap push neo4j+s://graph.example.com
""")  # fmt: skip
@click.argument("url")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@table_options
@workspace_options
def command(url: str, dry_run: bool, form: str | None) -> None:
    """Make a server's graph equal to the workspace; what others keep in that database stays untouched."""
    from queries.progress import progress
    from queries.projecting import project

    chosen = settings()
    server = replace(chosen, graph=url)
    if not server.is_server:
        raise SettingsError(f"{url!r} is no server. Write bolt://… or neo4j://….")
    projection = project(chosen)
    with opened_graph(server, to_write=not dry_run) as graph:
        changes = _changes(graph.projection(), projection)
        if not dry_run:
            with progress("Writing") as tell:
                graph.write(projection, progress=tell)
    columns = ("what", "added", "changed", "removed", "equal")
    show(Result("push", columns, changes, {"url": url, "dryRun": dry_run}), form)


def _changes(before: Projection, after: Projection) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        (part.name, *_difference(_rows(before, part.name), _rows(after, part.name))) for part in fields(after)
    )


def _rows(projection: Projection, part: str) -> dict[str, str]:
    from graph.projection import canonical

    ends = ("left", "right") if part == "same" else ("subject", "predicate", "object")
    return {
        str(row.get("id") or [row[end] for end in ends]): canonical(row) for row in getattr(projection, part)
    }


def _difference(before: dict[str, str], after: dict[str, str]) -> tuple[int, int, int, int]:
    common = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in common)
    return len(after) - len(common), changed, len(before) - len(common), len(common) - changed
