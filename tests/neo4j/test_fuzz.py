"""A difference that is planted is found, made small and counted; where there is none, none is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from graph.store import Graph, open_graph

from .fuzz import Query, World, a_query, answer, difference, differs, explained, filled, run, shrunk

WORLD = World(
    nodes=(
        {"kind": "Company", "row": {"id": "n0", "n": 1, "s": "aa", "tags": ["x"]}},
        {"kind": "Company", "row": {"id": "n1", "n": 2, "s": "b", "tags": []}},
        {"kind": "Region", "row": {"id": "n2", "n": 3, "s": "Ab", "tags": ["y", "x"]}},
    ),
    edges=(
        {"type": "PARTNERS_WITH", "left": "n0", "right": "n1", "row": {"id": "e0"}},
        {"type": "PART_OF", "left": "n1", "right": "n2", "row": {"id": "e1"}},
    ),
)
LONG = Query(
    (
        ("MATCH", ("(a0:Entity)-[]-(a1)", "(a1)-[]->(k1)"), ", "),
        ("WHERE", ("a0.s IS NOT NULL", "size(a0.tags) > 0", "k1.n < 9"), " AND "),
        ("RETURN", ("a0.id AS i", "a0.n AS n", "a1.s AS s"), ", "),
        ("ORDER BY", ("i", "n", "s"), ", "),
    ),
    ordered=True,
)
Two = tuple[Graph, Graph]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    one, other = (tmp_path_factory.mktemp(n) for n in ("one", "other"))
    with open_graph(one) as left, open_graph(other) as right:
        yield left, right


def planted(graphs: tuple[Graph, ...], world: World) -> None:
    """Both hold the world, but in the second one number of the first node is another."""
    first = world.nodes[0]
    other = replace(world, nodes=({**first, "row": first["row"] | {"n": 99}}, *world.nodes[1:]))
    filled(graphs[:1], world)
    filled(graphs[1:], other)


def test_a_planted_difference_is_found_and_made_small(two: Two) -> None:
    planted(two, WORLD)
    assert difference(*two, LONG) == "other rows"
    small = shrunk(LONG, lambda q: difference(*two, q) == "other rows")
    assert str(small) == "MATCH (a0:Entity)-[]-(a1) RETURN a0.n AS n"
    assert explained(small) is None


def test_only_what_is_explained_passes() -> None:
    known = "any(t IN a1.tags WHERE t = 'x')"
    assert explained(where("a0.n = 7", known)) == "a list's node in an OR"
    assert explained(where("a0.n = 7", "a1.n = 7")) is None
    assert explained(where("a1.n = 7", known)) is None
    assert (
        explained(replace(LONG, clauses=(LONG.clauses[0], ("WHERE", ("a0.n = 7", known), " AND ")))) is None
    )


def where(*parts: str) -> Query:
    return Query(
        (("MATCH", ("(a0)-[]->(a1)",), ""), ("WHERE", parts, " OR "), ("RETURN", ("a0.n AS n",), ""))
    )


def test_a_refusal_by_one_alone_is_a_difference_of_its_own() -> None:
    assert differs(None, []) == "refused by embedded"
    assert differs(["[1]"], None) == "refused by neo4j"
    assert differs(None, None) is None


def test_rows_in_another_order_differ_only_where_an_order_was_asked(two: Two) -> None:
    filled(two, WORLD)
    up, down = (
        Query((("MATCH", ("(a)",), ""), ("RETURN", ("a.n AS n",), ""), ("ORDER BY", (o,), "")))
        for o in ("n", "n DESC")
    )
    assert answer(two[0], up) == answer(two[1], down)
    assert answer(two[0], replace(up, ordered=True)) != answer(two[1], replace(down, ordered=True))


def test_a_run_with_a_planted_difference_fails_and_shows_it(
    two: Two, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*two, count=60, seed=1, seconds=60, load=planted) == 1
    said = capsys.readouterr().out
    assert "NOT EXPLAINED" in said
    assert "other rows" in said


def test_equal_graphs_give_no_difference(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*two, count=60, seed=1, seconds=60) == 0
    assert "     60 equal" in capsys.readouterr().out


def test_most_random_questions_have_an_answer(two: Two, capsys: pytest.CaptureFixture[str]) -> None:
    run(*two, count=200, seed=2, seconds=60)
    told = next(line for line in capsys.readouterr().out.splitlines() if "with rows" in line)
    assert int(told.split()[0]) > 100


def test_the_same_number_asks_the_same_question() -> None:
    assert a_query(random.Random("1 7")) == a_query(random.Random("1 7"))
