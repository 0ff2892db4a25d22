"""ecomap cypher TEXT: any reading statement."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.result import Result


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
    with opened_graph(settings()) as graph:
        columns, found = graph.cypher(text, parameters, seconds=seconds, rows=rows)
    values = tuple(tuple(plain(v) for v in row) for row in found)
    show(Result("cypher", tuple(columns), values, parameters, text.strip()), form)


def plain(value: Any) -> Any:
    """Nodes, relationships and paths as plain values; dates as text."""
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if hasattr(value, "iso_format"):
        return value.iso_format()
    if hasattr(value, "relationships"):
        return [plain(part) for part in _alternating(value)]
    if hasattr(value, "items"):
        return {k: plain(v) for k, v in value.items()}
    return value


def _alternating(path: Any) -> list[Any]:
    parts = [path.nodes[0]]
    for edge, node in zip(path.relationships, path.nodes[1:], strict=True):
        parts += [{"type": edge.type, **dict(edge.items())}, node]
    return parts


def _parameter(word: str) -> tuple[str, Any]:
    name, equals, value = word.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--param {word!r}: write NAME=VALUE.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
