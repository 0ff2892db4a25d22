"""What holds of every document."""

from __future__ import annotations

import re

from graph.model import Document


def assert_sound(document: Document) -> None:
    text, last = document.text, 0
    text.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff]", text)
    assert document.blocks
    for block in document.blocks:
        inside = text[block.start : block.end]
        assert inside
        assert inside == inside.strip()
        assert block.start == 0 or not last or "\n" in text[last : block.start]
        last = block.end
