"""Pairs that may be the same, found by blocking and never by comparing all with all."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from functools import lru_cache
from itertools import combinations

from .grouping import GROUP, Group
from .kept import Form, Shelf
from .names import (
    Match,
    acronym,
    acronym_key,
    compare,
    comparison_key,
    core,
    humps,
    initials,
    is_upper,
    parts,
)

MAX_BLOCK = 30
MAX_NAMES = 6
NEIGHBOURS = 2
ALIKE = 4  # letters at the beginning
LONGEST_ABBREVIATION = 8
KINDS = ("Company", "Organization", "Product")
SHORT, LONG = 0, 1
EITHER = (SHORT, LONG)
Pair = tuple[str, str]
Mark = tuple[str, str, str]
Block = tuple[set[str], set[str]]  # who may abbreviate, who may be abbreviated; of a word all stand in both
Stretch = tuple[
    str, str
]  # a kind, read forwards or backwards, and how keys begin: only those can be neighbours
Entry = tuple[str, str]  # comparison key, id
BLOCK: Form[Block] = Form(
    lambda block: [sorted(side) for side in block], lambda lists: (set(lists[0]), set(lists[1]))
)
ENTRIES: Form[list[Entry]] = Form(list, lambda entries: [(key, id) for key, id in entries])


class Candidates:
    """Groups by what they share: a rare word, an abbreviation and its full name, a place in the alphabet either way.

    Two full names of equal initials are no candidates: only an abbreviation meets the names that it may stand for.
    A block with more than 30 on a side says nothing. Groups can come and go one at a time; what a change can touch
    is told.
    """

    def __init__(self, groups: Iterable[Group] = (), shelf: Shelf | None = None) -> None:
        shelf = shelf or Shelf()
        self.groups: MutableMapping[str, Group] = shelf.mapping("candidates.groups", GROUP)
        self._blocks: MutableMapping[Mark, Block] = shelf.mapping("candidates.blocks", BLOCK, _no_block)
        self._ordered: MutableMapping[Stretch, list[Entry]] = shelf.mapping(
            "candidates.ordered", ENTRIES, list
        )
        self._marks: dict[str, frozenset[tuple[Mark, int]]] = {}
        self._fill(groups)

    def _fill(self, groups: Iterable[Group]) -> None:
        filled: set[Stretch] = set()
        for g in groups:
            if g.kind in KINDS:
                self.groups[g.id] = g
                for mark, side in self._marks_of(g):
                    self._blocks[mark][side].add(g.id)
                for stretch, entry in _entries(g):
                    self._ordered[stretch].append(entry)
                    filled.add(stretch)
        for stretch in filled:
            self._ordered[stretch].sort()

    def pairs(self) -> set[Pair]:
        """All pairs of ids that are worth a comparison."""
        found = {p for block in self._blocks.values() if not _is_crowded(block) for p in _across(block)}
        for entries in self._ordered.values():
            found.update(_neighbours(entries))
        return found

    def replace(self, gone: Iterable[Group], come: Iterable[Group]) -> set[Pair]:
        """Exchange groups; gives the pairs that may have begun or ceased to be candidates."""
        if not gone and next(iter(self.groups), None) is None:
            self._fill(come)
            return self.pairs()
        touched: set[Pair] = set()
        for g in gone:
            if g.kind in KINDS:
                touched |= self._leave(g)
        for g in come:
            if g.kind in KINDS:
                touched |= self._enter(g)
        return touched

    def has(self, pair: Pair) -> bool:
        """Whether two groups are present and candidates."""
        left, right = (self.groups.get(id) for id in pair)
        if not left or not right:
            return False
        theirs = self._marks_of(right)
        shared = (m for m, side in self._marks_of(left) if (m, 1 - side) in theirs)
        return any(not _is_crowded(self._blocks[m]) for m in shared) or any(
            pair in _neighbours(self._around(stretch, entry)) for stretch, entry in _entries(left)
        )

    def _marks_of(self, g: Group) -> frozenset[tuple[Mark, int]]:
        if g.id not in self._marks:
            found = (((g.kind, what, value), side) for n in faces(g.names) for what, value, side in _marks(n))
            self._marks[g.id] = frozenset(found)
        return self._marks[g.id]

    def _enter(self, g: Group) -> set[Pair]:
        self.groups[g.id] = g
        touched = self._in_blocks(g, set.add)
        for stretch, entry in _entries(g):
            insort(self._ordered[stretch], entry)
            touched |= self._near(stretch, entry)
        return touched

    def _leave(self, g: Group) -> set[Pair]:
        touched = self._in_blocks(g, set.discard)
        for stretch, entry in _entries(g):
            touched |= self._near(stretch, entry)
            entries = self._ordered[stretch]
            del entries[bisect_left(entries, entry)]
        del self.groups[g.id], self._marks[g.id]
        return touched

    def _in_blocks(self, g: Group, change: Callable[[set[str], str], None]) -> set[Pair]:
        """Put a group into its blocks, or take it out; gives the pairs that this touches."""
        touched: set[Pair] = set()
        for mark, side in self._marks_of(g):
            block = self._blocks[mark]
            was_crowded = _is_crowded(block)
            change(block[side], g.id)
            touched |= _changed(g.id, block, side, was_crowded)
            if not any(block):
                del self._blocks[mark]
        return touched

    def _near(self, stretch: Stretch, entry: Entry) -> set[Pair]:
        """Pairs that are neighbours with an entry of the list or without it."""
        around = self._around(stretch, entry)
        return {*_neighbours(around), *_neighbours([e for e in around if e != entry])}

    def _around(self, stretch: Stretch, entry: Entry) -> list[Entry]:
        entries = self._ordered[stretch]
        place = bisect_left(entries, entry)
        return entries[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]


def suggestions(groups: Iterable[Group]) -> Iterator[tuple[str, str, Match]]:
    """(left id, right id, match) for pairs worth a person's look, and for near-twins that were kept apart."""
    found = Candidates(groups)
    for left, right in sorted(found.pairs()):
        if match := judged(found.groups[left], found.groups[right]):
            yield left, right, match


def judged(left: Group, right: Group) -> Match | None:
    """The match of two candidates, or nothing where they are plainly different."""
    match = best_match(left, right)
    told = match.outcome != "different" or match.reason.startswith(("only one bears", "numbers differ"))
    return match if told else None


def best_match(left: Group, right: Group) -> Match:
    """Of all their names' matches the one with the highest score; "same" by name alone is still a suggestion here."""
    facts = dict(left.facts), dict(right.facts)
    matches = [compare(a, b, facts=facts) for a in faces(left.names) for b in faces(right.names)]
    best = max(matches, key=lambda m: (m.score, m.reason))
    return Match("suggest", best.score, best.reason) if best.outcome == "same" else best


@lru_cache(maxsize=200_000)
def faces(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first six names that a comparison can tell apart: another legal form alone makes no other name.

    >>> faces(("Alba Foods", "Alba Foods AG", "Alba Foods GmbH", "Alba Foods, Inc."))
    ('Alba Foods', 'Alba Foods AG')
    """
    found: dict[tuple[object, ...], str] = {}
    for name in names:
        found.setdefault(_face(name), name)
        if len(found) == MAX_NAMES:
            break
    return tuple(found.values())


def _face(name: str) -> tuple[object, ...]:
    taken = parts(name)
    written = name.split()[:1] if len(taken.tokens) == 1 else []
    return taken.tokens, taken.house, bool(taken.form), taken.dotted, is_upper(name), "-" in name, *written


def _is_crowded(block: Block) -> bool:
    return len(block[SHORT]) > MAX_BLOCK or len(block[LONG]) > MAX_BLOCK


def _across(block: Block) -> set[Pair]:
    return {pair for id in block[SHORT] for pair in _with(id, block[LONG])}


def _changed(id: str, block: Block, side: int, was_crowded: bool) -> set[Pair]:
    """The pairs of a block that came or went when one of its groups did."""
    crowded = _is_crowded(block)
    if crowded and was_crowded:
        return set()
    own = _with(id, block[1 - side])
    return own | _across(block) if crowded or was_crowded else own


def _with(id: str, others: set[str]) -> set[Pair]:
    return {(id, other) if id < other else (other, id) for other in others if other != id}


def _entries(group: Group) -> set[tuple[Stretch, Entry]]:
    """Where a group stands in the alphabet of its kind, by its keys read forwards and backwards."""
    keys = {comparison_key(n) for n in faces(group.names)}
    ways = {(group.kind, k) for k in keys} | {(group.kind + " backwards", k[::-1]) for k in keys}
    return {((way, k[:ALIKE]), (k, group.id)) for way, k in ways}


def _no_block() -> Block:
    return set(), set()


def _marks(name: str) -> Iterator[tuple[str, str, int]]:
    words = core(name)
    yield from (("word", word, side) for word in words if len(word) > 1 for side in EITHER)
    if len(words) > 1 or humps(name):
        yield from ((*mark, LONG) for mark in _abbreviations(name, words))
    if words:
        yield from ((*mark, SHORT) for mark in _abbreviated_by(name, words))


def _abbreviations(name: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What a short name for this one can look like."""
    whole = acronym(name)
    yield from (("initials", whole[:length]) for length in range(2, min(len(whole), 5) + 1))
    yield from (("initials", i) for i in sorted(initials(name)) if 2 <= len(i) <= LONGEST_ABBREVIATION)
    yield from (("blend", b) for b in _blends(words))


def _abbreviated_by(name: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What names can have that this one is short for."""
    if 2 <= len(key := acronym_key(name)) <= LONGEST_ABBREVIATION:
        yield "initials", key
    if len(words) > 1:
        return
    yield "blend", words[0][:4]
    if len(words[0]) <= LONGEST_ABBREVIATION:
        yield "initials", words[0]
        yield "initials", _camel_initials(name)
    if is_upper(name) and len(words[0]) <= 5:
        yield from (("initials", part) for part in _parts_of(words[0]))


def _blends(words: Sequence[str]) -> Iterator[str]:
    """The first four letters that a name made of the beginnings of these words can have: Nabisco, National Biscuit."""
    for length in range(1, 4) if len(words) > 1 else ():
        yield (words[0][:length] + words[1])[:4]


def _parts_of(letters: str) -> Iterator[str]:
    """Letters that may be the initials where the others stand within the words: TRS, TeleRadiology Solutions."""
    for length in range(1, len(letters) - 1):
        yield from (letters[0] + "".join(rest) for rest in combinations(letters[1:], length))


def _camel_initials(name: str) -> str:
    return "".join(p[0] for p in re.findall(r"[A-Z][a-z]*|[a-z]+", name)).casefold()


def _neighbours(entries: Sequence[Entry]) -> Iterator[Pair]:
    """Of one stretch: all of them begin alike."""
    for step in range(1, NEIGHBOURS + 1):
        for (_, left), (_, right) in zip(entries, entries[step:], strict=False):
            if left != right:
                yield (left, right) if left < right else (right, left)
