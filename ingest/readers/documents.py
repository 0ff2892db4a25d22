"""One file to one Document, in this process."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from graph.errors import BrokenFile, EmptyFile, ReadError, TooLarge
from graph.model import Document

from . import languages
from .characters import clean, squeeze
from .draft import Draft, Source
from .formats import Format, format_of

LONGEST_FIELD = 500
LONGEST_URL = 2000


def read(path: Path, name: str | None = None) -> Document:
    """The document that a file holds.

    Args:
        name: what the file is called for people, where that is not the path's last part.

    Raises:
        ReadError: with the file, the reason and what to do.
    """
    shown = shown_name(path, name)
    form = format_of(shown)
    source = Source(shown, file_bytes(path, shown, form.most_bytes))
    return document(source, form)


def document(source: Source, form: Format) -> Document:
    """The document of bytes that are at hand."""
    if not source.data.strip(b"\0 \t\r\n"):
        raise EmptyFile(f"{source.name}: it holds nothing. Check the export that wrote it.")
    try:
        draft = form.read(source)
    except ReadError as error:
        raise _named(error, source.name) from error
    except RecursionError as error:
        raise TooLarge(
            f"{source.name}: it is nested too deep. Save it anew from the program it came from."
        ) from error
    if not draft.blocks:
        raise EmptyFile(f"{source.name}: it holds no text. Check what it was exported from.")
    return _finished(draft, source, form)


def file_bytes(path: Path, name: str, most: int, *, only_check: bool = False) -> bytes:
    """The bytes of a regular file of bounded size; none where it is only checked."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BrokenFile(f"{name}: it is no regular file. Give a file.")
            if status.st_size > most:
                raise TooLarge(
                    f"{name}: {status.st_size / 1e6:,.0f} MB, read are {most / 1e6:,.0f} MB. Split it."
                )
            return b"" if only_check else file.read(most)
    except OSError as error:
        raise BrokenFile(
            f"{name}: it cannot be opened ({error.strerror}). Check the path and its rights."
        ) from error


def shown_name(path: Path, name: str | None) -> str:
    """A name that can be printed, whatever bytes the file system has."""
    raw = os.fsencode(name if name is not None else path.name).decode("utf-8", "replace")
    return squeeze(clean(raw)) or "unnamed"


def _without_waiting(path: str, flags: int) -> int:
    """Opening a pipe without a writer would wait for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _named(error: ReadError, name: str) -> ReadError:
    words = str(error)
    return error if words.startswith(name) else type(error)(f"{name}: {words}")


def _finished(draft: Draft, source: Source, form: Format) -> Document:
    text = draft.text
    return Document(
        id=hashlib.sha256(source.data).hexdigest(),
        name=source.name,
        text=text,
        blocks=tuple(draft.blocks),
        media_type=form.media_type,
        title=_field(draft.title or draft.first_heading()),
        publisher=_field(draft.publisher),
        published=draft.published,
        language=languages.detect(text) or draft.language,
        url=_url(draft.url),
    )


def _field(words: str | None) -> str | None:
    return squeeze(clean(words or ""))[:LONGEST_FIELD] or None


def _url(words: str | None) -> str | None:
    url = squeeze(clean(words or ""))
    return url if url.startswith(("http://", "https://")) and len(url) <= LONGEST_URL else None
