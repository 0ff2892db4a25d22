"""The units in which claims are made: sentences, headings, lead-ins, items, rows, and what each stands under.

Read from the look of the lines, so that a text whose reader knew nothing but lines is read alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.model import Document, Mention

SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9À-Þ])")
ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Ltd|Co|Cos|Bros|Dr|Mr|Mrs|Ms|Prof|St|No|vs|Jr|Sr|Pte|Pty|Sdn|Bhd|Gen|Gov|Sen|Rep|Messrs|cf|e\.g|i\.e|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|approx)|\b[A-Z]|\b(?:[A-Z]\.)+[A-Z])\.$"
)
SUFFIX = re.compile(r"\b(?:Inc|Corp|Ltd|Co|Cos|Pte|Pty|Bhd|[A-Z]\.[A-Z]|S\.A)\.$")
OPENER = re.compile(r"(?:The|It|Its|This|In|We|Our|He|She|They|For|With|Under|As|At|By|To|A|An|On|But)\b")
BULLET = re.compile(r"(?:[-•*·▪‣●○–—]|\(?\d{1,2}[.)])\s")
ROW = re.compile(r"\s\|\s|\t|\s{3,}\S")
CLOSED = re.compile(r"[.!?…][\"”’)\]]*$")
LONGEST_HEADING = 130


@dataclass(frozen=True, slots=True)
class Unit:
    """A span that says one thing.

    Attributes:
        kind: "heading", "lead" (a line that announces a list), "item", "row" or "sentence".
        line: number of the line or block it belongs to.
        head: number of the unit it stands under, a heading or a lead-in; None at the top.
    """

    start: int
    end: int
    kind: str
    line: int
    head: int | None


def units_of(document: Document, mentions: Iterable[Mention] = ()) -> list[Unit]:
    """The document's units in order; no sentence ends inside a mention."""
    inside = sorted((m.start, m.end) for m in mentions if m.form == "name")
    found: list[Unit] = []
    heading: int | None = None
    lead: int | None = None
    before = ""
    for number, (start, end, kind) in enumerate(_lines(document)):
        kind = "item" if kind == "heading" and lead is not None and before in ("lead", "item") else kind
        if kind not in ("item", "row"):
            lead = None
        head = lead if lead is not None else heading
        for a, b in _sentences(document.text, start, end, inside) if kind != "heading" else [(start, end)]:
            found.append(Unit(a, b, kind, number, head))
        if document.text[start:end].rstrip().endswith(":"):
            lead = len(found) - 1
            found[-1] = Unit(found[-1].start, found[-1].end, "lead", number, heading)
            before = "lead"
            continue
        if kind == "heading":
            heading = len(found) - 1
        before = kind
    return found


def unit_at(units: Sequence[Unit], place: int, starts: Sequence[int] | None = None) -> int:
    """Number of the unit that holds the place, or of the one before it."""
    return max(0, bisect_right(starts or [u.start for u in units], place) - 1)


def _lines(document: Document) -> Iterator[tuple[int, int, str]]:
    for block in document.blocks:
        for line in re.finditer(r"\S[^\n]*", document.text[block.start : block.end]):
            start, end = block.start + line.start(), block.start + line.end()
            whole = block.kind if block.kind != "paragraph" else None
            yield start, end, whole or line_kind(document.text[start:end])


def line_kind(line: str) -> str:
    if BULLET.match(line):
        return "item"
    if ROW.search(line.strip()):
        return "row"
    bare = line.rstrip()
    open_ended = not CLOSED.search(bare) and not bare.endswith((":", ","))
    return "heading" if len(line) < LONGEST_HEADING and open_ended else "sentence"


def _sentences(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    first = start
    for match in SENTENCE_END.finditer(text, start, end):
        if not _ends(text, first, match, inside):
            continue
        yield first, match.end() - len(match.group()) + len(match.group().rstrip())
        first = match.end()
    if text[first:end].strip():
        yield first, first + len(text[first:end].rstrip())


def _ends(text: str, first: int, match: re.Match[str], inside: list[tuple[int, int]]) -> bool:
    place = match.start()
    at = bisect_right(inside, (place + 1, 0)) - 1
    if at >= 0 and inside[at][0] <= place and inside[at][1] > place + 1:
        return False
    word = text[max(first, place - 12) : place + 1]
    if SUFFIX.search(word):
        return OPENER.match(text, match.end()) is not None
    return ABBREVIATION.search(word) is None
