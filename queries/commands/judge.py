"""ecomap judge KIND A B: two entities are the same, different, or nobody knows."""

from __future__ import annotations

import click

from queries.options import opened_graph, settings, workspace_options


@click.command(epilog="""\b
Examples:
  ecomap judge same vRad "Virtual Radiologic Professionals, LLC" --why "own web site"
  ecomap judge different "Radiology Assist" "Radiology Express"
  ecomap judge undo judgement:3f9a1c0b5d7e2a41
""")  # fmt: skip
@click.argument("kind", type=click.Choice(["same", "different", "unsure", "undo"]))
@click.argument("left")
@click.argument("right", required=False)
@click.option("--why", default="", help="The reason, kept with the judgement.")
@workspace_options
def command(kind: str, left: str, right: str | None, why: str) -> None:
    """Decide on a pair by name or id, or take a judgement back by its id. The graph follows at once."""
    from queries.judging import judge, sides
    from queries.projecting import write_graph

    chosen = settings()
    if (kind == "undo") == bool(right):
        raise click.UsageError("undo takes the id of a judgement, the others take two names.")
    entity_kind = ""
    if right:
        with opened_graph(chosen) as graph:
            left, right, entity_kind = sides(graph, kind, left, right)
    made = judge(chosen, kind, left, right or "", why, entity_kind)
    graph_now = write_graph(chosen)
    click.echo(f"{made.id}  {kind} {left} {right or ''}".rstrip())
    click.echo(f"graph   {graph_now.counts['entities']} entities, fingerprint {graph_now.fingerprint}")
