"""From the records of a workspace to graphs: the present one, and the one of an earlier day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import SettingsError

from .options import opened_graph
from .progress import progress
from .settings import Settings

if TYPE_CHECKING:
    from graph.projection import Projection
    from graph.store import Graph


def project(chosen: Settings, as_of: str | None = None) -> Projection:
    """The rows that records, judgements and reference lists give, now or on a day."""
    from ingest.judgements import read_judgements
    from ingest.records import Workspace, read_records
    from ingest.resolve import resolve

    from .references import read_references

    workspace = Workspace(chosen.workspace)
    options: dict[str, Any] = {"as_of": as_of, "references": read_references(workspace.references)}
    if chosen.min_confidence is not None:
        options["min_confidence"] = chosen.min_confidence
    return resolve(read_records(workspace), read_judgements(workspace.judgements), **options)


def write_graph(chosen: Settings) -> Projection:
    """Make the graph equal to what records and judgements say, and give its rows."""
    from ingest.pipeline import writing
    from ingest.records import Workspace

    with writing(Workspace(chosen.workspace)):
        _written(chosen).unlink(missing_ok=True)
        state = _state(chosen)
        projection = project(chosen)
        with progress("Writing") as tell, opened_graph(chosen, to_write=True) as graph:
            graph.write(projection, progress=tell)
        _written(chosen).write_text(json.dumps({"state": state, "summary": summary(projection)}))
    return projection


def refresh_graph(chosen: Settings) -> str:
    """Write the graph if anything that it is computed from has changed, and tell what is in it."""
    return written(chosen) or summary(write_graph(chosen))


def written(chosen: Settings) -> str | None:
    """What the embedded graph holds, if it was written from what is known now; None where that is not certain."""
    if chosen.is_server or not Path(chosen.graph).is_dir() or not _written(chosen).exists():
        return None
    known = json.loads(_written(chosen).read_text())
    return str(known["summary"]) if known["state"] == _state(chosen) else None


def summary(projection: Projection) -> str:
    return (
        f"{len(projection.documents)} documents, {len(projection.claims)} claims, "
        f"{len(projection.entities)} entities, fingerprint {projection.fingerprint()}"
    )


def _written(chosen: Settings) -> Path:
    """What the graph was last written from; absent while it is being written."""
    return chosen.workspace / "written.json"


def _state(chosen: Settings) -> str:
    from ingest.pipeline import state
    from ingest.records import Workspace

    return f"{state(Workspace(chosen.workspace))} {chosen.graph} {chosen.min_confidence}"


@contextmanager
def graph_on(chosen: Settings, day: str | None) -> Iterator[Graph]:
    """The graph, or with a day what was known and true then: made from the records, kept beside the graph."""
    if day is None:
        with opened_graph(chosen) as graph:
            yield graph
        return
    if not (chosen.workspace / "records").is_dir():
        raise SettingsError(f"--as-of needs the records, and {chosen.workspace} has none. Give --workspace.")
    past = replace(chosen, graph=str(chosen.workspace / "past" / day))
    with opened_graph(past, to_write=True) as graph:
        graph.write(project(chosen, day))
        yield graph
