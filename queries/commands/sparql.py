"""ecomap sparql TEXT: a SPARQL query over the graph as RDF."""

from __future__ import annotations

import sys

import click

from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.result import Result


@click.command(epilog="""\b
Examples:
  ecomap sparql 'SELECT ?s ?o WHERE { ?s a schema:Organization ; schema:name ?o } LIMIT 5'
""")  # fmt: skip
@click.argument("statement")
@table_options
@workspace_options
def command(statement: str, form: str | None) -> None:
    """Run a SPARQL SELECT or ASK over the graph; `-` takes it from standard input."""
    from graph.views.rdf import sparql

    text = sys.stdin.read() if statement == "-" else statement
    with opened_graph(settings()) as graph:
        columns, rows = sparql(graph.projection(), text)
    show(Result("sparql", tuple(columns), tuple(map(tuple, rows))), form)
