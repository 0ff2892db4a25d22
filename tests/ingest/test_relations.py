"""What sentences claim, and what they do not."""

from __future__ import annotations

import re

import pytest

from graph import vocabulary
from graph.model import Block, Claim, Document, Mention
from graph.projection import SHOWN_CONFIDENCE
from ingest.extract import coreference, pairs, relations
from ingest.extract.units import line_kind
from tests.ingest.marked import marked

KINDS = {
    "Aidoc": "Company",
    "vRad": "Company",
    "Rad AI": "Company",
    "Siemens Energy": "Company",
    "Trench Group": "Company",
    "Norvik Shipping": "Company",
    "Tel Aviv": "Region",
    "Germany": "Region",
    "NASDAQ": "Organization",
    "FDA": "Organization",
    "BriefCase": "Product",
}


def _claims(text: str) -> dict[tuple[str, str, str], Claim]:
    document, mentions = marked(text, {n: k for n, k in KINDS.items() if n in text})
    found = relations.find_claims(document, coreference.resolve(document, mentions))
    return {(c.subject, c.predicate, c.object): c for c in found if c.score >= 0.5}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Aidoc (NASDAQ: AIDC) today announced its results.", ("Aidoc", "listed_on", "NASDAQ")),
        ("Siemens Energy has acquired Trench Group.", ("Siemens Energy", "acquired", "Trench Group")),
        (
            "Trench Group was acquired by Siemens Energy in 2024.",
            ("Siemens Energy", "acquired", "Trench Group"),
        ),
        ("Aidoc and vRad have announced a partnership.", ("Aidoc", "partners_with", "vRad")),
        (
            "Trench Group is a subsidiary of Siemens Energy.",
            ("Trench Group", "subsidiary_of", "Siemens Energy"),
        ),
        ("Aidoc is headquartered in Tel Aviv.", ("Aidoc", "headquartered_in", "Tel Aviv")),
    ],
)
def test_a_plain_sentence_makes_its_claim(text: str, claim: tuple[str, str, str]) -> None:
    assert claim in _claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Aidoc showed its software in a hall. Norvik Shipping lost a vessel in a storm.",
        "Analysts follow Aidoc, Rad AI and vRad.",
    ],
)
def test_companies_named_together_claim_nothing(text: str) -> None:
    assert _claims(text) == {}


def test_a_denied_deal_is_not_shown_as_current() -> None:
    found = _claims("Siemens Energy denied reports that it is to acquire Trench Group.")
    assert all(c.status not in vocabulary.shown_statuses() for c in found.values())


def test_every_quote_stands_in_the_text() -> None:
    text = "Aidoc is based in Tel Aviv.\n\nPartners of Aidoc:\n- vRad\n- Rad AI\n"
    document, mentions = marked(text, {n: k for n, k in KINDS.items() if n in text})
    for claim in relations.find_claims(document, mentions):
        for evidence in claim.evidence:
            assert text[evidence.start : evidence.end] == evidence.quote


def test_list_items_are_candidates_with_the_line_above_them() -> None:
    text = "Partners of Aidoc include:\n- vRad\n- Rad AI\n"
    document, mentions = marked(text, {n: k for n, k in KINDS.items() if n in text})
    found = {(p.first.name, p.second.name, p.link) for p in pairs.read(document, mentions).pairs}
    assert found == {("Aidoc", "vRad", "head"), ("Aidoc", "Rad AI", "head")}


PROFILE = "Profile\n\nLegal name: Aidoc\nSeat: Tel Aviv\nSold in: Germany\nPartner: vRad\n"


def test_lines_of_a_profile_stand_under_its_company() -> None:
    document, mentions = marked(PROFILE, {n: k for n, k in KINDS.items() if n in PROFILE})
    found = {(p.first.name, p.second.name) for p in pairs.read(document, mentions).pairs}
    assert {("Aidoc", "Tel Aviv"), ("Aidoc", "Germany"), ("Aidoc", "vRad")} <= found


def test_a_heading_that_names_no_company_stands_under_one_that_does() -> None:
    text = "About Aidoc\n\nOffices\n\n- Tel Aviv\n- Germany\n"
    document, mentions = marked(text, {n: k for n, k in KINDS.items() if n in text})
    found = {(p.first.name, p.second.name, p.link) for p in pairs.read(document, mentions).pairs}
    assert found == {("Aidoc", "Tel Aviv", "head"), ("Aidoc", "Germany", "head")}


def test_a_numbered_company_is_a_heading_though_its_legal_form_ends_in_a_full_stop() -> None:
    assert line_kind("4.2 Mirador Electrónica, S.A.") == "heading"
    assert line_kind("Mirador was sold to Indra S.A.") == "sentence"


def test_the_same_document_gives_the_same_claims() -> None:
    text = "Aidoc, based in Tel Aviv, works with vRad. FDA cleared its BriefCase platform for Germany."
    document, mentions = marked(text, {n: k for n, k in KINDS.items() if n in text})
    assert relations.find_claims(document, mentions) == relations.find_claims(document, mentions)


def test_an_empty_document_claims_nothing() -> None:
    document, mentions = marked("No names here.", {})
    assert relations.find_claims(document, mentions) == ()


def test_no_window_is_wider_than_the_encoder() -> None:
    """A long title, a long heading and a sentence that speaks of all that stands above it."""
    long = " and ".join(f"Company{n} Holdings" for n in range(70))
    text = f"{long}\n\n{long}:\n- Acme, a partner of Zenith, {long}\n- Zenith acquired Acme, {long}\n"
    names = [f"Company{n} Holdings" for n in range(70)] + ["Acme", "Zenith"]
    mentions = sorted(
        (
            Mention(m.start(), m.end(), m.group(), "Company", m.group())
            for name in names
            for m in re.finditer(rf"\b{name}\b", text)
        ),
        key=lambda m: m.start,
    )
    document = Document("d", "d.txt", text, (Block("paragraph", 0, len(text.rstrip())),))
    found = pairs.windows(pairs.read(document, mentions))
    assert found
    assert max(len(window.ids) for window in found) <= pairs.WIDEST


@pytest.mark.parametrize(
    ("status", "share", "shown"), [("current", 0.95, True), ("current", 0.8, False), ("ended", 0.8, True)]
)
def test_a_claim_with_an_open_status_is_no_fact(status: str, share: float, shown: bool) -> None:
    key = relations.Key("Acme", "Company", "acquired", "Zenith", "Company")
    proposal = relations.Proposal(key, (), (), status, share)
    assert (relations.highest(proposal) >= SHOWN_CONFIDENCE) is shown
