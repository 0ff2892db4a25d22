"""Networks of any size, the same every time, in the shape of real ones: few hubs, many leaves."""

from __future__ import annotations

import random

from queries.maps.network import Edge, Network, Node, Quote

FIRST = [
    "North",
    "Meridian",
    "Helix",
    "Lumora",
    "Castellan",
    "Arcview",
    "Sundar",
    "Fjord",
    "Kestrel",
    "Orbis",
    "Pampas",
    "Tessel",
    "Vantage",
]
SECOND = ["Radiology", "Teleradiology Services", "AI", "Imaging Group", "Health", "Diagnóstico S.A.", "PACS"]
PREDICATES = ["partners_with"] * 5 + [
    "competes_with",
    "acquired",
    "customer_of",
    "invested_in",
    "subsidiary_of",
]
STATUSES = ["current"] * 6 + ["announced", "planned", "rumoured", "denied", "ended"]


def generated(count: int) -> Network:
    chance = random.Random(count)
    nodes = [_company(i, chance) for i in range(count)]
    edges = {}
    for i in range(1, count):
        for _ in range(1 if chance.random() < 0.6 else 2):
            other = int(i * chance.random() ** 2.2)
            edge = _edge(nodes[i], nodes[other], chance)
            edges[edge.subject, edge.object, edge.predicate] = edge
    return Network(tuple(nodes), tuple(edges.values()), f"Ecosystem of {count} companies")


def _company(i: int, chance: random.Random) -> Node:
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {i}"
    return Node(
        f"company:{i}", name, "Company", weight=8 / (1 + i) + 0.4, regions=(chance.choice(["India", "EMEA"]),)
    )


def _edge(a: Node, b: Node, chance: random.Random) -> Edge:
    quote = Quote(f"{a.name} and {b.name} work together.", "Release.html", "2025-03-01", 2)
    return Edge(
        a.id,
        b.id,
        chance.choice(PREDICATES),
        chance.choice(STATUSES),
        confidence=round(chance.uniform(0.4, 1), 2),
        sources=chance.choice([1, 1, 1, 2, 3, 5]),
        evidence=(quote,),
    )
