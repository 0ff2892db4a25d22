"""From files to records: read, extract, record, one document at a time. Reads top to bottom."""

from __future__ import annotations

import fcntl
import hashlib
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import islice
from pathlib import Path

from graph.errors import EcomapError, EvidenceError, ReadError, RecordError, SettingsError
from graph.model import Record
from graph.projection import Projection

from .records import (
    Head,
    Workspace,
    heads,
    read_head,
    read_record,
    record_path,
    record_paths,
    sweep,
    write_record,
)

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no record, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class Outcome:
    """What an ingest did: names of documents read and skipped, files that failed."""

    read: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


def ingest(
    workspace: Workspace,
    paths: Iterable[Path],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Read every document under the paths that is not yet recorded.

    A file that fails is named in the outcome and the rest goes on. A record is whole or absent, so a run that
    was killed goes on where it stopped.
    """
    from .readers import documents_in

    with writing(workspace):
        sweep(workspace)
        outcome = Outcome()
        found = list(documents_in(paths))
        todo = list(_unrecorded(workspace, found, outcome))
        for done, (name, reason) in enumerate(_record_all(workspace, todo, workers or _cores()), start=1):
            if reason is None:
                outcome.read.append(name)
            else:
                outcome.failed.append(Failure(name, reason))
            if progress:
                progress(done, len(todo), name)
    outcome.read.sort()
    outcome.failed.sort(key=lambda failure: failure.name)
    return outcome


def retract(workspace: Workspace, document: str) -> Head:
    """Forget one document, by its name or (the beginning of) its id. What others support stays."""
    with writing(workspace):
        head = find_document(workspace, document)
        record_path(workspace, head.id).unlink()
    return head


def find_document(workspace: Workspace, document: str) -> Head:
    named = [h for h in heads(workspace) if document in (h.name, Path(h.name).name)]
    found = named or [h for h in heads(workspace) if len(document) >= 6 and h.id.startswith(document)]
    if len(found) == 1:
        return found[0]
    if found:
        rows = ", ".join(f"{h.name} ({h.id[:12]})" for h in found)
        raise RecordError(f"{document!r} is the name of {len(found)} documents: {rows}. Give the id instead.")
    raise RecordError(f"No document is named {document!r}. `ecomap status --documents` lists them.")


def state(workspace: Workspace) -> str:
    """A hash of all that the graph is computed from, the code that resolves included.

    A graph written from an equal state is up to date.
    """
    digest = hashlib.sha256(rules(workspace).encode())
    for id, mark in record_marks(workspace).items():
        digest.update(f"{id} {mark}\n".encode())
    return digest.hexdigest()


def rules(workspace: Workspace) -> str:
    """A hash of what records are resolved by: the code, judgements and reference lists."""
    digest = hashlib.sha256()
    ours = files("ingest")
    folders = (ours, ours / "data", ours / "extract" / "data", files("graph"))
    sources = [f for folder in folders for f in folder.iterdir()] + [ours / "extract" / "regions.py"]
    for source in sorted(sources, key=lambda p: p.name):
        if source.is_file():
            digest.update(source.name.encode() + source.read_bytes())
    for path in (workspace.judgements, *sorted(workspace.references.glob("*"))):
        if path.exists():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def record_marks(workspace: Workspace) -> dict[str, str]:
    """For each document id the size and time of its record: another one where it was written anew."""
    marks = ((path.name.partition(".")[0], path.stat()) for path in record_paths(workspace))
    return {id: f"{stat.st_size} {stat.st_mtime_ns}" for id, stat in marks}


@dataclass(frozen=True, slots=True)
class Verification:
    """Counts of what was checked."""

    documents: int
    quotes: int
    claims: int
    edges: int


def verify(workspace: Workspace, graph: Projection) -> Verification:
    """Read every quote of the graph again at its offsets, and every edge's claims.

    Raises:
        EvidenceError: at the first quote that is not in its document, or edge that no claim carries.
    """
    by_document: dict[str, list[dict[str, object]]] = {}
    for row in graph.evidence:
        by_document.setdefault(row["document"], []).append(row)
    for document_id, rows in sorted(by_document.items()):
        text = _recorded(workspace, document_id).document.text
        for row in rows:
            _check_quote(text, row)
    _check_claims(graph)
    return Verification(len(by_document), len(graph.evidence), len(graph.claims), len(graph.edges))


def _recorded(workspace: Workspace, document_id: str) -> Record:
    path = record_path(workspace, document_id)
    if not path.exists():
        raise EvidenceError(
            f"The graph quotes document {document_id[:12]}, of which there is no record. Run: ecomap rebuild"
        )
    return read_record(path)


def _check_quote(text: str, row: dict[str, object]) -> None:
    start, end = int(str(row["startChar"])), int(str(row["endChar"]))
    if text[start:end] != row["quote"]:
        raise EvidenceError(
            f"Document {str(row['document'])[:12]} does not say {str(row['quote'])[:60]!r} at {start}-{end}. "
            "Run: ecomap rebuild"
        )


def _check_claims(graph: Projection) -> None:
    quoted = {row["claim"] for row in graph.evidence}
    claims = {row["id"] for row in graph.claims}
    for row in graph.claims:
        if row["id"] not in quoted:
            raise EvidenceError(f"Claim {row['id']} has no quote. Run: ecomap rebuild")
    for edge in graph.edges:
        if edge["predicate"] != "part_of" and not (edge["claims"] and set(edge["claims"]) <= claims):
            raise EvidenceError(
                f"Edge {edge['subject']} {edge['predicate']} {edge['object']} rests on no claim. "
                "Run: ecomap rebuild"
            )


@contextmanager
def writing(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for writing: one at a time."""
    try:
        workspace.folder.mkdir(parents=True, exist_ok=True)
        lock = (workspace.folder / "lock").open("a+")
    except OSError as error:
        raise SettingsError(f"{workspace.folder} cannot be a workspace: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(lock, fcntl.LOCK_EX)  # another run is writing: wait for it
        yield


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _unrecorded(
    workspace: Workspace, found: list[tuple[Path, str]], outcome: Outcome
) -> Iterator[tuple[Path, str]]:
    """What has no record by the present extractor, each content once."""
    from .extract import version

    taken: set[str] = set()
    for path, name in sorted(found, key=lambda pair: pair[1]):
        try:
            document_id = _hash(path)
        except OSError as error:
            outcome.failed.append(Failure(name, f"cannot be read: {error.strerror}"))
            continue
        known = record_path(workspace, document_id)
        if document_id in taken or (known.exists() and _is_current(known, name, version())):
            outcome.skipped.append(name)
        else:
            taken.add(document_id)
            yield path, name


def _is_current(path: Path, name: str, version: str) -> bool:
    try:
        head = read_head(path)
    except RecordError:
        return False
    return head.extractor == version and head.name <= name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _record_all(
    workspace: Workspace, todo: list[tuple[Path, str]], workers: int
) -> Iterator[tuple[str, str | None]]:
    """Each name with None, or with the reason why it failed."""
    workers = min(workers, len(todo))
    if workers <= 1:
        yield from (_record(workspace, path, name) for path, name in todo)
        return
    waiting = iter(todo)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin_worker, (os.getpid(),)) as pool:
        running: dict[Future[tuple[str, str | None]], tuple[Path, str]] = {}
        try:
            while True:
                for path, name in islice(waiting, workers * 4 - len(running)):
                    running[pool.submit(_record, workspace, path, name)] = (path, name)
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    running.pop(future)
                    yield future.result()
        except BrokenProcessPool:
            left = [*running.values(), *waiting]
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    # a worker died (out of memory, killed): the rest one by one, each in a process of its own
    yield from (_record_apart(workspace, path, name) for path, name in left)


def _record_apart(workspace: Workspace, path: Path, name: str) -> tuple[str, str | None]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(_record, workspace, path, name).result()
        except BrokenProcessPool:
            return name, "its process died, most likely of memory; split the file and try again"


def _record(workspace: Workspace, path: Path, name: str) -> tuple[str, str | None]:
    """Read, extract, write: one document."""
    from .extract import extract, version
    from .readers import read_safely

    try:
        document = read_safely(path, name)
        known = record_path(workspace, document.id)
        if known.exists():
            document = replace(document, name=min(name, _known_name(known, name)))
        mentions, claims = extract(document)
        write_record(workspace, Record(document, mentions, claims, version()))
        return name, None
    except ReadError as error:
        return name, str(error)
    except (EcomapError, OSError) as error:
        return name, f"{type(error).__name__}: {error}"
    except Exception as error:  # one document must not end the run of all
        return name, f"a fault of ecomap, please report it with the file: {type(error).__name__}: {error}"


def _known_name(path: Path, otherwise: str) -> str:
    try:
        return read_head(path).name
    except RecordError:
        return otherwise


def _begin_worker(parent: int) -> None:
    """The parent alone hears Ctrl-C; where it is gone, killed, a worker goes too: nobody else would end it."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
