"""Reprints and wire copies are one source."""

from __future__ import annotations

import random

from graph.model import Document
from ingest.sources import source_groups

STORY = (
    "Acme Imaging of Columbus, Ohio, said on Tuesday that it will read images at night for the eleven hospitals of Borea "
    "Health, beginning in March. The two companies have worked together since 2019 and share a platform for worklists. "
    "Under the new agreement some forty radiologists will cover emergency departments in three states. Terms were not told. "
    "The hospitals expect shorter waiting times, said the head of imaging, who had asked for bids from five companies last year."
)


def document(id: str, text: str, published: str | None = None) -> Document:
    return Document(id, id, text, (), published=published)


def test_another_headline_and_footer_make_no_other_source() -> None:
    copies = [
        document("a", STORY, "2024-01-01"),
        document("b", "Night readings for Borea\n\n" + STORY, "2024-01-02"),
        document("c", STORY + "\n\nCopyright The Daily.", "2024-01-03"),
    ]
    assert source_groups(copies) == {"a": "a", "b": "a", "c": "a"}


def test_two_texts_on_one_deal_are_two_sources() -> None:
    other = "Borea Health has chosen Acme Imaging for its night readings, according to people who know the bids of last year."
    assert len(set(source_groups([document("a", STORY), document("b", other)]).values())) == 2


def test_two_releases_under_one_boilerplate_are_two_sources() -> None:
    boilerplate = " ".join(
        f"About Acme, paragraph {i}: it was founded long ago and reads images." for i in range(60)
    )
    one = document("a", STORY + "\n\n" + boilerplate)
    other = document(
        "b", "Acme has appointed a new head of imaging, who comes from Delta. " * 4 + boilerplate
    )
    assert source_groups([one, other]) == {"a": "a", "b": "b"}


def test_copies_under_another_boilerplate_are_one_source() -> None:
    story = STORY + " ".join(f" Hospital {i} in town {i} begins in week {i}." for i in range(20))
    one, other = (story + " About us: " + " ".join(f"{w} {i}" for i in range(30)) for w in ("alpha", "beta"))
    assert len(set(source_groups([document("a", one), document("b", other)]).values())) == 1


def test_the_earliest_copy_names_the_group() -> None:
    copies = [document("a", STORY, "2024-02-01"), document("z", STORY + " End.", "2024-01-01")]
    assert set(source_groups(copies).values()) == {"z"}


def test_order_changes_nothing() -> None:
    copies = [document(f"d{i}", STORY + f" Footer {i}.") for i in range(20)]
    copies += [document(f"e{i}", f"Text {i} of quite another kind, number {i * i}.") for i in range(20)]
    expected = source_groups(copies)
    random.Random(1).shuffle(copies)
    assert source_groups(copies) == expected


def test_an_empty_text_is_a_source_of_its_own_kind() -> None:
    assert source_groups([document("a", ""), document("b", STORY)]) == {"a": "a", "b": "b"}
