"""Documents built by hand: a text, and which of its words are names of what."""

from __future__ import annotations

import re

from graph.model import Block, Document, Mention


def marked(text: str, names: dict[str, str]) -> tuple[Document, list[Mention]]:
    """The text as a document of lines, and a mention at every place of every name (name -> kind)."""
    blocks = tuple(Block("paragraph", m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", text))
    document = Document("marked", "marked.txt", text, blocks)
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)")
    places = pattern.finditer(text)
    return document, [Mention(m.start(), m.end(), m.group(), names[m.group()], m.group()) for m in places]
