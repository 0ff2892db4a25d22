"""Independent sources: reprints, wire copies and the same release with another headline are one source.

MinHash over shingles of words finds candidates in linear time; groups are the connected parts of all close pairs,
so they do not depend on the order of the documents.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from graph.ids import fold
from graph.model import Document

WORDS = 4
CLOSE = 0.7
PERMUTATIONS = 64
BANDS = 16


def source_groups(documents: Iterable[Document]) -> dict[str, str]:
    """For each document id the id of its group: the earliest document of it, by date and then id."""
    known = {d.id: d for d in documents}
    sketches = {id: _sketch(known[id].text) for id in sorted(known)}
    parent = {id: id for id in known}
    for left, right in sorted(_candidates(sketches)):
        if (
            _root(parent, left) != _root(parent, right)
            and _closeness(sketches[left], sketches[right]) >= CLOSE
        ):
            parent[_root(parent, right)] = _root(parent, left)
    members: dict[str, list[str]] = defaultdict(list)
    for id in sorted(known):
        members[_root(parent, id)].append(id)
    groups = {}
    for group in members.values():
        first = min(group, key=lambda id: (known[id].published or "9999", id))
        groups.update(dict.fromkeys(group, first))
    return groups


def shingles(text: str) -> set[int]:
    """Hashes of all runs of four words; of a shorter text, the text itself."""
    words = fold(text).split()
    runs = range(max(1, len(words) - WORDS + 1))
    return {zlib.crc32(" ".join(words[i : i + WORDS]).encode()) for i in runs}


def _sketch(text: str) -> tuple[int, ...]:
    sketch = _blank().copy()
    sketch.update_batch(sorted(shingles(text)))
    return tuple(int(v) for v in sketch.hashvalues)


@cache
def _blank() -> Any:
    """An empty sketch: its permutations are costly to draw and the same for all."""
    from datasketch import MinHash  # type: ignore[import-untyped, unused-ignore]

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)


def _candidates(sketches: dict[str, tuple[int, ...]]) -> set[tuple[str, str]]:
    """Neighbours in any bucket of equal bands, as a chain, so that a thousand reprints give a thousand pairs."""
    rows = PERMUTATIONS // BANDS
    buckets: dict[tuple[int, tuple[int, ...]], list[str]] = defaultdict(list)
    for id, sketch in sketches.items():
        for band in range(BANDS):
            buckets[band, sketch[band * rows : (band + 1) * rows]].append(id)
    near = range(1, 6)
    return {(ids[i], ids[i + k]) for ids in buckets.values() for k in near for i in range(len(ids) - k)}


def _closeness(left: tuple[int, ...], right: tuple[int, ...]) -> float:
    return sum(a == b for a, b in zip(left, right, strict=True)) / PERMUTATIONS


def _root(parent: dict[str, str], id: str) -> str:
    while parent[id] != id:
        parent[id] = parent[parent[id]]
        id = parent[id]
    return id
