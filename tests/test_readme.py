"""The README's session, typed: every command gives the output that stands below it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "queries.cli"]


def test_the_session_and_the_picture_of_the_readme_are_true(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    session = re.search(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.S)
    assert session is not None
    steps = re.split(r"^\$ ", session[1], flags=re.M)[1:]
    assert len(steps) >= 5
    for step in steps:
        command, _, expected = step.partition("\n")
        assert _typed(command, tmp_path) == _lines(expected), command
    _typed("ecomap map --out drawn.svg", tmp_path)
    assert (tmp_path / "drawn.svg").read_bytes() == (ROOT / "docs" / "ecosystem.svg").read_bytes()


def test_the_questions_of_the_readme_are_all_there_are() -> None:
    from queries.library import questions

    listed = re.findall(r"^\| `(\w+)` \| (.*) \|$", (ROOT / "README.md").read_text(), re.M)
    assert listed == [(q.name, q.about) for q in questions()]


def _typed(command: str, folder: Path) -> list[str]:
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    words = shlex.split(command)
    assert words[0] == "ecomap"
    done = subprocess.run(
        [*COMMAND, *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return _lines(done.stdout)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]
