"""Well-known companies with the names that no spelling rule can join, from ``data/known_names.txt``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def house(key: str) -> str | None:
    """The first name of the row that has a name of this comparison key."""
    return _houses().get(key)


@cache
def _houses() -> dict[str, str]:
    from .names import comparison_key

    text = files("ingest").joinpath("data/known_names.txt").read_text("utf-8")
    rows = [line.split("|") for line in text.splitlines() if line and not line.startswith("#")]
    return {comparison_key(name): row[0].strip() for row in rows for name in row}
