"""A workspace's resolution, kept on a shelf beside its records: of a run only what came and went since is read.

The shelf is derived like the graph. It can be deleted at any time; one that was made by other rules, judgements or
reference lists, or that cannot be read, is made again by a full pass.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import RecordError
from graph.model import Record
from graph.projection import SHOWN_CONFIDENCE

from .incremental import Change, Resolution
from .judgements import read_judgements
from .kept import PLAIN, Shelf
from .pipeline import record_marks, rules
from .records import Workspace, read_record, record_path


@dataclass(frozen=True, slots=True)
class Resolved:
    """The resolution of all records as they are now.

    Attributes:
        since: the state that it was kept in before, of which ``resolution.amendment`` tells the difference; None after
            a full pass.
        change: what was computed anew.
    """

    resolution: Resolution
    since: str | None
    change: Change


@contextmanager
def resolved(
    workspace: Workspace,
    state: str,
    *,
    references: Iterable[Mapping[str, str]] = (),
    min_confidence: float = SHOWN_CONFIDENCE,
    anew: bool = False,
) -> Iterator[Resolved]:
    """The workspace's resolution, brought up to date; at the end of the block it is kept.

    Args:
        state: a name for what the records are now, by which a later run knows what this one gave.
        anew: make a full pass, whatever was kept.
    """
    made_by = f"{rules(workspace)} {min_confidence}"
    marks = record_marks(workspace)
    shelf = _shelf(workspace, made_by, marks, anew)
    try:
        about, known = shelf.mapping("about", PLAIN), shelf.mapping("records", PLAIN)
        since = about.get("state")
        resolution = Resolution(
            (),
            read_judgements(workspace.judgements),
            references=references,
            min_confidence=min_confidence,
            shelf=shelf,
        )
        change = resolution.change(
            add=(_record(workspace, id) for id, mark in marks.items() if known.get(id) != mark),
            retract=[id for id in known if id not in marks],
        )
        known.clear()
        known.update(marks)
        about.update(rules=made_by, state=state)
        yield Resolved(resolution, since, change)
        shelf.save()
    finally:
        shelf.close()


def _shelf(workspace: Workspace, made_by: str, marks: Mapping[str, str], anew: bool) -> Shelf:
    """What was kept, unless it is not of these rules or most records came since."""
    path = workspace.folder / "resolved.sqlite"
    if not anew and path.exists():
        try:
            return _kept(path, made_by, marks)
        except (sqlite3.DatabaseError, json.JSONDecodeError, LookupError):
            pass
    path.unlink(missing_ok=True)
    path.with_name(path.name + "-journal").unlink(missing_ok=True)
    return Shelf(path)


def _kept(path: Path, made_by: str, marks: Mapping[str, str]) -> Shelf:
    shelf = Shelf(path)
    try:
        known = dict(shelf.mapping("records", PLAIN))
        same = sum(known.get(id) == mark for id, mark in marks.items())
        if shelf.mapping("about", PLAIN)["rules"] == made_by and 2 * same >= len(marks):
            return shelf
        raise LookupError(f"{path} was made by other rules.")
    except BaseException:
        shelf.close()
        raise


def _record(workspace: Workspace, id: str) -> Record:
    path = record_path(workspace, id)
    record = read_record(path)
    if record.document.id != id:
        raise RecordError(f"{path} holds document {record.document.id[:12]}. Delete it and ingest again.")
    return record
