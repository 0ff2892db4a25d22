from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import EvidenceError, GraphBusy, GraphUnavailable, StatementFailed, WriteRefused
from graph.projection import Projection
from graph.statements.reading import refusal
from graph.store import Graph, open_graph

from .rows import AIDOC, SMALL, VRAD, claim, edge, entity, quote


def run(graph: Graph, text: str, **parameters: object) -> list[list[object]]:
    found = graph.driver.execute_query(text, parameters, database_=graph.database)  # type: ignore[arg-type]
    return [list(r.values()) for r in found.records]


def test_what_is_written_is_read_back(graph: Graph) -> None:
    graph.write(SMALL)
    assert graph.fingerprint() == SMALL.fingerprint()
    assert graph.counts() == {"documents": 2, "entities": 5, "claims": 3, "evidence": 4, "edges": 3}


def test_a_second_write_changes_nothing(graph: Graph) -> None:
    graph.write(SMALL)
    said: list[str] = []
    graph.write(SMALL, progress=lambda done, total, what: said.append(what))
    assert set(said) == {"unchanged"}
    assert graph.fingerprint() == SMALL.fingerprint()


def test_what_is_gone_is_deleted_and_what_changed_is_mended(graph: Graph) -> None:
    graph.write(SMALL)
    moved = tuple(r | {"claim": "k3"} if r["id"] == "e1" else r for r in SMALL.evidence if r["id"] != "e3")
    renamed = tuple(r | {"name": "Bharat"} if r["id"] == "region:india" else r for r in SMALL.entities[:4])
    less = replace(
        SMALL,
        entities=renamed,
        evidence=moved,
        claims=(SMALL.claims[0], SMALL.claims[2]),
        edges=SMALL.edges[:2],
        same=(),
    )
    graph.write(less)
    assert graph.fingerprint() == less.fingerprint()
    graph.write(Projection())
    assert run(graph, "MATCH (n) RETURN count(n)") == [[0]]


def test_an_amendment_exchanges_the_rows_that_it_is_told_of(graph: Graph) -> None:
    graph.write(SMALL)
    gone, renamed = SMALL.edges[-1], SMALL.entities[0] | {"name": "Another"}
    graph.amend(
        Projection(entities=SMALL.entities[:1], edges=(gone,), same=SMALL.same),
        Projection(entities=(renamed,)),
    )
    left = replace(SMALL, entities=(renamed, *SMALL.entities[1:]), edges=SMALL.edges[:-1], same=())
    assert graph.fingerprint() == left.fingerprint()


def test_foreign_nodes_of_the_same_labels_stay_as_they_are(graph: Graph) -> None:
    run(
        graph,
        "CREATE (:Company:Entity {id: 'company:vrad', name: 'theirs'})-[:PARTNERS_WITH]->(:Claim {id: 'k1'})",
    )
    before = run(graph, "MATCH (a)-[r]->(b) RETURN properties(a), properties(r), properties(b)")
    graph.write(SMALL)
    assert graph.fingerprint() == SMALL.fingerprint()
    graph.write(Projection())
    assert run(graph, "MATCH (a)-[r]->(b) RETURN properties(a), properties(r), properties(b)") == before


def test_what_others_tied_to_our_nodes_stays_when_those_go(graph: Graph) -> None:
    graph.write(SMALL)
    run(
        graph,
        "MATCH (n:Company {id: 'company:vrad'}) CREATE (:Note {text: 'call'})-[:ABOUT {by: 'Ann'}]->(n)",
    )
    graph.write(Projection())
    left = "MATCH (a)-[r]->(b) RETURN a.text, type(r), r.by, b.name, b.ecomapKey"
    assert run(graph, left) == [["call", "ABOUT", "Ann", "vRad", None]]
    assert run(graph, "MATCH (n) RETURN count(n)") == [[2]]
    graph.write(SMALL)
    assert graph.fingerprint() == SMALL.fingerprint()
    assert run(graph, left.replace("(a)", "(a:Note)")) == [["call", "ABOUT", "Ann", "vRad", None]]


def test_direct_edges_and_claims_have_the_shape_that_people_type(graph: Graph) -> None:
    graph.write(SMALL)
    assert graph.cypher("MATCH (:Company {name: 'vRad'})-[:PARTNERS_WITH]-(b) RETURN b.name")[1] == [
        ["Aidoc"]
    ]
    text = """MATCH (d:Document)<-[v:EVIDENCED_BY]-(k:Claim {status: 'denied'})-[:SUBJECT]->(a:Entity),
              (k)-[:OBJECT]->(b:Entity) RETURN a.name, b.id, d.name, v.startChar"""
    assert graph.cypher(text)[1] == [["vRad", "company:radiologia-unica", "b.txt", 40]]
    assert graph.cypher("MATCH (:Region {id: 'region:india'})-[:PART_OF]->(r:Region) RETURN r.name")[1] == [
        ["Asia"]
    ]


@pytest.mark.parametrize(
    "name", ["vRad", "VRAD", "virtual radiologic", "radiologia unica sa", "Radiología Única S.A."]
)
def test_a_name_is_found_by_alias_case_and_accent(graph: Graph, name: str) -> None:
    graph.write(SMALL)
    assert graph.find(name)[0]["id"] in ("company:vrad", "company:radiologia-unica")


def test_an_unknown_name_gives_the_near_ones(graph: Graph) -> None:
    graph.write(SMALL)
    found = graph.find("Virtual Radiologik")
    assert (found[0]["name"], found[0]["exact"]) == ("vRad", False)
    assert graph.find("Zzyzx") == []


def test_an_id_that_was_merged_away_still_finds_the_entity(graph: Graph) -> None:
    graph.write(SMALL)
    assert graph.get("company:virtual") == graph.get("company:vrad") == VRAD
    assert graph.get("company:nobody") is None


def test_a_claim_whose_party_is_missing_is_refused(graph: Graph) -> None:
    with pytest.raises(EvidenceError, match="company:vrad"):
        graph.write(replace(SMALL, entities=(AIDOC,)))


def test_answers_are_plain_values(graph: Graph) -> None:
    graph.write(SMALL)
    columns, rows = graph.cypher(
        "MATCH p = (a:Company {id: $id})-[e:PARTNERS_WITH]-(b) RETURN a, e, p", {"id": "company:aidoc"}
    )
    assert columns == ["a", "e", "p"]
    assert rows[0][0] == {"labels": ["Company", "Entity"], **AIDOC}
    assert rows[0][1]["type"] == "PARTNERS_WITH"
    assert [n["name"] for n in rows[0][2]["nodes"]] == ["Aidoc", "vRad"]


REFUSED = [
    "CREATE (:X)", "MATCH (n) WHERE n.x = 1. SET n.x = 2", "MATCH (n) SET n.x = 1", "MATCH (n) DETACH DELETE n", "MATCH (n) REMOVE n.name", "MERGE (:X)",
    "LOAD CSV FROM 'file:///etc/passwd' AS r RETURN r", "MATCH (n) CALL apoc.load.json('x') YIELD value RETURN value",
    "CALL `dbms`.`killQuery`('1')", "RETURN 1; CREATE (:X)", "/* RETURN */ CREATE (:X)", "UNWIND [1] AS x CREATE (:X)",
    "RETURN '\\' AS x", "FOREACH (x IN [1] | CREATE (:X))", "", "DROP INDEX x", "SHOW USERS", "USE system RETURN 1",
    "MATCH (n) WITH n CALL { WITH n SET n.x = 1 } RETURN 1", "RETURN 1 AS `a` CREATE (:X)", "EXPLAIN CREATE (:X)",
    "MATCH (n) WHERE n.name = \"it's\" DELETE n", "MATCH (n)/**/set n.x=1", "CALL db.createLabel('x')",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_does_not_only_read_is_refused(graph: Graph, text: str) -> None:
    with pytest.raises(WriteRefused):
        graph.cypher(text)
    assert run(graph, "MATCH (n) RETURN count(n)") == [[0]]


READS = [
    "RETURN 'CREATE (:X)' AS x", "MATCH (n:Set) WHERE n.delete = 'x' RETURN n.create", "RETURN 1 // SET",
    "RETURN {set: 1, merge: 2} AS m", "CALL db.labels() YIELD label RETURN label", "RETURN $set AS x",
    "MATCH (n) CALL { WITH n RETURN 1 AS x } RETURN x", "RETURN \"don't\" AS x", "MATCH (n:`DELETE me`) RETURN n",
    "MATCH p = ()-[:CREATE|SET]->() RETURN p LIMIT 1", "EXPLAIN RETURN 1",
]  # fmt: skip


@pytest.mark.parametrize("text", READS)
def test_words_in_strings_names_and_comments_do_not_write(text: str) -> None:
    assert refusal(text) is None


def test_too_many_rows_fail_and_say_so(graph: Graph) -> None:
    assert len(graph.cypher("UNWIND range(1, 5) AS x RETURN x", rows=5)[1]) == 5
    with pytest.raises(StatementFailed, match="more than 4 rows"):
        graph.cypher("UNWIND range(1, 5) AS x RETURN x", rows=4)


def test_a_slow_statement_is_given_up(graph: Graph) -> None:
    began = time.monotonic()
    # a server looks for statements over their time every two seconds: this one takes longer
    statement = "UNWIND range(1, 12000) AS a UNWIND range(1, 3000) AS b RETURN count(a + b)"
    with pytest.raises(StatementFailed):
        graph.cypher(statement, seconds=0.2)
    assert time.monotonic() - began < 10


def test_broken_syntax_is_a_failed_statement(graph: Graph) -> None:
    with pytest.raises(StatementFailed):
        graph.cypher("MATCH (n RETURN n")


ODD = ["'", '"', "`", "\\", "\\u0027", "}) DETACH DELETE n //", "$id", "\u0000", "\u0007\r\n\t", "İstanbul", "名前", "🦄", "\u202e",
       "e\u0301", "<img onerror=x>", ";", "/*", "${x}", "a" * 5000]  # fmt: skip


def test_odd_names_change_nothing_but_data(graph: Graph) -> None:
    rng = random.Random(7)
    names = ["".join(rng.choices(ODD, k=rng.randint(1, 4))) for _ in range(200)]
    ids = [f"company:{i}-{n}" for i, n in enumerate(names)]
    entities = tuple(entity(i, "Company", n, n + "!", n) for i, n in zip(ids, names, strict=True))
    claims = tuple(claim(f"k{n}{i}", ids[i], "partners_with", ids[i - 1]) for i, n in enumerate(names))
    quotes = tuple(
        quote(f"e{i}", k["id"], "d'`", n) for i, (k, n) in enumerate(zip(claims, names, strict=True))
    )
    odd = Projection(({"id": "d'`", "name": "\u0001"},), entities, claims, quotes, tuple(map(edge, claims)))
    graph.write(odd)
    assert graph.fingerprint() == odd.fingerprint()
    assert all(graph.get(i) == e for i, e in zip(ids[:20], entities, strict=False))
    assert names[3] in {r["name"] for r in graph.find(names[3], 200)}


def test_a_graph_opened_to_read_refuses_to_write(tmp_path: Path) -> None:
    with open_graph(tmp_path, read_only=True) as graph, pytest.raises(WriteRefused):
        graph.write(SMALL)


def test_a_folder_that_another_process_holds_is_busy(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        open_graph(tmp_path),
        pytest.raises(GraphBusy, match=f"Process {os.getpid()} "),
        open_graph(tmp_path),
    ):
        pass
    assert capfd.readouterr() == ("", "")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(GraphUnavailable, match=r"127\.0\.0\.1:9"), open_graph("bolt://127.0.0.1:9"):
        pass


WRITER = """
import sys
from tests.graph.test_store import many
from graph.store import open_graph
with open_graph(sys.argv[1]) as graph:
    print("open", flush=True)
    graph.write(many(), progress=lambda done, total, what: print(done, flush=True))
"""


def many() -> Projection:
    entities = tuple(entity(f"company:{i}", "Company", f"C{i}") for i in range(1500))
    claims = tuple(
        claim(f"k{i}", f"company:{i}", "partners_with", f"company:{i * 7 % 1500}") for i in range(1500)
    )
    quotes = tuple(quote(f"e{i}", f"k{i}", "d", "a quote") for i in range(1500))
    return Projection(({"id": "d", "name": "d"},), entities, claims, quotes, tuple(map(edge, claims)))


@pytest.mark.parametrize("round", range(4))
def test_a_write_that_was_killed_is_completed_by_the_next(tmp_path: Path, round: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    for _ in range(3 + round * 3):
        child.stdout.readline()
    time.sleep(random.Random(round).random() * 0.3)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with open_graph(tmp_path) as graph:
        graph.write(many())
        assert graph.fingerprint() == many().fingerprint()
