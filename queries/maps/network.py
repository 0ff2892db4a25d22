"""What a map shows: entities, the edges between them, and the quotes behind each edge.

>>> Node("company:vrad", "vRad", "Company").name
'vRad'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from graph import vocabulary
from graph.errors import InvalidValue, UnknownName

QUOTES_PER_EDGE = 6
ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Node:
    """An entity on the map.

    Attributes:
        weight: how much is known of it; decides the size.
        regions: names of the regions where it is active, the wider ones included.
    """

    id: str
    name: str
    kind: str
    weight: float = 1.0
    regions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """What a document says, and where."""

    text: str
    document: str
    date: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One statement about two entities, summed up over its sources.

    Attributes:
        sources: number of independent sources.
        regions: names of the regions that it covers.
    """

    subject: str
    object: str
    predicate: str
    status: str = "current"
    confidence: float = 1.0
    sources: int = 1
    detail: str | None = None
    since: str | None = None
    regions: tuple[str, ...] = ()
    evidence: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges; every edge joins two of the nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    title: str = "Ecosystem"

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        for edge in self.edges:
            if edge.subject not in known or edge.object not in known:
                raise InvalidValue(f"edge {edge.subject} {edge.predicate} {edge.object} leaves the network")


class Graph(Protocol):
    """The one method of ``graph.store.Graph`` that a map needs."""

    def cypher(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float = 30,
        rows: int = 10_000,
    ) -> tuple[Sequence[str], Sequence[Sequence[Any]]]: ...


Row = dict[str, Any]


def network_of(
    graph: Graph,
    *,
    company: str | None = None,
    hops: int = 1,
    predicates: Iterable[str] | None = None,
    market: str | None = None,
    region: str | None = None,
    min_confidence: float = 0,
    limit: int = 300,
) -> Network:
    """The surroundings of a company, or the whole ecosystem, as far as the filters let it through.

    Args:
        company, market, region: id or any name of an entity.
        predicates: None for all that documents can state.
        limit: number of nodes; the best attested stay.
    """
    chosen = {"predicates": _chosen(predicates), "confidence": min_confidence}
    centre = _entity(graph, company) if company else None
    claims = _around(graph, centre["id"], hops, chosen) if centre else _rows(graph, "claims", **chosen)
    allowed = _allowed(graph, claims, market, region, centre)
    claims = [c for c in claims if c["subject"] in allowed and c["object"] in allowed]
    claims = _heaviest(claims, limit, centre)
    return _network(graph, claims, centre, _title(centre, market, region))


def _chosen(predicates: Iterable[str] | None) -> list[str]:
    if predicates is None:
        return [p.name for p in vocabulary.predicates().values() if not p.structural]
    return [vocabulary.predicate(name).name for name in predicates]


def _entity(graph: Graph, name: str) -> Row:
    found = _rows(graph, "entity", name=name)
    if not found:
        raise UnknownName(name)
    return found[0]


def _around(graph: Graph, start: str, hops: int, chosen: Row) -> list[Row]:
    """Claims met on the way outward; the last ring's claims among itself are included."""
    seen, frontier, claims = {start}, {start}, {}
    for _ in range(hops):
        found = _rows(graph, "around", ids=sorted(frontier), **chosen)
        claims.update({c["id"]: c for c in found})
        frontier = {c[end] for c in found for end in ("subject", "object")} - seen
        seen |= frontier
    if frontier:
        among = _rows(graph, "around", ids=sorted(frontier), **chosen)
        claims.update({c["id"]: c for c in among if c["subject"] in seen and c["object"] in seen})
    return [claims[key] for key in sorted(claims)]


def _allowed(
    graph: Graph, claims: list[Row], market: str | None, region: str | None, centre: Row | None
) -> set[str]:
    """Ids that may stay: companies of that market and region; other kinds follow the companies."""
    kinds = {c[end]: c[f"{end}Kind"] for c in claims for end in ("subject", "object")}
    companies = {id for id, kind in kinds.items() if kind == "Company"}
    if market:
        companies &= {r["id"] for r in _rows(graph, "players", id=_entity(graph, market)["id"])}
    if region:
        companies &= {r["id"] for r in _rows(graph, "located", id=_entity(graph, region)["id"])}
    kept = companies | ({centre["id"]} if centre else set())
    return kept | {id for id, kind in kinds.items() if kind != "Company"}


def _heaviest(claims: list[Row], limit: int, centre: Row | None) -> list[Row]:
    """Claims among the best attested entities, so that no more than ``limit`` entities remain."""
    weights = _weights(claims)
    first = centre["id"] if centre else None
    ranked = sorted(weights, key=lambda id: (id != first, -weights[id], id))
    kept = set(ranked[:limit])
    return [c for c in claims if c["subject"] in kept and c["object"] in kept]


def _weights(claims: Iterable[Row]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    for claim in claims:
        for end in ("subject", "object"):
            weights[claim[end]] += claim["confidence"] or 0
    return weights


def _network(graph: Graph, claims: list[Row], centre: Row | None, title: str) -> Network:
    weights = _weights(claims)
    names = {c[end]: (c[f"{end}Name"], c[f"{end}Kind"]) for c in claims for end in ("subject", "object")}
    if centre:
        names.setdefault(centre["id"], (centre["name"], centre["kind"]))
    regions = _regions(graph, sorted(names))
    nodes = tuple(
        Node(id, *names[id], weight=round(weights.get(id, 1.0), 3), regions=regions.get(id, ()))
        for id in sorted(names)
    )
    return Network(nodes, _edges(graph, claims), title)


def _regions(graph: Graph, ids: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows(graph, "regions", ids=ids):
        found[row["id"]].add(row["region"])
    return {id: tuple(sorted(names)) for id, names in found.items()}


def _edges(graph: Graph, claims: list[Row]) -> tuple[Edge, ...]:
    """One edge a triple: shown statuses win over those that stay claims, then the surest claim."""
    triples: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for claim in claims:
        triples[claim["subject"], claim["object"], claim["predicate"]].append(claim)
    quotes = _quotes(graph, [c["id"] for c in claims])
    names = _region_names(graph, claims)
    return tuple(_edge(key, triples[key], quotes, names) for key in sorted(triples))


def _edge(
    key: tuple[str, str, str], claims: list[Row], quotes: dict[str, list[Quote]], names: dict[str, str]
) -> Edge:
    shown = vocabulary.shown_statuses()
    best = max(claims, key=lambda c: (_verdict(c) in shown, c["confidence"] or 0, c["since"] or "", c["id"]))
    edge = Edge(*key, _verdict(best), best["confidence"] or 0, best["sources"] or 1)
    covered = {names.get(r, r) for c in claims for r in c["regions"] or ()}
    said = sorted(
        {q for c in claims for q in quotes[c["id"]]}, key=lambda q: (q.date or "", q.text, q.document)
    )
    return replace(
        edge,
        detail=best["detail"],
        since=best["since"],
        regions=tuple(sorted(covered)),
        evidence=tuple(reversed(said[-QUOTES_PER_EDGE:])),
    )


def _verdict(claim: Row) -> str:
    """The status that all claims on the triple came to, where it is known; else the claim's own."""
    verdict = claim["verdict"]
    return verdict if verdict in vocabulary.statuses() else str(claim["status"])


def _quotes(graph: Graph, claims: list[str]) -> dict[str, list[Quote]]:
    found: dict[str, list[Quote]] = defaultdict(list)
    for row in _rows(graph, "quotes", claims=claims):
        found[row["claim"]].append(Quote(row["quote"], row["document"], row["date"], row["page"]))
    return found


def _region_names(graph: Graph, claims: list[Row]) -> dict[str, str]:
    ids = sorted({r for c in claims for r in c["regions"] or ()})
    return {row["id"]: row["name"] for row in _rows(graph, "names", ids=ids)} if ids else {}


def _title(centre: Row | None, market: str | None, region: str | None) -> str:
    title = f"Network of {centre['name']}" if centre else "Ecosystem"
    title += f" in {market}" if market else ""
    return title + (f", {region}" if region else "")


def _rows(graph: Graph, statement: str, **parameters: Any) -> list[Row]:
    columns, rows = graph.cypher(_statement(statement), parameters, rows=ROWS)
    return [dict(zip(columns, row, strict=True)) for row in rows]


@cache
def _statement(name: str) -> str:
    return files("queries.maps").joinpath("statements", f"{name}.cypher").read_text("utf-8")
