"""Where the time of an ingest goes, stage by stage, on one core.

python -m benchmarks.extraction FOLDER [--documents N]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from graph.model import Document, Record
from ingest.extract import completed, coreference, entities, patterns, relations, version
from ingest.readers import documents_in, read_safely
from ingest.records import Workspace, write_record

GOAL = 3.0  # releases a second and core
Result = TypeVar("Result")


class Clock:
    """Seconds of the processor by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, stage: str, work: Callable[[], Result]) -> Result:
        begun = time.process_time()
        result = work()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - begun
        return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="documents to read, for example ../shared/corpus/releases")
    parser.add_argument("--documents", type=int, default=200)
    given = parser.parse_args()
    files = sorted(documents_in([given.folder]))[: given.documents + 1]
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        run(files[:1], workspace, Clock())  # loads the models
        clock = Clock()
        run(files[1:], workspace, clock)
    report(clock, len(files) - 1)


def run(files: list[tuple[Path, str]], workspace: Workspace, clock: Clock) -> None:
    for path, name in files:
        document = clock.timed("read", lambda path=path, name=name: read_safely(path, name))  # type: ignore[misc]
        record = extract(document, clock)
        clock.timed("write", lambda record=record: write_record(workspace, record))  # type: ignore[misc]


def extract(document: Document, clock: Clock) -> Record:
    """As ingest.extract.extract, each step on the clock."""
    ground = clock.timed(
        "names: tagger, spaCy", lambda: entities.survey(document.text, entities.lines_of(document))
    )
    found = clock.timed(
        "names: decision", lambda: entities.mentions(ground, entities.judge(ground)) if ground.words else ()
    )
    named = clock.timed("names: lists, regions", lambda: completed(document, found))
    mentions = clock.timed("references", lambda: coreference.resolve(document, named))
    ruled = clock.timed("rules", lambda: patterns.find_claims(document, named))
    claims = clock.timed("claims", lambda: relations.find_claims(document, mentions, ruled))
    return Record(document, mentions, claims, version())


def report(clock: Clock, documents: int) -> None:
    total = sum(clock.seconds.values())
    for stage, seconds in clock.seconds.items():
        print(f"{stage:<24}{1000 * seconds / documents:>8.1f} ms a document{seconds / total:>8.0%}")
    print(f"{documents} documents, {documents / total:.1f} a second and core (goal {GOAL:.0f})")


if __name__ == "__main__":
    main()
