from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pytest

from graph.errors import StatementFailed, WriteRefused
from graph.model import Document, Mention, Record
from graph.projection import Projection
from graph.views import networkx, rdf, tables

from ..rows import SMALL


def test_networkx_gives_all_rows_back() -> None:
    assert networkx.projection(networkx.multidigraph(SMALL)).fingerprint() == SMALL.fingerprint()


def test_networkx_of_entities_has_the_direct_edges() -> None:
    graph = networkx.entities(SMALL)
    assert graph.nodes["company:vrad"]["name"] == "vRad"
    assert graph.edges["company:aidoc", "company:vrad", "partners_with"]["status"] == "current"
    assert graph.number_of_edges() == len(SMALL.edges)


@pytest.mark.parametrize("format", ["turtle", "json-ld", "trig"])
def test_rdf_gives_all_rows_back(format: str) -> None:
    assert rdf.parse(rdf.serialize(SMALL, format), format).fingerprint() == SMALL.fingerprint()


def test_sparql_finds_partners_from_either_side() -> None:
    text = (
        "SELECT ?n WHERE { ?a skos:altLabel 'Virtual Radiologic' ; eco:partners_with ?b . ?b rdfs:label ?n }"
    )
    assert rdf.sparql(SMALL, text) == (["n"], [["Aidoc"]])


def test_sparql_finds_a_quote_by_its_selector() -> None:
    text = """SELECT ?q ?s WHERE { ?e oa:hasBody ?k ; oa:hasTarget/oa:hasSelector ?w, ?p . ?k eco:status 'denied' .
              ?w oa:exact ?q . ?p oa:start ?s }"""
    assert rdf.sparql(SMALL, text)[1] == [["vRad denies it.", 40]]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://127.0.0.1:1/x> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd>",
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "SELECT * WHERE { { SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } } }",
        "SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?x } } }",
    ],
)
def test_sparql_fetches_and_writes_nothing(text: str) -> None:
    with pytest.raises(WriteRefused):
        rdf.sparql(SMALL, text)


def test_broken_sparql_fails() -> None:
    with pytest.raises(StatementFailed):
        rdf.sparql(SMALL, "SELECT WHERE")


def test_graphml_reads_back_with_names_and_edges(tmp_path: Path) -> None:
    tables.graphml(SMALL, tmp_path / "g.graphml")
    graph = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert graph.nodes["company:vrad"]["name"] == "vRad"
    assert sorted(d["predicate"] for _, _, d in graph.edges(data=True)) == [
        "operates_in",
        "part_of",
        "partners_with",
    ]


def test_kumu_connections_join_labels_of_elements(tmp_path: Path) -> None:
    elements, connections = tables.kumu(SMALL, tmp_path)
    labels = {r["Label"] for r in csv.DictReader(elements.open())}
    rows = list(csv.DictReader(connections.open()))
    assert {r["From"] for r in rows} | {r["To"] for r in rows} <= labels
    assert [r["Direction"] for r in rows if r["Type"] == "partners_with"] == ["mutual"]


def test_a_name_like_a_formula_is_a_text_in_kumu(tmp_path: Path) -> None:
    evil = tuple(r | {"name": "=1+1"} if r["id"] == "region:asia" else r for r in SMALL.entities)
    elements, _ = tables.kumu(Projection(entities=evil), tmp_path)
    assert "'=1+1" in {r["Label"] for r in csv.DictReader(elements.open())}


TEXT = "vRad uses Aidoc."
RECORD = Record(Document("d1", "a.txt", TEXT, ()), (Mention(0, 4, "vRad", "Company", "vRad"),), (), "test")


def test_claim_lines_name_parties_quote_and_place() -> None:
    line = next(r for r in tables.claim_lines([RECORD], SMALL) if r["document"] == "a.txt")
    assert (line["subject"], line["predicate"], line["object"]) == ("Aidoc", "partners_with", "vRad")
    assert line["shown"]
    assert TEXT[line["startChar"] : line["endChar"]] == line["quote"]
    assert not next(r for r in tables.claim_lines([RECORD], SMALL) if r["status"] == "denied")["shown"]


def test_mention_lines_carry_the_entity() -> None:
    file = io.StringIO()
    tables.write_lines(tables.mention_lines([RECORD], SMALL), file)
    assert '"entity": "company:vrad"' in file.getvalue()
