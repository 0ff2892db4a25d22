"""A workspace's resolution is brought up to date by what changed, and is made again where it may not be trusted."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from graph.model import Document, Mention, Record
from ingest.incremental import Change
from ingest.judgements import Judgement, append_judgement, read_judgements
from ingest.records import Workspace, read_records, record_path, write_record
from ingest.resolve import resolve
from ingest.resolved import resolved


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Eighty documents of a name each."""
    found = Workspace(tmp_path)
    for i, (a, b) in enumerate(product("BCDFGHJKLM", "bcdfghjk")):
        write_record(found, _naming(f"d{i:03}", f"{a}{b} Imaging"))
    assert _change(found).names == 80
    return found


def test_a_new_document_costs_the_names_it_touches(workspace: Workspace) -> None:
    write_record(workspace, _naming("new", "Bb Imaging Inc."))
    change = _change(workspace)
    assert (change.names, change.documents) == (2, 1)


def test_a_document_that_went_costs_the_names_it_touched(workspace: Workspace) -> None:
    record_path(workspace, "d001").unlink()
    assert _change(workspace).names == 1


def test_a_document_read_anew_replaces_what_it_said(workspace: Workspace) -> None:
    write_record(workspace, _naming("d001", "Another Name"))
    assert _change(workspace).names == 2


def test_nothing_new_touches_nothing(workspace: Workspace) -> None:
    assert _change(workspace) == Change(0, 0, 0, 0)


def test_a_judgement_makes_a_full_pass(workspace: Workspace) -> None:
    append_judgement(workspace.judgements, Judgement("same", "Bb Imaging", "Bc Imaging", "Company"))
    assert _change(workspace).names == 80


def test_a_run_that_failed_keeps_nothing(workspace: Workspace) -> None:
    write_record(workspace, _naming("new", "Bb Imaging Inc."))
    with pytest.raises(KeyboardInterrupt), resolved(workspace, "later"):
        raise KeyboardInterrupt
    assert _change(workspace).names == 2


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"\0" * 4000])
def test_a_shelf_that_cannot_be_read_is_made_again(workspace: Workspace, content: bytes) -> None:
    (workspace.folder / "resolved.sqlite").write_bytes(content)
    assert _change(workspace).names == 80


def test_a_full_pass_is_made_when_asked_for(workspace: Workspace) -> None:
    assert _change(workspace, anew=True).names == 80


def _change(workspace: Workspace, *, anew: bool = False) -> Change:
    """Bring up to date, check against a full pass, and tell what was computed anew."""
    expected = resolve(read_records(workspace), read_judgements(workspace.judgements))
    with resolved(workspace, "now", anew=anew) as found:
        assert found.resolution.projection() == expected
        assert found.resolution.fingerprint() == expected.fingerprint()
    return found.change


def _naming(id: str, name: str) -> Record:
    return Record(Document(id, id, name, ()), (Mention(0, len(name), name, "Company", name),), (), "test")
