"""The formats that can be read, found by looking at the files of this folder.

>>> sorted(formats())[:3]
['.atom', '.csv', '.docx']
>>> format_of("memo.doc")
Traceback (most recent call last):
    ...
graph.errors.UnknownFormat: memo.doc: .doc files cannot be read. Save it as .docx and try again.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol, cast

from graph.errors import UnknownFormat

if TYPE_CHECKING:
    from .draft import Draft, Source

MEGABYTE = 1_000_000
MOST_BYTES = 200 * MEGABYTE
PLAIN_UP_TO = 200_000

SAVE_AS = {
    ".doc": ".docx",
    ".rtf": ".docx",
    ".odt": ".docx",
    ".pages": ".docx",
    ".ppt": ".pptx",
    ".odp": ".pptx",
    ".key": ".pptx",
    ".numbers": ".xlsx",
    ".msg": ".eml",
    ".mht": ".html",
    ".epub": ".html",
}


class Reader(Protocol):
    """What a module of this folder must have to be a format."""

    SUFFIXES: dict[str, str]

    def read(self, source: Source) -> Draft: ...


@dataclass(frozen=True, slots=True)
class Format:
    """One suffix, and the module that reads it.

    Attributes:
        plain_up_to: bytes up to which reading takes linear time and memory in pure Python, so that no child
            process is needed; 0 where a parser of foreign code is at work.
        most_bytes: larger files are refused unread.
    """

    suffix: str
    media_type: str
    module: str
    plain_up_to: int
    most_bytes: int

    def read(self, source: Source) -> Draft:
        return cast(Reader, import_module(self.module)).read(source)


@cache
def formats() -> dict[str, Format]:
    """Every format by its suffix."""
    package = __name__.rpartition(".")[0]
    names = [found.name for found in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [import_module(f"{package}.{name}") for name in sorted(names)]
    return {
        suffix: Format(
            suffix=suffix,
            media_type=media_type,
            module=module.__name__,
            plain_up_to=PLAIN_UP_TO if suffix in getattr(module, "PLAIN", ()) else 0,
            most_bytes=getattr(module, "MOST_BYTES", MOST_BYTES),
        )
        for module in modules
        for suffix, media_type in getattr(module, "SUFFIXES", {}).items()
    }


def format_of(name: str) -> Format:
    """The format that a file's name tells."""
    suffix = PurePath(name).suffix.lower()
    found = formats().get(suffix)
    if found is None:
        raise UnknownFormat(f"{name}: {_refusal(suffix)}")
    return found


def _refusal(suffix: str) -> str:
    if suffix in SAVE_AS:
        return f"{suffix} files cannot be read. Save it as {SAVE_AS[suffix]} and try again."
    what = f"{suffix} files cannot be read" if suffix else "its name has no suffix, so its format is unknown"
    return f"{what}. Known: {' '.join(sorted(formats()))}."
