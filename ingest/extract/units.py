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
VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|may|says?|said|[a-z]{2,}(?:ed|es))\b")
LONGEST_HEADING = 130
SHORTEST_RUN = 3  # so many heading-like lines in a row are a list under the first of them
LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """A span that says one thing.

    Attributes:
        kind: "heading", "lead" (a line that announces a list), "item", "row" or "sentence".
        line: number of the line or block it belongs to.
        head: number of the unit it stands under: a heading, a lead-in, the name that a line of fragments begins
            with; None at the top.
        header: number of the first row of the table, for each further row.
    """

    start: int
    end: int
    kind: str
    line: int
    head: int | None
    header: int | None = None


def units_of(document: Document, mentions: Iterable[Mention] = ()) -> list[Unit]:
    """The document's units in order; no sentence ends inside a mention."""
    inside = sorted((m.start, m.end) for m in mentions if m.form == "name")
    found: list[Unit] = []
    heading: int | None = None
    lead: int | None = None
    header: int | None = None
    before = ""
    for number, (start, end, kind) in enumerate(_lines(document)):
        kind = "item" if kind == "heading" and lead is not None and before in ("lead", "item") else kind
        if kind not in ("item", "row"):
            lead = None
        head = lead if lead is not None else heading
        header = (len(found) if before != "row" else header) if kind == "row" else None
        spans = list(_sentences(document.text, start, end, inside)) if kind != "heading" else [(start, end)]
        if len(spans) > 1 and _is_topic(document.text, *spans[0], inside):
            found.append(Unit(*spans.pop(0), kind, number, head))
            head = len(found) - 1
        found += [Unit(a, b, kind, number, head, header if header != len(found) else None) for a, b in spans]
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


def _is_topic(text: str, start: int, end: int, inside: list[tuple[int, int]]) -> bool:
    """Whether a line begins with a name and next to nothing else: "Kestrel Ltd. Leeds. Owned by its staff." """
    names = [(a, b) for a, b in inside if start <= a and b <= end]
    rest = end - start - sum(b - a for a, b in names)
    return bool(names) and rest <= LONGEST_LABEL and VERB.search(text, start, end) is None


def _lines(document: Document) -> list[tuple[int, int, str]]:
    """Span and kind of each line; fragments that follow one another are items under the first of them."""
    found = list(_looks(document))
    for first, end in _runs(document.text, found):
        found[first + 1 : end] = [(a, b, "item") for a, b, _ in found[first + 1 : end]]
    return found


def _runs(text: str, lines: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """Where heading-like lines follow one another without an empty line, at least SHORTEST_RUN of them."""
    first = 0
    for number in range(1, len(lines) + 1):
        joined = (
            number < len(lines)
            and lines[number][2] == lines[first][2] == "heading"
            and text.count("\n", lines[number - 1][1], lines[number][0]) == 1
        )
        if not joined:
            if number - first >= SHORTEST_RUN:
                yield first, number
            first = number


def _looks(document: Document) -> Iterator[tuple[int, int, str]]:
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
    open_ended = not bare.endswith((":", ",")) and (
        not CLOSED.search(bare) or (SUFFIX.search(bare) is not None and VERB.search(bare) is None)
    )
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
