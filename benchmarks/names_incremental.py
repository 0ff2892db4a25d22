"""What one new document costs among generated names, beside the full pass that gives the same rows.

python -m benchmarks.names_incremental [SIZE ...]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import median
from typing import TypeVar

from benchmarks.names import generate, records
from graph.model import Claim, Evidence, Record
from ingest.incremental import Resolution
from ingest.resolve import resolve

NEW = 20
T = TypeVar("T")


def measure(size: int) -> str:
    """Resolve all but the last documents, take those in one by one, and compare with a full pass over all."""
    told = [_claiming(r) for r in records(generate(size))]
    begin, found = _timed(lambda: Resolution(told[:-NEW]))
    changes = [_timed(lambda r=record: found.add(r)) for record in told[-NEW:]]  # type: ignore[misc]
    full, expected = _timed(lambda: resolve(told))
    equal = found.projection().fingerprint() == expected.fingerprint()
    one = median(seconds for seconds, _ in changes)
    names = median(c.names for _, c in changes)
    pairs = median(c.pairs for _, c in changes)
    return (
        f"{size:>7} names  full pass {full:7.1f} s  beginning {begin:7.1f} s  one document {1000 * one:7.1f} ms "
        f"({names:.0f} names, {pairs:.0f} pairs touched)  ratio {full / one:7.0f}  equal {equal}"
    )


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
