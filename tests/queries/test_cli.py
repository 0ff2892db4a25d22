"""The command on a real workspace: records made by hand, resolved, written to the embedded graph, asked."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph import store
from queries import settings
from queries.cli import Commands, cli, main

from .records import fill


class Ecomap:
    """Runs commands on one workspace and keeps what they printed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.err = ""

    def __call__(self, *args: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as left:
            main(["--workspace", str(self.folder), *args])
        out, self.err = self.capsys.readouterr()
        assert left.value.code == code, self.err or out
        return out

    def rows(self, *args: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = json.loads(self(*args, "--json"))["rows"]
        return rows


@pytest.fixture
def ecomap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ecomap:
    fill(tmp_path)
    command = Ecomap(tmp_path, capsys)
    command("rebuild")
    return command


def test_status_agrees_with_rebuild(ecomap: Ecomap) -> None:
    rebuilt = ecomap("rebuild")
    status = json.loads(ecomap("status", "--json"))
    assert status["documents"] == 4
    assert status["fingerprint"] in rebuilt
    assert {"claims", "entities"} <= status.keys()


def test_json_has_all_that_was_asked(ecomap: Ecomap) -> None:
    whole = json.loads(ecomap("ask", "evidence", "alpha imaging", "--json"))
    assert list(whole) == ["question", "parameters", "cypher", "columns", "rows"]
    assert whole["parameters"]["company"].startswith("company:")
    assert list(whole["rows"][0]) == whole["columns"]


def test_csv_has_a_head_and_plain_numbers(ecomap: Ecomap) -> None:
    rows = list(csv.DictReader(io.StringIO(ecomap("ask", "evidence", "Gamma Health", "--csv"))))
    assert [(r["status"], float(r["score"])) for r in rows] == [("planned", 0.9)]


def test_an_ended_partnership_is_shown_on_request_and_as_of_its_day(ecomap: Ecomap) -> None:
    assert ecomap.rows("ask", "partners", "Beta Reads") == []
    assert {r["status"] for r in ecomap.rows("ask", "partners", "Beta Reads", "--status")} == {
        "current",
        "ended",
    }
    then = ecomap.rows("ask", "partners", "Beta Reads", "--as-of", "2023-12-31")
    assert [r["quote"] for r in then] == ["Alpha Imaging partners with Béta Reads."]
    assert ecomap.rows("ask", "partners", "Beta Reads", "--as-of", "2024-05-01") == []


def test_shown_cypher_can_be_piped_into_cypher(ecomap: Ecomap) -> None:
    shown = ecomap("ask", "timeline", "Alpha Imaging", "--show-cypher")
    assert ecomap.rows("cypher", shown) == ecomap.rows("ask", "timeline", "Alpha Imaging")


def test_cypher_warns_where_the_embedded_graph_may_leave_rows_out(ecomap: Ecomap) -> None:
    condition = "a.n = 1 OR any(x IN b.aliases WHERE x = 'Beta')"
    ecomap("cypher", f"MATCH (a:Company)--(b:Company) WHERE {condition} RETURN b.name")
    assert "rows may be missing" in ecomap.err
    assert "list of b" in ecomap.err
    ecomap("cypher", f"MATCH (a:Company)--(b:Company) WITH * WHERE {condition} RETURN b.name")
    assert ecomap.err == ""


def test_cypher_takes_parameters_and_refuses_writes(ecomap: Ecomap) -> None:
    found = ecomap.rows(
        "cypher", "MATCH (c:Company {id: $id}) RETURN c.name AS name", "--param", "id=company:beta-reads"
    )
    assert found == [{"name": "Béta Reads"}]
    ecomap("cypher", "MATCH (n) DETACH DELETE n", code=1)
    assert "refused" in ecomap.err
    ecomap("cypher", "UNWIND range(1, 9) AS i RETURN i", "--rows", "5", code=1)
    assert "more than 5 rows" in ecomap.err


def test_verify_counts_the_quotes(ecomap: Ecomap) -> None:
    assert "4 documents, 4 quotes" in ecomap("verify")


def test_retract_takes_only_what_that_document_said(ecomap: Ecomap) -> None:
    ecomap("retract", "ended.txt")
    assert [r["partner"] for r in ecomap.rows("ask", "partners", "Beta Reads")] == ["Alpha Imaging"]
    ecomap("retract", "ended.txt", code=1)
    assert "No document" in ecomap.err


def test_a_judgement_joins_and_undo_gives_the_same_fingerprint_again(ecomap: Ecomap) -> None:
    before = json.loads(ecomap("status", "--json"))["fingerprint"]
    told = ecomap("judge", "same", "Gamma Health", "Beta Reads", "--why", "a test")
    assert [r["name"] for r in ecomap.rows("find", "Gamma Health")] == [
        r["name"] for r in ecomap.rows("find", "Beta Reads")
    ]
    ecomap("judge", "undo", told.split()[0])
    assert json.loads(ecomap("status", "--json"))["fingerprint"] == before


def test_a_contradicting_judgement_is_refused(ecomap: Ecomap) -> None:
    ecomap("judge", "different", "Gamma Health", "Beta Reads")
    ecomap("judge", "same", "Gamma Health", "Beta Reads", code=1)
    assert "contradicts" in ecomap.err


def test_review_takes_decisions_from_a_file(ecomap: Ecomap, tmp_path: Path) -> None:
    decided = tmp_path / "decided.jsonl"
    decided.write_text(
        '{"left": "Gamma Health", "right": "Beta Reads", "outcome": "different", "why": "two sites"}\n'
    )
    assert "1 decided" in ecomap("review", "--accept", str(decided))
    assert "two sites" in (tmp_path / "judgements.jsonl").read_text()
    decided.write_text('{"left": "Gamma Health"}\n')
    ecomap("review", "--accept", str(decided), code=1)
    assert "line 1" in ecomap.err


def test_a_rejected_claim_is_no_edge(ecomap: Ecomap) -> None:
    claim = ecomap.rows("ask", "evidence", "India")[0]["claim"]
    assert ecomap.rows("ask", "regions", "India")
    ecomap("reject", claim, "--why", "misread")
    assert ecomap.rows("ask", "regions", "India") == []
    ecomap("reject", "claim:none", code=1)


def test_claims_are_exported_as_lines(ecomap: Ecomap) -> None:
    lines = [json.loads(line) for line in ecomap("export", "claims").splitlines()]
    assert {(r["document"], r["predicate"], r["status"]) for r in lines} >= {
        ("plans.txt", "partners_with", "planned")
    }
    ecomap("export", "graphml", code=2)
    assert "--out" in ecomap.err


def test_map_is_drawn(ecomap: Ecomap, tmp_path: Path) -> None:
    ecomap("map", "Alpha Imaging", "--out", str(tmp_path / "map.svg"))
    assert "Alpha Imaging" in (tmp_path / "map.svg").read_text("utf-8")


def test_references_give_names(ecomap: Ecomap, tmp_path: Path) -> None:
    listed = tmp_path / "crm.csv"
    listed.write_text("Account,aliases\nBéta Reads,BRX\n", "utf-8")
    assert "1 names" in ecomap("reference", "add", str(listed), "--column", "name=Account")
    ecomap("reference", "add", str(listed), code=2)
    assert "--column name=" in ecomap.err


def test_min_confidence_is_taken_from_the_settings(ecomap: Ecomap, tmp_path: Path) -> None:
    (tmp_path / "ecomap.toml").write_text("min_confidence = 0.99\n")
    assert ecomap.rows("ask", "regions") == []
    (tmp_path / "ecomap.toml").write_text("min_confidense = 0.99\n")
    ecomap("ask", "regions", code=2)
    assert "min_confidense" in ecomap.err


def test_wrong_calls_end_with_two_and_say_what_to_do(ecomap: Ecomap) -> None:
    ecomap("ask", "partner", "x", code=2)
    assert "Did you mean 'partners'" in ecomap.err
    ecomap("ask", "partners", code=2)
    ecomap("ingest", "not-there", code=2)
    ecomap("where", "partnerz", code=2)
    assert "'partners'" in ecomap.err


def test_an_unknown_company_ends_with_one_and_no_traceback(ecomap: Ecomap) -> None:
    ecomap("ask", "partners", "Alpha Imagin", code=1)
    assert "Near: Alpha Imaging" in ecomap.err
    assert "Traceback" not in ecomap.err


@pytest.mark.parametrize(
    "before", ["neo4j:secret@", "neo4j:sec%72et@", ":secret@", "secret@", "neo4j:secret@user@"]
)
def test_a_user_or_password_in_the_url_is_refused(ecomap: Ecomap, before: str) -> None:
    for arguments in (
        ["--graph", f"bolt+s://{before}localhost:7687", "status"],
        ["push", f"neo4j://{before}localhost"],
    ):
        out = ecomap(*arguments, code=2)
        assert "secret" not in out + ecomap.err
        assert "NEO4J_PASSWORD" in ecomap.err


def test_an_address_that_is_no_graph_is_refused_and_makes_no_folder(ecomap: Ecomap) -> None:
    ecomap("--graph", "http://localhost:7474", "status", code=2)
    assert "bolt://" in ecomap.err
    assert not Path("http:").exists()
    assert settings.SCHEMES == store.SCHEMES


def test_where_tells_the_file(ecomap: Ecomap) -> None:
    assert ecomap.rows("where", "partners")[0]["file"].endswith("queries/library/partners.py")
    assert ecomap.rows("where", "partners_with")[0]["file"].endswith("graph/vocabulary.toml")
    assert {r["what"] for r in ecomap.rows("where", "pdf")} == {"reader"}


@pytest.mark.parametrize("name", Commands().list_commands(cli.make_context("ecomap", ["ask"])))
def test_every_command_has_help_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"ecomap {name}" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    heavy = "numpy", "spacy", "rich", "neo4j", "rdflib", "networkx", "ingest.pipeline"
    code = f"import sys, queries.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_question_loads_nothing_heavy(ecomap: Ecomap) -> None:
    heavy = "numpy", "spacy", "rdflib", "networkx", "ingest.pipeline"
    args = ["--workspace", str(ecomap.folder), "ask", "partners", "Alpha Imaging"]
    code = (
        "import atexit, sys, queries.cli\n"
        f"atexit.register(lambda: print([m for m in {heavy!r} if m in sys.modules]))\n"
        f"queries.cli.main({args!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_parting_what_people_joined_is_refused_with_its_chain(ecomap: Ecomap) -> None:
    alpha, beta, gamma = "Alpha Imaging", "Béta Reads", "Gamma Health"
    ecomap("judge", "same", alpha, beta)
    second = ecomap("judge", "same", beta, gamma).split()[0]
    ecomap("judge", "different", alpha, gamma, code=1)
    assert "contradicts company:alpha-imaging = company:gamma-health" in ecomap.err
    ecomap("judge", "undo", second)
    ecomap("judge", "different", alpha, gamma)
    assert len(ecomap.rows("ask", "companies")) == 2


def test_a_person_parts_two_names_that_one_key_joined(ecomap: Ecomap) -> None:
    together = len(ecomap.rows("ask", "companies"))
    ecomap("judge", "different", "Alpha Imaging", "Alpha Imaging Inc", "--why", "other house")
    assert len(ecomap.rows("ask", "companies")) == together + 1


def test_one_entity_is_not_judged_the_same_as_itself(ecomap: Ecomap) -> None:
    ecomap("judge", "same", "Alpha Imaging", "Alpha Imaging Inc", code=1)
    assert "are one already" in ecomap.err
