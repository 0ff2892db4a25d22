"""No statement that the product owns scans all nodes or multiplies rows that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from graph import statements
from graph.store import Graph
from queries import library
from tests.queries.market import market

from .served import served
from .server import missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))
BAD = ("AllNodesScan", "CartesianProduct", "AllRelationshipsScan")


def owned() -> Iterator[tuple[str, str]]:
    for name in statements.names():
        yield name, statements.statement(name, kind="Company", edge="PARTNERS_WITH")
    for name in ("SUBJECT", "EVIDENCED_BY", "MAYBE_SAME"):
        yield f"hashes_part {name}", statements.statement("hashes_part", edge=name)
    for name in library.names():
        yield f"ask {name}", library.question(name).cypher
    for file in sorted(files("queries.maps").joinpath("statements").iterdir(), key=lambda f: f.name):
        yield f"map {file.name}", file.read_text("utf-8")


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with served() as (_, graph):
        graph.write(market())
        yield graph


def operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].split("@")[0]
    for child in plan.get("children", ()):
        yield from operators(child)


@pytest.mark.parametrize(("name", "text"), list(owned()), ids=[name for name, _ in owned()])
def test_a_statement_starts_at_an_index_or_a_label(graph: Graph, name: str, text: str) -> None:
    _, summary, _ = graph.driver.execute_query(f"EXPLAIN {text}")
    assert summary.plan is None or [o for o in operators(summary.plan) if o in BAD] == []
