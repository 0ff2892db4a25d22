"""Word: the paragraphs and tables of the body in their order, headings and lists by their styles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from graph.errors import BrokenFile

from .bounds import check_container
from .draft import Draft, Source
from .lines import looks_like_headings
from .text import add_dateline

SUFFIXES = {".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
CONTAINERS = frozenset(W + name for name in ("sdt", "sdtContent", "smartTag", "customXml", "ins", "moveTo"))
HEADING = re.compile(r"heading (\d)", re.I)
LISTED = re.compile(r"list\b|bullet", re.I)
SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": ""}


def read(source: Source) -> Draft:
    draft = check_container(source, needs="word/")
    body, styles = _opened(source)
    for kind, words, level in looks_like_headings(_blocks(body, styles)):
        draft.add(kind, words, level=level)
    add_dateline(draft)
    return draft


def _opened(source: Source) -> tuple[Any, dict[str, str]]:
    """The body, and the name of each style by its id."""
    import docx

    try:
        document = docx.Document(io.BytesIO(source.data))
        return document.element.body, {style.style_id: style.name or "" for style in document.styles}
    except Exception as error:
        raise BrokenFile(
            f"it is no readable .docx ({type(error).__name__}). Save it anew in Word."
        ) from error


def _blocks(parent: Any, styles: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    """Kind, words and heading level of each block, text boxes behind the paragraph that holds them."""
    for element in parent.iterchildren():
        if element.tag == W + "p":
            words, boxes = _words(element)
            kind, level = _kind(element, styles)
            yield kind, words, level
            for box in boxes:
                yield from _blocks(box, styles)
        elif element.tag == W + "tbl":
            yield from (("row", row, 1) for row in _rows(element))
        elif element.tag in CONTAINERS:
            yield from _blocks(element, styles)


def _words(paragraph: Any) -> tuple[str, list[Any]]:
    """What a paragraph says, without what was deleted, and the text boxes in it."""
    words: list[str] = []
    boxes: list[Any] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag == W + "t":
            words.append(element.text or "")
        elif element.tag in SIGNS:
            words.append(SIGNS[element.tag])
        elif element.tag == W + "txbxContent":
            boxes.append(element)
        elif element.tag not in (FALLBACK, W + "pPr", W + "del", W + "moveFrom"):
            waiting.extend(reversed(element))
    return "".join(words), boxes


def _kind(paragraph: Any, styles: dict[str, str]) -> tuple[str, int]:
    properties = paragraph.find(W + "pPr")
    if properties is None:
        return "paragraph", 1
    style = styles.get(_value(properties, "pStyle") or "", "")
    heading = HEADING.match(style)
    if heading or style in ("Title", "Subtitle"):
        return "heading", int(heading[1]) if heading else 1
    outline = _value(properties, "outlineLvl")
    if outline and outline.isdigit() and int(outline) < 9:
        return "heading", int(outline) + 1
    listed = LISTED.match(style) or properties.find(W + "numPr") is not None
    return ("item" if listed else "paragraph"), 1


def _value(properties: Any, name: str) -> str | None:
    element = properties.find(W + name)
    return None if element is None else element.get(W + "val")


def _rows(table: Any) -> Iterator[str]:
    """The rows; a table within a cell is part of the cell's words."""
    for row in table.iterchildren(W + "tr"):
        cells = [_cell(cell) for cell in row.iterchildren(W + "tc")]
        if any(cells):
            yield " | ".join(cells)


def _cell(cell: Any) -> str:
    paragraphs = (_words(paragraph)[0] for paragraph in cell.iter(W + "p"))
    return " ".join(" ".join(words.split()) for words in paragraphs if words.strip())
