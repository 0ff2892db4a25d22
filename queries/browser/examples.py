"""Every question with parameters that exist in a graph, as a statement that runs as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.errors import SettingsError, StatementFailed

from ..question import Parameter, Question, bind, runnable

if TYPE_CHECKING:
    from graph.store import Graph

TRIED = 12
SECONDS = 15.0
ENTITIES = """
MATCH (n:Entity)-[e]-(:Entity)
WHERE n.ecomapKey IS NOT NULL AND type(e) <> 'MAYBE_SAME'
RETURN n.id AS id, n.name AS name, labels(n) AS labels, count(e) AS edges
ORDER BY edges DESC, id LIMIT 500
"""
Given = dict[str, Any]
NEWEST = "MATCH (d:Document) WHERE d.ecomapKey IS NOT NULL RETURN max(d.published)"


@dataclass(frozen=True, slots=True)
class Example:
    """A question, asked.

    Attributes:
        given: its required parameters, entities by their ids.
        names: what the ids in the text stand for.
        rows: how many the graph gave.
    """

    question: Question
    given: Given
    names: dict[str, str]
    text: str
    rows: int


@dataclass(frozen=True, slots=True)
class Known:
    """What a graph can be asked about: entities by id, best connected first, and when its newest document is from."""

    names: dict[str, str]
    kinds: dict[str, tuple[str, ...]]
    newest: str


def examples(graph: Graph, questions: Iterable[Question]) -> dict[str, Example]:
    """By name; questions that need the same are asked about the same, as far as that gives rows.

    A question about a kind of which the graph has none is left out.

    Raises:
        SettingsError: no entity has an edge.
    """
    known = _known(graph)
    found: dict[str, Example] = {}
    for question in questions:
        before = [e.given for e in found.values() if e.rows and _needs(e.question) == _needs(question)][:1]
        if example := _example(graph, question, [before, *_tries(question, known)], known):
            found[question.name] = example
    return found


def _needs(question: Question) -> list[str]:
    return [parameter.name for parameter in question.required]


def _known(graph: Graph) -> Known:
    rows = graph.cypher(ENTITIES)[1]
    if not rows:
        raise SettingsError("The graph has no edges to ask about. Fill it first: ecomap ingest FOLDER")
    newest = graph.cypher(NEWEST)[1][0][0]
    kinds = {id: tuple(labels) for id, _, labels, _ in rows}
    return Known({id: name for id, name, _, _ in rows}, kinds, newest or "")


def _example(graph: Graph, question: Question, ways: Iterable[list[Given]], known: Known) -> Example | None:
    """The first that gives rows; of ways with one beginning, the one that gives most."""
    first = None
    for tries in ways:
        found = [_asked(graph, question, given, known) for given in tries]
        first = first or next(iter(found), None)
        best = max(found, key=lambda example: example.rows, default=None)
        if best and best.rows:
            return best
    return first


def _asked(graph: Graph, question: Question, given: Given, known: Known) -> Example:
    parameters = bind(question, given, lambda id, kinds: id)
    try:
        rows = len(graph.cypher(question.cypher, parameters, seconds=SECONDS)[1])
    except StatementFailed:  # too slow, or too much
        rows = 0
    names = {id: known.names[id] for id in given.values() if id in known.names}
    return Example(question, given, names, runnable(question.cypher, parameters).strip(), rows)


def _tries(question: Question, known: Known) -> Iterator[list[Given]]:
    """Ways to fill what is required, those with an equal beginning together."""
    if not question.required:
        yield [{}]
        return
    first, *more = question.required
    for value in _values(first, known):
        begun: list[Given] = [{first.name: value}]
        for parameter in more:
            begun = [
                given | {parameter.name: other}
                for given in begun
                for other in _values(parameter, known)
                if other not in given.values()
            ]
        yield begun


def _values(parameter: Parameter, known: Known) -> list[str]:
    if parameter.type == "date":
        year = known.newest[:4]
        return [year, str(int(year) - 1), "1900"] if year.isdigit() else ["1900"]
    fit = (id for id, kinds in known.kinds.items() if not parameter.kinds or {*kinds} & {*parameter.kinds})
    return [id for id, _ in zip(fit, range(TRIED), strict=False)]
