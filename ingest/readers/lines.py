"""The structure of plain lines: which are headings, paragraphs, list items and rows.

The text stays as it is and blocks point into it. A bullet stands outside its item's span.

>>> draft = mark_lines("Partners of vRad\\n\\nIt works with two firms.\\n- Aidoc\\n- Rad AI\\n")
>>> for block in draft.blocks:
...     print(block.kind, draft.text[block.start : block.end], sep=": ")
heading: Partners of vRad
paragraph: It works with two firms.
item: Aidoc
item: Rad AI
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .draft import LONGEST_HEADING, Draft

BULLET = re.compile(r"(?:[-*+•·▪◦‣●○■–—]|\(?\d{1,3}[.)]|\(?[a-z]\)|\([ivx]{1,5}\))[ \t\u00a0\u2009]+(?=\S)")
SECTION = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?[ \t\u00a0]+(?=[^\W\d_])")
QUOTED = re.compile(r"(?:>[ \t]*)+")
RULE = re.compile(r"[-=_*~#+|:. \t·•]+$")
UNDERLINE = re.compile(r"(={3,}|-{3,})$")
CELLS = re.compile(r"\t|[ \u00a0]\|[ \u00a0]")
CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Exhibit|Abb\.|Tab\.|Chart)\s*\d|Sources?:|Note:")
LABEL = re.compile(r"[\w ]{1,20}:\s")
ADDRESS = re.compile(r"https?://|www\.|\S@\S|\d{3}[-. ]\d{4}")
SENTENCE_END = re.compile(r"[.!?:;,…]['\"”’»)\]]*$")
WORD = re.compile(r"[^\W\d_][\w'’&.-]*")
BORDERS = "| \t\u00a0"
WIDEST_WRAP = 120
PROSE = 100
LONGEST_LOOK = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line's words without margin and marker.

    Attributes:
        kind: "text" until it is known what it is.
        first, last: whether a blank line or the text's border stands before it, behind it.
        level: of a heading.
    """

    kind: str
    start: int
    end: int
    words: str
    marker: str = ""
    level: int = 0
    first: bool = False
    last: bool = False


def mark_lines(text: str, levels: dict[int, int] | None = None, *, opening: bool = True) -> Draft:
    """A draft over `text` with its blocks.

    Args:
        levels: of the lines (from 0) that are headings by their format.
        opening: whether the first line may be the document's title.
    """
    draft = Draft.of(text)
    lines = with_headings(_lines(text, levels or {}), opening=opening)
    for line in _joined(lines, _wrap_width(lines)):
        kind = "paragraph" if line.kind == "text" else line.kind
        draft.mark(kind, line.start, line.end, line.words, level=line.level)
    return draft


def looks_like_headings(blocks: Iterable[tuple[str, str, int]]) -> Iterator[tuple[str, str, int]]:
    """Blocks of a laid-out document (kind, words, level), those a reader would take for headings made so."""
    full = [(kind, words.strip(), level) for kind, words, level in blocks if words.strip()]
    kinds = {"paragraph": "text"}
    lines = [
        Line(kinds.get(kind, kind), 0, len(words), words, "", level, first=True, last=True)
        for kind, words, level in full
    ]
    for line, (kind, words, level) in zip(with_headings(lines), full, strict=True):
        found = line.kind == "heading" and kind == "paragraph"
        yield ("heading", words, line.level) if found else (kind, words, level)


def _lines(text: str, levels: dict[int, int]) -> list[Line]:
    found: list[Line] = []
    at, gap = 0, True
    for number, raw in enumerate(text.split("\n")):
        line = _line(raw, at, levels.get(number, 0), gap)
        if line is not None:
            found.append(line)
        elif found and not gap:
            found[-1] = _ended(found[-1], raw)
        gap = line is None
        at += len(raw) + 1
    if found:
        found[-1] = replace(found[-1], last=True)
    return found


def _line(raw: str, at: int, level: int, gap: bool) -> Line | None:
    """None for a line without words: blank, or a drawn rule."""
    if not raw.strip() or RULE.match(raw.strip()):
        return None
    rest = raw.lstrip()
    quoted = QUOTED.match(rest)
    rest = rest[quoted.end() :] if quoted else rest
    marker = BULLET.match(rest) if not level else None
    rest = rest[marker.end() :] if marker else rest
    has_cells = CELLS.search(rest.strip()) is not None
    rest = rest.lstrip(BORDERS if has_cells else None)
    words = rest.rstrip(BORDERS if has_cells else None)
    if not words:
        return None
    start = at + len(raw) - len(rest)
    kind = "heading" if level else "item" if marker else "row" if CELLS.search(words) else "text"
    return Line(kind, start, start + len(words), words, marker[0].strip() if marker else "", level, gap)


def _ended(line: Line, behind: str) -> Line:
    """The line, with a blank or a rule behind it; a rule of = or - makes it a heading."""
    under = UNDERLINE.match(behind.strip())
    if under and line.kind == "text" and len(line.words) <= LONGEST_HEADING:
        return replace(line, kind="heading", level=1 if under[1][0] == "=" else 2, last=True)
    return replace(line, last=True)


def with_headings(lines: list[Line], *, opening: bool = True) -> list[Line]:
    """The lines, those that look like a heading made one; what follows a line decides, so from the end."""
    result: list[Line] = []
    following: Line | None = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        level = _level_by_look(line, following, opening and index == 0)
        if level:
            line = replace(line, kind="heading", level=level)
        result.append(line)
        following = line
    return result[::-1]


def _level_by_look(line: Line, following: Line | None, opening: bool) -> int:
    """The level of the heading that a line looks like, or 0."""
    if following is None or line.kind not in ("text", "item") or not _could_be_heading(line):
        return 0
    numbered = _section_depth(line)
    if line.kind == "item":
        alone = line.first and line.last and following.kind != "item"
        return 1 + numbered if numbered and alone else 0
    if opening and not LABEL.match(line.words) and (line.last or following.last or _is_prose(following)):
        return 1
    if numbered and line.first and line.last:
        return 1 + numbered
    return 2 if _stands_alone(line, following) or _is_titled(line, following) else 0


def _could_be_heading(line: Line) -> bool:
    words = line.words
    return (
        len(words) <= LONGEST_LOOK
        and not SENTENCE_END.search(words)
        and not words[0].islower()
        and not CAPTION.match(words)
        and not ADDRESS.search(words)
        and " -- " not in words
        and WORD.search(words) is not None
    )


def _section_depth(line: Line) -> int:
    """How many numbers stand before it: 2 for "3.1 Players", 0 for none."""
    found = SECTION.match(f"{line.marker} {line.words}".strip())
    return found[1].count(".") + 1 if found else 0


def _stands_alone(line: Line, following: Line) -> bool:
    short = len(line.words) <= 120 and len(line.words.split()) <= 14
    return line.first and line.last and short and (_is_prose(following) or following.kind in ("item", "row"))


def _is_titled(line: Line, following: Line) -> bool:
    """Written in capitals or title case, right before prose or a list, as market reports have it."""
    words = [word for word in WORD.findall(line.words) if len(word) > 3]
    if not words or not (_is_prose(following) or following.kind == "item"):
        return False
    capital = sum(word[0].isupper() for word in words)
    return line.words.isupper() or (len(words) >= 4 and capital >= 0.6 * len(words))


def _is_prose(line: Line) -> bool:
    words = line.words
    return line.kind == "text" and (
        len(words) >= PROSE or (len(words) >= 40 and bool(SENTENCE_END.search(words)))
    )


def _wrap_width(lines: list[Line]) -> int:
    """The width at which the text was wrapped, 0 where each line is a paragraph."""
    lengths = [len(line.words) for line in lines if line.kind == "text"]
    width = max(lengths, default=0)
    inner = sum(line.kind == "text" and not line.last for line in lines)
    full = sum(length >= 0.8 * width for length in lengths)
    return width if 40 <= width <= WIDEST_WRAP and full >= max(3, 0.5 * inner) else 0


def _joined(lines: list[Line], width: int) -> Iterator[Line]:
    """Lines that were wrapped, as one."""
    held: Line | None = None
    tail = 0
    for line in lines:
        if held is not None and _continues(held, tail, line, width):
            held = replace(held, end=line.end, last=line.last)
        else:
            if held is not None:
                yield held
            held = line
        tail = len(line.words)
    if held is not None:
        yield held


def _continues(held: Line, tail: int, line: Line, width: int) -> bool:
    """Whether the first word of `line` did not fit behind the line above, whose length is `tail`."""
    if not width or held.last or held.kind not in ("text", "item") or line.kind != "text":
        return False
    return tail + 1 + len(line.words.split(None, 1)[0]) > 0.92 * width
