"""The graph as a NetworkX MultiDiGraph, and back.

Nodes and edges bear their rows as attributes; ``of`` says which kind of row each is.
"""

from __future__ import annotations

import json
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from ..projection import Projection, Row

NODES = ("documents", "entities", "claims")
ENDS = {
    "evidence": ("claim", "document"),
    "edges": ("subject", "object"),
    "same": ("left", "right"),
}


def multidigraph(projection: Projection) -> nx.MultiDiGraph[str]:
    """Entities, claims and documents as nodes; direct edges, evidence and suggestions as edges."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for part in NODES:
        for row in getattr(projection, part):
            graph.add_node(f"{part}/{row['id']}", of=part, **row)
    for row in projection.claims:
        for side in ("subject", "object"):
            graph.add_edge(f"claims/{row['id']}", f"entities/{row[side]}", key=side, of=side)
    for part in ENDS:
        for row in getattr(projection, part):
            left, right = _ends(part, row)
            graph.add_edge(left, right, key=_key(part, row), of=part, **row)
    return graph


def entities(projection: Projection) -> nx.MultiDiGraph[str]:
    """Only the entities and their direct edges, by id and predicate: the form for measures of a network."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in projection.entities:
        graph.add_node(row["id"], **row)
    for row in projection.edges:
        graph.add_edge(row["subject"], row["object"], key=row["predicate"], **row)
    return graph


def projection(graph: nx.MultiDiGraph[str]) -> Projection:
    """The rows that ``multidigraph`` was made of."""
    rows: dict[str, list[Row]] = {part: [] for part in (*NODES, *ENDS)}
    for _, data in graph.nodes(data=True):
        rows[data["of"]].append(_bare(data))
    for _, _, data in graph.edges(data=True):
        if data["of"] in rows:
            rows[data["of"]].append(_bare(data))
    return Projection(**{part: tuple(found) for part, found in rows.items()})


def _ends(part: str, row: Row) -> tuple[str, str]:
    homes = ("claims", "documents") if part == "evidence" else ("entities", "entities")
    left, right = ENDS[part]
    return f"{homes[0]}/{row[left]}", f"{homes[1]}/{row[right]}"


def _key(part: str, row: Row) -> str:
    return f"{part}/{row.get('id') or row.get('predicate') or json.dumps(row, sort_keys=True)}"


def _bare(data: dict[str, Any]) -> Row:
    return {k: v for k, v in data.items() if k != "of"}
