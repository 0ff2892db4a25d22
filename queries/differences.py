"""What a graph has and what the workspace says: how many rows of each sort were added, changed, removed."""

from __future__ import annotations

from dataclasses import fields
from typing import NamedTuple

from graph.projection import Projection, Row, canonical

KEYS = {
    "evidence": ("id", "claim", "document"),
    "edges": ("subject", "predicate", "object"),
    "same": ("left", "right", "outcome"),
}


class Change(NamedTuple):
    """Counts of rows; a row is changed when its key stays and what it holds does not."""

    added: int
    changed: int
    removed: int
    equal: int

    @property
    def is_none(self) -> bool:
        return not (self.added or self.changed or self.removed)

    def __str__(self) -> str:
        told = ((n, word) for n, word in zip(self, self._fields[:3], strict=False) if n)
        return ", ".join(f"{n} {word}" for n, word in told) or "none"


def differences(before: Projection, after: Projection) -> dict[str, Change]:
    """By the parts of a projection.

    >>> alpha, beta = {"id": "company:alpha", "name": "Alpha"}, {"id": "company:beta", "name": "Beta"}
    >>> was, is_now = Projection(entities=(alpha,)), Projection(entities=(alpha | {"name": "A"}, beta))
    >>> str(differences(was, is_now)["entities"])
    '1 added, 1 changed'
    """
    return {
        part.name: _change(_rows(before, part.name), _rows(after, part.name)) for part in fields(Projection)
    }


def _rows(projection: Projection, part: str) -> dict[tuple[str, ...], str]:
    keys = KEYS.get(part, ("id",))
    rows: tuple[Row, ...] = getattr(projection, part)
    return {tuple(str(row[key]) for key in keys): canonical(row) for row in rows}


def _change(before: dict[tuple[str, ...], str], after: dict[tuple[str, ...], str]) -> Change:
    common = before.keys() & after.keys()
    changed = sum(before[key] != after[key] for key in common)
    return Change(len(after) - len(common), changed, len(before) - len(common), len(common) - changed)
