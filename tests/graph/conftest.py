from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Graph, open_graph

SERVER = os.environ.get("ECOMAP_NEO4J_URL")
STORES = ["embedded", *(["server"] if SERVER else [])]


@pytest.fixture(scope="session", params=STORES)
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with open_graph(
        url_of(request.param, tmp_path_factory.mktemp("graph")), **credentials(request.param)
    ) as graph:
        yield graph


@pytest.fixture
def graph(store: Graph) -> Graph:
    """Empty."""
    clear(store)
    return store


def url_of(name: str, folder: Path) -> str:
    return str(SERVER) if name == "server" else str(folder)


def credentials(name: str) -> dict[str, str]:
    if name != "server" or "ECOMAP_NEO4J_PASSWORD" not in os.environ:
        return {}
    return {
        "user": os.environ.get("ECOMAP_NEO4J_USER", "neo4j"),
        "password": os.environ["ECOMAP_NEO4J_PASSWORD"],
    }


def clear(graph: Graph) -> None:
    graph.driver.execute_query("MATCH (n) DETACH DELETE n", database_=graph.database)
    for row in graph.driver.execute_query("SHOW CONSTRAINTS", database_=graph.database).records:
        graph.driver.execute_query(f"DROP CONSTRAINT {row['name']} IF EXISTS", database_=graph.database)
