"""ecomap serve --bolt: the embedded graph open for Neo4j Browser and any driver."""

from __future__ import annotations

import time
from pathlib import Path

import click

from graph.errors import SettingsError
from queries.options import settings, workspace_options


@click.command(epilog="""\b
Examples:
  ecomap serve --bolt
  ecomap serve --bolt --port 7688
""")  # fmt: skip
@click.option("--bolt", is_flag=True, required=True, help="Over Bolt, on loopback.")
@click.option("--port", type=click.IntRange(1, 65535), help="Which port.  [default: a free one]")
@workspace_options
def command(bolt: bool, port: int | None) -> None:
    """Keep the embedded graph open on a loopback Bolt port with a one-time password, until Ctrl-C."""
    from graph.embedded import running

    chosen = settings()
    if chosen.is_server:
        raise SettingsError(f"{chosen.graph} is a server already. Connect to it.")
    with running(Path(chosen.graph), read_only=True, port=port) as engine:
        click.echo(f"url       {engine.url}\nuser      {engine.user}\npassword  {engine.password}")
        click.echo("Open it in Neo4j Browser or with any driver. Ctrl-C ends it.")
        click.echo("A client can write here, to no lasting effect: `ecomap rebuild` makes the graph anew.")
        while True:
            time.sleep(1)
