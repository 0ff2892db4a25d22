"""Which two entities a claim could join, where; and the windows of text in which the encoder sees them.

A candidate is two entities in one sentence, or one in an item, row or section and one in the line above it.
Sentences without a candidate are left out of the windows: they cost time and say nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph import vocabulary
from graph.model import Document, Mention

from .units import Unit, unit_at, units_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

KINDS = ("Company", "Organization", "Product", "Region", "Market")
PARTIES = ("Company", "Organization")
CLS, SEP = 101, 102
WINDOW = 300
LONGEST_UNIT = 220
WIDEST = 512  # pieces that the encoder has positions for
HIGHEST_HEAD = 4
LINKS = ("same", "head", "before")
UNIT_KINDS = ("sentence", "heading", "lead", "item", "row")
# Sizes of the embedding tables of a piece, and of a pair.
MARKS = {"kind": 1 + 2 * len(KINDS), "role": 5}
TRAITS = {
    "distance": 12,
    "link": len(LINKS),
    "unit": len(UNIT_KINDS),
    "first": 2 * len(KINDS),
    "second": 2 * len(KINDS),
    "between": 5,
    "crowd": 6,
}

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Direction:
    """A predicate read from the first mention to the second, or back."""

    predicate: str
    forward: bool


@cache
def directions() -> tuple[Direction, ...]:
    found = []
    for predicate in vocabulary.predicates().values():
        if not predicate.structural:
            found.append(Direction(predicate.name, True))
            if not predicate.symmetric:
                found.append(Direction(predicate.name, False))
    return tuple(found)


@cache
def allowed(first: str, second: str) -> npt.NDArray[np.bool_]:
    """Which directions may join a first mention of one kind and a second of another."""
    return np.array(
        [
            vocabulary.allows(d.predicate, *((first, second) if d.forward else (second, first)))
            or (vocabulary.predicate(d.predicate).symmetric and vocabulary.allows(d.predicate, second, first))
            for d in directions()
        ]
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Mentions of two entities, the first before the second, in a unit or in it and the one above it.

    Attributes:
        unit: number of the unit that would make the claim.
        other: number of the unit that holds the other mention; the same, its head, or the one before it.
    """

    first: Mention
    second: Mention
    unit: int
    other: int
    link: str


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads in one pass.

    Attributes:
        ids: word pieces, with both ends marked.
        marks: for each piece what mention it is part of (columns of MARKS).
        pairs: the pairs to judge.
        spans: for each pair first and last piece of both mentions, and the half-open spans of both units.
        traits: for each pair the columns of TRAITS.
    """

    ids: Ids
    marks: Ids
    pairs: list[Pair]
    spans: Ids
    traits: Ids


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's units, the mentions in each, and all pairs."""

    document: Document
    units: list[Unit]
    inside: list[list[Mention]]
    pairs: list[Pair]
    roles: dict[str, int]


def read(document: Document, mentions: Iterable[Mention]) -> Reading:
    known = sorted((m for m in mentions if m.kind in KINDS), key=lambda m: (m.start, -m.end))
    units = units_of(document, known)
    starts = [u.start for u in units]
    inside: list[list[Mention]] = [[] for _ in units]
    for m in known:
        inside[unit_at(units, m.start, starts)].append(m)
    pairs = [pair for number in range(len(units)) for pair in _pairs(units, inside, number)]
    return Reading(document, units, inside, pairs, _roles(known, inside))


def _pairs(units: Sequence[Unit], inside: Sequence[list[Mention]], number: int) -> list[Pair]:
    unit, here = units[number], inside[number]
    found = [Pair(a, b, number, number, "same") for a, b in _nearest(here, here)]
    names = {m.name for m in here}
    heads = _heads(units, inside, number)
    for head in heads:
        above = [m for m in inside[head] if m.name not in names]
        found += [Pair(a, b, number, head, "head") for a, b in _nearest(above, here)]
    if number and number - 1 not in heads:
        before = _leaned_on(units[number - 1], unit, inside[number - 1], here)
        found += [Pair(a, b, number, number - 1, "before") for a, b in _nearest(before, here)]
    return found


def _heads(units: Sequence[Unit], inside: Sequence[list[Mention]], number: int) -> list[int]:
    """What the unit stands under; where neither names a company, also the next above that does, or the title."""
    head = units[number].head
    found = [] if head is None else [head]
    if any(m.kind in PARTIES for m in inside[number]) and units[number].kind == "sentence":
        return found
    for _ in range(HIGHEST_HEAD):
        if head is None or any(m.kind in PARTIES for m in inside[head]):
            break
        head = units[head].head
    if head is None and units[number].kind != "sentence" and number:
        head = 0
    return found if head is None or head in found else [*found, head]


def _leaned_on(above: Unit, unit: Unit, there: Sequence[Mention], here: Sequence[Mention]) -> list[Mention]:
    """The company of the sentence before, where this one names none, or names others and refers to none."""
    parties = [m for m in there if m.kind in PARTIES]
    own = [m for m in here if m.kind in PARTIES]
    if any(m.name == p.name for m in here for p in parties[:1]):
        return []
    alone = len({m.name for m in parties}) == 1 and above.line == unit.line
    named = all(m.form == "name" for m in own)
    return parties[:1] if not own or (alone and named) else []


def _nearest(some: Sequence[Mention], others: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """For every two entities their nearest mentions, in order of the text."""
    best: dict[frozenset[tuple[str, str]], tuple[float, Mention, Mention]] = {}
    for a in some:
        for b in others:
            apart = a.end <= b.start or b.end <= a.start
            if a.name == b.name or not apart or not _joinable(a.kind, b.kind):
                continue
            first, second = (a, b) if a.start < b.start else (b, a)
            key = frozenset(((a.kind, a.name), (b.kind, b.name)))
            distance = second.start - first.end
            if key not in best or distance < best[key][0]:
                best[key] = (distance, first, second)
    return [(a, b) for _, a, b in best.values()]


@cache
def _joinable(first: str, second: str) -> bool:
    return bool(allowed(first, second).any())


def _roles(known: Sequence[Mention], inside: Sequence[list[Mention]]) -> dict[str, int]:
    """Which company the document is about (3), which stand in its title (2), other names (1)."""
    counts = Counter(m.name for m in known if m.kind in PARTIES)
    title = {m.name for row in inside[:1] for m in row}
    roles = {m.name: 2 if m.name in title else 1 for m in known}
    if counts:
        roles[counts.most_common(1)[0][0]] = 3
    return roles


# Windows


@cache
def tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(files("ingest.models").joinpath("names-tokenizer.json").read_bytes())


def windows(reading: Reading) -> list[Window]:
    """The units that hold candidates, with what they stand under, in passes of about WINDOW pieces."""
    encoded = _Encoded(reading)
    needed = sorted({pair.unit for pair in reading.pairs})
    total = sum(encoded.length(n) for n in needed)
    size = max(WINDOW // 2, total // max(1, -(-total // WINDOW)) + 20)
    by_unit: dict[int, list[Pair]] = {}
    for pair in reading.pairs:
        by_unit.setdefault(pair.unit, []).append(pair)
    found: list[Window] = []
    group: list[int] = []
    for number in needed:
        if group and sum(encoded.length(n) for n in [*group, number]) > size:
            found += encoded.fitting([pair for n in group for pair in by_unit[n]])
            group = []
        group.append(number)
    found += encoded.fitting([pair for n in group for pair in by_unit[n]])
    return [w for w in found if w.pairs]


class _Encoded:
    """The units as word pieces, each encoded once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._pieces: dict[int, tuple[list[int], list[tuple[int, int]]]] = {}

    def pieces(self, number: int) -> tuple[list[int], list[tuple[int, int]]]:
        if number not in self._pieces:
            unit = self.reading.units[number]
            text = self.reading.document.text[unit.start : unit.end]
            encoding = tokenizer().encode(text, add_special_tokens=False)
            offsets = [(unit.start + a, unit.start + b) for a, b in encoding.offsets[:LONGEST_UNIT]]
            self._pieces[number] = (encoding.ids[:LONGEST_UNIT], offsets)
        return self._pieces[number]

    def length(self, number: int) -> int:
        return len(self.pieces(number)[0])

    def fitting(self, wanted: Sequence[Pair]) -> Iterator[Window]:
        """One window for the pairs, or several where what they stand under makes it wider than the encoder."""
        if not wanted:
            return
        window = self.window(wanted, {0, *self._heads({pair.unit for pair in wanted})})
        if len(window.ids) <= WIDEST:
            yield window
        elif len(wanted) > 1:
            yield from self.fitting(wanted[: len(wanted) // 2])
            yield from self.fitting(wanted[len(wanted) // 2 :])
        else:
            yield self.window(wanted, set())

    def window(self, wanted: Sequence[Pair], above: set[int]) -> Window:
        """The units of the pairs and those above them, in the order of the text."""
        held = sorted({*above, *(pair.unit for pair in wanted), *(pair.other for pair in wanted)})
        ids, offsets, spans = [CLS], [(-1, -1)], {}
        for number in held:
            pieces, places = self.pieces(number)
            spans[number] = (len(ids), len(ids) + len(pieces))
            ids += [*pieces, SEP]
            offsets += [*places, (-1, -1)]
        places_of = _Places(offsets)
        marks = self._marks(held, len(ids), places_of)
        pairs, rows, traits = [], [], []
        for pair in wanted:
            a, b = places_of.of(pair.first), places_of.of(pair.second)
            if a and b:
                pairs.append(pair)
                rows.append((*a, *b, *spans[pair.unit], *spans[pair.other]))
                traits.append(self._traits(pair, a, b))
        shape = (len(pairs), -1) if pairs else (0, 8)
        return Window(
            np.array(ids, dtype=np.int64),
            marks,
            pairs,
            np.array(rows, dtype=np.int64).reshape(shape),
            np.array(traits, dtype=np.int64).reshape(len(pairs), len(TRAITS)),
        )

    def _heads(self, group: Iterable[int]) -> list[int]:
        """What the units stand under, and the first rows of their tables."""
        units = [self.reading.units[number] for number in group]
        return [n for unit in units for n in (unit.head, unit.header) if n is not None]

    def _marks(self, held: Sequence[int], length: int, places_of: _Places) -> Ids:
        marks = np.zeros((length, len(MARKS)), dtype=np.int64)
        for number in held:
            for m in self.reading.inside[number]:
                span = places_of.of(m)
                if span:
                    kind = 1 + 2 * KINDS.index(m.kind)
                    marks[span[0] : span[1] + 1, 0] = kind + 1
                    marks[span[0], 0] = kind
                    role = self.reading.roles[m.name]
                    marks[span[0] : span[1] + 1, 1] = 4 if m.form != "name" and role != 3 else role
        return marks

    def _traits(self, pair: Pair, a: tuple[int, int], b: tuple[int, int]) -> list[int]:
        unit = self.reading.units[pair.unit]
        here = self.reading.inside[pair.unit]
        between = {m.name for m in here if pair.first.end <= m.start and m.end <= pair.second.start}
        between -= {pair.first.name, pair.second.name}
        crowd = len({m.name for m in here})
        return [
            min(11, int(np.log2(max(1, b[0] - a[1])) * 1.7)),
            LINKS.index(pair.link),
            UNIT_KINDS.index(unit.kind),
            KINDS.index(pair.first.kind) * 2 + (pair.first.form != "name"),
            KINDS.index(pair.second.kind) * 2 + (pair.second.form != "name"),
            min(4, len(between)),
            min(5, crowd // 2),
        ]


class _Places:
    """From spans of the text to pieces of a window."""

    def __init__(self, offsets: Sequence[tuple[int, int]]) -> None:
        self.by_start = {a: n for n, (a, _) in enumerate(offsets) if a >= 0}
        self.by_end = {b: n for n, (_, b) in enumerate(offsets) if b >= 0}
        self.offsets = offsets

    def of(self, mention: Mention) -> tuple[int, int] | None:
        """First and last piece of a mention; the pieces that hold its ends where it begins inside a word."""
        first, last = self.by_start.get(mention.start), self.by_end.get(mention.end)
        if first is None or last is None:
            held = [n for n, (a, b) in enumerate(self.offsets) if a < mention.end and b > mention.start]
            if not held:
                return None
            first, last = held[0], held[-1]
        return (first, last) if first <= last else None
