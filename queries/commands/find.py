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
    from queries.answer import found, near

    with opened_graph(settings()) as graph:
        exact = found(graph, name)
        entities = exact or near(graph, name)
    if not exact and form is None:
        click.echo(
            f"No entity is named {name!r}. Near:" if entities else f"Nothing is like {name!r}.", err=True
        )
    columns = ("name", "kind", "aliases", "id")
    rows = tuple((e.name, e.kind, list(e.aliases), e.id) for e in entities)
    show(Result("find", columns, rows, {"name": name}), form)
