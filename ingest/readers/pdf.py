"""PDF: blocks with their page by liteparse, else the lines of pypdfium2.

No OCR: a scan without text is an error that says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from graph.errors import BrokenFile, EmptyFile, EncryptedFile, TooLarge

from .characters import clean
from .dates import iso_date
from .draft import Draft, Source
from .languages import code
from .lines import looks_like_headings, mark_lines
from .text import add_dateline

SUFFIXES = {".pdf": "application/pdf"}

MOST_PAGES = 2000
BARE_TITLE = re.compile(
    r"(?i)^(untitled|microsoft \w+ - .*|.*\.(docx?|pptx?|xlsx?|indd|qxd|pdf)|slide \d+|document\d*)$"
)


def read(source: Source) -> Draft:
    if b"%PDF-" not in source.data[:1024]:
        raise BrokenFile("it is no PDF: it does not begin with %PDF-. Check the download.")
    info = _info(source)
    draft = _by_layout(source.data) or _by_lines(source.data)
    if not draft.blocks:
        raise EmptyFile("it is a scan: its pages are pictures without text. Run OCR on it first.")
    draft.title = info.get("title")
    draft.published = info.get("published")
    draft.language = info.get("language")
    add_dateline(draft)
    return draft


def _info(source: Source) -> dict[str, str | None]:
    """What the file says about itself; refuses files that cannot be opened."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise _refusal(str(error)) from error
    try:
        if not 0 < len(pdf) <= MOST_PAGES:
            raise _wrong_count(len(pdf))
        meta = pdf.get_metadata_dict()
    finally:
        pdf.close()
    title = (meta.get("Title") or "").strip()
    return {
        "title": None if BARE_TITLE.match(title) else title or None,
        "published": iso_date(meta.get("CreationDate")),
        "language": code(meta.get("Lang")),
    }


def _refusal(words: str) -> Exception:
    if "password" in words.lower() or "security" in words.lower():
        return EncryptedFile("it is encrypted. Save it without its password and try again.")
    return BrokenFile(f"it is damaged ({words}). Save or download it anew.")


def _wrong_count(pages: int) -> Exception:
    if pages:
        return TooLarge(f"{pages:,} pages, at most {MOST_PAGES:,} are read. Split it.")
    return BrokenFile("it has no pages. Save or download it anew.")


def _by_layout(data: bytes) -> Draft | None:
    """None where liteparse cannot read it."""
    import liteparse

    parser = liteparse.LiteParse(
        ocr_enabled=False,
        extract_blocks=True,
        output_format="markdown",
        image_mode="off",
        quiet=True,
        max_pages=MOST_PAGES,
        continue_on_page_error=True,
        num_workers=1,
    )
    try:
        pages = parser.parse(data).pages
    except (liteparse.ParseError, RuntimeError, ValueError):
        return None
    draft = Draft()
    for page in pages:
        _add_page(draft, page.blocks or (), page.page_num)
    return draft if draft.blocks else None


def _add_page(draft: Draft, blocks: Iterable[Any], page: int) -> None:
    for kind, words, level in looks_like_headings(_parts(blocks)):
        draft.add(kind, words, page=page, level=level)


def _parts(blocks: Iterable[Any]) -> Iterator[tuple[str, str, int]]:
    """Kind, words and heading level; lines that only the page's width broke are one."""
    for block in blocks:
        if block.kind == "heading":
            yield "heading", block.text or "", block.level or 1
        elif block.kind == "list_item":
            yield "item", (block.text or "").replace("\n", " "), 1
        elif block.kind == "table":
            for row in (block.header or [], *(block.rows or [])):
                yield "row", " | ".join(cell.text.replace("\n", " ") for cell in row), 1
        elif block.lines:
            yield "paragraph", "\n".join(block.lines), 1
        else:
            yield "paragraph", (block.text or "").replace("\n", " "), 1


def _by_lines(data: bytes) -> Draft:
    """The text layer, its structure guessed as that of plain text."""
    import pypdfium2

    draft = Draft()
    pdf = pypdfium2.PdfDocument(data)
    for number in range(len(pdf)):
        words = pdf[number].get_textpage().get_text_bounded()
        draft.take(mark_lines(clean(words)), page=number + 1)
    pdf.close()
    return draft
