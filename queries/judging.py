"""Decisions of a person, written to judgements.jsonl with who, when and why."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from .options import settings
from .settings import Settings

if TYPE_CHECKING:
    from graph.store import Graph
    from ingest.judgements import Judgement


def judge(
    chosen: Settings, kind: str, left: str, right: str = "", why: str = "", entity_kind: str = ""
) -> Judgement:
    """Write one judgement; a contradiction is refused with its chain."""
    from ingest.judgements import Judgement, append_judgement
    from ingest.records import Workspace

    judgement = Judgement(kind, left, right, entity_kind, who=_who(), when=_now(), why=why)
    return append_judgement(Workspace(chosen.workspace).judgements, judgement)


def sides(graph: Graph, kind: str, left: str, right: str) -> tuple[str, str, str]:
    """The ids that a judgement on two names is about, and nothing; of one entity the names themselves and its kind.

    Two names that are one entity may have been joined by a person: then to part them contradicts, and is refused.
    """
    from graph.errors import JudgementError
    from graph.ids import fold

    from .answer import entity

    one, other = entity(graph, left), entity(graph, right)
    if one["id"] != other["id"]:
        return str(one["id"]), str(other["id"]), ""
    if kind == "same" or fold(left) == fold(right):
        raise JudgementError(f"{left!r} and {right!r} are one already: {one['id']}. Nothing to decide.")
    return left, right, str(one["kind"])


def decide(kind: str, claim: str, why: str) -> None:
    """Accept or reject a claim by its id; the graph follows at once."""
    from graph.errors import UnknownName

    from .projecting import project, write_graph

    chosen = settings()
    if claim not in {row["id"] for row in project(chosen).claims}:
        raise UnknownName(claim)
    made = judge(chosen, kind, claim, why=why)
    graph_now = write_graph(chosen)
    click.echo(f"{made.id}  {kind} {claim}")
    click.echo(f"graph   {graph_now.counts['edges']} edges, fingerprint {graph_now.fingerprint}")


def _who() -> str:
    try:
        return os.environ.get("ECOMAP_WHO") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
