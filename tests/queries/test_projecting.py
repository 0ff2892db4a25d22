"""The embedded graph follows the records by what changed, and equals a full pass whatever befell it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.store import open_graph
from ingest.records import Workspace, record_path, write_record
from queries.projecting import project, refresh_graph, write_graph, written
from queries.settings import Settings

from .records import ENDED, fill, record


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    fill(tmp_path)
    found = Settings(tmp_path, str(tmp_path / "graph"))
    write_graph(found)
    return found


def test_documents_that_come_and_go_leave_the_graph_of_a_full_pass(chosen: Settings) -> None:
    _tell(chosen, "Béta Reads acquires Gamma Health.", "Béta Reads", "acquired", "Gamma Health", "current")
    touched = write_graph(chosen).change.names
    assert 0 < touched < len(project(chosen).entities)
    _check(chosen)
    ended = record("ended.txt", "2024-05-01", ENDED)
    record_path(Workspace(chosen.workspace), ended.document.id).unlink()
    write_graph(chosen)
    _check(chosen)


def test_a_full_pass_gives_the_same_fingerprint(chosen: Settings) -> None:
    _tell(chosen, "Béta Reads acquires Gamma Health.", "Béta Reads", "acquired", "Gamma Health", "current")
    assert write_graph(chosen).fingerprint == write_graph(chosen, anew=True).fingerprint


@pytest.mark.parametrize("seconds", [0.0, 0.2, 0.5])
def test_a_write_that_is_killed_is_noticed_and_mended(chosen: Settings, seconds: float) -> None:
    _tell(chosen, "Béta Reads acquires Gamma Health.", "Béta Reads", "acquired", "Gamma Health", "current")
    _kill_while_writing(chosen, seconds)
    assert written(chosen) is None
    refresh_graph(chosen)
    _check(chosen)


def test_a_graph_that_somebody_emptied_is_written_whole(chosen: Settings) -> None:
    shutil.rmtree(chosen.graph)
    with open_graph(chosen.graph):
        pass
    _tell(chosen, "Béta Reads acquires Gamma Health.", "Béta Reads", "acquired", "Gamma Health", "current")
    write_graph(chosen)
    _check(chosen)


def _tell(chosen: Settings, sentence: str, *claim: str) -> None:
    subject, predicate, object, status = claim
    made = record("news.txt", "2024-06-01", sentence, (subject, predicate, object, status))
    write_record(Workspace(chosen.workspace), made)


def _kill_while_writing(chosen: Settings, seconds: float) -> None:
    """Kill -9 some time after the run has said that the graph is being written."""
    told = chosen.workspace / "written.json"
    command = ("--workspace", str(chosen.workspace), "retract", "plans.txt")
    run = subprocess.Popen([sys.executable, "-m", "queries.cli", *command])
    while told.exists() and run.poll() is None:
        time.sleep(0.01)
    time.sleep(seconds)
    run.kill()
    run.wait()


def _check(chosen: Settings) -> None:
    expected = project(chosen).fingerprint()
    with open_graph(chosen.graph, read_only=True) as graph:
        assert graph.fingerprint() == expected
    assert expected in json.loads((chosen.workspace / "written.json").read_text())["summary"]
