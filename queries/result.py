"""The answer to a question: what was asked, how, and the rows. A table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

LONG = frozenset({"quote", "reason", "quotes", "why", "about", "aliases"})


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of plain values, each in the order of the columns."""

    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cypher: str = ""

    def objects(self) -> list[dict[str, Any]]:
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def to_json(result: Result) -> str:
    whole = {
        "question": result.question,
        "parameters": dict(result.parameters),
        "cypher": result.cypher,
        "columns": list(result.columns),
        "rows": result.objects(),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def to_csv(result: Result) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(result.columns)
    writer.writerows([_field(value) for value in row] for row in result.rows)
    return out.getvalue().rstrip("\n")


def print_table(result: Result, console: Console) -> None:
    """A table as wide as the terminal; where columns are many, quotes stand whole below their row."""
    if not result.rows:
        console.print("Nothing known.", style="dim")
        return
    shown = [c for c in result.columns if _has_value(result, c)]
    quoted = "quote" in shown and len(shown) > 3
    (_print_quoted if quoted else _print_grid)(result, shown, console)
    console.print(f"{len(result.rows)} row{'s' if len(result.rows) != 1 else ''}", style="dim")


def _has_value(result: Result, column: str) -> bool:
    place = result.columns.index(column)
    return any(row[place] not in (None, "", []) for row in result.rows)


def _print_grid(result: Result, shown: list[str], console: Console) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for column in shown:
        table.add_column(column, overflow="fold", ratio=3 if column in LONG else None)
    for row in result.objects():
        table.add_row(*(Text(_cell(row[c])) for c in shown))
    console.print(table)


def _print_quoted(result: Result, shown: list[str], console: Console) -> None:
    """Each row as one line of its short values, then its quote with where it stands."""
    source = [c for c in ("speaker", "document", "published", "place") if c in shown]
    short = [c for c in shown if c not in ("quote", *source)]
    for row in result.objects():
        console.print(_headline(row, short), soft_wrap=True)
        if row.get("quote"):
            _print_below(f"“{' '.join(str(row['quote']).split())}”", "italic", console)
            _print_below("  ".join(_cell(row[c]) for c in source if row[c] not in (None, "")), "dim", console)


def _print_below(text: str, style: str, console: Console) -> None:
    for line in wrap(text, console.width - 8):
        console.print(f"    {line}", style=style, markup=False, soft_wrap=True)


def _headline(row: Mapping[str, Any], short: list[str]) -> Any:
    from rich.text import Text

    line = Text()
    for place, column in enumerate(c for c in short if row[c] not in (None, "", [])):
        value, gap = _cell(row[column]), "  " if place else ""
        if place == 0 and isinstance(row[column], str):
            line.append(value, style="bold")
        else:
            label = f"{gap}{column} " if isinstance(row[column], int | float) else gap
            line.append(label, style="dim")
            line.append(value)
    return line


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, list | tuple):
        return "; ".join(_cell(v) for v in value)
    return str(value)


def _field(value: Any) -> Any:
    """A cell of CSV: numbers whole, lists joined, and nothing that a spreadsheet would run as a formula."""
    if isinstance(value, list | tuple):
        value = "; ".join(str(v) for v in value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return f"'{value}"
    return value
