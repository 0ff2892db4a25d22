"""What a format's reader takes and gives: a Source in, a Draft out; the Draft becomes the Document.

>>> draft = Draft()
>>> draft.add("heading", "Partners")
>>> draft.add("item", "Rad AI")
>>> draft.text, draft.blocks[1].headings
('Partners\\n\\nRad AI', ('Partners',))
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath

from graph.errors import TooLarge
from graph.model import Block

from .characters import clean, squeeze

MOST_CHARACTERS = 20_000_000
MOST_BLOCKS = 200_000
LONGEST_HEADING = 300
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes and what it is called."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.lower()


@dataclass(slots=True)
class Draft:
    """A text that grows block by block, or stands already and is marked with blocks, and its metadata."""

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    blocks: list[Block] = field(init=False, default_factory=list)
    _pieces: list[str] = field(init=False, default_factory=list)
    _length: int = field(init=False, default=0)
    _path: list[tuple[int, str]] = field(init=False, default_factory=list)

    @classmethod
    def of(cls, text: str) -> Draft:
        """A draft whose text is final already; blocks are marked in it."""
        draft = cls()
        draft._append(text)
        return draft

    @property
    def text(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def add(self, kind: str, text: str, *, page: int | None = None, level: int = 1) -> None:
        """Append a block; a line break inside makes several blocks, in a heading a space."""
        lines = [squeeze(line) for line in clean(text).split("\n")]
        lines = [line for line in lines if line]
        if kind == "heading" and lines:
            lines = [" ".join(lines)]
        for line in lines:
            self._append(self._gap(kind))
            start = self._length
            self._append(line)
            self.mark(kind, start, self._length, line, page=page, level=level)

    def mark(
        self, kind: str, start: int, end: int, words: str, *, page: int | None = None, level: int = 1
    ) -> None:
        """Note a block that stands in the text already; `words` is what a heading says."""
        if kind == "heading" and len(words) > LONGEST_HEADING:
            kind = "paragraph"
        if kind == "heading":
            level = min(max(level, 1), DEEPEST)
            self._path = [(depth, title) for depth, title in self._path if depth < level]
        self.blocks.append(Block(kind, start, end, page, tuple(title for _, title in self._path)))
        if kind == "heading":
            self._path.append((level, words))
        if len(self.blocks) > MOST_BLOCKS:
            raise TooLarge(f"more than {MOST_BLOCKS:,} blocks. Split the file and read the parts.")

    def take(self, other: Draft, *, page: int | None = None, below: int = 0) -> None:
        """Append the blocks of another draft, its headings so many levels below."""
        text = other.text
        for block in other.blocks:
            words = text[block.start : block.end].replace("\n", " ")
            level = len(block.headings) + 1 + below
            self.add(block.kind, words, page=block.page or page, level=level)

    def leave_headings(self) -> None:
        """What follows stands under none of the headings so far."""
        self._path = []

    def first_heading(self) -> str | None:
        text = self.text
        found = (block for block in self.blocks if block.kind == "heading")
        return next((text[block.start : block.end] for block in found), None)

    def _gap(self, kind: str) -> str:
        if not self.blocks:
            return "" if not self._length else "\n\n"
        together = kind in ("item", "row") and self.blocks[-1].kind == kind
        return "\n" if together else "\n\n"

    def _append(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_CHARACTERS:
            raise TooLarge(
                f"more than {MOST_CHARACTERS:,} characters of text. Split the file and read the parts."
            )
        self._pieces.append(text)
