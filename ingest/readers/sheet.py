"""Spreadsheets and CSV: a row is its cells joined by " | "; the name of a sheet is a heading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from graph.errors import BrokenFile, EncryptedFile, TooLarge

from .bounds import ENCRYPTED_PACKAGE, OLE, check_container
from .characters import decode, squeeze
from .draft import Draft, Source

SUFFIXES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
PLAIN = frozenset({".csv", ".tsv"})

MOST_CELLS = 5_000_000
LONGEST_CELL = 1_000_000
DELIMITERS = ",;\t|"
SAMPLE_LINES = 20


def read(source: Source) -> Draft:
    return _csv(source) if source.suffix in PLAIN else _workbook(source)


def _csv(source: Source) -> Draft:
    text = decode(source.data, source.name)
    csv.field_size_limit(LONGEST_CELL)
    draft = Draft()
    try:
        _add_rows(draft, csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise BrokenFile(f"it is no readable table ({error}). Export it as CSV in UTF-8.") from error
    return draft


def _delimiter(text: str) -> str:
    """The sign that most lines have equally often."""
    lines = [line for line in text[:50_000].split("\n") if line][:SAMPLE_LINES]

    def evenness(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0), usual

    return max(DELIMITERS, key=evenness)


def _workbook(source: Source) -> Draft:
    draft = _opened(source)
    for number, (name, rows) in enumerate(_sheets(source), start=1):
        draft.leave_headings()
        filled = [row for row in rows if any(cell not in ("", None) for cell in row)]
        if filled:
            draft.add("heading", name, page=number)
            _add_rows(draft, filled, page=number)
    return draft


def _opened(source: Source) -> Draft:
    if source.suffix == ".xls" and source.data.startswith(OLE):
        if ENCRYPTED_PACKAGE in source.data:
            raise EncryptedFile("it is encrypted. Save it without its password and try again.")
        return Draft()
    return check_container(source, needs="content.xml" if source.suffix == ".ods" else "xl/")


def _sheets(source: Source) -> Iterable[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(source.data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            cells = sheet.total_height * sheet.total_width
            if cells > MOST_CELLS:
                raise TooLarge(
                    f"sheet {name!r} spans {cells:,} cells, at most {MOST_CELLS:,} are read. Split it."
                )
            yield name, sheet.to_python(skip_empty_area=True)
    except PasswordError as error:
        raise EncryptedFile("it is encrypted. Save it without its password and try again.") from error
    except CalamineError as error:
        raise BrokenFile(f"it is no readable spreadsheet ({str(error)[:100]}). Save it anew.") from error


def _add_rows(draft: Draft, rows: Iterable[Iterable[Any]], page: int | None = None) -> None:
    for row in rows:
        cells = [_words(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            draft.add("row", " | ".join(cells), page=page)


def _words(cell: Any) -> str:
    """A value as a person reads it: 3 for 3.0, the day alone where the time says nothing."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return squeeze(str(cell)) if cell is not None else ""
