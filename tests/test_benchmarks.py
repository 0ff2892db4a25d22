"""The graph that loading is measured with."""

from __future__ import annotations

from benchmarks.loading import Figure, a_graph, ratios
from graph.writing import parts


def test_the_graph_is_always_the_same_and_grows_as_asked() -> None:
    small = a_graph(200)
    assert small.fingerprint() == a_graph(200).fingerprint()
    assert len(small.claims) == 200
    assert len(a_graph(400).evidence) > 1.7 * len(small.evidence)


def test_no_two_edges_of_a_type_join_the_same_nodes() -> None:
    """neo4j-graphrag's writer would keep one of them, and would have less to do."""
    for part in parts(a_graph(400)):
        ends = [(row["left"], row["right"]) for row in part.rows.values()]
        assert part.ends is None or len(set(ends)) == len(ends), part.label


def test_a_ratio_above_one_is_a_push_that_is_faster() -> None:
    ours, theirs = Figure("push", 2.0, 3.0, 100, 0, 0), Figure("its writer", 8.0, 6.0, 100, 0, 0)
    assert ratios([ours, theirs]) == (4, 2)
