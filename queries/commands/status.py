"""ecomap status: what is in the workspace and its graph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.projecting import project, written
from queries.result import Result

if TYPE_CHECKING:
    from graph.projection import Projection
    from graph.store import Graph
    from queries.differences import Change
    from queries.settings import Settings

COMPONENTS = "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0], edition"


@click.command(epilog="""\b
Examples:
  ecomap status
  ecomap status --json
  ecomap status --documents
  ecomap --graph neo4j://localhost:7687 status
""")  # fmt: skip
@click.option("--documents", is_flag=True, help="List the documents.")
@table_options
@workspace_options
def command(documents: bool, form: str | None) -> None:
    """Count what is known, and tell how the graph differs from the records."""
    chosen = settings()
    if documents:
        _documents(chosen, form)
        return
    known = _status(chosen)
    if form == "json":
        click.echo(json.dumps(known, ensure_ascii=False, indent=2, default=str))
        return
    known |= {f"differs: {part}": change for part, change in known.pop("differs", {}).items()}
    show(Result("status", ("what", "value"), tuple((k, str(v)) for k, v in known.items())), form)


def _documents(chosen: Settings, form: str | None) -> None:
    from ingest.records import Workspace, heads

    rows = tuple(sorted((h.name, h.id[:12], h.extractor) for h in heads(Workspace(chosen.workspace))))
    show(Result("documents", ("document", "id", "extractor"), rows), form)


def _status(chosen: Settings) -> dict[str, Any]:
    from ingest.records import Workspace, record_paths

    records = len(record_paths(Workspace(chosen.workspace)))
    wanted = project(chosen) if records and not written(chosen) else None
    with opened_graph(chosen) as graph:
        known = {
            "workspace": str(chosen.workspace),
            "graph": chosen.graph,
            **(_server(graph, chosen) if chosen.is_server else {}),
            "records": records,
            **graph.counts(),
        }
        there = graph.projection()
    changes = _changes(there, wanted) if wanted else {}
    known |= {"fingerprint": there.fingerprint(), "upToDate": not changes if records else not there.documents}
    return known | ({"differs": {part: str(change) for part, change in changes.items()}} if changes else {})


def _server(graph: Graph, chosen: Settings) -> dict[str, str]:
    name, version, edition = graph.cypher(COMPONENTS)[1][0]
    return {"server": f"{name} {version} {edition}", "database": chosen.database or "default"}


def _changes(there: Projection, wanted: Projection) -> dict[str, Change]:
    """What a rebuild or a push would do."""
    from queries.differences import differences

    return {part: change for part, change in differences(there, wanted).items() if not change.is_none}
