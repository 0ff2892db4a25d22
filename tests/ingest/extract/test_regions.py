"""Which words are regions, and what lies in what."""

from __future__ import annotations

import pytest

from graph.model import Document
from ingest.extract.regions import canonical_region, direct_parents, find_regions, parents


def regions(text: str) -> list[str]:
    return [m.text for m in find_regions(Document("d", "d.txt", text, ()))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sells in Georgia, Florida and the U.S. The end.", ["Georgia", "Florida", "U.S."]),
        ("Acme of Austin, TX has an office in Tel Aviv, Israel.", ["Austin", "TX", "Tel Aviv", "Israel"]),
        ("Growth in Europe, Middle East & Africa and APAC.", ["Europe, Middle East & Africa", "APAC"]),
        ("Offices in Reading, England and Mobile, Alabama.", ["Reading", "England", "Mobile", "Alabama"]),
        ("DALLAS, Texas, May 3 - It opens.", ["DALLAS", "Texas"]),
        ("From Germany’s DACH market to Southeast Asia.", ["DACH", "Southeast Asia"]),
        ("Jordan and Egypt", ["Egypt"]),
    ],
)
def test_regions_are_found(text: str, expected: list[str]) -> None:
    assert set(expected) <= set(regions(text))


@pytest.mark.parametrize(
    "text",
    [
        "We ate turkey and chad in a jersey.",
        "Michael Jordan called.",
        "A Mobile app for Reading and Nice people.",
        "MRI, CT and X-ray services.",
        "Tell us or Us, in or OR.",
        "Boston Scientific and Bank of America.",
        "It is listed on the London Stock Exchange.",
        "the University of Texas",
        "Indian and Chinese rivals",
    ],
)
def test_what_only_looks_like_a_region_is_none(text: str) -> None:
    assert regions(text) == []


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("U.S.", "United States"),
        ("USA", "United States"),
        ("The Netherlands", "Netherlands"),
        ("APAC", "Asia-Pacific"),
        ("Asia Pacific", "Asia-Pacific"),
        ("Europe, Middle East and Africa", "EMEA"),
        ("GCC", "GCC"),
        ("TX", "Texas"),
        ("DALLAS", "Dallas"),
        ("Indian", None),
        ("Acme", None),
    ],
)
def test_a_region_has_one_canonical_name(name: str, canonical: str | None) -> None:
    assert canonical_region(name) == canonical


def test_a_country_lies_in_several_business_regions() -> None:
    assert {"DACH", "European Union", "Europe", "EMEA"} <= set(parents("Germany"))
    assert "Asia-Pacific" in parents("Australia")
    assert {"North America", "Americas"} <= set(parents("U.S."))
    assert {"MENA", "EMEA", "GCC"} <= set(parents("UAE"))


def test_a_city_lies_in_its_state_and_country() -> None:
    assert direct_parents("Houston") == ("Texas",)
    assert "Americas" in parents("Houston")


def test_no_region_lies_in_itself() -> None:
    assert all(name not in parents(name) for name in ("Europe", "Asia", "Africa", "EMEA", "Americas", "MENA"))


def test_a_mention_bears_the_fullest_name_in_its_document() -> None:
    document = Document("d", "d.txt", "The U.S. and the United States.", ())
    assert {m.name for m in find_regions(document)} == {"United States"}


def test_a_region_inside_a_longer_name_is_left_out() -> None:
    document = Document("d", "d.txt", "INFINITT North America", ())
    assert find_regions(document, [(0, 22)]) == ()
