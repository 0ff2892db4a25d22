"""The examples are real files in every format, and tell what the README says they tell."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from graph.model import Document
from ingest.readers import read

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted(EXAMPLES.iterdir())


def document(name: str) -> Document:
    return read(EXAMPLES / name)


def test_every_format_is_there() -> None:
    formats = {path.suffix for path in FILES}
    assert formats == {".txt", ".md", ".html", ".pdf", ".docx", ".pptx", ".xlsx", ".csv", ".eml", ".rss"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_example_is_read_and_dated_in_the_story(path: Path) -> None:
    found = read(path)
    assert found.blocks
    if path.suffix != ".csv":  # a CSV file cannot say when it was made
        assert found.published is not None
        assert "2024" <= found.published[:4] <= "2026"


def test_reprint_is_nearly_the_release() -> None:
    release = document("northlight-lumora-release.html").text
    reprint = document("northlight-lumora-wire.txt").text
    assert release != reprint
    assert SequenceMatcher(None, release, reprint, autojunk=False).ratio() > 0.9


def test_report_lists_the_players_of_a_named_market() -> None:
    report = document("teleradiology-market-2025.docx")
    items = [report.text[b.start : b.end] for b in report.blocks if b.kind == "item"]
    assert "leading players in the Teleradiology Services Market" in report.text
    assert len(items) == 9
    assert any("Helix Reads Ltd" in item for item in items)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("northlight-denial.eml", "Northlight Radiology denied reports that it will acquire Fjordscan AS."),
        ("helix-arcview-ended.md", "have ended the distribution agreement that they signed in June 2023."),
        ("analyst-notes.md", "Meridian Teleradiology Services (MTS), formerly NightRead Imaging, acquired"),
        ("analyst-notes.md", "Northlight Radiology is reportedly in talks to acquire Fjordscan AS."),
    ],
)
def test_story_has_its_turn(name: str, sentence: str) -> None:
    assert sentence in " ".join(document(name).text.split())
