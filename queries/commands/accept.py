"""ecomap accept CLAIM: a person accepts a claim."""

from __future__ import annotations

import click

from queries.options import workspace_options


@click.command(epilog="""\b
Examples:
  ecomap ask evidence vRad Aidoc --json    (its rows name the claims)
  ecomap accept claim:3f9a1c0b5d7e2a41 --why "read the contract"
  ecomap judge undo judgement:…            (takes it back)
""")  # fmt: skip
@click.argument("claim")
@click.option("--why", default="", help="The reason, kept with the judgement.")
@workspace_options
def command(claim: str, why: str) -> None:
    """Decide on a claim by its id. The graph follows at once."""
    from queries.judging import decide

    decide("accept", claim, why)
