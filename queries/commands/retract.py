"""ecomap retract DOCUMENT: forget a document and what it alone supported."""

from __future__ import annotations

import click

from queries.options import settings, workspace_options
from queries.projecting import write_graph


@click.command(epilog="""\b
Examples:
  ecomap retract wire.txt
  ecomap retract 3f9a1c0b
""")  # fmt: skip
@click.argument("document")
@workspace_options
def command(document: str) -> None:
    """Forget a document, by its name or id. What other documents support stays."""
    from ingest.pipeline import retract
    from ingest.records import Workspace

    chosen = settings()
    head = retract(Workspace(chosen.workspace), document)
    made = write_graph(chosen)
    click.echo(
        f"retracted {head.name}; {made.counts['claims']} claims remain, fingerprint {made.fingerprint}"
    )
