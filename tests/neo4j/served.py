"""The server that the environment names, or one of its own: emptied, as a graph."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from graph.store import Graph, open_graph
from tests.graph.conftest import clear

from . import server


@dataclass(frozen=True, slots=True)
class Address:
    url: str
    user: str
    password: str


@contextmanager
def address() -> Iterator[Address]:
    if url := os.environ.get("ECOMAP_NEO4J_URL"):
        yield Address(url, os.environ["ECOMAP_NEO4J_USER"], os.environ["ECOMAP_NEO4J_PASSWORD"])
        return
    with server.running() as own:
        yield Address(own.bolt, own.user, own.password)


@contextmanager
def served() -> Iterator[tuple[Address, Graph]]:
    with address() as at, open_graph(at.url, user=at.user, password=at.password) as graph:
        clear(graph)
        yield at, graph
        clear(graph)
