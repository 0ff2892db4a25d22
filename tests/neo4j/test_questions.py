"""Every named question gives equal rows on the embedded engine and on a real Neo4j."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.store import Graph, open_graph
from queries import library
from queries.answer import answer
from tests.queries.market import market
from tests.queries.test_library import GIVEN

from .served import served
from .server import missing

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))
MORE: list[tuple[str, dict[str, Any]]] = [
    ("partners", {"company": "Alpha", "status": True}),
    ("players", {"market": "Teleradiology", "status": True}),
    *(("network", {"company": "Epsilon", "hops": hops}) for hops in (1, 3, 4)),
    ("path", {"company": "Alpha", "other": "Gamma O'Neil"}),
    ("path", {"company": "Alpha", "other": "Alpha"}),
]


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Graph, Graph]]:
    folder: Path = tmp_path_factory.mktemp("graph")
    with served() as (_, neo4j), open_graph(folder) as embedded:
        neo4j.write(market())
        embedded.write(market())
        yield neo4j, embedded


@pytest.mark.parametrize(("name", "given"), [*((n, GIVEN.get(n, {})) for n in library.names()), *MORE])
def test_both_stores_give_equal_rows(graphs: tuple[Graph, Graph], name: str, given: dict[str, Any]) -> None:
    neo4j, embedded = (answer(graph, library.question(name), given) for graph in graphs)
    assert neo4j.rows == embedded.rows
