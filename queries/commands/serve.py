"""ecomap serve --bolt: the embedded graph open for Neo4j Browser and any driver."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.errors import SettingsError
from queries.options import settings, workspace_options
from queries.waiting import until_interrupted

if TYPE_CHECKING:
    from graph.embedded import Embedded


@click.command(epilog="""\b
Examples:
  ecomap serve --bolt
  ecomap serve --bolt --guide
  ecomap serve --bolt --port 7688 --write
""")  # fmt: skip
@click.option("--bolt", is_flag=True, required=True, help="Over Bolt, on loopback.")
@click.option("--port", type=click.IntRange(1, 65535), help="Which port.  [default: a free one]")
@click.option(
    "--guide", is_flag=True, help="Lend the Browser's guide and style too, as `ecomap browser --serve`."
)
@click.option("--write", is_flag=True, help="Let clients write; `ecomap rebuild` takes away what they wrote.")
@workspace_options
def command(bolt: bool, port: int | None, guide: bool, write: bool) -> None:
    """Keep the embedded graph open on a loopback Bolt port with a one-time password, until Ctrl-C."""
    from graph.embedded import running

    chosen = settings()
    if chosen.is_server:
        raise SettingsError(f"{chosen.graph} is a server already. Connect to it.")
    with running(Path(chosen.graph), read_only=not write, port=port) as engine:
        click.echo(f"url       {engine.url}\nuser      {engine.user}\npassword  {engine.password}")
        click.echo(f"Neo4j Browser: open /browser/?dbms={engine.url} of any Neo4j, or Neo4j Desktop.")
        click.echo("Clients may write." if write else "Clients may only read.")
        with _guide(engine, guide):
            click.echo("Ctrl-C ends it.")
            until_interrupted()


@contextmanager
def _guide(engine: Embedded, wanted: bool) -> Iterator[None]:
    if not wanted:
        yield
        return
    from graph.store import Graph
    from queries.browser import files, serving

    with serving(files(Graph(engine.driver, engine.database, read_only=True))) as url:
        click.echo(f"In the Browser run\n  :play {url}/guide.html\n  :style {url}/style.grass")
        yield
