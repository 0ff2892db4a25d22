"""Documents that come and go one by one give the rows of a full pass."""

from __future__ import annotations

import doctest
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.incremental
from graph.errors import RecordError
from graph.model import Claim, Document, Evidence, Mention, Record
from graph.projection import PARTS, Projection, Row
from ingest.incremental import Resolution
from ingest.judgements import Judgement
from ingest.kept import Shelf
from ingest.resolve import resolve

NAMES = [
    "Acme", "Acme Inc.", "Acme GmbH", "ACME Group", "Acme Group plc", "Apex Imaging", "Apex Imaging LLC", "Apex Dental",
    "Borea", "Borea North America", "vRad", "Virtual Radiologic", "VR", "Vanguard Reads", "Merck & Co.", "Merck KGaA",
    "Merck", "IBM", "International Business Machines", "Dräger", "Draeger", "株式会社",
]  # fmt: skip
PLACES = ["Ohio", "Germany", "Columbus"]
STATUSES = ["current", "announced", "planned", "rumoured", "denied", "ended"]
LISTED = [
    {"name": "Virtual Radiologic", "aliases": "VR", "ticker": "NASDAQ: ABC"},
    {"name": "Acme", "lei": "A1", "headquarters": "Ohio"},
    {"name": "Apex Imaging", "lei": "A2", "website": "apex.com"},
]
FOOTER = " ".join(f"Hospital {i} in town {i} begins in week {i}." for i in range(12))
BETWEEN = [" and ", ", formerly known as ", " (", ", Inc. (NASDAQ: ABC) and ", " (NYSE: XYZ) with "]


@st.composite
def told(draw: st.DrawFn) -> Record:
    left, right = draw(st.sampled_from(NAMES)), draw(st.sampled_from(NAMES))
    text = (
        left
        + draw(st.sampled_from(BETWEEN))
        + right
        + ") are partners. "
        + draw(st.sampled_from(["", FOOTER]))
    )
    start = text.index(right, len(left))
    mentions = (
        Mention(0, len(left), left, "Company", draw(st.sampled_from([left, left.upper()]))),
        Mention(start, start + len(right), right, "Company", right),
    )
    id = f"d{draw(st.integers(0, 30)):02}"
    quote = Evidence(id, 0, len(text), text, left, right, "rule", draw(st.sampled_from([0.5, 0.9])))
    place = draw(st.sampled_from([(), *[(p,) for p in PLACES]]))
    claim = Claim(
        left,
        "Company",
        "partners_with",
        right,
        "Company",
        draw(st.sampled_from(STATUSES)),
        (quote,),
        regions=place,
    )
    seat = Claim(
        left, "Company", "headquartered_in", draw(st.sampled_from(PLACES)), "Region", "current", (quote,)
    )
    published = draw(st.sampled_from([None, "2023", "2024-03", "2024-03-08"]))
    document = Document(
        id, f"{id}.txt", text, (), published=published, publisher=draw(st.sampled_from([None, "Acme"]))
    )
    claims = [claim, seat] if left != right else [seat]
    return Record(document, mentions, tuple(claims), "test")


def decisions() -> st.SearchStrategy[list[Judgement]]:
    """Pairs of one kind, so that they cannot contradict one another."""
    pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=3)
    named = st.tuples(st.sampled_from(["same", "different", "unsure"]), pairs)
    return named.map(
        lambda k: [Judgement(k[0], a, b, "Company") for a, b in k[1] if a != b and (k[0] == "same" or a < b)]
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(told(), max_size=9),
    decisions(),
    st.sampled_from([[], LISTED]),
    st.integers(0, 9),
    st.randoms(use_true_random=False),
)
def test_any_way_to_the_same_documents_gives_the_rows_of_a_full_pass(
    records: list[Record],
    judgements: list[Judgement],
    listed: list[dict[str, str]],
    known: int,
    random: Random,
) -> None:
    found = Resolution(records[:known], judgements, references=listed)
    for record in records[known:]:
        found.add(record)
    present = {r.document.id: r for r in records}
    for id in random.sample(sorted(present), k=len(present) // 2):
        found.retract(id)
        removed = present.pop(id)
        if random.random() < 0.3:
            found.add(removed)
            present[id] = removed
    assert found.projection() == resolve(present.values(), judgements, references=listed)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(told(), max_size=8),
    decisions(),
    st.sampled_from([[], LISTED]),
    st.randoms(use_true_random=False),
)
def test_a_resolution_taken_from_its_shelf_goes_on_as_if_it_had_stayed(
    tmp_path_factory: pytest.TempPathFactory,
    records: list[Record],
    judgements: list[Judgement],
    listed: list[dict[str, str]],
    random: Random,
) -> None:
    path = tmp_path_factory.mktemp("shelf") / "kept"
    present: dict[str, Record] = {}
    written = Projection()
    for record in records:
        gone = [id for id in present if id != record.document.id and random.random() < 0.3]
        shelf = Shelf(path)
        found = Resolution((), judgements, references=listed, shelf=shelf)
        found.change(add=[record], retract=gone)
        present = {id: r for id, r in present.items() if id not in gone} | {record.document.id: record}
        expected = resolve(present.values(), judgements, references=listed)
        assert found.projection() == expected
        assert found.fingerprint() == expected.fingerprint()
        written = _amended(written, *found.amendment())
        assert written.fingerprint() == expected.fingerprint()
        shelf.save()
        assert found.fingerprint() == expected.fingerprint()
        assert found.counts() == {part: len(getattr(expected, part)) for part in PARTS}
        shelf.close()


def _amended(rows: Projection, before: Projection, after: Projection) -> Projection:
    """What a graph holds that exchanged those rows."""

    def exchanged(part: str) -> tuple[Row, ...]:
        left = [r for r in getattr(rows, part) if r not in getattr(before, part)]
        assert len(left) + len(getattr(before, part)) == len(getattr(rows, part))
        return (*left, *getattr(after, part))

    return Projection(**{part: exchanged(part) for part in PARTS})


def test_a_new_document_touches_only_the_names_it_shares() -> None:
    found = Resolution(
        _naming(f"d{i}", f"{a}{b} Imaging") for i, (a, b) in enumerate(product("BCDFGHJKL", repeat=2))
    )
    change = found.add(_naming("new", "Bb Imaging Inc."))
    assert change.names == 2
    assert change.documents == 1


def test_more_names_than_a_block_may_hold_and_fewer_again() -> None:
    records = [_naming(f"d{i:02}", f"Quorum {chr(65 + i % 26) * 2}{i} Works") for i in range(34)]
    found = Resolution(records[:29])
    for record in records[29:]:
        found.add(record)
    assert found.projection() == resolve(records)
    for record in records[:8]:
        found.retract(record.document.id)
    assert found.projection() == resolve(records[8:])


def test_a_document_that_shows_two_others_to_be_copies_changes_their_confidence() -> None:
    words = [f"word{i}" for i in range(30)] + ["Acme", "joins", "Borea"] + [f"word{i}" for i in range(30, 60)]
    one, other = (_claiming(id, " ".join(part)) for id, part in (("d1", words[:56]), ("d2", words[7:])))
    bridge = Record(Document("d3", "d3", " ".join(words), ()), (), (), "test")
    found = Resolution([one, other])
    assert found.projection().claims[0]["sources"] == 2
    found.add(bridge)
    assert found.projection() == resolve([one, other, bridge])
    assert found.projection().claims[0]["sources"] == 1
    found.retract("d3")
    assert found.projection() == resolve([one, other])


def test_a_document_that_is_not_known_cannot_be_retracted() -> None:
    with pytest.raises(RecordError, match="no document 'x'"):
        Resolution().retract("x")


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(ingest.incremental).failed == 0


def _naming(id: str, name: str) -> Record:
    return Record(Document(id, id, name, ()), (Mention(0, len(name), name, "Company", name),), (), "test")


def _claiming(id: str, text: str) -> Record:
    quote = Evidence(id, 0, len(text), text, "Acme", "Borea", "rule", 0.9)
    claim = Claim("Acme", "Company", "partners_with", "Borea", "Company", "current", (quote,))
    return Record(Document(id, id, text, ()), (), (claim,), "test")
