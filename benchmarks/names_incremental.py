"""What one new document costs a workspace of generated names, beside the full pass that gives the same rows.

python -m benchmarks.names_incremental [SIZE ...]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from benchmarks.names import generate, records
from graph.model import Claim, Evidence, Record
from ingest.incremental import Change
from ingest.records import Workspace, read_records, write_record
from ingest.resolve import resolve
from ingest.resolved import resolved

NEW = 5
T = TypeVar("T")


def measure(size: int) -> str:
    """Resolve all but the last documents, take those in one run each, and compare with a full pass over all."""
    told = [_claiming(r) for r in records(generate(size))]
    with TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for record in told[:-NEW]:
            write_record(workspace, record)
        begin, _ = _timed(lambda: _run(workspace))
        runs = [_timed(lambda r=record: _one_more(workspace, r)) for record in told[-NEW:]]  # type: ignore[misc]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        full, expected = _timed(lambda: resolve(read_records(workspace)).fingerprint())
        kept = (workspace.folder / "resolved.sqlite").stat().st_size / 1e6
    one = median(seconds for seconds, _ in runs)
    changes = [change for _, (_, change) in runs]
    return (
        f"{size:>7} names  full pass {full:6.1f} s, {begin:6.1f} s with keeping it ({kept:.0f} MB, {memory:.2f} GB peak)  "
        f"one document {one:6.2f} s ({median(c.names for c in changes):.0f} names, "
        f"{median(c.pairs for c in changes):.0f} pairs touched)  ratio {full / one:4.0f}  "
        f"equal {runs[-1][1][0] == expected}"
    )


def _run(workspace: Workspace) -> tuple[str, Change]:
    """What `ecomap ingest` does between reading documents and writing the graph."""
    with resolved(workspace, "benchmark") as found:
        return found.resolution.fingerprint(), found.change


def _one_more(workspace: Workspace, record: Record) -> tuple[str, Change]:
    write_record(workspace, record)
    return _run(workspace)


def _claiming(record: Record) -> Record:
    """The document with a partnership of each two neighbours."""
    return replace(record, claims=tuple(_claims(record)))


def _claims(record: Record) -> Iterator[Claim]:
    mentions = record.mentions
    for left, right in zip(mentions[::2], mentions[1::2], strict=False):
        if left.name != right.name:
            quote = record.document.text[left.start : right.end]
            evidence = Evidence(
                record.document.id, left.start, right.end, quote, left.text, right.text, "benchmark", 0.9
            )
            yield Claim(left.name, "Company", "partners_with", right.name, "Company", "current", (evidence,))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of one core, so that other work on the machine does not count, and what came out."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


if __name__ == "__main__":
    for wanted in [int(a) for a in sys.argv[1:]] or [10_000, 30_000, 100_000]:
        print(measure(wanted), flush=True)
