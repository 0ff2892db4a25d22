"""Whether two names are the same company, as a table that reads as the specification."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import graph.ids
import ingest.legal_forms
import ingest.names
from ingest.name_pairs import evaluate_names
from ingest.names import compare

PAIRS = Path(__file__).parent / "data" / "name_pairs.jsonl"

TABLE = [
    ("Envision Healthcare", "Envision Healthcare Corporation", "same"),
    ("Radiology Partners", "Radiology Partners, Inc.", "same"),
    ("INFINITT Healthcare", "INFINITT Healthcare Co., Ltd.", "same"),
    ("AT&T", "AT & T Inc.", "same"),
    ("L'Oréal", "L'Oreal SA", "same"),
    ("The Mayo Clinic", "Mayo Clinic", "same"),
    ("vRad", "Virtual Radiologic Professionals, LLC", "suggest"),
    ("TRS", "Teleradiology Solutions", "suggest"),
    ("Mercedes-Benz Group", "Mercedes-Benz", "suggest"),
    ("INFINITT North America", "INFINITT Healthcare", "different"),
    ("Radiology Assist", "Radiology Express", "different"),
    ("Rad AI", "RadNet", "different"),
    ("Delta Air Lines", "Delta Dental", "different"),
    ("3M", "3i", "different"),
    ("Fund II", "Fund III", "different"),
    ("Siemens", "Siemens Energy", "different"),
    ("General Electric", "General Motors", "different"),
]


@pytest.mark.parametrize(("left", "right", "outcome"), TABLE)
def test_outcome(left: str, right: str, outcome: str) -> None:
    assert compare(left, right).outcome == outcome
    assert compare(right, left).outcome == outcome


def test_the_reason_names_the_initials() -> None:
    assert "initials" in compare("vRad", "Virtual Radiologic Professionals, LLC").reason


def test_same_ticker_on_one_exchange_is_the_same() -> None:
    facts = {"ticker": "NASDAQ: RDNT"}, {"ticker": "NASDAQ: RDNT"}
    assert compare("RadNet", "Primedex", facts=facts).outcome == "same"


def test_other_ticker_on_one_exchange_is_different() -> None:
    facts = {"ticker": "NYSE: A"}, {"ticker": "NYSE: B"}
    assert compare("Acme", "Acme Inc.", facts=facts).outcome == "different"


def test_same_web_domain_needs_agreeing_names() -> None:
    facts = {"website": "https://www.acme.com/us"}, {"website": "acme.com"}
    assert compare("Acme Imaging Group", "Acme", facts=facts).outcome == "same"
    assert compare("Borea", "Acme", facts=facts).outcome == "different"


@pytest.mark.parametrize(
    "name", ["", "!!!", "株式会社", "Inc.", "The", "&", "A", "ООО Ромашка", "İstanbul A.Ş."]
)
def test_any_name_compares_with_itself(name: str) -> None:
    assert compare(name, name).score >= 0


def test_goals_on_the_test_half() -> None:
    found = evaluate_names(PAIRS, split="test")
    assert found.automatic.precision >= 0.99
    assert found.automatic.recall >= 0.60
    assert found.suggested.recall >= 0.92
    assert found.best.f1 >= 0.90


@pytest.mark.parametrize("module", [graph.ids, ingest.legal_forms, ingest.names])
def test_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
