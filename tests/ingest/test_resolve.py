"""Names to entities, and what must not depend on the order in which documents came."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Claim, Document, Evidence, Mention, Record
from ingest.judgements import Judgement
from ingest.resolve import as_of, resolve

NAMES = ["Acme", "Acme Inc.", "Apex Imaging", "Apex Imaging LLC", "Borea", "Borea North America", "vRad"]
STATUSES = ["current", "announced", "planned", "rumoured", "denied", "ended"]


def document(
    text: str, *, published: str | None = None, publisher: str | None = None, id: str = ""
) -> Document:
    return Document(id or f"doc-{text}", "a.txt", text, (), published=published, publisher=publisher)


def record(
    left: str, right: str, status: str = "current", *, published: str | None = None, id: str = ""
) -> Record:
    text = f"{left} and {right} are partners, {status}."
    quote = Evidence(id or f"doc-{text}", 0, len(text), text, left, right, "rule", 0.8)
    claim = Claim(left, "Company", "partners_with", right, "Company", status, (quote,))
    start = len(left) + 5
    mentions = (
        Mention(0, len(left), left, "Company", left),
        Mention(start, start + len(right), right, "Company", right),
    )
    return Record(document(text, published=published, id=id), mentions, (claim,), "test")


def naming(text: str, *names: str) -> Record:
    """A document that names companies and claims nothing."""
    mentions = (Mention(text.index(n), text.index(n) + len(n), n, "Company", n) for n in names)
    return Record(document(text), tuple(mentions), (), "test")


def ids(*records: Record, judgements: tuple[Judgement, ...] = ()) -> set[str]:
    return {e["id"] for e in resolve(records, judgements).entities}


@st.composite
def records(draw: st.DrawFn) -> list[Record]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES),
                st.sampled_from(NAMES),
                st.sampled_from(STATUSES),
                st.sampled_from([None, "2023", "2024-03", "2024-03-08"]),
            ),
            min_size=1,
            max_size=8,
            unique=True,
        )
    )
    return [record(a, b, s, published=d, id=f"d{i}") for i, (a, b, s, d) in enumerate(rows) if a != b]


@settings(max_examples=60, deadline=None)
@given(records(), st.randoms())
def test_order_of_records_changes_nothing(found: list[Record], random: object) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(shuffled) == resolve(found)


@settings(max_examples=60, deadline=None)
@given(records(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_merge_that_is_undone_leaves_no_trace(found: list[Record], left: str, right: str) -> None:
    same = Judgement("same", left, right, "Company", "ann", "2024-01-01")
    undo = Judgement("undo", same.id, who="ann", when="2024-01-02")
    before = resolve(found).fingerprint()
    assert resolve(found, [same, undo]).fingerprint() == before
    assert resolve(found, [undo, same]).fingerprint() == before


@settings(max_examples=40, deadline=None)
@given(records())
def test_a_document_retracted_and_read_again_gives_the_same_graph(found: list[Record]) -> None:
    for i in range(len(found)):
        assert resolve([*found[:i], *found[i + 1 :], found[i]]) == resolve(found)


@settings(max_examples=40, deadline=None)
@given(records(), st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=3))
def test_order_of_judgements_changes_nothing(found: list[Record], pairs: list[tuple[str, str]]) -> None:
    decided = [Judgement("same", a, b, "Company") for a, b in pairs if a != b]
    results = {resolve(found, order).fingerprint() for order in permutations(decided)}
    assert len(results) == 1


def test_legal_form_and_case_make_no_second_company() -> None:
    assert ids(
        naming("Radiology Partners", "Radiology Partners"),
        naming("RADIOLOGY PARTNERS, Inc.", "RADIOLOGY PARTNERS, Inc."),
    ) == {"company:radiology-partners"}


def test_acronym_stated_in_a_text_joins_across_documents() -> None:
    stated = naming("Teleradiology Solutions (TRS) reads images.", "Teleradiology Solutions", "TRS")
    (entity,) = resolve([stated, naming("TRS grows.", "TRS")]).entities
    assert {entity["id"], *entity["retired"]} == {"company:teleradiology-solutions", "company:trs"}


def test_acronym_of_two_companies_joins_neither() -> None:
    one = naming("Alpha Beta Care (ABC) grows.", "Alpha Beta Care", "ABC")
    two = naming("Apex Bone Clinic (ABC) grows.", "Apex Bone Clinic", "ABC")
    assert len(ids(one, two)) == 3


def test_former_name_joins() -> None:
    assert (
        len(ids(naming("Zeta Health, formerly known as Omega Care, grows.", "Zeta Health", "Omega Care")))
        == 1
    )


def test_a_name_in_brackets_that_is_no_short_form_does_not_join() -> None:
    assert len(ids(naming("Zeta Health (Aidoc) grows.", "Zeta Health", "Aidoc"))) == 2


def test_same_ticker_joins() -> None:
    one = naming("RadNet (NASDAQ: RDNT) grows.", "RadNet")
    two = naming("Primedex Health (Nasdaq: RDNT) grows.", "Primedex Health")
    assert len(ids(one, two)) == 1


def test_qualifier_keeps_apart_and_says_so() -> None:
    same = resolve(
        [
            naming(
                "INFINITT Healthcare, INFINITT North America", "INFINITT Healthcare", "INFINITT North America"
            )
        ]
    ).same
    assert [(r["outcome"], r["reason"]) for r in same] == [
        ("different", "only one bears the qualifier 'north america'")
    ]


def test_vrad_is_suggested_and_not_merged() -> None:
    long = "Virtual Radiologic Professionals, LLC"
    found = resolve([naming(f"vRad. {long}", "vRad", long)])
    assert len(found.entities) == 2
    assert [(r["outcome"], "initials" in r["reason"]) for r in found.same] == [("suggest", True)]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("TRS", "Teleradiology Solutions"),
        ("Nabisco", "National Biscuit Company"),
        ("CalPERS", "California Public Employees' Retirement System"),
        ("SNBV", "Société nationale des bateaux à vapeur"),
        ("Borealmart", "Boreal-Mart Stores"),
    ],
)
def test_abbreviations_are_found_among_other_names(short: str, long: str) -> None:
    others = [f"{a}{b}o Works" for a in "BDFGK" for b in "aeiou"]
    found = resolve([naming(", ".join([short, long, *others]), short, long, *others)])
    names = {e["id"]: e["name"] for e in found.entities}
    assert {short, long} in [
        {names[r["left"]], names[r["right"]]} for r in found.same if r["outcome"] == "suggest"
    ]


def test_a_short_name_with_two_legal_forms_is_two_companies() -> None:
    found = resolve(
        [naming("Merck & Co. Merck KGaA", "Merck & Co.", "Merck KGaA"), naming("Merck KGaA.", "Merck KGaA")]
    )
    assert len(found.entities) == 2
    assert found.same[0]["outcome"] == "suggest"


def test_the_bare_name_goes_with_the_one_that_most_documents_name() -> None:
    told = [
        naming("Merck & Co. Merck KGaA Merck", "Merck & Co.", "Merck KGaA", "Merck"),
        naming("Merck KGaA.", "Merck KGaA"),
    ]
    assert {frozenset({e["name"], *e["aliases"]}) for e in resolve(told).entities} == {
        frozenset({"Merck KGaA", "Merck"}),
        frozenset({"Merck & Co."}),
    }


def test_a_retired_id_still_finds_the_merged_company() -> None:
    merge = Judgement("same", "company:vrad", "company:virtual-radiologic", why="their website")
    found = resolve([naming("vRad, Virtual Radiologic", "vRad", "Virtual Radiologic")], [merge])
    (entity,) = found.entities
    assert {entity["id"], *entity["retired"]} == {"company:vrad", "company:virtual-radiologic"}


def test_a_person_can_split_what_one_key_joined() -> None:
    split = Judgement("different", "Delta", "Delta Inc.", "Company")
    assert len(ids(naming("Delta. Delta Inc.", "Delta", "Delta Inc."), judgements=(split,))) == 2


def test_symmetric_claims_have_sorted_ends() -> None:
    found = resolve([record("Zeta", "Acme"), record("Acme", "Zeta")])
    assert [(c["subject"], c["object"]) for c in found.claims] == [("company:acme", "company:zeta")]


def test_rejected_claim_shows_no_edge_and_keeps_its_quote() -> None:
    before = resolve([record("Acme", "Borea")])
    reject = Judgement("reject", before.claims[0]["id"], why="misread")
    after = resolve([record("Acme", "Borea")], [reject])
    assert before.edges
    assert not after.edges
    assert after.evidence == before.evidence


def test_accepted_claim_stands_above_newer_sources() -> None:
    told = [record("Acme", "Borea", published="2023"), record("Acme", "Borea", "denied", published="2024")]
    claim = next(c["id"] for c in resolve(told).claims if c["status"] == "current")
    assert not resolve(told).edges
    assert resolve(told, [Judgement("accept", claim)]).edges[0]["status"] == "current"


def test_a_rejection_survives_a_merge() -> None:
    told = [record("vRad", "Borea"), naming("Virtual Radiologic", "Virtual Radiologic")]
    reject = Judgement("reject", resolve(told).claims[0]["id"])
    merge = Judgement("same", "company:vrad", "company:virtual-radiologic")
    assert not resolve(told, [reject, merge]).edges


def test_edge_below_the_confidence_asked_for_is_not_shown() -> None:
    assert not resolve([record("Acme", "Borea")], min_confidence=0.9).edges


def test_as_of_knows_nothing_published_later() -> None:
    told = [
        record("Acme", "Borea", published="2023-05-01"),
        record("Acme", "Borea", "ended", published="2024-05-01"),
    ]
    assert not as_of(told, "2023-01-01").claims
    assert as_of(told, "2023-12-31").edges
    assert not as_of(told, "2024-06-01").edges


def test_an_undated_document_is_not_known_on_any_day() -> None:
    assert not as_of([record("Acme", "Borea")], "2030-01-01").documents


def test_reference_list_gives_name_and_aliases() -> None:
    row = {"name": "Acme Holdings", "aliases": "Acme|ACM", "lei": "X1"}
    (entity,) = resolve([naming("Acme grows.", "Acme")], references=[row]).entities
    assert (entity["name"], entity["aliases"], entity["lei"]) == ("Acme Holdings", ["ACM", "Acme"], "X1")


def test_a_reprint_tells_when_its_source_said_so_first() -> None:
    body = " ".join(f"Hospital {i} in town {i} begins in week {i}." for i in range(40))
    first, reprint = (
        replace(
            told, document=document(f"Acme and Borea are partners, current. {body}", id=id, published=day)
        )
        for id, day in (("d1", "2022-01-10"), ("d2", "2024-06-01"))
        for told in [record("Acme", "Borea", id=id)]
    )
    rows = {r["document"]: r for r in resolve([first, reprint]).evidence}
    assert "firstPublished" not in rows["d1"]
    assert rows["d2"]["firstPublished"] == "2022-01-10"
