"""Which lists are lists of players, and what they claim."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import Document
from ingest.evaluation import document_of
from ingest.extract.lists import find_players, is_acronym, market_mentions, named_again
from ingest.training.data import Annotated

REPORT = Path(__file__).parents[3] / "../shared/corpus/report/teleradiology-services-market.txt"
LISTED = [
    "Alliance HealthCare Services, Inc.",
    "Dignity Health Global Radiology",
    "Envision Healthcare Corporation",
    "Imaging Advantage",
    "Mednax, Inc.",
    "Radiology Assist",
    "Radiology Express",
    "Radiology Partners, Inc.",
    "Radisphere National Radiology Group",
    "RadNet, Inc.",
    "StatRad LLC",
    "TeleDiagnosys Services Pvt. Ltd.",
    "Telerad Tech Pvt. Ltd.",
    "Teleradiology Solutions",
    "Telrad Solutions",
    "US Radiology Specialists",
    "Vesta Teleradiology",
    "Virtual Radiologic Professionals, LLC",
    "Vision Radiology Consortium",
    "vRad",
]


def plain(text: str) -> Document:
    return document_of(Annotated("d", text, (), ()))


def players(text: str) -> list[tuple[str, str]]:
    return [(c.subject, c.object) for c in find_players(plain(text))[1]]


def test_items_under_a_sentence_on_players_are_active_in_its_market() -> None:
    text = (
        "The report names the principal players in the Sleep Apnea Devices market."
        "\n- Acme Inc.\n- bluSky\n- Cirrus 9"
    )
    market = "Sleep Apnea Devices market"
    assert players(text) == [("Acme Inc.", market), ("bluSky", market), ("Cirrus 9", market)]


def test_a_heading_introduces_a_list_and_the_text_before_names_the_market() -> None:
    text = (
        "The Smart Lock Market grows fast and will go on to do so."
        "\nKey Companies Profiled\n• Acme AG\n• Borea Oy"
    )
    assert players(text) == [("Acme AG", "Smart Lock Market"), ("Borea Oy", "Smart Lock Market")]


def test_what_is_said_of_an_item_is_no_part_of_its_name() -> None:
    text = (
        "Vendors in the Smart Lock market:"
        "\n- Acme Corp. (Germany)\n- Borea – maker of bolts\n- Cirrus, a start-up"
    )
    assert [s for s, _ in players(text)] == ["Acme Corp.", "Borea", "Cirrus"]


def test_an_acronym_behind_an_item_is_another_form_of_it() -> None:
    mentions, _ = find_players(
        plain("Providers in the Smart Lock market:\n- Telerad Solutions (TRS)\n- Acme Inc.")
    )
    assert [(m.text, m.name) for m in mentions if m.text == "TRS"] == [("TRS", "Telerad Solutions")]


def test_every_quote_is_at_its_place_and_has_both_forms() -> None:
    document = plain("Few things last. These are vendors in the Smart Lock market:\n- Acme Inc.\n- Borea")
    for claim in find_players(document)[1]:
        (e,) = claim.evidence
        assert document.text[e.start : e.end] == e.quote
        assert e.subject_form in e.quote
        assert e.object_form in e.quote
        assert e.quote.startswith("These are")


@pytest.mark.parametrize(
    "text",
    [
        (
            "This report categorizes the Smart Lock market into segments for providers."
            "\n- Delivery Model\n- End User"
        ),
        "Key regions that drive the players of the Smart Lock market.\n- Americas\n- Asia-Pacific",
        (
            "This section outlines the chapters on players in the Smart Lock market."
            "\n- Preface\n- Competitive Landscape"
        ),
        "What companies ask on the Smart Lock market.\n- How big is the market?\n- When do I get the report?",
        (
            "Trends for providers in the Smart Lock market:"
            "\n- growing demand for locks at home\n- falling prices of chips"
        ),
        "The Smart Lock market has modules.\n- Door\n- Window",
    ],
)
def test_other_lists_give_nothing(text: str) -> None:
    assert players(text) == []


def test_two_legal_forms_make_a_list_of_companies_without_a_market() -> None:
    mentions, claims = find_players(plain("They took part.\n- Acme Inc.\n- Borea Ltd.\n- Cirrus"))
    assert [m.name for m in mentions] == ["Acme Inc.", "Borea Ltd.", "Cirrus"]
    assert claims == ()


def test_forms_of_a_market_that_differ_in_case_are_one() -> None:
    document = plain("The Smart Lock market was small. Today the global Smart Lock Market is big, and so on.")
    assert {m.name for m in market_mentions(document)} == {"Smart Lock Market"}


def test_an_acronym_takes_letters_in_order() -> None:
    assert is_acronym("TRS", "Teleradiology Solutions")
    assert not is_acronym("SRT", "Teleradiology Solutions")


def test_the_report_lists_exactly_its_twenty_players() -> None:
    if not REPORT.exists():
        pytest.skip("the shared report is not beside the project")
    _, claims = find_players(plain(REPORT.read_text("utf-8")))
    assert [c.subject for c in claims] == LISTED
    assert {(c.predicate, c.object, c.status) for c in claims} == {
        ("active_in", "Teleradiology Services Market", "current")
    }


def test_a_listed_name_of_several_words_is_found_in_the_text() -> None:
    text = "Telrad Solutions opened a hub; StatRad did not.\n\nKey players in the teleradiology market:\n- Telrad Solutions\n- StatRad\n- Imaging Advantage\n"
    document = document_of(Annotated("d", text, (), ()))
    players = [m for m in find_players(document)[0] if m.kind == "Company"]
    again = {(m.start, m.text) for m in named_again(document, players)}
    assert (0, "Telrad Solutions") in again
    assert all(text[start:].startswith(name) for start, name in again)
    assert not any(name == "StatRad" for _, name in again)
