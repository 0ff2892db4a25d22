"""How many of a folder's texts are copies of one another, closest groups first, to be read by a person.

python -m benchmarks.sources FOLDER
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

from graph.model import Document
from ingest.sources import source_groups

SHOWN = 30


def measure(folder: Path) -> str:
    """Counts, seconds of one core, and the largest groups by the names of their files."""
    documents = [Document(p.name, p.name, p.read_text("utf-8"), ()) for p in sorted(folder.glob("*.md"))]
    start = time.process_time()
    members: dict[str, list[str]] = defaultdict(list)
    for id, first in source_groups(documents).items():
        members[first].append(id)
    groups = sorted((sorted(m) for m in members.values() if len(m) > 1), key=lambda m: (-len(m), m))
    head = (
        f"{len(documents)} documents, {len(members)} sources, {len(groups)} of them with copies, "
        f"{sum(map(len, groups))} documents in those; {time.process_time() - start:.1f} s of one core"
    )
    return "\n".join([head, *(f"{len(m)}  {'  '.join(m)}" for m in groups[:SHOWN])])


if __name__ == "__main__":
    print(measure(Path(sys.argv[1])))
