"""Plain text: the text is the file's, to the character; blocks point into it."""

from __future__ import annotations

from .characters import decode
from .datelines import dateline
from .draft import Draft, Source
from .lines import mark_lines

SUFFIXES = {".txt": "text/plain", ".text": "text/plain"}
PLAIN = frozenset(SUFFIXES)
MOST_BYTES = 20_000_000
LINES_WITH_DATELINE = 6


def read(source: Source) -> Draft:
    draft = mark_lines(decode(source.data, source.name))
    add_dateline(draft)
    return draft


def add_dateline(draft: Draft) -> None:
    """Fill publisher and date from a press release's first lines, where the format told none."""
    text = draft.text
    for block in draft.blocks[:LINES_WITH_DATELINE]:
        found = dateline(text[block.start : block.end]) if block.kind != "heading" else None
        if found:
            draft.published = draft.published or found.published
            draft.publisher = draft.publisher or found.publisher
            return
