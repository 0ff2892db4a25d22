"""ecomap find NAME: an entity by any of its names."""

from __future__ import annotations

import click

from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.result import Result


@click.command(epilog="""\b
Examples:
  ecomap find vrad
  ecomap find "telerad tech" --json
""")  # fmt: skip
@click.argument("name")
@table_options
@workspace_options
def command(name: str, form: str | None) -> None:
    """Find an entity by any of its names, whatever the case or accents; the near ones when none fits."""
    from queries.answer import kind

    with opened_graph(settings()) as graph:
        found = graph.find(name)
    if not all(row["exact"] for row in found) or not found:
        told = f"No entity is named {name!r}. Near:" if found else f"Nothing is like {name!r}."
        click.echo(told, err=True)
    columns = ("name", "kind", "aliases", "exact", "id")
    rows = tuple((r["name"], kind(r), r.get("aliases", []), r["exact"], r["id"]) for r in found)
    show(Result("find", columns, rows, {"name": name}), form)
