"""Names: exact spans, one decision a form, forms of one entity under its fullest name."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.model import Document, Mention
from ingest.extract import aliases, tagging
from ingest.extract.entities import Judged, find_mentions, trimmed

RELEASE = """Radiology Partners Partners With Aidoc to Deploy AI in the United States

EL SEGUNDO, Calif., March 4, 2024 /PRNewswire/ -- Teleradiology Solutions, Inc. (TRS), a leading provider of \
remote reading, today announced a partnership with Aidoc, an Israel-based developer of imaging software. \
TRS's platform is cleared by the U.S. Food and Drug Administration (FDA).

"We are happy to work with Aidoc," said Jane Miller, CEO of Teleradiology Solutions.

Key players in the teleradiology services market:
- Virtual Radiologic
- Teleradiology Solutions
- RadNet, Inc. (NASDAQ: RDNT)
- USARAD Holdings, Inc.
"""


def document(text: str) -> Document:
    return Document("0" * 64, "release.txt", text, ())


@pytest.fixture(scope="module")
def mentions() -> tuple[Mention, ...]:
    return find_mentions(document(RELEASE))


def named(mentions: tuple[Mention, ...], kind: str) -> set[str]:
    return {m.name for m in mentions if m.kind == kind}


def test_every_span_holds_its_text_and_none_overlap(mentions: tuple[Mention, ...]) -> None:
    assert all(RELEASE[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_companies_of_text_and_list_are_found(mentions: tuple[Mention, ...]) -> None:
    assert {"Aidoc", "Teleradiology Solutions, Inc."} <= named(mentions, "Company")
    assert (
        len({"Virtual Radiologic", "RadNet, Inc.", "USARAD Holdings, Inc."} & named(mentions, "Company")) >= 2
    )


def test_short_form_and_acronym_bear_the_fullest_name(mentions: tuple[Mention, ...]) -> None:
    names = {m.text: m.name for m in mentions}
    assert names["TRS"] == names["Teleradiology Solutions"] == "Teleradiology Solutions, Inc."


def test_no_possessive_ticker_or_person_is_a_name(mentions: tuple[Mention, ...]) -> None:
    assert not {"TRS's", "RDNT", "Jane Miller", "Jane", "CEO"} & {m.text for m in mentions}


def test_a_text_without_names_gives_none() -> None:
    assert find_mentions(document("it rained, and then it stopped.")) == ()
    assert find_mentions(document(" \n")) == ()


def test_the_same_text_gives_the_same_mentions(mentions: tuple[Mention, ...]) -> None:
    assert find_mentions(document(RELEASE)) == mentions


@pytest.mark.parametrize(
    ("one", "other"),
    [("Acme, Inc.", "Acme"), ("ACME GmbH", "Acme"), ("The Acme Company", "acme"), ("Aidoc Ltd.", "Aidoc")],
)
def test_legal_form_case_and_article_are_not_part_of_the_key(one: str, other: str) -> None:
    assert aliases.key(one) == aliases.key(other)


def test_a_path_never_goes_on_inside_what_did_not_begin() -> None:
    import numpy as np

    scores = np.full((3, len(tagging.TAGS)), -5.0, dtype=np.float32)
    scores[:, 2] = -0.1
    assert tagging.spans(tagging.best_path(scores)) == [(0, 3, "Company")]


def test_a_common_word_behind_a_short_name_is_left_away() -> None:
    judged = [
        Judged("Northlight Radiology", "Company", 0.9, ((0, 2),)),
        Judged("Northlight radiologists", "Company", 0.7, ((5, 7),)),
        Judged("Lakeside physicians", "Company", 0.7, ((9, 11),)),
    ]
    assert {(j.form, j.places) for j in trimmed(judged)} == {
        ("Northlight Radiology", ((0, 2),)),
        ("Northlight", ((5, 6),)),
        ("Lakeside physicians", ((9, 11),)),
    }
