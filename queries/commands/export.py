"""ecomap export FORMAT: the graph for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from graph.errors import SettingsError
from queries.options import settings, workspace_options

if TYPE_CHECKING:
    from graph.projection import Projection
    from queries.settings import Settings

TEXTS = ("claims", "mentions", "turtle", "json-ld", "trig")
FILES = ("graphml", "kumu", "neo4j-admin")
IMPORT = """Next, where the server is, and is stopped:
  cd {out} && neo4j-admin database import full neo4j @import.args
then start it and run:
  cypher-shell -f finish.cypher"""


@click.command(epilog="""\b
Examples:
  ecomap export claims > claims.jsonl
  ecomap export mentions --out mentions.jsonl
  ecomap export turtle --out graph.ttl
  ecomap export graphml --out graph.graphml
  ecomap export kumu --out kumu/
  ecomap export --neo4j-admin import/
""")  # fmt: skip
@click.argument("form", metavar="FORMAT", type=click.Choice([*TEXTS, *FILES]), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="File, or folder for kumu and neo4j-admin.")
@click.option(
    "--neo4j-admin", "admin", type=click.Path(path_type=Path), help="Folder: short for neo4j-admin --out."
)
@workspace_options
def command(form: str | None, out: Path | None, admin: Path | None) -> None:
    """Write what is known: JSON Lines of claims or mentions, RDF, GraphML, Kumu, neo4j-admin import files."""
    if (form is None) == (admin is None):
        raise SettingsError("Say what to write: one FORMAT, or --neo4j-admin DIR. See: ecomap export --help")
    _export("neo4j-admin" if form is None else form, out or admin)


def _export(form: str, out: Path | None) -> None:
    from queries.projecting import project

    chosen = settings()
    projection = project(chosen)
    if form in FILES:
        if out is None:
            raise SettingsError(f"{form} is no text. Say where: --out PATH.")
        _files()[form](projection, out)
        click.echo(f"{out}: {len(projection.entities)} entities, {len(projection.edges)} edges", err=True)
        if form == "neo4j-admin":
            click.echo(IMPORT.format(out=out), err=True)
    elif out is None:
        _write(chosen, projection, form, sys.stdout)
    else:
        with out.open("w", encoding="utf-8") as file:
            _write(chosen, projection, form, file)


def _write(chosen: Settings, projection: Projection, form: str, file: TextIO) -> None:
    if form not in ("claims", "mentions"):
        from graph.views.rdf import serialize

        file.write(serialize(projection, form))
        return
    from graph.views.tables import claim_lines, mention_lines, write_lines
    from ingest.records import Workspace, read_records

    lines = claim_lines if form == "claims" else mention_lines
    write_lines(lines(read_records(Workspace(chosen.workspace)), projection), file)


def _files() -> dict[str, Callable[[Projection, Path], object]]:
    from graph.views.neo4j_admin import neo4j_admin
    from graph.views.tables import graphml, kumu

    return {"graphml": graphml, "kumu": kumu, "neo4j-admin": neo4j_admin}
