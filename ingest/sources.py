"""Independent sources: reprints, wire copies and the same release with another headline are one source.

MinHash over shingles of words finds candidates in linear time. Much of a release is boilerplate that its house puts
under every one of them, so copies must also open alike: the news stands first. Groups are the connected parts of all
such pairs, so they do not depend on the order of the documents.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableMapping
from functools import cache
from typing import Any

from graph.ids import fold
from graph.model import Document

from .kept import PLAIN, STRINGS, Form, Shelf

WORDS = 4
CLOSE = 0.5  # of the shingles of two whole texts, as estimated
OPENING = 200  # words
ALIKE = 0.78  # of the shingles of two openings: docs/decisions/0003-copies-open-alike.md
PERMUTATIONS = 64
BANDS = 16
NEAR = 5
Sketch = tuple[int, ...]
Band = tuple[int, Sketch]
SKETCH: Form[Sketch] = Form(list, tuple)
OPENINGS: Form[array[int]] = Form(list, lambda shingles: array("L", shingles))


def source_groups(documents: Iterable[Document]) -> dict[str, str]:
    """For each document id the id of its group: the earliest document of it, by date and then id."""
    return dict(Sources(documents).groups)


class Sources:
    """Documents grouped by source, all at once or one by one.

    Attributes:
        groups: for each document id the id of its group.
    """

    def __init__(self, documents: Iterable[Document] = (), shelf: Shelf | None = None) -> None:
        shelf = shelf or Shelf()
        self._published = shelf.mapping("sources.published", PLAIN)
        self._sketches: MutableMapping[str, Sketch] = shelf.mapping("sources.sketches", SKETCH)
        self._openings: MutableMapping[str, array[int]] = shelf.mapping("sources.openings", OPENINGS)
        self._buckets: MutableMapping[Band, list[str]] = shelf.mapping("sources.buckets", PLAIN, list)
        self._members: MutableMapping[str, set[str]] = shelf.mapping("sources.members", STRINGS)
        self.groups: MutableMapping[str, str] = shelf.mapping("sources.groups", PLAIN)
        come = sorted(documents, key=lambda d: d.id)
        for d in come:
            self._enter(d)
        self._regroup({d.id for d in come})

    def copies(self, id: str) -> int:
        """How many documents carry what this one carries."""
        return len(self._members[self.groups[id]])

    def replace(self, gone: Iterable[str], come: Iterable[Document]) -> set[str]:
        """Exchange documents; gives those whose group, or whose group's size, may have changed."""
        near: set[str] = set()
        for id in gone:
            near |= self._around(id) - {id}
            near |= self._members[self.groups[id]] - {id}
            self._leave(id)
        for d in come:
            self._enter(d)
            near |= self._around(d.id)
        near &= self._sketches.keys()
        touched = {m for id in near for m in self._members.get(self.groups.get(id, ""), {id})}
        self._regroup(touched)
        return touched

    def _enter(self, document: Document) -> None:
        self._published[document.id] = document.published or "9999"
        self._sketches[document.id] = _sketch(document.text)
        self._openings[document.id] = array("L", sorted(shingles(" ".join(document.text.split()[:OPENING]))))
        for band in _bands(self._sketches[document.id]):
            insort(self._buckets[band], document.id)

    def _leave(self, id: str) -> None:
        for band in _bands(self._sketches[id]):
            self._buckets[band].remove(id)
            if not self._buckets[band]:
                del self._buckets[band]
        self._members[self.groups[id]].discard(id)
        del self._sketches[id], self._openings[id], self._published[id], self.groups[id]

    def _regroup(self, ids: set[str]) -> None:
        """Group anew the documents of whole groups."""
        parent = {id: id for id in sorted(ids)}
        for left, right in sorted({p for id in ids for p in self._pairs(id) if p[0] in ids and p[1] in ids}):
            one, other = _root(parent, left), _root(parent, right)
            if one != other and self._are_copies(left, right):
                parent[max(one, other)] = min(one, other)
        members: dict[str, set[str]] = defaultdict(set)
        for id in ids:
            members[_root(parent, id)].add(id)
            self._members.pop(self.groups.pop(id, ""), None)
        for group in members.values():
            first = min(group, key=lambda id: (self._published[id], id))
            self._members[first] = group
            self.groups.update(dict.fromkeys(group, first))

    def _are_copies(self, left: str, right: str) -> bool:
        if _closeness(self._sketches[left], self._sketches[right]) < CLOSE:
            return False
        one, other = set(self._openings[left]), set(self._openings[right])
        return len(one & other) >= ALIKE * len(one | other)

    def _around(self, id: str) -> set[str]:
        """Those near it in any bucket: whom its coming or going can bring together or part."""
        return {n for band in _bands(self._sketches[id]) for n in self._window(band, id)}

    def _pairs(self, id: str) -> Iterator[tuple[str, str]]:
        return (tuple(sorted((id, n))) for n in self._around(id) if n != id)  # type: ignore[misc]

    def _window(self, band: Band, id: str) -> list[str]:
        """Neighbours in a bucket: a chain, so that a thousand reprints give a thousand pairs and not a million."""
        bucket = self._buckets[band]
        place = bisect_left(bucket, id)
        return bucket[max(0, place - NEAR) : place + NEAR + 1]


def shingles(text: str) -> set[int]:
    """Hashes of all runs of four words; of a shorter text, the text itself."""
    words = fold(text).split()
    runs = range(max(1, len(words) - WORDS + 1))
    return {zlib.crc32(" ".join(words[i : i + WORDS]).encode()) for i in runs}


def _sketch(text: str) -> Sketch:
    sketch = _blank().copy()
    sketch.update_batch(sorted(shingles(text)))
    return tuple(int(v) for v in sketch.hashvalues)


@cache
def _blank() -> Any:
    """An empty sketch: its permutations are costly to draw and the same for all."""
    from datasketch import MinHash  # type: ignore[import-untyped, unused-ignore]

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int)


def _bands(sketch: Sketch) -> Iterator[Band]:
    rows = PERMUTATIONS // BANDS
    return ((band, sketch[band * rows : (band + 1) * rows]) for band in range(BANDS))


def _closeness(left: Sketch, right: Sketch) -> float:
    return sum(a == b for a, b in zip(left, right, strict=True)) / PERMUTATIONS


def _root(parent: dict[str, str], id: str) -> str:
    while parent[id] != id:
        parent[id] = parent[parent[id]]
        id = parent[id]
    return id
