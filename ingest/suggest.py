"""Pairs that may be the same, found by blocking and never by comparing all with all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from .grouping import Group
from .names import Match, acronym, compare, comparison_key, core

MAX_BLOCK = 30
NEIGHBOURS = 2
KINDS = ("Company", "Organization", "Product")


def suggestions(groups: Iterable[Group]) -> Iterator[tuple[str, str, Match]]:
    """(left id, right id, match) for pairs worth a person's look, and for near-twins that were kept apart."""
    by_id = {g.id: g for g in groups if g.kind in KINDS}
    for left, right in sorted(candidates(by_id.values())):
        match = best_match(by_id[left], by_id[right])
        if match.outcome != "different" or match.reason.startswith(("only one bears", "numbers differ")):
            yield left, right, match


def best_match(left: Group, right: Group) -> Match:
    """Of all their names' matches the one with the highest score; "same" by name alone is still a suggestion here."""
    matches = [compare(a, b) for a in left.names[:6] for b in right.names[:6]]
    best = max(matches, key=lambda m: (m.score, m.reason))
    return Match("suggest", best.score, best.reason) if best.outcome == "same" else best


def candidates(groups: Iterable[Group]) -> set[tuple[str, str]]:
    """Pairs of ids that share a rare word or initials, or are neighbours in the alphabet."""
    blocks: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    ordered: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for g in groups:
        for name in g.names[:6]:
            for mark, word in _marks(name):
                blocks[g.kind, mark, word].add(g.id)
            key = comparison_key(name)
            ordered[g.kind].append((key, g.id))
            ordered[g.kind + " backwards"].append((key[::-1], g.id))
    pairs = {p for ids in blocks.values() if len(ids) <= MAX_BLOCK for p in combinations(sorted(ids), 2)}
    pairs.update(_neighbours(ordered.values()))
    return pairs


def _marks(name: str) -> Iterator[tuple[str, str]]:
    words = core(name)
    for word in words:
        if len(word) > 1:
            yield "word", word
    if len(words) > 1:
        for length in range(2, min(len(words), 5) + 1):
            yield "initials", acronym(name)[:length]
    elif name and len(words[0] if words else "") <= 6:
        yield "initials", words[0] if words else ""
        yield "initials", _camel_initials(name)


def _camel_initials(name: str) -> str:
    import re

    return "".join(p[0] for p in re.findall(r"[A-Z][a-z]*|[a-z]+", name)).casefold()


def _neighbours(lists: Iterable[Sequence[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    for names in lists:
        ordered = sorted(names)
        for step in range(1, NEIGHBOURS + 1):
            for (a, left), (b, right) in zip(ordered, ordered[step:], strict=False):
                if left != right and a[:4] == b[:4]:
                    yield (left, right) if left < right else (right, left)
