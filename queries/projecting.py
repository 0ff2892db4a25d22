"""From the records of a workspace to graphs: the present one, and the one of an earlier day."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import SettingsError

from .options import opened_graph
from .progress import progress
from .settings import Settings

if TYPE_CHECKING:
    from graph.projection import Projection
    from graph.store import Graph
    from ingest.incremental import Change


def project(chosen: Settings, as_of: str | None = None) -> Projection:
    """The rows that records, judgements and reference lists give, now or on a day."""
    from ingest.judgements import read_judgements
    from ingest.records import Workspace, read_records
    from ingest.resolve import resolve

    from .references import read_references

    workspace = Workspace(chosen.workspace)
    options = {"references": read_references(workspace.references), **_confidence(chosen)}
    return resolve(read_records(workspace), read_judgements(workspace.judgements), as_of=as_of, **options)


def _confidence(chosen: Settings) -> dict[str, Any]:
    return {} if chosen.min_confidence is None else {"min_confidence": chosen.min_confidence}


@dataclass(frozen=True, slots=True)
class Written:
    """What the graph holds now.

    Attributes:
        change: what was computed anew for it.
    """

    counts: Mapping[str, int]
    fingerprint: str
    change: Change

    def __str__(self) -> str:
        return (
            f"{self.counts['documents']} documents, {self.counts['claims']} claims, "
            f"{self.counts['entities']} entities, fingerprint {self.fingerprint}"
        )


def write_graph(chosen: Settings, *, anew: bool = False) -> Written:
    """Make the graph equal to what records and judgements say, from what came and went since it was last written.

    Args:
        anew: make a full pass and compare the whole graph, whatever is known of both.
    """
    from ingest.pipeline import writing
    from ingest.records import Workspace
    from ingest.resolved import resolved

    from .references import read_references

    workspace = Workspace(chosen.workspace)
    with writing(workspace):
        held, state = _held(chosen), _state(chosen)
        _written(chosen).unlink(missing_ok=True)
        options = {"references": read_references(workspace.references), **_confidence(chosen)}
        with resolved(workspace, state, anew=anew, **options) as found:
            rows = found.resolution
            with progress("Writing") as tell, opened_graph(chosen, to_write=True) as graph:
                if held and held["state"] == found.since and _holds(graph, held["counts"]):
                    graph.amend(*rows.amendment(), progress=tell)
                else:
                    graph.write(rows.projection(), progress=tell)
            made = Written(rows.counts(), rows.fingerprint(), found.change)
        told = {"state": state, "summary": str(made), "counts": made.counts}
        _written(chosen).write_text(json.dumps(told))
    return made


def _holds(graph: Graph, counts: Mapping[str, int]) -> bool:
    """Whether the graph has as many rows as when it was written: else somebody emptied or exchanged it."""
    return all(counts[part] == n for part, n in graph.counts().items())


def refresh_graph(chosen: Settings) -> str:
    """Write the graph if anything that it is computed from has changed, and tell what is in it."""
    return written(chosen) or str(write_graph(chosen))


def written(chosen: Settings) -> str | None:
    """What the embedded graph holds, if it was written from what is known now; None where that is not certain."""
    held = _held(chosen)
    return str(held["summary"]) if held and held["state"] == _state(chosen) else None


def _held(chosen: Settings) -> dict[str, Any] | None:
    """What the embedded graph was last written from; None where others may have written, or a write was killed."""
    if chosen.is_server or not Path(chosen.graph).is_dir() or not _written(chosen).exists():
        return None
    known: dict[str, Any] = json.loads(_written(chosen).read_text())
    return known if "counts" in known else None


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
