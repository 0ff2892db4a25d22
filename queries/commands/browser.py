"""ecomap browser: style, saved Cypher and guide for Neo4j Browser."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from queries.options import opened_graph, settings, workspace_options
from queries.waiting import until_interrupted


@click.command(epilog="""\b
Examples:
  ecomap browser
  ecomap browser --out for-the-team
  ecomap --graph neo4j://localhost:7687 browser --serve
""")  # fmt: skip
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("ecomap-browser"),
    show_default=True,
    help="The folder to write.",
)
@click.option("--serve", is_flag=True, help="Then lend the guide to a Browser on this machine, until Ctrl-C.")
@click.option("--port", type=click.IntRange(1, 65535), help="Where to serve.  [default: a free port]")
@workspace_options
def command(out: Path, serve: bool, port: int | None) -> None:
    """Write what makes Neo4j Browser a strategist's tool: a guide, the questions as saved Cypher, a style."""
    from queries.browser import files, serving

    with opened_graph(settings()) as graph:
        made = files(graph)
    _write(out, made)
    click.echo(f"{out}: {len(made)} files. In Neo4j Browser, drop these on the page:")
    click.echo(
        f"  {out / 'style.grass'}   colours and captions\n  {out / 'saved.zip'}     the questions, as favorites"
    )
    if not serve:
        click.echo("`ecomap browser --serve` plays the guide.")
        return
    with serving(made, port or 0) as url:
        click.echo(f"and run\n  :play {url}/guide.html\n  :style {url}/style.grass\nCtrl-C ends it.")
        until_interrupted()


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
