"""An invented market of shippers, small enough to check by hand, and the trails through it counted by force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

FIRMS: list[dict[str, Any]] = [
    {
        "id": "f1",
        "name": "Amber",
        "field": "Sea",
        "staff": 800,
        "born": "1990-02-28",
        "tags": ["ice", "bulk"],
    },
    {"id": "f2", "name": "Birch", "field": "Sea", "staff": 200, "born": "2004-02-29", "tags": ["bulk"]},
    {
        "id": "f3",
        "name": "Cedar",
        "field": "Rail",
        "staff": 4000,
        "born": "1971-06-15",
        "tags": ["coal", "grain"],
    },
    {"id": "f4", "name": "Dune", "field": "Rail", "staff": 90, "born": "2015-10-01", "tags": ["grain"]},
    {"id": "f5", "name": "Elm", "field": "Road", "staff": 12000, "born": "1960-01-01", "tags": ["parcel"]},
    {
        "id": "f6",
        "name": "Fjord",
        "field": "Sea",
        "staff": 30,
        "born": "2020-08-08",
        "tags": ["ice"],
        "young": True,
    },
    {"id": "f7", "name": "Gale", "field": "Air", "staff": 50, "tags": ["parcel", "ice"], "young": True},
    {"id": "f8", "name": "Heath", "field": "Air", "staff": 1500, "born": "1985-12-31"},
    {"id": "f9", "name": "Inlet", "field": "Road", "staff": 10, "born": "2022-03-03", "tags": ["drone"]},
]
PLACES = [("p1", "North"), ("p2", "South")]
SEATS = [
    ("f1", "p1"),
    ("f2", "p1"),
    ("f3", "p2"),
    ("f4", "p2"),
    ("f5", "p2"),
    ("f6", "p1"),
    ("f7", "p1"),
    ("f8", "p2"),
]
PARTNERS = [  # from, to, since; f1-f2 twice
    ("f1", "f2", 2010), ("f2", "f3", 2012), ("f3", "f4", 2014), ("f4", "f1", 2016), ("f1", "f5", 2018),
    ("f5", "f8", 2008), ("f6", "f1", 2021), ("f6", "f7", 2022), ("f2", "f6", 2020), ("f1", "f2", 2019),
]  # fmt: skip
RIVALS = [("f1", "f6"), ("f3", "f5")]
ACQUIRED = [("f5", "f9", 2023)]
NAME = {f["id"]: f["name"] for f in FIRMS}
PLACE = dict(PLACES)
SEAT = dict(SEATS)

LOAD: list[tuple[str, Any]] = [
    ("UNWIND $r AS row CREATE (n:Firm) SET n = row", [{k: v for k, v in f.items() if k != "young"} for f in FIRMS]),
    ("UNWIND $r AS row MATCH (n:Firm {id: row}) SET n:Young", [f["id"] for f in FIRMS if f.get("young")]),
    ("UNWIND $r AS row MATCH (n:Firm {id: row[0]}) SET n.born = date(row[1])",
     [[f["id"], f["born"]] for f in FIRMS if "born" in f]),
    ("UNWIND $r AS row CREATE (:Place {id: row[0], name: row[1]})", [list(p) for p in PLACES]),
    ("UNWIND $r AS row MATCH (a:Firm {id: row[0]}), (b:Place {id: row[1]}) CREATE (a)-[:SITS_IN]->(b)",
     [list(p) for p in SEATS]),
    ("UNWIND $r AS row MATCH (a:Firm {id: row[0]}), (b:Firm {id: row[1]})"
     " CREATE (a)-[:PARTNERS_WITH {since: row[2], docs: ['d' + toString(row[2])]}]->(b)", [list(p) for p in PARTNERS]),
    ("UNWIND $r AS row MATCH (a:Firm {id: row[0]}), (b:Firm {id: row[1]}) CREATE (a)-[:COMPETES_WITH]->(b)",
     [list(p) for p in RIVALS]),
    ("UNWIND $r AS row MATCH (a:Firm {id: row[0]}), (b:Firm {id: row[1]}) CREATE (a)-[:ACQUIRED {year: row[2]}]->(b)",
     [list(p) for p in ACQUIRED]),
]  # fmt: skip


def touching(id: str) -> list[tuple[str, str, int]]:
    return [p for p in PARTNERS if id in p[:2]]


def neighbours(id: str) -> set[str]:
    return {end for p in touching(id) for end in p[:2]} - {id}


def trails(start: str, least: int, most: int, *, both: bool = False) -> Iterator[tuple[list[str], list[int]]]:
    """Ways along partner edges, none used twice: the firms passed and the years of the edges."""
    edges = [(i, a, b) for i, (a, b, _) in enumerate(PARTNERS)]
    edges += [(i, b, a) for i, a, b in edges] if both else []
    ways: list[tuple[list[str], list[int]]] = [([start], [])]
    while ways:
        firms, used = ways.pop()
        if least <= len(used) <= most:
            yield firms, [PARTNERS[i][2] for i in used]
        if len(used) < most:
            ways += [([*firms, b], [*used, i]) for i, a, b in edges if a == firms[-1] and i not in used]
