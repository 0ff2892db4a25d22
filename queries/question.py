"""A question: a name, what it asks, its parameters, one constant Cypher text, and the columns of the answer.

A file of ``queries/library`` holds one as ``QUESTION``. ``ask`` answers it from a graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from graph import vocabulary
from graph.errors import SettingsError

Kinds = tuple[str, ...]
PARTIES: Kinds = ("Company", "Organization")
PLACE = "coalesce('p. ' + toString(v.page) + ', ', '') + toString(v.startChar) + '-' + toString(v.endChar)"
FRAGMENTS = {
    "__SUREST_FIRST__": "v.score DESC, coalesce(d.published, '') DESC, v.id",
    "__PLACE__": PLACE,
    "__BEST__": f"""collect({{quote: v.quote, speaker: v.speaker, document: d.name, published: d.published,
  place: {PLACE}
}})[0]""",
}
"""What many questions say of ``(k:Claim)-[v:EVIDENCED_BY]->(d:Document)``: a text names it, and holds it when made."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question wants to know.

    Attributes:
        type: "entity" (a name, turned into an id), "text", "number", "count", "date", "flag", "predicates".
        default: what it is when not given; with ``required`` there is none.
        kinds: of which kinds the entity may be, for type "entity"; empty is any.
    """

    name: str
    about: str
    type: str = "text"
    default: Any = None
    required: bool = False
    kinds: Kinds = ()
    most: int | None = None

    @property
    def option(self) -> str:
        """Its name on the command line: minConfidence is --min-confidence."""
        return "".join(f"-{c.lower()}" if c.isupper() else c for c in self.name)


@dataclass(frozen=True, slots=True)
class Question:
    """Adding a question is adding one file with one of these.

    Attributes:
        cypher: constant text over the direct edges, FRAGMENTS filled in; runs on every store.
        all_claims: the same over the claims, with every status; "" where it means nothing.
        example: the arguments of a typical call, for help and for saved Cypher.
    """

    name: str
    about: str
    columns: tuple[str, ...]
    cypher: str
    parameters: tuple[Parameter, ...] = ()
    all_claims: str = ""
    example: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "cypher", _filled(self.cypher))
        object.__setattr__(self, "all_claims", _filled(self.all_claims))

    @property
    def required(self) -> tuple[Parameter, ...]:
        return tuple(p for p in self.parameters if p.required)

    @property
    def optional(self) -> tuple[Parameter, ...]:
        """Its own options, and --status where there is a text over the claims."""
        own = tuple(p for p in self.parameters if not p.required)
        return (*own, STATUS) if self.all_claims else own


MIN_CONFIDENCE = Parameter("minConfidence", "leave out what is less sure than this", "number", 0.0)
STATUS = Parameter("status", "planned, rumoured, denied and ended too", "flag", False)


def company(about: str = "a company, by any of its names", name: str = "company") -> Parameter:
    return Parameter(name, about, "entity", required=True, kinds=PARTIES)


def edge_types(*predicates: str) -> Parameter:
    """Which kinds of edge to follow; those given are the default."""
    default = [vocabulary.predicate(p).edge for p in predicates]
    return Parameter("type", "follow only these predicates (repeatable)", "predicates", default)


Naming = Callable[[str, Kinds], str]
"""From a name and the kinds that will do to an entity's id."""


def bind(question: Question, given: Mapping[str, Any], naming: Naming) -> dict[str, Any]:
    """The Cypher parameters of a question, from what was given; names become ids.

    Raises:
        UnknownName: no entity bears a given name.
        SettingsError: a parameter is missing, or of no use to this question.
    """
    known = {p.name: p for p in (*question.parameters, *question.optional)}
    for name in given:
        if name not in known:
            raise SettingsError(f"{question.name} has no parameter {name!r}. It has: {', '.join(known)}.")
    return {name: _value(p, given.get(name), naming) for name, p in known.items()}


def text(question: Question, parameters: Mapping[str, Any]) -> str:
    """The Cypher that answers: over the edges, or over the claims when every status is asked for."""
    return question.all_claims if parameters.get("status") else question.cypher


def runnable(cypher: str, parameters: Mapping[str, Any]) -> str:
    """The text with its parameters written in, to paste anywhere. Only ever shown: we run it with parameters.

    >>> runnable("MATCH (c {id: $company}) RETURN c", {"company": "company:o'neil"})
    "MATCH (c {id: 'company:o\\\\'neil'}) RETURN c"
    """
    for name in sorted(parameters, key=len, reverse=True):
        cypher = cypher.replace(f"${name}", literal(parameters[name]))
    return cypher


def literal(value: Any) -> str:
    """A value as Cypher writes it."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(v) for v in value) + "]"
    return json.dumps(value)


def _filled(cypher: str) -> str:
    for name, words in FRAGMENTS.items():
        cypher = cypher.replace(name, words)
    return cypher


def _value(parameter: Parameter, given: Any, naming: Naming) -> Any:
    if given is None:
        if parameter.required:
            raise SettingsError(f"{parameter.name} is missing: {parameter.about}.")
        return parameter.default
    if parameter.type == "entity":
        return naming(given, parameter.kinds)
    if parameter.type == "predicates":
        return [vocabulary.predicate(word.lower()).edge for word in given] or parameter.default
    if parameter.type == "date":
        return date(given)
    if parameter.most is not None and given > parameter.most:
        raise SettingsError(f"{parameter.name} is at most {parameter.most}, not {given}.")
    return given


def date(given: str) -> str:
    """A date as precise as it was given."""
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", given):
        raise SettingsError(f"{given!r} is not a date. Write 2024, 2024-03 or 2024-03-08.")
    return given
