"""What a container of files or XML may hold, checked before any parser opens it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from graph.errors import BrokenFile, EncryptedFile, HostileFile, TooLarge

from .characters import kind_of_bytes
from .dates import iso_date
from .draft import Draft, Source
from .languages import code

MOST_ENTRIES = 10_000
MOST_UNPACKED = 400_000_000
MOST_XML = 100_000_000
MOST_RATIO = 200
SMALL = 5_000_000
PIECE = 1 << 20
TEMPLATE_DAYS = ("2013-01-27", "2013-12-23")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
DTD = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def check_container(source: Source, *, needs: str) -> Draft:
    """A draft with what a zip container says about itself; refuses one that is broken, encrypted or hostile.

    Args:
        needs: the folder that tells the format, "word/" for docx.
    """
    if source.data.startswith(OLE):
        raise _old_or_encrypted(source)
    if not source.data.startswith(b"PK"):
        what = kind_of_bytes(source.data) or "no zip container"
        raise BrokenFile(
            f"its content is {what}, where {source.suffix} files are zip containers. Export it anew."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as container:
            entries = container.infolist()
            _check_names(entries)
            _check_sizes(entries, len(source.data))
            if not any(entry.filename.startswith(needs) for entry in entries):
                raise BrokenFile(
                    f"it is a zip container without {needs}, so no {source.suffix}. Export it anew."
                )
            _check_xml(container, entries)
            return _described(container)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        RuntimeError,
    ) as error:
        raise BrokenFile(f"its container is damaged ({error}). Export or download it anew.") from error


def refuse_entities(data: bytes) -> None:
    """A declared entity can unfold to gigabytes or to another file; documents need none."""
    if any(word in data for word in DTD):
        raise HostileFile(
            "its XML declares entities, which can unfold without end. Save it without its DOCTYPE."
        )


def _old_or_encrypted(source: Source) -> Exception:
    if ENCRYPTED_PACKAGE in source.data:
        return EncryptedFile("it is encrypted. Save it without its password and try again.")
    return BrokenFile(f"its content is an Office file of before 2007. Save it as {source.suffix} in Office.")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise TooLarge(
            f"its container has {len(entries):,} entries, at most {MOST_ENTRIES:,} are read. Split it."
        )
    for entry in entries:
        name = entry.orig_filename
        parts = {*PurePosixPath(name).parts, *PureWindowsPath(name).parts}
        if ".." in parts or PureWindowsPath(name).drive or name.startswith(("/", "\\")) or "\0" in name:
            raise HostileFile(f"its container has an entry that leaves it ({name[:80]!r}). Do not unpack it.")
        if entry.flag_bits & 1:
            raise EncryptedFile("its container is encrypted. Save it without its password and try again.")


def _check_sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    for entry in entries:
        if entry.file_size > max(SMALL, MOST_RATIO * entry.compress_size):
            raise HostileFile(
                f"its container unfolds {entry.compress_size:,} bytes to {entry.file_size:,} in"
                f" {entry.filename[:80]!r}, as a zip bomb does. Export it anew."
            )
    if sum(entry.compress_size for entry in entries) > size:
        raise HostileFile("the entries of its container overlap, as those of a zip bomb do. Export it anew.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED:
        raise TooLarge(
            f"it unpacks to {unpacked / 1e6:,.0f} MB, at most {MOST_UNPACKED / 1e6:,.0f} MB are read."
        )


def _check_xml(container: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    parts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    unpacked = sum(entry.file_size for entry in parts)
    if unpacked > MOST_XML:
        raise TooLarge(
            f"it holds {unpacked / 1e6:,.0f} MB of XML, at most {MOST_XML / 1e6:,.0f} MB are read. Split it."
        )
    for entry in parts:
        for piece in _pieces(container, entry):
            refuse_entities(piece)


def _pieces(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """An entry bit by bit, each with the tail of the one before, so that no word is cut."""
    tail = b""
    with container.open(entry) as stream:
        while piece := stream.read(PIECE):
            yield tail + piece
            tail = piece[-32:]


def _described(container: zipfile.ZipFile) -> Draft:
    """Title, publisher, date and language from the container's property parts."""
    core, app, open_document = (
        _elements(container, name) for name in ("docProps/core.xml", "docProps/app.xml", "meta.xml")
    )
    dates = [
        iso_date(core.get(name) or open_document.get(name))
        for name in ("created", "modified", "creation-date")
    ]
    return Draft(
        title=core.get("title") or open_document.get("title"),
        publisher=app.get("Company"),
        published=max((iso for words in dates if (iso := _day(words))), default=None),
        language=code(core.get("language") or open_document.get("language")),
    )


def _day(words: str | None) -> str | None:
    """Not the day on which the makers of python-docx and python-pptx saved their templates."""
    day = iso_date(words)
    return None if day in TEMPLATE_DAYS else day


def _elements(container: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The text of each element of a small part, by its local name."""
    from lxml import etree  # type: ignore[import-untyped]

    try:
        root = etree.fromstring(container.read(name), _xml_parser())
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile):
        return {}
    found: Iterator[Any] = root.iter("{*}*")
    return {etree.QName(element).localname: str(element.text) for element in found if element.text}


def _xml_parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
