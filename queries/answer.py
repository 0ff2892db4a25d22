"""From a question and what was given to its Result; from a name to its entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import UnknownName

from .question import Kinds, Question, bind, text
from .result import Result

if TYPE_CHECKING:
    from graph.projection import Row
    from graph.store import Graph

NEAR = 5


def answer(graph: Graph, question: Question, given: Mapping[str, Any]) -> Result:
    """Ask a graph.

    Raises:
        UnknownName: no entity bears a given name.
    """
    parameters = bind(question, given, lambda name, kinds: entity(graph, name, kinds)["id"])
    cypher = text(question, parameters)
    columns, rows = graph.cypher(cypher, parameters)
    return Result(question.name, tuple(columns), tuple(tuple(r) for r in rows), parameters, cypher.strip())


def entity(graph: Graph, name: str, kinds: Kinds = ()) -> Row:
    """The entity of that name or id, of one of those kinds.

    Raises:
        UnknownName: there is none; the near names are told.
    """
    if ":" in name and (known := graph.get(name)):
        return known
    found = [row for row in graph.find(name) if not kinds or kind(row) in kinds]
    if exact := [row for row in found if row["exact"]]:
        return exact[0]
    raise UnknownName(name, tuple(dict.fromkeys(str(row["name"]) for row in found[:NEAR])))


def kind(row: Row) -> str:
    """The kind of an entity, which its id begins with.

    >>> kind({"id": "company:vrad"})
    'Company'
    """
    return str(row["id"]).split(":")[0].capitalize()
