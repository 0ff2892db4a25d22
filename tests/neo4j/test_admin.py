"""What the import tool makes of the export is what a write leaves: nodes, edges, properties, fingerprint."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.projection import Projection
from graph.store import Graph, open_graph
from graph.views.neo4j_admin import neo4j_admin
from tests.graph.rows import entity
from tests.queries.market import market

from .server import admin, configured, missing, running

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))
ODD = [
    "'", '"', '""', "`", "\\", "a\\", "\\u0027", "\u0000", "\u0007\r\n\t", "\n", "\r", " about ", "İstanbul",
    "名前", "🦄", "\u202e", "e\u0301", ";", ",", "\u007f\u0085\u2028", "U+001F", "\ufeff", "\u001f\u001e",
    "{x: 1}", "a" * 5000,
]  # fmt: skip
NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS row ORDER BY row.ecomapKey, row.id"
EDGES = """MATCH (a)-[r]->(b) RETURN type(r) AS type, a.ecomapKey AS left, b.ecomapKey AS right, properties(r) AS row
           ORDER BY type, row.ecomapKey"""


def odd_market() -> Projection:
    """The market with names, quotes and dates as no CSV file likes them."""
    given = market()
    odd = tuple(entity(f"company:{o}", "Company", o, o + "x", o) for o in ODD)
    quotes = (r | {"quote": o, "page": n} for n, (r, o) in enumerate(zip(given.evidence, ODD, strict=False)))
    first, second, *others = quotes
    dates = ({"date": "2024-05-03", "score": 1}, {"date": "2024-Q3", "score": 0.1 + 0.2})
    evidence = (first | dates[0], second | dates[1], *others)
    same = tuple(
        {"left": a["id"], "right": b["id"], "outcome": "suggest", "score": 0.5, "reason": a["name"]}
        for a, b in pairwise(odd)
    )
    return replace(given, entities=given.entities + odd, evidence=evidence, same=same)


def everything(graph: Graph) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    nodes, edges = (graph.driver.execute_query(text).records for text in (NODES, EDGES))
    return [{**r, "labels": sorted(r["labels"])} for r in map(dict, nodes)], [dict(r) for r in edges]


@pytest.mark.timeout(900)  # two starts of Java and one of the server, on a machine that may be busy
def test_an_import_is_what_a_write_is(tmp_path: Path) -> None:
    home, files, projection = tmp_path / "home", tmp_path / "files", odd_market()
    neo4j_admin(projection, files)
    configured(home)
    done = admin(home, "database", "import", "full", "neo4j", "@import.args", folder=files)
    assert done.returncode == 0, done.stdout + done.stderr
    with (
        running(home) as server,
        open_graph(server.bolt, user=server.user, password=server.password) as graph,
    ):
        finish(graph, files)
        imported = everything(graph)
        assert graph.fingerprint() == projection.fingerprint()
        said: set[str] = set()
        graph.write(projection, progress=lambda done, total, what: said.add(what))
        assert said == {"unchanged"}
        graph.driver.execute_query("MATCH (n) DETACH DELETE n")
        graph.write(projection)
        assert imported == everything(graph)


def finish(graph: Graph, files: Path) -> None:
    """As cypher-shell does: each statement of the file by itself."""
    with graph.driver.session() as session:
        for text in (files / "finish.cypher").read_text("utf-8").split(";\n"):
            if text.strip():
                session.run(text).consume()
