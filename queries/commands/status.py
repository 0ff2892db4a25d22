"""ecomap status: what is in the workspace and its graph."""

from __future__ import annotations

import json

import click

from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.projecting import written
from queries.result import Result


@click.command(epilog="""\b
Examples:
  ecomap status
  ecomap status --json
  ecomap status --documents
""")  # fmt: skip
@click.option("--documents", is_flag=True, help="List the documents.")
@table_options
@workspace_options
def command(documents: bool, form: str | None) -> None:
    """Count what is known, and tell whether the graph is up to date with the records."""
    from ingest.records import Workspace, heads, record_paths

    chosen = settings()
    workspace = Workspace(chosen.workspace)
    if documents:
        rows = tuple(sorted((h.name, h.id[:12], h.extractor) for h in heads(workspace)))
        show(Result("documents", ("document", "id", "extractor"), rows), form)
        return
    with opened_graph(chosen) as graph:
        counts = dict(graph.counts())
        known = {
            "workspace": str(chosen.workspace),
            "graph": chosen.graph,
            "records": len(record_paths(workspace)),
            **counts,
            "fingerprint": graph.fingerprint(),
        }
    if not chosen.is_server:
        known["upToDate"] = written(chosen) is not None
    if form == "json":
        click.echo(json.dumps(known, ensure_ascii=False, indent=2, default=str))
        return
    show(Result("status", ("what", "value"), tuple((k, str(v)) for k, v in known.items())), form)
