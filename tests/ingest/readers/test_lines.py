"""The structure of plain text, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import ReadError
from ingest.readers.documents import document
from ingest.readers.draft import Source
from ingest.readers.formats import format_of
from ingest.readers.lines import mark_lines

from .sound import assert_sound

PROSE = "Acme works with Foo in Germany and in France, and it has done so for years."
LONG = f"{PROSE} {PROSE}"

STRUCTURES = [
    (f"Partners\n\n{PROSE}", ["heading: Partners", f"paragraph: {PROSE}"]),
    (f"{PROSE}\n\n{PROSE}", [f"paragraph: {PROSE}"] * 2),
    (f"{LONG}\n{LONG}", [f"paragraph: {LONG}"] * 2),
    ("- Foo\n* Bar\n• Baz\n– Qux\n1. One\n2) Two", [f"item: {n}" for n in ("Foo", "Bar", "Baz", "Qux", "One", "Two")]),
    (f"{PROSE}\n1. In brief\n\n{PROSE}", [f"paragraph: {PROSE}", "item: In brief", f"paragraph: {PROSE}"]),
    (f"{PROSE}\n\n1. In brief\n\n{PROSE}", [f"paragraph: {PROSE}", "heading: In brief", f"paragraph: {PROSE}"]),
    (f"x\n\nKey Players Driving Growth Worldwide\n{LONG}", ["paragraph: x", "heading: Key Players Driving Growth Worldwide", f"paragraph: {LONG}"]),
    (f"{PROSE}\n\nFoo Inc.\nBar GmbH\nBaz AG\n\n{PROSE}", [f"paragraph: {PROSE}", "paragraph: Foo Inc.", "paragraph: Bar GmbH", "paragraph: Baz AG", f"paragraph: {PROSE}"]),
    ("Name | Country\n---|---\nFoo | Germany", ["row: Name | Country", "row: Foo | Germany"]),
    ("Name\tCountry\nFoo\tGermany", ["row: Name\tCountry", "row: Foo\tGermany"]),
    (f"Figure 7. Share of reads\n\n{PROSE}", ["paragraph: Figure 7. Share of reads", f"paragraph: {PROSE}"]),
    (f"Overview\n========\n{PROSE}", ["heading: Overview", f"paragraph: {PROSE}"]),
    ("> Acme bought Foo.\n>> Said Bar.", ["paragraph: Acme bought Foo.", "paragraph: Said Bar."]),
    ("-", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STRUCTURES)
def test_structure_of_plain_lines(text: str, expected: list[str]) -> None:
    draft = mark_lines(text)
    assert [f"{block.kind}: {text[block.start : block.end]}" for block in draft.blocks] == expected
    assert draft.text == text


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Acme works with Foo in Germany and in France, and it has\n"
        "done so for years. The firm Bar, which belongs to Baz in\n"
        "Switzerland, was its partner until the end of the spring\n"
        "of 2021.\n\nIt ended."
    )
    first, second = mark_lines(text).blocks
    assert text[first.start : first.end].endswith("of 2021.")
    assert text[second.start : second.end] == "It ended."


def test_numbered_sections_nest() -> None:
    text = f"A Study of Reading\n\n1. Market\n\n1.1 Players\n\n{PROSE}\n\n2. Regions\n\n{PROSE}"
    assert [block.headings for block in mark_lines(text).blocks if block.kind == "paragraph"] == [
        ("A Study of Reading", "Market", "1.1 Players"),
        ("A Study of Reading", "Regions"),
    ]


WORDS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["", "- Foo", "# Title", "1. One", "a | b", "| a | b |", "***", "> > x", "**b** [c](d)", "<b>", "&#x0;", PROSE]),
    ),
    max_size=30,
).map("\n".join)  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".md", ".csv"])
@given(text=WORDS)
@settings(max_examples=150, deadline=None)
def test_blocks_of_any_text_are_sound(suffix: str, text: str) -> None:
    name = f"a{suffix}"
    try:
        found = document(Source(name, text.encode("utf-8", "replace")), format_of(name))
    except ReadError:
        return
    assert_sound(found)
