"""PowerPoint: slide after slide, its title a heading, its body list items, its notes paragraphs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from graph.errors import BrokenFile, ReadError, TooLarge

from .bounds import check_container
from .draft import Draft, Source

SUFFIXES = {".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation"}

MOST_SLIDES = 2000
DEEPEST_GROUP = 20
SENTENCE = 80


def read(source: Source) -> Draft:
    draft = check_container(source, needs="ppt/")
    try:
        for number, slide in enumerate(_slides(source), start=1):
            _add_slide(draft, slide, number)
    except ReadError:
        raise
    except Exception as error:
        raise BrokenFile(
            f"it is no readable .pptx ({type(error).__name__}). Save it anew in PowerPoint."
        ) from error
    return draft


def _slides(source: Source) -> Any:
    import pptx

    slides = pptx.Presentation(io.BytesIO(source.data)).slides
    if len(slides) > MOST_SLIDES:
        raise TooLarge(f"{len(slides):,} slides, at most {MOST_SLIDES:,} are read. Split it.")
    return slides


def _add_slide(draft: Draft, slide: Any, number: int) -> None:
    draft.leave_headings()
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        draft.add("heading", title.text_frame.text, page=number)
    for shape in _shapes(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            _add_shape(draft, shape, number)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        draft.add("paragraph", slide.notes_slide.notes_text_frame.text, page=number)


def _shapes(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    for shape in shapes:
        if hasattr(shape, "shapes") and depth < DEEPEST_GROUP:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _add_shape(draft: Draft, shape: Any, page: int) -> None:
    if getattr(shape, "has_table", False):
        for row in shape.table.rows:
            draft.add("row", " | ".join(" ".join(cell.text.split()) for cell in row.cells), page=page)
    elif getattr(shape, "has_text_frame", False):
        paragraphs = [paragraph for paragraph in shape.text_frame.paragraphs if paragraph.text.strip()]
        for paragraph in paragraphs:
            draft.add(_kind(shape, paragraph, len(paragraphs)), _words(paragraph), page=page)


def _kind(shape: Any, paragraph: Any, siblings: int) -> str:
    """Short lines of a slide's body are its list, bullets or not."""
    words = paragraph.text.strip()
    prose = len(words) >= SENTENCE and words.endswith((".", "!", "?"))
    listed = paragraph.level > 0 or (shape.is_placeholder and not prose) or (siblings > 2 and not prose)
    return "item" if listed else "paragraph"


def _words(paragraph: Any) -> str:
    return str(paragraph.text).replace("\v", "\n")
