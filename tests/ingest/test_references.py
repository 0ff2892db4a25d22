"""Reference lists: what joins rows and names, and what never does."""

from __future__ import annotations

import doctest
from itertools import permutations

import pytest

import ingest.listings
from graph.model import Document, Mention, Record
from ingest.listings import Row, listings
from ingest.resolve import resolve

ACME = {"name": "Acme Holdings", "aliases": "Acme;ACM", "lei": "529900T8BM49AURSDO55"}
BOREA = {"name": "Borea Health", "ticker": "BRA", "exchange": "Nasdaq"}


def naming(text: str, *names: str) -> Record:
    mentions = (Mention(text.index(n), text.index(n) + len(n), n, "Company", n) for n in names)
    return Record(Document(text, "a.txt", text, ()), tuple(mentions), (), "test")


def names_together(*rows: Row, text: str, names: tuple[str, ...]) -> set[frozenset[str]]:
    """The names of each entity, aliases that only the lists give left out."""
    found = resolve([naming(text, *names)], references=rows).entities
    return {frozenset({e["name"], *e["aliases"]} & set(names)) for e in found}


def test_names_of_one_row_are_one_company() -> None:
    (entity,) = resolve(
        [naming("ACM, Acme Holdings Inc.", "ACM", "Acme Holdings Inc.")], references=[ACME]
    ).entities
    assert (entity["name"], entity["lei"]) == ("Acme Holdings", ACME["lei"])
    assert {"Acme", "ACM", "Acme Holdings Inc."} <= set(entity["aliases"])


def test_a_list_makes_no_entity_that_no_document_names() -> None:
    assert resolve([naming("Zeta grows.", "Zeta")], references=[ACME]).entities[0]["name"] == "Zeta"


def test_the_entity_says_which_list_names_it() -> None:
    (entity,) = resolve([naming("Acme grows.", "Acme")], references=[ACME | {"list": "crm.csv"}]).entities
    assert entity["list"] == "crm.csv"


@pytest.mark.parametrize(
    "mark",
    [
        {"lei": "529900T8BM49AURSDO55"},
        {"ticker": "NASDAQ:ABC"},
        {"ticker": "ABC", "exchange": "Nasdaq"},
    ],
)
def test_rows_of_one_lei_or_of_one_ticker_on_one_exchange_are_one_company(mark: Row) -> None:
    rows = {"name": "Acme", **mark}, {"name": "Zeta Corp", **mark}
    assert names_together(*rows, text="Acme, Zeta.", names=("Acme", "Zeta")) == {frozenset({"Acme", "Zeta"})}


def test_one_ticker_without_an_exchange_joins_nothing() -> None:
    rows = {"name": "Acme", "ticker": "ABC"}, {"name": "Zeta", "ticker": "ABC"}
    assert len(names_together(*rows, text="Acme, Zeta.", names=("Acme", "Zeta"))) == 2


def test_a_ticker_in_a_text_meets_that_of_a_list() -> None:
    text = "Nordlicht (NASDAQ: BRA) and Borea Health."
    assert len(names_together(BOREA, text=text, names=("Nordlicht", "Borea Health"))) == 1


def test_one_web_domain_needs_agreeing_names() -> None:
    one, other = (
        {"name": "Acme Imaging", "website": "https://www.acme.com/"},
        {"name": "Acme Labs", "website": "acme.com"},
    )
    assert (
        len(names_together(one, other, text="Acme Imaging, Acme Labs.", names=("Acme Imaging", "Acme Labs")))
        == 1
    )
    zeta = {"name": "Zeta", "website": "acme.com"}
    assert len(names_together(one, zeta, text="Acme Imaging, Zeta.", names=("Acme Imaging", "Zeta"))) == 2


def test_two_leis_are_two_companies_whatever_else_agrees() -> None:
    shared = {"ticker": "NYSE: A", "website": "acme.com"}
    rows = [{"name": "Acme North", "lei": "A1", **shared}, {"name": "Acme South", "lei": "B2", **shared}]
    found = listings(rows)
    assert found.of("Company", "Acme North") != found.of("Company", "Acme South")


def test_a_name_of_two_companies_says_nothing() -> None:
    rows = {"name": "Alpha Beta", "aliases": "AB"}, {"name": "Apex Bone", "aliases": "AB"}
    assert listings(rows).of("Company", "AB") is None


def test_another_legal_form_is_not_the_listed_company() -> None:
    assert listings([{"name": "Merck KGaA"}]).of("Company", "Merck & Co.") is None


@pytest.mark.parametrize(
    "rows", list(permutations([ACME, BOREA, {"name": "ACM", "lei": ACME["lei"].lower()}]))
)
def test_order_of_rows_changes_nothing(rows: tuple[Row, ...]) -> None:
    assert listings(rows) == listings([ACME, BOREA, {"name": "ACM", "lei": ACME["lei"].lower()}])


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(ingest.listings).failed == 0
