"""From a question and what was given to its Result; from a name to its entity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import UnknownName

from .question import Kinds, Question, bind, text
from .result import Result

if TYPE_CHECKING:
    from graph.model import Entity
    from graph.store import Graph


def answer(graph: Graph, question: Question, given: Mapping[str, Any]) -> Result:
    """Ask a graph.

    Raises:
        UnknownName: no entity bears a given name.
    """
    parameters = bind(question, given, lambda name, kinds: entity(graph, name, kinds).id)
    cypher = text(question, parameters)
    columns, rows = graph.cypher(cypher, parameters)
    return Result(question.name, tuple(columns), tuple(tuple(r) for r in rows), parameters, cypher.strip())


def entity(graph: Graph, name: str, kinds: Kinds = ()) -> Entity:
    """The one entity of that name, of one of those kinds.

    Raises:
        UnknownName: there is none; the near names are told.
    """
    found = [e for e in graph.find(name) if not kinds or e.kind in kinds]
    if not found:
        raise UnknownName(name)
    return found[0]
