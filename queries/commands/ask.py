"""ecomap ask QUESTION …: the questions of queries/library, each as a subcommand made from its parameters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import click

from queries import library
from queries.options import opened_graph, settings, show, table_options, workspace_options
from queries.question import Parameter, Question, bind, date, runnable, text

if TYPE_CHECKING:
    from graph.store import Graph
    from queries.settings import Settings

TYPES: dict[str, Any] = {"number": click.FLOAT, "count": click.IntRange(min=1)}


class Questions(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(library.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _command(library.question(cmd_name))


@click.command(cls=Questions, epilog="""\b
Examples:
  ecomap ask partners vRad
  ecomap ask partners vRad --status --json
  ecomap ask network "Radiology Partners" --hops 2 --type partners_with
  ecomap ask path vRad INFINITT
  ecomap ask changes --since 2024-01-01
  ecomap ask partners vRad --show-cypher | ecomap cypher -
""")  # fmt: skip
def command() -> None:
    """Ask one of the questions."""


def _command(question: Question) -> click.Command:
    def run(form: str | None, show_cypher: bool, as_of: str | None, **given: Any) -> None:
        known = {name: value for name, value in given.items() if value not in (None, ())}
        _answer(question, known, form, show_cypher, as_of)

    made = click.command(question.name, help=question.about, epilog=_examples(question))(run)
    for parameter in reversed((*question.parameters, *question.optional)):
        if not any(p.name == parameter.name for p in made.params):
            made.params.insert(0, _parameter(parameter))
    made.params += [
        click.Option(["--as-of"], metavar="DATE", help="What was known and true on that day."),
        click.Option(["--show-cypher"], is_flag=True, help="Print the Cypher instead, ready to paste."),
    ]
    return workspace_options(table_options(made))


def _answer(
    question: Question, given: dict[str, Any], form: str | None, show_cypher: bool, as_of: str | None
) -> None:
    from queries.answer import answer, entity

    chosen = settings()
    if chosen.min_confidence is not None and any(p.name == "minConfidence" for p in question.parameters):
        given.setdefault("minConfidence", chosen.min_confidence)
    with _graph(chosen, as_of) as graph:
        if show_cypher:
            parameters = bind(question, given, lambda name, kinds: entity(graph, name, kinds)["id"])
            click.echo(runnable(text(question, parameters), parameters).strip())
        else:
            show(answer(graph, question, given), form)


def _graph(chosen: Settings, as_of: str | None) -> AbstractContextManager[Graph]:
    if as_of is None:
        return opened_graph(chosen)
    from queries.projecting import graph_on

    return graph_on(chosen, date(as_of))


def _parameter(parameter: Parameter) -> click.Parameter:
    """Entities stand as arguments; everything else is an option."""
    if parameter.type == "entity":
        return click.Argument([parameter.name], required=parameter.required, metavar=_metavar(parameter))
    return click.Option(
        [f"--{parameter.option}", parameter.name],
        type=TYPES.get(parameter.type, click.STRING),
        is_flag=parameter.type == "flag",
        multiple=parameter.type == "predicates",
        required=parameter.required,
        metavar={"date": "DATE", "predicates": "PREDICATE"}.get(parameter.type),
        default=None,
        help=_help(parameter),
    )


def _metavar(parameter: Parameter) -> str:
    name = parameter.name.upper()
    return name if parameter.required else f"[{name}]"


def _help(parameter: Parameter) -> str:
    shown = parameter.default if parameter.type in ("number", "count") else None
    about = parameter.about[:1].upper() + parameter.about[1:] + "."
    return f"{about}  [default: {shown}]" if shown is not None else about


def _examples(question: Question) -> str:
    words = " ".join(
        f"--{p.option} {value}" if p.type != "entity" else (f'"{value}"' if " " in value else value)
        for p, value in zip(_told(question), question.example, strict=False)
    )
    call = f"ecomap ask {question.name} {words}".rstrip()
    return f"\b\nExamples:\n  {call}\n  {call} --json\n  {call} --show-cypher"


def _told(question: Question) -> Iterator[Parameter]:
    """The parameters that the example of a question gives."""
    return (p for p in question.parameters if p.type in ("entity", "date"))
