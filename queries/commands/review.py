"""ecomap review: decide on suggestions, best first, one key each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.errors import JudgementError
from queries.options import opened_graph, settings, workspace_options

if TYPE_CHECKING:
    from graph.store import Graph
    from queries.settings import Settings

KEYS = {"s": "same", "d": "different", "u": "unsure", "k": "skip", "z": "undo", "q": "quit"}
QUOTES = 3
Pair = dict[str, Any]


@click.command(epilog="""\b
Examples:
  ecomap review
  ecomap review --accept decided.jsonl     (lines with left, right, outcome, why)
""")  # fmt: skip
@click.option(
    "--accept", "file", type=click.Path(path_type=Path, exists=True), help="Take decisions from a file."
)
@workspace_options
def command(file: Path | None) -> None:
    """Go through pairs that may be the same: s same, d different, u unsure, k skip, z undo, q leave."""
    from queries.projecting import write_graph

    chosen = settings()
    count = _from_file(chosen, file) if file else _at_terminal(chosen)
    if count:
        made = write_graph(chosen)
        click.echo(f"{count} decided; {made.counts['entities']} entities, fingerprint {made.fingerprint}")
    else:
        click.echo("Nothing decided.")


def _from_file(chosen: Settings, file: Path) -> int:
    from queries.judging import judge, sides

    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    rows = [_decision(line, file, number) for number, line in enumerate(lines, 1)]
    with opened_graph(chosen) as graph:
        pairs = [sides(graph, row["outcome"], row["left"], row["right"]) for row in rows]
    for row, (left, right, kind) in zip(rows, pairs, strict=True):
        judge(chosen, row["outcome"], left, right, row.get("why", ""), kind)
    return len(rows)


def _decision(line: str, file: Path, number: int) -> dict[str, str]:
    try:
        row = json.loads(line)
        if row["outcome"] in ("same", "different", "unsure") and row["left"] and row["right"]:
            return {str(k): str(v) for k, v in row.items()}
    except (ValueError, KeyError, TypeError):
        pass
    raise JudgementError(
        f"{file.name}, line {number}: expected left, right and outcome same, different or unsure."
    )


def _at_terminal(chosen: Settings) -> int:
    """Each decision is on the disk before the next pair is shown, so that a review can be left at any pair."""
    pairs = _undecided(chosen)
    made: list[tuple[int, str]] = []
    place = 0
    while place < len(pairs):
        word = _ask(pairs[place], place, len(pairs))
        if word == "quit":
            break
        if word == "undo":
            place = _undo(chosen, made, place)
        elif word == "skip" or _decide(chosen, word, pairs[place], place, made):
            place += 1
    return len(made)


def _undecided(chosen: Settings) -> list[Pair]:
    """Suggested pairs that nobody has decided on, also since the graph was last written; with quotes of both sides."""
    from ingest.judgements import judged_pairs, read_judgements
    from ingest.records import Workspace

    known = judged_pairs(read_judgements(Workspace(chosen.workspace).judgements))
    with opened_graph(chosen) as graph:
        return [
            pair | {"sides": [_side(graph, pair[end]) for end in ("left_id", "right_id")]}
            for pair in _pairs(graph)
            if frozenset((pair["left_id"], pair["right_id"])) not in known
        ]


def _decide(chosen: Settings, word: str, pair: Pair, place: int, made: list[tuple[int, str]]) -> bool:
    """Write a decision; one that contradicts earlier ones is told and the pair asked again."""
    from queries.judging import judge

    try:
        made.append((place, judge(chosen, word, pair["left_id"], pair["right_id"]).id))
    except JudgementError as refused:
        click.echo(f"  {refused}")
        return False
    return True


def _undo(chosen: Settings, made: list[tuple[int, str]], place: int) -> int:
    from queries.judging import judge

    if not made:
        return max(place - 1, 0)
    place, last = made.pop()
    judge(chosen, "undo", last)
    return place


def _pairs(graph: Graph) -> Iterator[Pair]:
    from queries import library
    from queries.answer import answer

    yield from answer(graph, library.question("same_company"), {}).objects()


def _side(graph: Graph, id: str) -> list[Pair]:
    """Its first quotes; one that several claims rest on is shown once."""
    from queries import library
    from queries.answer import answer

    rows = answer(graph, library.question("evidence"), {"company": id}).objects()
    return list({(row["document"], row["quote"]): row for row in rows}.values())[:QUOTES]


def _ask(pair: Pair, place: int, total: int) -> str:
    click.echo(
        f"\n{place + 1}/{total}  {pair['left']}  =?  {pair['right']}   {pair['score']:.2f}  {pair['reason']}"
    )
    for name, rows in zip((pair["left"], pair["right"]), pair["sides"], strict=True):
        click.echo(f"  {name}")
        if not rows:
            click.echo("    (named, but nothing is claimed of it)")
        for row in rows:
            click.echo(f"    “{' '.join(row['quote'].split())}”  {row['document']}")
    click.echo("  [s]ame [d]ifferent [u]nsure s[k]ip [z] undo [q]uit ", nl=False)
    while True:
        key = click.getchar()
        if key in KEYS:
            click.echo(KEYS[key])
            return KEYS[key]
        if key in ("\x04", ""):
            return "quit"
