"""Whether two names are the same company, as a table that reads as the specification."""

from __future__ import annotations

import doctest

import pytest

import graph.ids
import ingest.legal_forms
import ingest.names
import ingest.numerals
from ingest.names import compare

TABLE = [
    ("Envision Healthcare", "Envision Healthcare Corporation", "same"),
    ("Radiology Partners", "Radiology Partners, Inc.", "same"),
    ("INFINITT Healthcare", "INFINITT Healthcare Co., Ltd.", "same"),
    ("AT&T", "AT & T Inc.", "same"),
    ("L'Oréal", "L'Oreal SA", "same"),
    ("The Mayo Clinic", "Mayo Clinic", "same"),
    # spelling: abbreviations, numerals, "and", umlauts, spaces, initials
    ("Intl. Flavors & Fragrances", "International Flavors and Fragrances Inc.", "same"),
    ("Univ. of Michigan Hosp.", "University of Michigan Hospital", "same"),
    ("Gen. Dynamics", "General Dynamics", "same"),
    ("Mt. Sinai Hospital", "Mount Sinai Hospital", "same"),
    ("Twentieth Century Fox", "20th Century Fox", "same"),
    ("Century 21", "Century Twenty-One", "same"),
    ("Marks + Spencer", "Marks & Spencer", "same"),
    ("Marsh McLennan", "Marsh & McLennan Companies, Inc.", "same"),
    ("Drägerwerk AG & Co. KGaA", "Draegerwerk", "same"),
    ("J. M. Smucker", "JM Smucker", "same"),
    # legal forms of many countries, at the end and at the beginning
    ("Škoda Auto a.s.", "Skoda Auto", "same"),
    ("Polski Koncern Spółka z o.o.", "Polski Koncern Spółka", "same"),
    ("PJSC Gazprom", "Gazprom", "same"),
    ("PT Bank Central Asia Tbk", "Bank Central Asia", "same"),
    ("Nokia Oyj", "Nokia Corporation", "same"),
    ("Roche Holding AG", "Roche Holding Ltd", "same"),
    ("HSBC", "HSBC Holdings plc", "same"),
    ("Merck & Co.", "Merck KGaA", "suggest"),
    ("Orion Oyj", "Orion S.A.", "suggest"),
    ("Mercedes-Benz AG", "Mercedes-Benz Group AG", "suggest"),
    # initials, blends, a name within a name
    ("Nabisco", "National Biscuit Company", "suggest"),
    ("CalPERS", "California Public Employees' Retirement System", "suggest"),
    ("BHEL", "Bharat Heavy Electricals Limited", "suggest"),
    ("TD Bank", "Toronto-Dominion Bank", "suggest"),
    ("LVMH", "LVMH Moët Hennessy Louis Vuitton SE", "suggest"),
    ("Bosch", "Robert Bosch GmbH", "suggest"),
    ("Lufthansa", "Deutsche Lufthansa AG", "suggest"),
    ("Borealmart", "Boreal-Mart Stores, Inc.", "suggest"),
    ("Royal Philips", "Koninklijke Philips N.V.", "suggest"),
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
    ("Gen Digital", "General Digital", "suggest"),
    ("Corning Incorporated", "Owens Corning", "different"),
    ("Continental AG", "Continental Airlines", "different"),
    ("First Republic Bank", "Republic First Bancorp", "different"),
    ("Washington University", "University of Washington", "different"),
    ("Time Warner", "Time Warner Cable", "different"),
    ("Nordea", "Nordex", "different"),
    ("Bayer", "Bayer CropScience", "different"),
]


@pytest.mark.parametrize(("left", "right", "outcome"), TABLE)
def test_outcome(left: str, right: str, outcome: str) -> None:
    assert compare(left, right).outcome == outcome
    assert compare(right, left) == compare(left, right)


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


def test_one_lei_is_the_same_and_two_are_different() -> None:
    assert compare("Acme", "Zeta", facts=({"lei": "A1"}, {"lei": "a1"})).outcome == "same"
    assert compare("Acme", "Acme Inc.", facts=({"lei": "A1"}, {"lei": "B2"})).outcome == "different"


def test_one_seat_strengthens_a_suggestion_and_makes_none() -> None:
    alone = compare("vRad", "Virtual Radiologic")
    together = compare(
        "vRad", "Virtual Radiologic", facts=({"headquarters": "Ohio"}, {"headquarters": "Ohio"})
    )
    apart = compare("vRad", "Virtual Radiologic", facts=({"headquarters": "Ohio"}, {"headquarters": "Iowa"}))
    assert apart.score < alone.score < together.score
    assert together.outcome == "suggest"
    assert "both in Ohio" in together.reason
    assert (
        compare("Acme", "Zeta", facts=({"headquarters": "Ohio"}, {"headquarters": "Ohio"})).outcome
        == "different"
    )


@pytest.mark.parametrize(
    "name", ["", "!!!", "株式会社", "Inc.", "The", "&", "A", "ООО Ромашка", "İstanbul A.Ş."]
)
def test_any_name_compares_with_itself(name: str) -> None:
    assert compare(name, name).score >= 0


@pytest.mark.parametrize("module", [graph.ids, ingest.legal_forms, ingest.names, ingest.numerals])
def test_examples_in_docstrings(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
