"""`ecomap review` at a terminal: one key a pair, left and taken up again, undone without a trace."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from ingest.judgements import read_judgements, standing
from ingest.records import Workspace, write_record

from .records import record

PROMPT = "[q]uit "
VRAD = "vRad works with Borea."
LONG = "Virtual Radiologic works with Zeta."
TRS = "TRS works with Borea."
SOLUTIONS = "Teleradiology Solutions works with Zeta."


class Terminal:
    """A review that runs at a terminal of its own."""

    def __init__(self, workspace: Path) -> None:
        self.end, other = pty.openpty()
        command = [sys.executable, "-m", "queries.cli", "--workspace", str(workspace), "review"]
        self.process = subprocess.Popen(command, stdin=other, stdout=other, stderr=other, close_fds=True)
        os.close(other)
        self.told = ""

    def until(self, words: str) -> str:
        """What is printed up to these words, or to the end."""
        seen = ""
        while words not in seen:
            try:
                piece = os.read(self.end, 4096).decode()
            except OSError:  # the program has left
                break
            seen += piece
        self.told += seen
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)

    def press(self, key: str) -> str:
        """One key, as soon as the program takes single keys: what comes before that it throws away."""
        while termios.tcgetattr(self.end)[3] & termios.ICANON:
            time.sleep(0.02)
        os.write(self.end, key.encode())
        return self.until(PROMPT)

    def close(self) -> int:
        code = self.process.wait(120)
        os.close(self.end)
        return code


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for number, sentence in enumerate((VRAD, LONG, TRS, SOLUTIONS)):
        left, right = sentence.rstrip(".").split(" works with ")
        made = record(f"{number}.txt", "2024-01-01", sentence, (left, "partners_with", right, "current"))
        write_record(Workspace(tmp_path), made)
    return tmp_path


def ecomap(workspace: Path, *args: str) -> str:
    command = [sys.executable, "-m", "queries.cli", "--workspace", str(workspace), *args]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def fingerprint(workspace: Path) -> str:
    return str(json.loads(ecomap(workspace, "status", "--json"))["fingerprint"])


def test_a_review_is_left_taken_up_again_and_undone_without_a_trace(workspace: Path) -> None:
    ecomap(workspace, "rebuild")
    before = fingerprint(workspace)

    first = Terminal(workspace)
    shown = first.until(PROMPT)
    assert "1/2" in shown
    assert "works with" in shown  # the quotes of both sides
    assert "2/2" in first.press("s")
    assert "1/2" in first.press("z")  # back to the pair that was decided
    assert standing(read_judgements(workspace / "judgements.jsonl")) == []
    assert "2/2" in first.press("s")
    assert "1 decided" in first.press("q")
    assert first.close() == 0
    assert fingerprint(workspace) != before

    again = Terminal(workspace)
    assert "1/1" in again.until(PROMPT)  # only what was left open
    assert "1 decided" in again.press("u")
    assert again.close() == 0

    done = Terminal(workspace)
    assert "Nothing decided" in done.until("Nothing decided")
    assert done.close() == 0

    for judgement in standing(read_judgements(workspace / "judgements.jsonl")):
        ecomap(workspace, "judge", "undo", judgement.id)
    assert fingerprint(workspace) == before


def test_a_killed_review_keeps_what_was_decided(workspace: Path) -> None:
    ecomap(workspace, "rebuild")
    killed = Terminal(workspace)
    killed.until(PROMPT)
    killed.press("d")
    killed.process.kill()
    killed.close()
    assert [j.kind for j in read_judgements(workspace / "judgements.jsonl")] == ["different"]
    again = Terminal(workspace)
    assert "1/1" in again.until(PROMPT)
    again.press("q")
    again.close()
