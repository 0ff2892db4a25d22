"""From the records of a workspace to the graph that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .options import opened_graph
from .settings import Settings

if TYPE_CHECKING:
    from graph.projection import Projection


def write_graph(chosen: Settings) -> Projection:
    """Make the graph equal to what records and judgements say, and give its rows."""
    from ingest.pipeline import project, writing
    from ingest.records import Workspace

    workspace = Workspace(chosen.workspace)
    with writing(workspace):
        projection = project(workspace, min_confidence=chosen.min_confidence)
        with opened_graph(chosen) as graph:
            graph.write(projection)
    return projection
