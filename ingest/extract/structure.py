"""A document's sentences: prose, headings, list items and table rows, each with what stands above it.

Works on what the reader marked, and on plain lines where the reader marked nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from graph.model import Block, Document

Span = tuple[int, int]

_ABBREVIATION = re.compile(
    r"(?:"
    r"inc|corp|co|ltd|llc|l\.l\.c|plc|cos|bros|pvt|pte|pty|sdn|bhd|jr|sr|dr|"
    r"mr|mrs|ms|prof|gen|gov|sen|rep|hon|st|mt|no|nos|vs|etc|approx|est|fig|"
    r"dept|univ|assn|intl|u\.s|u\.k|u\.n|e\.u|d\.c|p\.m|a\.m|e\.g|i\.e|ph\.d|"
    r"m\.d|s\.a|n\.v|b\.v|s\.p\.a|a\.g|jan|feb|mar|apr|jun|jul|aug|sep|sept|"
    r"oct|nov|dec|calif|fla|va|pa|mass|tex|ariz|colo|conn|ill|ind|mich|minn|"
    r"ore|wash"
    r")",
    re.I,
)
_OPENER = re.compile(
    r"(?:"
    r"The|This|That|These|Those|It|Its|In|On|At|By|For|From|With|While|When|"
    r"As|After|Before|Under|Since|He|She|They|We|Our|Their|His|Her|A|An|And|"
    r"But|However|Both|Each|All|Also|To|If|Through|Today|According|Meanwhile"
    r")"
)
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)")
_BULLET = re.compile(r"[ \t]*(?:[-*•·▪◦‣●○■–—]|\(?\d{1,3}[.)]|\(?[a-z]\))[ \t\u00a0]+(?=\S)")
_CLOSED = re.compile(r"[.!?…:;,]['\"”’)\]]*$")
_LINE = re.compile(r"[^\n]*\S")
_ROW = re.compile(r"\t|[ \u00a0]\|[ \u00a0]")
_LONGEST_HEADING = 160
_KINDS = {"heading": "heading", "item": "item", "row": "row", "paragraph": "prose"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span that can make a claim by itself.

    Attributes:
        block: number of the document's block that holds it.
        kind: "prose", "heading", "item" or "row".
        headings: the headings above it, outermost first.
        lead_in: of an item or row, the span of the paragraph or heading that introduces its list.
    """

    start: int
    end: int
    block: int
    kind: str
    headings: tuple[str, ...] = ()
    lead_in: Span | None = None


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences in the order of the text; a heading is never part of another one."""
    return tuple(
        Sentence(start, end, line.block, line.kind, line.headings, line.lead_in)
        for line in _with_lead_ins(_lines(document))
        for start, end in _spans(document.text, line)
    )


def sentence_at(found: tuple[Sentence, ...], place: int) -> Sentence | None:
    """The sentence that holds a place of the text."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle].end <= place:
            low = middle + 1
        else:
            high = middle
    return found[low] if low < len(found) and found[low].start <= place else None


def split(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The spans of the sentences of a stretch of prose.

    >>> text = "Acme Inc. bought Dr. Ray's U.S. firm. It paid cash."
    >>> [text[a:b] for a, b in split(text)]
    ["Acme Inc. bought Dr. Ray's U.S. firm.", 'It paid cash.']
    """
    end = len(text) if end is None else end
    first = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, match, end):
            yield from _trimmed(text, first, match.end())
            first = match.end()
    yield from _trimmed(text, first, end)


def _ends_sentence(text: str, match: re.Match[str], end: int) -> bool:
    rest = text[match.end() : min(end, match.end() + 40)].lstrip()
    if not rest or not (
        rest[0].isupper() or rest[0].isdigit() or rest[0] in "\"“‘'([•-" or not rest[0].isascii()
    ):
        return not rest
    if not match.group().startswith("."):
        return True
    word = _word_before(text, match.start())
    if _is_abbreviation(word):
        opener = re.match(r"[A-Za-z]+", rest)
        return (
            opener is not None
            and _OPENER.fullmatch(opener.group()) is not None
            and word.lower() not in ("dr", "mr", "mrs", "ms", "st")
        )
    return True


def _word_before(text: str, place: int) -> str:
    start = place
    while start > 0 and not text[start - 1].isspace() and place - start < 12:
        start -= 1
    return text[start:place].strip("\"“”(['’,")


def _is_abbreviation(word: str) -> bool:
    return (
        _ABBREVIATION.fullmatch(word) is not None
        or (len(word) == 1 and word.isupper())
        or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word))
    )


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    block: int
    kind: str
    headings: tuple[str, ...]
    lead_in: Span | None = None


def _lines(document: Document) -> Iterator[_Line]:
    """Blocks as they are, or the lines of a reader that marked nothing but paragraphs."""
    marked = any(block.kind != "paragraph" for block in document.blocks)
    heading: tuple[str, ...] = ()
    for number, block in enumerate(document.blocks):
        if marked:
            yield _Line(block.start, block.end, number, _KINDS[block.kind], block.headings)
            continue
        for line in _raw_lines(document, block, number):
            if line.kind == "heading":
                heading = (document.text[line.start : line.end],)
            yield line if line.kind == "heading" else replace(line, headings=heading)


def _raw_lines(document: Document, block: Block, number: int) -> Iterator[_Line]:
    for match in _LINE.finditer(document.text, block.start, block.end):
        bullet = _BULLET.match(document.text, match.start(), match.end())
        start = bullet.end() if bullet else match.start() + len(match.group()) - len(match.group().lstrip())
        kind = "item" if bullet else _kind_by_look(document.text[start : match.end()])
        yield _Line(start, match.end(), number, kind, ())


def _kind_by_look(line: str) -> str:
    if _ROW.search(line):
        return "row"
    if len(line) > _LONGEST_HEADING or _CLOSED.search(line):
        return "prose"
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", line) if len(word) > 3]
    capital = sum(word[0].isupper() for word in words)
    return "heading" if capital >= 0.6 * max(len(words), 1) or len(words) <= 4 else "prose"


def _with_lead_ins(lines: Iterator[_Line]) -> Iterator[_Line]:
    above: Span | None = None
    for line in lines:
        if line.kind in ("item", "row"):
            yield _Line(line.start, line.end, line.block, line.kind, line.headings, above)
        else:
            above = (line.start, line.end)
            yield line


def _spans(text: str, line: _Line) -> Iterator[Span]:
    if line.kind in ("heading", "row"):
        yield from _trimmed(text, line.start, line.end)
    else:
        yield from split(text, line.start, line.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(piece.strip())
