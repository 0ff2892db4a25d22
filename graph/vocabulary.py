"""The closed vocabulary of ecomap, read from ``vocabulary.toml``.

>>> predicate("partners_with").edge
'PARTNERS_WITH'
>>> predicate("partner_of")
Traceback (most recent call last):
    ...
graph.errors.UnknownPredicate: 'partner_of' is not in graph/vocabulary.toml. Did you mean 'partners_with'?
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .errors import UnknownKind, UnknownPredicate, UnknownStatus


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that can join two entities.

    Attributes:
        subject: kinds that may stand before it.
        object: kinds that may stand behind it.
        symmetric: whether a-b says the same as b-a.
        structural: whether it comes from a gazetteer and not from a document.
    """

    name: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    about: str
    symmetric: bool = False
    structural: bool = False
    details: tuple[str, ...] = ()

    @property
    def edge(self) -> str:
        """The type of its edge in the graph."""
        return self.name.upper()


@cache
def predicates() -> dict[str, Predicate]:
    return {name: _predicate(name, row) for name, row in _toml()["predicates"].items()}


@cache
def kinds() -> dict[str, str]:
    """Each kind with what it means."""
    return {name: row["about"] for name, row in _toml()["kinds"].items()}


@cache
def statuses() -> tuple[str, ...]:
    return tuple(_toml()["statuses"])


@cache
def shown_statuses() -> tuple[str, ...]:
    """Statuses whose claims become a direct edge."""
    return tuple(_toml()["shown"])


def predicate(name: str) -> Predicate:
    try:
        return predicates()[name]
    except KeyError:
        raise UnknownPredicate(name, predicates()) from None


def check_kind(kind: str) -> None:
    if kind not in kinds():
        raise UnknownKind(kind, kinds())


def check_status(status: str) -> None:
    if status not in statuses():
        raise UnknownStatus(status, statuses())


def allows(name: str, subject_kind: str, object_kind: str) -> bool:
    """Whether the predicate may join these kinds, in this direction."""
    found = predicate(name)
    return subject_kind in found.subject and object_kind in found.object


def _predicate(name: str, row: dict[str, Any]) -> Predicate:
    lists: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return Predicate(name=name, **lists)


@cache
def _toml() -> dict[str, Any]:
    return tomllib.loads(files("graph").joinpath("vocabulary.toml").read_text("utf-8"))
