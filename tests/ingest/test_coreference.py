"""Who "it", "we" and "the company" are."""

from __future__ import annotations

import pytest

from graph.model import Mention
from ingest.extract import coreference
from tests.ingest.marked import marked

RELEASE = (
    "Aidoc Opens Office in Berlin\n\n"
    "TEL AVIV - Aidoc, a maker of imaging software, has opened an office in Berlin. "
    "The company said it would hire forty people.\n\n"
    "About Aidoc\nAidoc sells software to hospitals. Our products are used in forty countries."
)


def _named(text: str, *companies: str) -> tuple[list[Mention], tuple[Mention, ...]]:
    document, mentions = marked(text, dict.fromkeys(companies, "Company"))
    return mentions, coreference.resolve(document, mentions)


@pytest.mark.parametrize("form", ["The company", "it", "Our"])
def test_references_in_a_release_mean_the_releasing_company(form: str) -> None:
    _, found = _named(RELEASE, "Aidoc")
    names = {m.name for m in found if m.text == form and m.form != "name"}
    assert names == {"Aidoc"}


def test_names_are_kept_as_they_came() -> None:
    given, found = _named(RELEASE, "Aidoc")
    assert [m for m in found if m.form == "name"] == given


def test_a_reference_keeps_its_own_words_and_place() -> None:
    _, found = _named(RELEASE, "Aidoc")
    for mention in found:
        assert RELEASE[mention.start : mention.end] == mention.text


def test_it_means_the_company_that_was_the_subject() -> None:
    text = "Siemens Energy has bought Trench Group from Triton. It paid 400 million euros for the business."
    _, found = _named(text, "Siemens Energy", "Trench Group", "Triton")
    assert [m.name for m in found if m.text == "It"] == ["Siemens Energy"]


def test_a_text_without_companies_resolves_nothing() -> None:
    _, found = _named("It was a cold day. We went home.")
    assert found == ()


def test_us_the_country_is_no_pronoun() -> None:
    _, found = _named("Aidoc sells in the US and IT is its market.", "Aidoc")
    assert {m.text for m in found if m.form != "name"} == {"its"}


def test_a_score_is_the_share_of_all_weights() -> None:
    _, found = _named(RELEASE, "Aidoc")
    assert all(0 < m.score <= 1 for m in found)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Aidoc sells software in the U.S. The company employs forty people.", "The company"),
        ("Aidoc makes software. The Company has forty sites.", "The Company"),
        ("Aidoc makes software. The head of the firm resigned.", "the firm"),
    ],
)
def test_a_reference_is_its_own_noun_phrase(text: str, form: str) -> None:
    """It does not begin in the sentence before, nor with another noun; defined terms have capitals."""
    _, found = _named(text, "Aidoc")
    assert [m.text for m in found if m.form == "nominal"] == [form]


def test_who_signs_a_letter_is_its_we() -> None:
    text = (
        "Bravo AS reads for Acme Imaging in Oslo. Bravo AS also reads for others.\n"
        "This changes nothing about our partnership with Corvid.\n"
        "“We are not for sale,” said Dana Whit of Bravo AS.\n"
        "Press Office\nAcme Imaging\n"
    )
    names = {"Acme Imaging": "Company", "Bravo AS": "Company", "Corvid": "Company"}
    found = coreference.resolve(*marked(text, names))
    assert [m.name for m in found if m.text == "our"] == ["Acme Imaging"]
    unsigned = coreference.signer(text.replace("Acme Imaging\n", ""), marked(text, names)[1])
    assert unsigned is None
