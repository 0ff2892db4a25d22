"""What a map takes from a graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from graph.errors import UnknownName, UnknownPredicate
from graph.projection import Projection
from graph.store import Graph, open_graph
from queries.maps import network_of

NAMES = {
    "company:vrad": "vRad",
    "company:aidoc": "Aidoc",
    "company:rad-ai": "Rad AI",
    "company:helix": "Helix Reads",
    "region:india": "India",
    "region:asia": "Asia-Pacific",
    "market:teleradiology": "Teleradiology",
}


def entity(id: str, name: str) -> dict[str, Any]:
    kind = id.split(":")[0].capitalize()
    aliases = ["Virtual Radiologic"] if id == "company:vrad" else []
    return {"id": id, "kind": kind, "name": name, "aliases": aliases, "keys": [name.lower()], "retired": []}


def claim(subject: str, predicate: str, object: str, status: str = "current", **more: Any) -> dict[str, Any]:
    plain = {"confidence": 0.9, "sources": 1, "contested": False, "regions": [], "verdict": status}
    key = f"{subject}|{predicate}|{object}|{status}"
    return (
        {"id": key, "subject": subject, "predicate": predicate, "object": object, "status": status}
        | plain
        | more
    )


def evidence(row: dict[str, Any]) -> dict[str, Any]:
    quote = f"Quote for {row['id']}."
    place = {
        "startChar": 0,
        "endChar": len(quote),
        "quote": quote,
        "page": 3,
        "score": 0.9,
        "extractor": "test",
    }
    return {"id": f"e:{row['id']}", "claim": row["id"], "document": "d1"} | place


CLAIMS = [
    claim("company:aidoc", "partners_with", "company:vrad", regions=["region:india"], sources=2),
    claim("company:rad-ai", "partners_with", "company:helix", "denied", confidence=0.5),
    claim("company:rad-ai", "competes_with", "company:aidoc"),
    claim("company:vrad", "acquired", "company:helix", verdict="rejected"),
    claim("company:aidoc", "operates_in", "region:india"),
    claim("company:aidoc", "active_in", "market:teleradiology"),
    claim("company:vrad", "active_in", "market:teleradiology"),
]
SHOWN = [c for c in CLAIMS if c["verdict"] == "current"]


def edge(row: dict[str, Any]) -> dict[str, Any]:
    kept = ("subject", "predicate", "object", "status", "confidence", "sources", "contested")
    return {k: row[k] for k in kept} | {"claims": [row["id"]]}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    part = {"subject": "region:india", "predicate": "part_of", "object": "region:asia", "status": "current"}
    document = {"id": "d1", "name": "release.html", "title": "A release", "published": "2025-03-01"}
    filled = Projection(
        documents=(document,),
        entities=tuple(entity(id, name) for id, name in NAMES.items()),
        claims=tuple(CLAIMS),
        evidence=tuple(evidence(c) for c in CLAIMS),
        edges=(*map(edge, SHOWN), part | {"confidence": 1.0, "sources": 1, "claims": []}),
    )
    with open_graph(tmp_path_factory.mktemp("graph") / "graph") as opened:
        opened.write(filled)
        yield opened


def triples(network: Any) -> set[tuple[str, str, str]]:
    names = {node.id: node.name for node in network.nodes}
    return {(names[e.subject], e.predicate, names[e.object]) for e in network.edges}


def test_surroundings_of_a_company_by_an_alias(graph: Graph) -> None:
    network = network_of(graph, company="virtual radiologic", predicates=["partners_with"])
    assert triples(network) == {("Aidoc", "partners_with", "vRad")}
    assert network.title == "Network of vRad"


def test_two_hops_reach_further(graph: Graph) -> None:
    network = network_of(graph, company="vRad", hops=2, predicates=["partners_with", "competes_with"])
    assert ("Rad AI", "competes_with", "Aidoc") in triples(network)


def test_edge_bears_its_quote_with_document_date_and_page(graph: Graph) -> None:
    (edge,) = network_of(graph, company="vRad", predicates=["partners_with"]).edges
    (quote,) = edge.evidence
    assert (quote.document, quote.date, quote.page) == ("A release", "2025-03-01", 3)
    assert edge.regions == ("India",)
    assert edge.sources == 2


def test_denied_deal_keeps_its_status_and_a_rejected_claim_is_left_out(graph: Graph) -> None:
    network = network_of(graph)
    denied = [e for e in network.edges if e.status == "denied"]
    assert [(e.subject, e.object) for e in denied] == [("company:rad-ai", "company:helix")]
    assert not any(e.predicate == "acquired" for e in network.edges)


def test_confidence_market_and_region_narrow_the_map(graph: Graph) -> None:
    assert all(e.confidence >= 0.8 for e in network_of(graph, min_confidence=0.8).edges)
    players = network_of(graph, market="Teleradiology")
    assert {n.name for n in players.nodes if n.kind == "Company"} == {"Aidoc", "vRad"}
    local = network_of(graph, region="Asia-Pacific")
    assert {n.name for n in local.nodes if n.kind == "Company"} == {"Aidoc"}


def test_node_knows_its_regions_and_the_wider_ones(graph: Graph) -> None:
    (aidoc,) = [n for n in network_of(graph).nodes if n.name == "Aidoc"]
    assert aidoc.regions == ("Asia-Pacific", "India")


def test_limit_keeps_the_centre_and_the_best_attested(graph: Graph) -> None:
    network = network_of(graph, company="vRad", hops=3, limit=2)
    assert {n.name for n in network.nodes} == {"vRad", "Aidoc"}


def test_unknown_words_are_errors(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        network_of(graph, company="No Such Company")
    with pytest.raises(UnknownPredicate):
        network_of(graph, predicates=["partner_of"])
