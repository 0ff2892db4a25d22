"""ecomap map: a partner network or a whole ecosystem as a picture."""

from __future__ import annotations

from pathlib import Path

import click

from queries.options import settings, workspace_options


@click.command(epilog="""\b
Examples:
  ecomap map --out ecosystem.html
  ecomap map vRad --hops 2 --out vrad.svg
  ecomap map --market "Teleradiology Services" --region India --out india.png
""")  # fmt: skip
@click.argument("company", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("map.html"),
    show_default=True,
    help=".svg, .png or .html.",
)
@click.option(
    "--hops", type=click.IntRange(1, 4), default=1, show_default=True, help="How wide around the company."
)
@click.option(
    "--type", "predicates", multiple=True, metavar="PREDICATE", help="Only these predicates (repeatable)."
)
@click.option("--market", help="Only players of this market.")
@click.option("--region", help="Only companies there.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Leave out what is less sure.")
@click.option(
    "--limit", type=click.IntRange(min=2), default=300, show_default=True, help="At most so many entities."
)
@click.option("--as-of", metavar="DATE", help="What was known and true on that day.")
@workspace_options
def command(
    company: str | None,
    out: Path,
    hops: int,
    predicates: tuple[str, ...],
    market: str | None,
    region: str | None,
    min_confidence: float | None,
    limit: int,
    as_of: str | None,
) -> None:
    """Draw the network of a company, or everything, as SVG, PNG or one HTML page."""
    from graph.projection import SHOWN_CONFIDENCE
    from queries.answer import entity
    from queries.maps import draw
    from queries.maps.network import network_of
    from queries.projecting import graph_on
    from queries.question import date

    chosen = settings()
    least = min_confidence if min_confidence is not None else chosen.min_confidence or SHOWN_CONFIDENCE
    with graph_on(chosen, date(as_of) if as_of else None) as graph:
        network = network_of(
            graph,
            company=entity(graph, company)["id"] if company else None,
            hops=hops,
            predicates=predicates or None,
            market=entity(graph, market, ("Market",))["id"] if market else None,
            region=entity(graph, region, ("Region",))["id"] if region else None,
            min_confidence=least,
            limit=limit,
        )
    draw(network, out)
    click.echo(f"{out}: {len(network.nodes)} entities, {len(network.edges)} edges")
