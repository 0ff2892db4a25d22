"""Statements whose rows the embedded engine leaves out are told, by a rule that is checked against the engine itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph import statements
from graph.statements.overlooked import overlooked
from graph.store import Graph, open_graph
from queries import library
from queries.browser.pictures import PICTURES

WORLD = """
CREATE (a:A {n: 2, tags: ['q']})-[:R {docs: ['d']}]->(:B {n: 2, tags: ['x']}), (a)-[:R {docs: []}]->(:B {n: 3, tags: ['y']})
"""
X = "any(t IN b.tags WHERE t = 'x')"
CONDITIONS = {  # and what is named; None where the engine gives all rows though something is named
    f"a.n = 1 OR {X}": ["b"],
    f"{X} OR a.n = 1": ["b"],
    f"a.n = 1 XOR {X}": ["b"],
    "a.n = 1 OR all(t IN b.tags WHERE t = 'x')": ["b"],
    "a.n = 1 OR none(t IN b.tags WHERE t = 'y')": ["b"],
    "a.n = 1 OR single(t IN b.tags WHERE t = 'x')": ["b"],
    "a.n = 1 OR reduce(z = 0, t IN b.tags | z + size(t)) = 1": ["b"],
    "a.n = 1 OR any(t IN coalesce(b.tags, []) WHERE t = 'x')": ["b"],
    "a.n = 1 OR any(t IN ['x'] WHERE t IN b.tags)": ["b"],
    "a.n = 1 OR any(t IN labels(b) WHERE t = 'B')": ["b"],
    "a.n = 1 OR any(t IN r.docs WHERE t = 'd')": ["r"],
    f"a.n = 1 OR NOT {X}": ["b"],
    f"b.n < 9 AND (a.n = 1 OR {X})": ["b"],
    "NOT (a.n = 2 AND none(t IN b.tags WHERE t = 'x'))": ["b"],
    "b.n = 1 OR any(t IN a.tags WHERE t = 'q')": None,
    "a.n = 1 OR 'x' IN b.tags": [],
    "a.n = 1 OR size([t IN b.tags WHERE t = 'x']) > 0": [],
    f"a.n = 1 OR b.n = 77 OR {X}": [],
    f"a.n = 1 OR (b.n = 2 AND {X})": [],
    f"a.n = 2 AND {X}": [],
    "a.n = 1 OR any(t IN a.tags WHERE t = 'q')": [],
    "a.n = 1 OR b.name STARTS WITH 'x'": [],
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with open_graph(tmp_path_factory.mktemp("graph")) as opened:
        opened.driver.execute_query(WORLD, database_=opened.database)
        yield opened


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_loses_rows_is_told_and_with_before_where_loses_none(graph: Graph, condition: str) -> None:
    said, found = CONDITIONS[condition], overlooked(f"MATCH (a:A)-[r]->(b) WHERE {condition} RETURN count(*)")
    assert found == said or (said is None and found)
    plain, after_with = (
        graph.cypher(f"MATCH (a:A)-[r]->(b) {clause} {condition} RETURN count(*)")[1][0][0]
        for clause in ("WHERE", "WITH * WHERE")
    )
    assert (plain < after_with) is bool(said)
    assert overlooked(f"MATCH (a:A)-[r]->(b) WITH * WHERE {condition} RETURN count(*)") == []
    assert overlooked(f"MATCH (a:A) OPTIONAL MATCH (a)-[r]->(b) WHERE {condition} RETURN b") == []


def test_no_statement_of_our_own_is_of_that_kind() -> None:
    owned = [
        *(statements.statement(n, kind="Company", edge="PARTNERS_WITH") for n in statements.names()),
        *(library.question(n).cypher for n in library.names()),
        *(picture.cypher for picture in PICTURES),
    ]
    assert [text for text in owned if overlooked(text)] == []
