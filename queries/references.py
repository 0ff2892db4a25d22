"""Reference lists of a workspace (names, aliases, tickers): CSV files added by `ecomap reference add`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from graph.errors import SettingsError

COLUMNS = (
    "name",
    "aliases",
    "ticker",
    "exchange",
    "lei",
    "country",
    "headquarters",
    "website",
    "parent",
    "kind",
)


def read_references(folder: Path) -> Iterator[Mapping[str, str]]:
    """All rows of all lists; each says in `list` which one it stands in."""
    for path in sorted(folder.glob("*.csv")):
        yield from (row | {"list": path.name} for row in _rows(path))


def add_reference(folder: Path, source: Path, columns: Mapping[str, str]) -> int:
    """Copy a list under our own column names; gives the number of names.

    Args:
        columns: our name of a column -> its name in the file.
    """
    rows = [_renamed(row, columns) for row in _rows(source)]
    if not rows or not any(row.get("name") for row in rows):
        raise SettingsError(f"{source} has no column 'name'. Say which one it is: --column name=THEIRS.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{source.stem}.csv"
    temporary = target.with_suffix(".part")
    with temporary.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [c for c in COLUMNS if any(row.get(c) for row in rows)])
        writer.writeheader()
        writer.writerows({c: row.get(c, "") for c in writer.fieldnames} for row in rows if row.get("name"))
    temporary.replace(target)
    return sum(1 for row in rows if row.get("name"))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path} cannot be read as CSV: {error}.") from error


def _renamed(row: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
    plain = {str(k).strip().casefold(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
    return {ours: plain.get(columns.get(ours, ours).casefold(), "") for ours in COLUMNS}
