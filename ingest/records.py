"""Records: one immutable file a document, the truth from which every graph is computed.

    records/ab/abcdef….json.zst     two lines of JSON: a head (name, extractor), then the whole record

A record is written to a temporary name and renamed, so that a killed run leaves whole records or none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import zstandard

from graph.errors import InvalidValue, RecordError
from graph.model import Block, Claim, Document, Evidence, Mention, Record


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with what is known: records and judgements are the truth, the graph their projection."""

    folder: Path

    @property
    def records(self) -> Path:
        return self.folder / "records"

    @property
    def judgements(self) -> Path:
        return self.folder / "judgements.jsonl"

    @property
    def references(self) -> Path:
        return self.folder / "references"

    @property
    def graph(self) -> Path:
        return self.folder / "graph"

    @property
    def settings(self) -> Path:
        return self.folder / "ecomap.toml"


@dataclass(frozen=True, slots=True)
class Head:
    """What can be told of a record without reading it whole."""

    id: str
    name: str
    extractor: str


def record_path(workspace: Workspace, document_id: str) -> Path:
    return workspace.records / document_id[:2] / f"{document_id}.json.zst"


def write_record(workspace: Workspace, record: Record) -> None:
    """Write a record whole or not at all."""
    path = record_path(workspace, record.document.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as out:
        out.write(zstandard.compress(_encode(record), 9))
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)


def read_record(path: Path) -> Record:
    try:
        with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
            _, body = stream.read().split(b"\n", 1)
        return _decode(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, InvalidValue, zstandard.ZstdError) as error:
        raise RecordError(
            f"{path} is not a whole record ({error}). Delete it and ingest its document again."
        ) from error


def read_head(path: Path) -> Head:
    """The first line of a record: cheap enough to ask of every known document."""
    try:
        with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as stream:
            line = stream.read(4096).split(b"\n", 1)[0]
        return Head(**json.loads(line))
    except (OSError, ValueError, TypeError, zstandard.ZstdError) as error:
        raise RecordError(f"{path} has no readable head ({error}). Delete it and ingest again.") from error


def record_paths(workspace: Workspace) -> list[Path]:
    return sorted(workspace.records.glob("??/*.json.zst"))


def read_records(workspace: Workspace) -> Iterator[Record]:
    """Every record, by document id."""
    return (read_record(path) for path in record_paths(workspace))


def heads(workspace: Workspace) -> Iterator[Head]:
    return (read_head(path) for path in record_paths(workspace))


def sweep(workspace: Workspace) -> None:
    """Take away what a killed run left half written."""
    for left_over in workspace.records.glob("??/.*.json.zst.*"):
        left_over.unlink(missing_ok=True)


def _encode(record: Record) -> bytes:
    head = {"id": record.document.id, "name": record.document.name, "extractor": record.extractor}
    return _json(head) + b"\n" + _json(asdict(record))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _decode(row: dict[str, Any]) -> Record:
    return Record(
        document=_document(row["document"]),
        mentions=tuple(Mention(**m) for m in row["mentions"]),
        claims=tuple(_claim(c) for c in row["claims"]),
        extractor=row["extractor"],
    )


def _document(row: dict[str, Any]) -> Document:
    blocks = tuple(Block(**{**b, "headings": tuple(b["headings"])}) for b in row["blocks"])
    return Document(**{**row, "blocks": blocks})


def _claim(row: dict[str, Any]) -> Claim:
    evidence = tuple(Evidence(**e) for e in row["evidence"])
    return Claim(**{**row, "evidence": evidence, "regions": tuple(row["regions"])})
