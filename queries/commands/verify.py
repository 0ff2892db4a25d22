"""ecomap verify: every quote read again at its place."""

from __future__ import annotations

import click

from queries.options import opened_graph, settings, workspace_options


@click.command(epilog="""\b
Examples:
  ecomap verify
""")  # fmt: skip
@workspace_options
def command() -> None:
    """Read every quote of the graph again in its document, and check that each edge rests on claims."""
    from graph.errors import EvidenceError
    from ingest.pipeline import verify
    from ingest.records import Workspace
    from queries.projecting import project

    chosen = settings()
    workspace = Workspace(chosen.workspace)
    projection = project(chosen)
    checked = verify(workspace, projection)
    with opened_graph(chosen) as graph:
        written = graph.fingerprint()
    click.echo(
        f"{checked.documents} documents, {checked.quotes} quotes, {checked.claims} claims, "
        f"{checked.edges} edges: 0 failing"
    )
    if written != projection.fingerprint():
        raise EvidenceError(
            f"The graph is {written}, its records give {projection.fingerprint()}. Run: ecomap rebuild"
        )
    click.echo(f"fingerprint {written}")
