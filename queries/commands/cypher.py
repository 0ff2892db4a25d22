"""ecomap cypher TEXT: any reading statement."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from graph.statements.overlooked import overlooked
from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.result import Result

MAY_MISS = (
    "Warning: rows may be missing. The embedded graph can test a list of {names} in an OR, XOR or NOT before it is found."
    " Write WITH * before that WHERE: `MATCH … WITH * WHERE …`."
)


@click.command(epilog="""\b
Examples:
  ecomap cypher 'MATCH (c:Company) RETURN c.name ORDER BY c.name LIMIT 5'
  ecomap cypher 'MATCH (c {id: $id}) RETURN c.aliases' --param id=company:vrad
  ecomap ask partners vRad --show-cypher | ecomap cypher - --csv
""")  # fmt: skip
@click.argument("statement")
@click.option(
    "--param",
    "given",
    metavar="NAME=VALUE",
    multiple=True,
    help="A parameter; JSON or plain text (repeatable).",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=30.0,
    show_default=True,
    help="Stop after so long.",
)
@click.option(
    "--rows",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="Refuse more rows than this.",
)
@table_options
@workspace_options
def command(statement: str, given: tuple[str, ...], seconds: float, rows: int, form: str | None) -> None:
    """Run a Cypher statement that reads; `-` takes it from standard input. Writes are refused."""
    text = sys.stdin.read() if statement == "-" else statement
    parameters = dict(_parameter(word) for word in given)
    chosen = settings()
    with opened_graph(chosen) as graph:
        columns, found = graph.cypher(text, parameters, seconds=seconds, rows=rows)
    if not chosen.is_server and (names := overlooked(text)):
        click.echo(MAY_MISS.format(names=" and ".join(names)), err=True)
    show(Result("cypher", tuple(columns), tuple(map(tuple, found)), parameters, text.strip()), form)


def _parameter(word: str) -> tuple[str, Any]:
    name, equals, value = word.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--param {word!r}: write NAME=VALUE.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
