"""The whole ingest, from the files of examples/ to a graph on a server: once, and twice at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .served import Address, served
from .server import ROOT, missing

pytestmark = [
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
    pytest.mark.timeout(900),
]


@pytest.fixture
def at() -> Iterator[Address]:
    with served() as (address, _):
        yield address


def begun(at: Address, workspace: Path, *arguments: str, graph: str | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "queries.cli", "--workspace", str(workspace), "--graph", graph or at.url]
    environment = {**os.environ, "NEO4J_USERNAME": at.user, "NEO4J_PASSWORD": at.password}
    return subprocess.Popen(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return out


def fingerprint(status: str) -> str:
    found: str = json.loads(status)["fingerprint"]
    return found


def test_an_ingest_leaves_on_a_server_what_it_leaves_in_a_folder(at: Address, tmp_path: Path) -> None:
    folder = str(tmp_path / "graph")
    told = ended(begun(at, tmp_path, "ingest", "examples"))
    assert "11 read, 0 already known, 0 failed" in told
    ended(begun(at, tmp_path, "rebuild", graph=folder))
    here, there = (
        fingerprint(ended(begun(at, tmp_path, "status", "--json", graph=g))) for g in (folder, None)
    )
    assert here == there
    assert here in told
    assert ": 0 failing" in ended(begun(at, tmp_path, "verify"))


def test_two_ingests_at_once_leave_what_one_after_the_other_leaves(at: Address, tmp_path: Path) -> None:
    both = [begun(at, tmp_path / name, "ingest", "examples") for name in ("one", "other")]
    told = {ended(process).splitlines()[-1] for process in both}
    assert len(told) == 1
    after = fingerprint(ended(begun(at, tmp_path / "one", "status", "--json")))
    assert after in told.pop()
    ended(begun(at, tmp_path / "other", "rebuild"))
    assert fingerprint(ended(begun(at, tmp_path / "one", "status", "--json"))) == after
