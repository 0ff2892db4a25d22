from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import InvalidValue
from graph.projection import Projection
from graph.views.neo4j_admin import neo4j_admin

from ..rows import SMALL, entity


def test_each_label_and_edge_type_has_a_file(tmp_path: Path) -> None:
    assert [p.name for p in neo4j_admin(SMALL, tmp_path)] == [
        "nodes-Document.csv", "nodes-Company.csv", "nodes-Region.csv", "nodes-Claim.csv",
        "edges-SUBJECT.csv", "edges-OBJECT.csv", "edges-EVIDENCED_BY.csv", "edges-PARTNERS_WITH.csv",
        "edges-OPERATES_IN.csv", "edges-PART_OF.csv", "edges-MAYBE_SAME.csv",
    ]  # fmt: skip
    arguments = (tmp_path / "import.args").read_text().splitlines()
    assert "--array-delimiter=U+001F" in arguments
    assert "--nodes=Entity:Company=nodes-Company.csv" in arguments
    assert "--relationships=PART_OF=edges-PART_OF.csv" in arguments


def test_cells_are_typed_and_texts_quoted(tmp_path: Path) -> None:
    document = {"id": "d1", "name": 'a "b"\n', "title": "", "copies": 2, "score": 0.1 + 0.2}
    neo4j_admin(Projection(documents=(document, {"id": "d2", "copies": 1})), tmp_path)
    head, *rows = (tmp_path / "nodes-Document.csv").read_text().split("\n", 1)
    assert head == (
        "ecomapKey:ID(Document),copies:long,ecomapHash:string,id:string,name:string,score:double,title:string"
    )
    assert rows[0].startswith('"d1",2,"')
    assert '"d1","a ""b""\n",0.30000000000000004,""\n' in rows[0]
    assert rows[0].endswith('"d2",,,\n')


def test_the_delimiter_of_lists_stands_in_none(tmp_path: Path) -> None:
    odd = entity("company:odd", "Company", "Odd", "a\x1fb", "c\x1e")
    neo4j_admin(Projection(entities=(odd,)), tmp_path)
    assert "--array-delimiter=U+001D\n" in (tmp_path / "import.args").read_text()
    assert '"a\x1fb\x1dc\x1e"' in (tmp_path / "nodes-Company.csv").read_text()


def test_values_of_two_types_go_into_two_files(tmp_path: Path) -> None:
    documents = tuple({"id": f"d{i}", "score": s} for i, s in enumerate((1, 0.5, 2)))
    files = neo4j_admin(Projection(documents=documents), tmp_path)
    assert [p.name for p in files] == ["nodes-Document.csv", "nodes-Document-2.csv"]


def test_empty_lists_are_made_after_the_import(tmp_path: Path) -> None:
    neo4j_admin(SMALL, tmp_path)
    finish = (tmp_path / "finish.cypher").read_text()
    assert "MATCH (n:Claim) WHERE n.ecomapKey IS NOT NULL AND n.regions IS NULL" in finish
    assert "FOR (n:Claim) REQUIRE n.ecomapKey IS UNIQUE;" in finish


def test_a_list_that_some_rows_lack_is_refused(tmp_path: Path) -> None:
    bare = {"id": "company:bare", "kind": "Company", "name": "Bare"}
    with pytest.raises(InvalidValue, match="aliases as an empty list in 2 rows"):
        neo4j_admin(replace(SMALL, entities=(*SMALL.entities, bare)), tmp_path)
