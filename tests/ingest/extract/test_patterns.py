"""The specification of the patterns: sentences with what they claim, and those that claim nothing.

In brackets stand mentions: [Acme] a company, [P:Bolt] a product, [R:Oslo] a region, [O:FDA] an organization.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.model import Document, Mention
from ingest.evaluation import document_of
from ingest.extract.details import detail_of
from ingest.extract.patterns import find_claims
from ingest.extract.regions import find_regions
from ingest.training.data import Annotated

REPORT = Path(__file__).parents[3] / "../shared/corpus/report/teleradiology-services-market.txt"
KINDS = {"": "Company", "P": "Product", "R": "Region", "O": "Organization", "M": "Market"}


def marked(text: str) -> tuple[Document, list[Mention]]:
    plain, mentions, at = "", [], 0
    for match in re.finditer(r"\[(?:(\w):)?([^\]]+)\]", text):
        plain += text[at : match.start()]
        mentions.append(
            Mention(len(plain), len(plain) + len(match[2]), match[2], KINDS[match[1] or ""], match[2])
        )
        plain += match[2]
        at = match.end()
    return document_of(Annotated("d", plain + text[at:], (), ())), mentions


def claims(text: str) -> set[tuple[str, str, str, str]]:
    return {(c.subject, c.predicate, c.object, c.status) for c in find_claims(*marked(text))}


SAID = [
    ("[Acme] partners with [Borea].", "Acme", "partners_with", "Borea", "current"),
    ("[Acme]’s partnership with [Borea] grows.", "Acme", "partners_with", "Borea", "current"),
    ("[Acme] has signed a distribution agreement with [Borea].", "Acme", "partners_with", "Borea", "current"),
    ("[Acme] signed a letter of intent with [Borea].", "Acme", "partners_with", "Borea", "planned"),
    ("[Acme] terminated its partnership with [Borea].", "Acme", "partners_with", "Borea", "ended"),
    (
        "The joint venture between [Acme] and [Borea] sells locks.",
        "Acme",
        "partners_with",
        "Borea",
        "current",
    ),
    ("[Acme] acquired [Borea] in March 2023.", "Acme", "acquired", "Borea", "current"),
    ("[Borea] was acquired by [Acme].", "Acme", "acquired", "Borea", "current"),
    ("[Acme] has agreed to acquire the Danish lock maker [Borea].", "Acme", "acquired", "Borea", "announced"),
    ("[Acme] is in talks to buy [Borea].", "Acme", "acquired", "Borea", "rumoured"),
    ("[Acme] denied that it will acquire [Borea].", "Acme", "acquired", "Borea", "denied"),
    ("[Acme] merged with [Borea] last year.", "Acme", "merged_with", "Borea", "current"),
    (
        "[Acme], a wholly owned subsidiary of [Borea], sells locks.",
        "Acme",
        "subsidiary_of",
        "Borea",
        "current",
    ),
    ("[Acme] is owned by [Borea].", "Acme", "subsidiary_of", "Borea", "current"),
    ("[Acme] is affiliated with [Borea].", "Acme", "affiliated_with", "Borea", "current"),
    ("[Acme] is not affiliated with [Borea].", "Acme", "affiliated_with", "Borea", "denied"),
    ("[Acme] holds a 12% stake in [Borea].", "Acme", "invested_in", "Borea", "current"),
    ("[Acme] invested $5 million in [Borea].", "Acme", "invested_in", "Borea", "current"),
    ("[Borea] raised $5 million in a round led by [Acme].", "Acme", "invested_in", "Borea", "current"),
    ("[Acme] selected [Borea] for its locks.", "Acme", "customer_of", "Borea", "current"),
    ("[Borea] supplies steel bolts to [Acme].", "Acme", "customer_of", "Borea", "current"),
    ("[Acme] buys steel from [Borea].", "Acme", "customer_of", "Borea", "current"),
    ("[Acme] competes with [Borea].", "Acme", "competes_with", "Borea", "current"),
    ("[Acme] launched the [P:Bolt] platform.", "Acme", "offers", "Bolt", "current"),
    ("[P:Bolt], developed by [Acme], is new.", "Acme", "offers", "Bolt", "current"),
    ("[Acme] opened two offices in [R:Oslo].", "Acme", "operates_in", "Oslo", "current"),
    ("[Acme] will expand into [R:Norway].", "Acme", "operates_in", "Norway", "planned"),
    ("[Acme] is headquartered in [R:Oslo], [R:Norway].", "Acme", "headquartered_in", "Norway", "current"),
    ("[R:Israel]-based [Acme] grows.", "Acme", "headquartered_in", "Israel", "current"),
    ("[Acme] received clearance from the [O:FDA].", "Acme", "regulated_by", "FDA", "current"),
    ("[Acme] won [O:FDA] approval.", "Acme", "regulated_by", "FDA", "current"),
    ("[Acme] ([O:NASDAQ]: ACME) will speak.", "Acme", "listed_on", "NASDAQ", "current"),
    ("[Acme] is listed on the [O:Oslo Exchange].", "Acme", "listed_on", "Oslo Exchange", "current"),
    ("[Acme] is a member of the [O:Lock League].", "Acme", "member_of", "Lock League", "current"),
    (
        "[Acme] is a leading provider in the [M:Smart Lock Market].",
        "Acme",
        "active_in",
        "Smart Lock Market",
        "current",
    ),
]


@pytest.mark.parametrize(("text", "subject", "predicate", "obj", "status"), SAID)
def test_a_sentence_claims(text: str, subject: str, predicate: str, obj: str, status: str) -> None:
    assert (subject, predicate, obj, status) in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "[Acme] and [Borea] attended the fair.",
        "[Acme], [Borea] and [Cirrus] are companies.",
        "[Acme] bought two machines for its plant. [Borea] sells none.",
        "[Acme] acquired the radiology unit of [Borea].",
        "Shares of [Acme] fell, and those of [Borea] rose.",
        "Analysts at [Acme] rate [Borea] a buy.",
        "[Acme] grew in [R:Norway]’s shadow.",
        "[Acme] hired a director who had led [Borea].",
        "Is [Acme] buying [Borea]?",
        "Partnerships with universities further [Acme].",
    ],
)
def test_a_sentence_claims_nothing(text: str) -> None:
    assert claims(text) == set()


def test_a_list_gives_each_member_the_relation_to_its_head_alone() -> None:
    assert claims("[Acme] partners with [Borea], [Cirrus] and [Dorado].") == {
        ("Acme", "partners_with", name, "current") for name in ("Borea", "Cirrus", "Dorado")
    }


def test_an_apposition_does_not_leak() -> None:
    text = (
        "At the [vRad] practice, affiliated with [RP], AI partnerships with [Aidoc] and [Rad AI] have begun."
    )
    assert claims(text) == {
        ("vRad", "affiliated_with", "RP", "current"),
        ("vRad", "partners_with", "Aidoc", "current"),
        ("vRad", "partners_with", "Rad AI", "current"),
    }


def test_two_sentences_do_not_mix() -> None:
    assert claims("[Acme] partners with nobody. [Borea] sells locks.") == set()


def test_every_quote_is_at_its_place() -> None:
    document, mentions = marked(
        "It is late. [Acme Inc.] partners with [Borea]. [Acme Inc.] acquired [Cirrus]."
    )
    found = find_claims(document, mentions)
    assert len(found) == 2
    for evidence in (e for c in found for e in c.evidence):
        assert document.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.subject_form in evidence.quote
        assert evidence.object_form in evidence.quote


def test_a_claim_bears_its_date() -> None:
    (claim,) = find_claims(*marked("[Acme] acquired [Borea] in March 2023."))
    assert claim.date == "2023-03"


@pytest.mark.parametrize(
    ("sentence", "detail"),
    [
        ("with 16 teleradiology sites already live and eight more slated", "16 sites live"),
        ("a distribution agreement for 40 stores", "distribution, 40 stores"),
        ("their joint venture", "joint venture"),
        ("they work together", None),
    ],
)
def test_the_detail_tells_kind_and_figures(sentence: str, detail: str | None) -> None:
    assert detail_of("partners_with", sentence) == detail


def test_a_detail_takes_its_kind_from_the_line_above_and_its_figures_from_its_own() -> None:
    above = "Resellers, 36 sites in all:"
    assert detail_of("partners_with", "Borea, 11 sites live", above) == "resale, 11 sites live"
    assert detail_of("partners_with", "Borea", above) == "resale"


def test_a_deal_tells_its_sum_or_share_and_other_claims_tell_none() -> None:
    assert detail_of("acquired", "Acme bought Borea for $24 million.") == "$24 million"
    assert detail_of("invested_in", "Acme holds a 24% stake in Borea.") == "24% stake"
    assert detail_of("offers", "Acme makes 24 units.") is None


def test_the_report_gives_exactly_its_claims() -> None:
    if not REPORT.exists():
        pytest.skip("the shared report is not beside the project")
    document = document_of(Annotated("report", REPORT.read_text("utf-8"), (), ()))
    found = find_claims(document, _report_mentions(document))
    said = {(c.subject, c.predicate, c.object, c.status) for c in found if c.predicate != "active_in"}
    assert said == {
        ("vRad", "partners_with", "Aidoc", "current"),
        ("vRad", "partners_with", "Rad AI", "current"),
        ("vRad", "affiliated_with", "Radiology Partners", "current"),
        ("Inspire Radiology", "partners_with", "INFINITT North America", "current"),
        ("Mosaic Clinical Technologies", "subsidiary_of", "Radiology Partners", "current"),
        ("Mosaic Clinical Technologies", "offers", "MosaicOS", "current"),
        ("Teleradiology Solutions", "operates_in", "India", "current"),
    }
    assert sum(c.predicate == "active_in" for c in found) == 20
    (inspire,) = (c for c in found if c.subject == "Inspire Radiology")
    assert inspire.detail
    assert "16 sites live" in inspire.detail


def _report_mentions(document: Document) -> list[Mention]:
    names = ["vRad", "Aidoc", "Rad AI", "Radiology Partners", "Inspire Radiology", "INFINITT North America"]
    names += ["Mosaic Clinical Technologies", "Teleradiology Solutions", "Envision Healthcare"]
    kinds = dict.fromkeys(names, "Company") | {"MosaicOS": "Product"}
    found = [
        Mention(m.start(), m.end(), name, kind, name)
        for name, kind in kinds.items()
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document.text)
    ]
    return [*found, *find_regions(document, [(m.start, m.end) for m in found])]
