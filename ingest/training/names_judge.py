"""Judge the shipped names model: ``python -m ingest.training.names_judge dev|test [--corpus FOLDER]``."""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from graph.model import Document
from ingest.extract.entities import find_mentions
from ingest.training import data
from ingest.training.names_stack import print_tally, tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("dev", "test"))
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    given = parser.parse_args()
    names: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    spans: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for document in data.part(given.part, given.corpus):
        mentions = find_mentions(Document(document.id, document.id, document.text, ()))
        tally(names[document.id[0]], {(m.name, m.kind) for m in mentions}, document)
        found = {(m.start, m.end, m.kind) for m in mentions}
        _count(spans[document.id[0]], found, {(a, b, e.kind) for a, b, e in data.occurrences(document)})
    for folder in sorted(names):
        print_tally(f"names {folder}", names[folder])
        print_tally(f"spans {folder}", spans[folder])


def _count(
    counts: Counter[tuple[str, str]], found: set[tuple[int, int, str]], gold: set[tuple[int, int, str]]
) -> None:
    for what, rows in (("right", found & gold), ("wrong", found - gold), ("missed", gold - found)):
        for _, _, kind in rows:
            counts[kind, what] += 1


if __name__ == "__main__":
    main()
