"""Every question on the embedded graph, filled from rows made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import SettingsError, UnknownName, UnknownPredicate, UnknownQuestion
from graph.store import Graph, open_graph
from queries import library
from queries.answer import answer
from queries.question import Question, runnable
from queries.result import Result

from .market import market


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with open_graph(tmp_path_factory.mktemp("graph")) as opened:
        opened.write(market())
        yield opened


def ask(graph: Graph, question: str, **given: Any) -> Result:
    return answer(graph, library.question(question), given)


def told(result: Result, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in result.objects()]


GIVEN: dict[str, dict[str, Any]] = {
    "changes": {"since": "2024-01-01"},
    "evidence": {"company": "Alpha"},
    "footprint": {"company": "Alpha"},
    "network": {"company": "Alpha"},
    "partners": {"company": "Alpha"},
    "path": {"company": "Epsilon", "other": "BR"},
    "players": {"market": "teleradiology"},
    "profile": {"company": "Alpha"},
    "shared_partners": {"company": "Alpha"},
    "timeline": {"company": "Alpha"},
    "white_space": {"company": "Alpha"},
}


@pytest.mark.parametrize("name", library.names())
def test_every_question_answers_in_its_own_columns(graph: Graph, name: str) -> None:
    result = ask(graph, name, **GIVEN.get(name, {}))
    assert result.columns == library.question(name).columns
    assert result.rows


@pytest.mark.parametrize("name", library.names())
def test_the_shown_cypher_runs_as_it_stands_and_gives_the_same(graph: Graph, name: str) -> None:
    result = ask(graph, name, **GIVEN.get(name, {}))
    shown = runnable(result.cypher, result.parameters)
    assert "$" not in shown
    assert [tuple(row) for row in graph.cypher(shown)[1]] == list(result.rows)


def test_partners_come_with_their_sentence_and_place(graph: Graph) -> None:
    assert told(
        ask(graph, "partners", company="alpha"), "partner", "relation", "detail", "quote", "place"
    ) == [
        ("Béta Reads", "partners_with", "distribution", "Alpha Imaging partners_with Béta Reads.", "0-39"),
        ("Delta Care", "affiliated_with", None, "Alpha Imaging affiliated_with Delta Care.", "200-241"),
    ]


def test_denied_partnership_is_shown_only_with_status(graph: Graph) -> None:
    assert "Gamma O'Neil" not in {p for (p,) in told(ask(graph, "partners", company="Alpha"), "partner")}
    every = told(ask(graph, "partners", company="Alpha", status=True), "partner", "status")
    assert ("Gamma O'Neil", "denied") in every


def test_ended_partnership_is_shown_only_with_status(graph: Graph) -> None:
    assert told(ask(graph, "partners", company="Zeta"), "partner") == []
    assert told(ask(graph, "partners", company="Zeta", status=True), "partner", "status") == [
        ("Béta Reads", "ended")
    ]


def test_unsure_edges_are_left_out(graph: Graph) -> None:
    assert told(ask(graph, "partners", company="Alpha", minConfidence=0.8), "partner") == [("Béta Reads",)]


def test_only_the_wanted_predicates_are_followed(graph: Graph) -> None:
    assert told(ask(graph, "partners", company="Alpha", type=["acquired"]), "partner") == [("Epsilon",)]


@pytest.mark.parametrize(
    "name", ["Béta Reads", "béta reads", "beta reads", "BETA READS", "br", "company:beta"]
)
def test_a_company_is_found_by_any_of_its_names(graph: Graph, name: str) -> None:
    assert told(ask(graph, "partners", company=name), "partner") == [("Alpha Imaging",), ("Gamma O'Neil",)]


def test_an_unknown_company_answers_with_the_near_ones(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="Béta Reads"):
        ask(graph, "partners", company="Beta Read")


def test_a_market_is_no_company(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        ask(graph, "partners", company="Teleradiology")


def test_network_grows_by_hops(graph: Graph) -> None:
    one = told(ask(graph, "network", company="Epsilon", hops=1), "hop", "from", "to")
    two = told(ask(graph, "network", company="Epsilon", hops=2), "hop", "from", "to")
    assert one == [(1, "Alpha Imaging", "Epsilon")]
    assert two == [
        (1, "Alpha Imaging", "Epsilon"),
        (2, "Alpha Imaging", "Delta Care"),
        (2, "Alpha Imaging", "Gamma O'Neil"),
        (2, "Alpha Imaging", "Béta Reads"),
    ]


def test_network_follows_one_predicate(graph: Graph) -> None:
    found = told(ask(graph, "network", company="Alpha", hops=2, type=["partners_with"]), "from", "to")
    assert found == [("Alpha Imaging", "Béta Reads"), ("Béta Reads", "Gamma O'Neil")]


def test_a_path_shows_the_evidence_of_every_hop(graph: Graph) -> None:
    assert told(
        ask(graph, "path", company="Epsilon", other="BR"), "hop", "from", "direction", "to", "quote"
    ) == [
        (1, "Epsilon", "in", "Alpha Imaging", "Alpha Imaging acquired Epsilon."),
        (2, "Alpha Imaging", "both", "Béta Reads", "Alpha Imaging partners_with Béta Reads."),
    ]


def test_all_shortest_paths_are_told_apart(graph: Graph) -> None:
    found = told(ask(graph, "path", company="Alpha", other="Gamma O'Neil"), "path", "hop", "to")
    assert found == [
        (1, 1, "Béta Reads"),
        (1, 2, "Gamma O'Neil"),
        (2, 1, "Delta Care"),
        (2, 2, "Gamma O'Neil"),
    ]


def test_there_is_no_path_to_a_stranger_or_to_itself(graph: Graph) -> None:
    assert ask(graph, "path", company="Alpha", other="Zeta").rows == ()
    assert ask(graph, "path", company="Alpha", other="Alpha").rows == ()


def test_shared_partners_bring_both_quotes(graph: Graph) -> None:
    found = ask(graph, "shared_partners", company="Alpha", other="Gamma O'Neil")
    assert told(found, "company", "shared", "partner", "document", "other_document") == [
        ("Gamma O'Neil", 2, "Béta Reads", "report.txt", "wire.txt"),
        ("Gamma O'Neil", 2, "Delta Care", "report.txt", "report.txt"),
    ]


def test_footprint_rolls_up_to_the_continent(graph: Graph) -> None:
    assert told(ask(graph, "footprint", company="Alpha"), "region", "within", "stated", "place") == [
        ("Asia", [], False, "p. 4, 600-632"),
        ("India", ["Asia"], True, "p. 4, 600-632"),
    ]


def test_players_of_a_market(graph: Graph) -> None:
    assert told(ask(graph, "players", market="Teleradiology"), "company") == [
        ("Alpha Imaging",),
        ("Béta Reads",),
    ]


def test_profile_tells_the_direction(graph: Graph) -> None:
    found = told(ask(graph, "profile", company="Epsilon"), "relation", "direction", "other", "kind")
    assert found == [("acquired", "in", "Alpha Imaging", "Company")]


def test_evidence_of_a_pair_has_rule_score_words_and_speaker(graph: Graph) -> None:
    found = ask(graph, "evidence", company="Gamma O'Neil", other="Alpha")
    assert told(found, "predicate", "status", "rule", "score", "words", "speaker") == [
        ("competes_with", "current", "rule", 0.6, "Alpha Imaging … Gamma O'Neil", None),
        ("partners_with", "denied", "rule", 0.8, "Alpha Imaging … Gamma O'Neil", "Gamma O'Neil"),
    ]


def test_suggestions_bear_their_reason(graph: Graph) -> None:
    assert told(ask(graph, "same_company"), "left", "right", "reason") == [
        ("Alpha Imaging", "Zeta", "hand-made")
    ]
    assert ask(graph, "same_company", company="Béta Reads").rows == ()


def test_conflicts_name_who_says_so(graph: Graph) -> None:
    found = told(ask(graph, "conflicts"), "subject", "object", "status", "date", "speaker")
    assert found == [("Alpha Imaging", "Gamma O'Neil", "denied", "2024-06-01", "Gamma O'Neil")]


def test_changes_between_two_dates(graph: Graph) -> None:
    found = told(ask(graph, "changes", since="2024-04", until="2024-05"), "date", "change", "object")
    assert found == [
        ("2024-04", "ended", "Zeta"),
        ("2024-05", "announced", "Epsilon"),
        ("2024-05-01", "announced", "Gamma O'Neil"),
    ]


def test_timeline_begins_with_the_oldest(graph: Graph) -> None:
    found = told(ask(graph, "timeline", company="Béta Reads"), "date", "status")
    assert found == [
        ("2023", "current"),
        ("2024-03-08", "current"),
        ("2024-04", "ended"),
        ("2024-05-01", "announced"),
    ]


def test_white_space_is_where_rivals_are(graph: Graph) -> None:
    assert told(ask(graph, "white_space", company="Alpha"), "place", "names") == [
        ("Europe", ["Gamma O'Neil"]),
        ("France", ["Gamma O'Neil"]),
    ]


def test_ecosystem_of_a_market_leaves_others_out(graph: Graph) -> None:
    pairs = told(ask(graph, "ecosystem", market="Teleradiology"), "from", "to")
    assert ("Delta Care", "Gamma O'Neil") not in pairs
    assert ("Delta Care", "Gamma O'Neil") in told(ask(graph, "ecosystem"), "from", "to")


def test_regions_under_one(graph: Graph) -> None:
    found = told(ask(graph, "regions", region="Europe"), "region", "companies", "names")
    assert found == [("Europe", 1, ["Gamma O'Neil"]), ("France", 1, ["Gamma O'Neil"])]


def test_companies_most_connected_first(graph: Graph) -> None:
    found = told(ask(graph, "companies", limit=2), "company", "edges", "partners")
    assert found == [("Alpha Imaging", 7, 2), ("Gamma O'Neil", 4, 2)]


def test_wrong_parameters_are_named(graph: Graph) -> None:
    with pytest.raises(UnknownPredicate, match="partners_with"):
        ask(graph, "partners", company="Alpha", type=["partner_with"])
    with pytest.raises(SettingsError, match="no parameter 'hop'"):
        ask(graph, "network", company="Alpha", hop=2)
    with pytest.raises(SettingsError, match="at most 4"):
        ask(graph, "network", company="Alpha", hops=9)
    with pytest.raises(SettingsError, match="not a date"):
        ask(graph, "changes", since="yesterday")


def test_unknown_question_names_the_near_one() -> None:
    with pytest.raises(UnknownQuestion, match="'partners'"):
        library.question("partner")


def test_a_hostile_name_is_only_data(graph: Graph) -> None:
    before = graph.counts()
    for name in ("'}) DETACH DELETE n //", "`x`", "\\", "\u202e", 'a"b', "$company"):
        with pytest.raises(UnknownName):
            ask(graph, "partners", company=name)
    assert graph.counts() == before


def test_questions_are_where_the_registry_says() -> None:
    assert all(library.file(name).is_file() for name in library.names())
    assert library.file("partners") == Path(library.__path__[0]) / "partners.py"


@pytest.mark.parametrize("question", library.questions(), ids=lambda q: q.name)
def test_shared_fragments_are_filled_in(question: Question) -> None:
    assert "__" not in question.cypher + question.all_claims
