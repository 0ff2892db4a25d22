"""Manners on a database that others use too: tell before writing, touch only one's own, keep secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

from tests.queries.records import PLANS, fill, record
from tests.queries.test_cli import Ecomap

from . import server

pytestmark = pytest.mark.skipif(server.missing() is not None, reason=str(server.missing()))
THEIRS = """
MERGE (:Note {id: 'note'}) MERGE (:Region:Entity {id: 'region:india'}) MERGE (:Document {ecomapHash: 'x'})
CREATE (:Company:Entity {id: 'company:alpha-imaging', name: 'theirs'})-[:PARTNERS_WITH {since: 1999}]->
  (:Company:Entity {id: 'company:other', name: 'theirs too'}),
  (:Claim {id: 'claim:theirs'})-[:EVIDENCED_BY]->(:Document {id: 'theirs'})
"""
ALL_OF_THEIRS = """
MATCH (n) WHERE n.ecomapKey IS NULL
OPTIONAL MATCH (n)-[r]->(m)
RETURN labels(n) AS labels, properties(n) AS node, type(r) AS type, properties(r) AS edge, m.ecomapKey AS ours
ORDER BY node.id
"""


@pytest.fixture(scope="module")
def shared() -> Iterator[server.Server]:
    with server.running() as running:
        yield running


@pytest.fixture
def database(shared: server.Server) -> Iterator[neo4j.Driver]:
    """With nodes and edges of others, of the same labels and ids as ours."""
    with neo4j.GraphDatabase.driver(shared.bolt, auth=(shared.user, shared.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query(THEIRS)
        yield driver


@pytest.fixture
def ecomap(
    shared: server.Server,
    database: neo4j.Driver,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Ecomap:
    monkeypatch.setenv("NEO4J_USERNAME", shared.user)
    monkeypatch.setenv("NEO4J_PASSWORD", shared.password)
    fill(tmp_path)
    return Ecomap(tmp_path, capsys)


def status(ecomap: Ecomap, url: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ecomap("--graph", url, "status", "--json"))
    return told


def count(database: neo4j.Driver) -> int:
    return int(database.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"])


def theirs(database: neo4j.Driver) -> list[dict[str, Any]]:
    return [row.data() for row in database.execute_query(ALL_OF_THEIRS).records]


def test_a_dry_run_tells_what_would_change_and_changes_nothing(
    ecomap: Ecomap, shared: server.Server, database: neo4j.Driver
) -> None:
    rows = {r["what"]: r for r in ecomap.rows("push", shared.bolt, "--dry-run")}
    assert rows["documents"] == {"what": "documents", "added": 4, "changed": 0, "removed": 0, "equal": 0}
    assert count(database) == 7
    assert database.execute_query("SHOW CONSTRAINTS").records == []
    assert ecomap.rows("push", shared.bolt) == list(rows.values())
    again = ecomap.rows("push", shared.bolt, "--dry-run")
    assert {(r["added"], r["changed"], r["removed"]) for r in again} == {(0, 0, 0)}


def test_status_tells_version_edition_and_what_differs(ecomap: Ecomap, shared: server.Server) -> None:
    before = status(ecomap, shared.bolt)
    assert before["server"] == f"Neo4j Kernel {server.release().version} community"
    assert (before["documents"], before["upToDate"], before["differs"]["documents"]) == (0, False, "4 added")
    ecomap("push", shared.bolt)
    after = status(ecomap, shared.bolt)
    assert (after["documents"], after["upToDate"], "differs" in after) == (4, True, False)
    next(p for p in ecomap.folder.glob("records/*/*") if _is_of(p, PLANS)).unlink()
    assert status(ecomap, shared.bolt)["differs"]["documents"] == "1 removed"
    assert "1 removed" in ecomap("--graph", shared.bolt, "status")


def _is_of(path: Path, sentence: str) -> bool:
    return record("any", "2024", sentence).document.id in path.name


def test_nothing_of_others_is_touched(ecomap: Ecomap, shared: server.Server, database: neo4j.Driver) -> None:
    before = theirs(database)
    ecomap("push", shared.bolt)
    assert ecomap.rows("--graph", shared.bolt, "ask", "partners", "Alpha Imaging", "--status")
    for path in ecomap.folder.glob("records/*/*"):
        path.unlink()
    ecomap("push", shared.bolt)
    assert theirs(database) == before
    assert count(database) == 7


def test_a_database_can_be_named(
    ecomap: Ecomap, shared: server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    ecomap("push", shared.bolt, "--database", "neo4j")
    ecomap("push", shared.bolt, "--database", "nowhere", "--dry-run", code=1)
    assert "nowhere" in ecomap.err
    monkeypatch.setenv("NEO4J_DATABASE", "nowhere")
    ecomap("--graph", shared.bolt, "status", code=1)
    assert "nowhere" in ecomap.err
    monkeypatch.setenv("ECOMAP_DATABASE", "neo4j")
    assert status(ecomap, shared.bolt)["database"] == "neo4j"
    monkeypatch.delenv("NEO4J_DATABASE")
    monkeypatch.delenv("ECOMAP_DATABASE")
    (ecomap.folder / "ecomap.toml").write_text('database = "nowhere"\n')
    ecomap("--graph", shared.bolt, "status", code=1)
    assert "nowhere" in ecomap.err


def test_the_password_is_in_no_file_and_no_output(
    ecomap: Ecomap, shared: server.Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = tmp_path_factory.mktemp("documents") / "release.txt"
    text.write_text("Alpha Imaging has partnered with Beta Reads, the companies said on 3 May 2024.")
    out = str(ecomap.folder / "browser")
    at = ["--graph", shared.bolt]
    runs = [
        ["push", shared.bolt], [*at, "status"], [*at, "ingest", str(text)], [*at, "ask", "companies", "--json"],
        [*at, "browser", "--out", out], [*at, "cypher", "MATCH (n) RETURN n", "--json"], [*at, "rebuild"],
    ]  # fmt: skip
    said = "".join(ecomap(*run) + ecomap.err for run in runs)
    assert "release.txt" in ecomap("--graph", shared.bolt, "status", "--documents")
    files = [path for path in ecomap.folder.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert shared.password not in said
    assert [path for path in files if shared.password.encode() in path.read_bytes()] == []


def test_a_wrong_password_is_named_and_never_shown(
    ecomap: Ecomap, shared: server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not-the-secret")
    out = ecomap("push", shared.bolt, code=1)
    assert "credentials" in ecomap.err
    assert "not-the-secret" not in out + ecomap.err
    address = shared.bolt.replace("bolt://", "bolt://neo4j:in-the-url@")
    out = ecomap("push", address, code=2)
    assert "in-the-url" not in out + ecomap.err
