"""Where sentences begin and end, and what stands above them."""

from __future__ import annotations

import pytest

from graph.model import Block, Document
from ingest.extract.structure import sentence_at, sentences, split


def plain(text: str) -> Document:
    return Document("d", "d.txt", text, (Block("paragraph", 0, len(text)),))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Acme Inc. bought Borea Corp. for cash.", 1),
        ("Acme Co. and Borea Ltd. work with Dr. Ray in the U.S. market.", 1),
        ("It sells in the U.S. The company is old.", 2),
        ("It rose 3.5 percent. Sales fell.", 2),
        ("Was it sold? No.", 2),
        ("J. P. Ray left. He denied it.", 2),
        ("He said: “We buy it.” They did not.", 2),
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str, count: int) -> None:
    assert len(list(split(text))) == count


def test_a_heading_is_no_part_of_a_sentence() -> None:
    document = plain("Growth Through Strategic Partnerships\nAcme partners with Borea.")
    assert [s.kind for s in sentences(document)] == ["heading", "prose"]
    assert sentences(document)[1].headings == ("Growth Through Strategic Partnerships",)


def test_items_know_what_introduces_them() -> None:
    document = plain("The players are listed here.\n- Acme Inc.\n• Borea Ltd.\n1. Cirrus")
    _, *items = sentences(document)
    assert [document.text[i.start : i.end] for i in items] == ["Acme Inc.", "Borea Ltd.", "Cirrus"]
    assert all(i.lead_in == (0, 28) for i in items)


def test_the_readers_blocks_are_kept() -> None:
    document = Document(
        "d", "d", "Acme sells. It buys.\nacme now", (Block("paragraph", 0, 20), Block("heading", 21, 29))
    )
    assert [(s.kind, s.block) for s in sentences(document)] == [("prose", 0), ("prose", 0), ("heading", 1)]


def test_a_place_leads_to_its_sentence() -> None:
    found = sentences(
        plain("Acme sells a lot today. It buys more than it can.\n\nIt is old and it is small.")
    )
    assert sentence_at(found, 26) == found[1]
    assert sentence_at(found, 49) is None
