"""Whether a statement has the shape whose rows the embedded engine leaves out in part (docs/stores.md).

A condition of a MATCH in which OR, XOR or NOT joins a test that goes through a list (any, all, none, single, reduce) is tested too
early, unless what the list is of is named outside such tests too. This tells it a little too often, never a wrong answer as right.

>>> overlooked("MATCH (a)-->(b) WHERE a.n = 1 OR any(t IN b.tags WHERE t = 'x') RETURN b")
['b']
>>> overlooked("MATCH (a)-->(b) WITH a, b WHERE a.n = 1 OR any(t IN b.tags WHERE t = 'x') RETURN b")
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .reading import tokens

CLAUSES = {
    *("MATCH", "RETURN", "WITH", "UNWIND", "CALL", "UNION", "ORDER", "SKIP", "LIMIT", "OFFSET", "WHERE", "OPTIONAL"),
}  # fmt: skip
LISTS = {"ANY", "ALL", "NONE", "SINGLE", "REDUCE"}
MIXING = {"OR", "XOR", "NOT"}
NAME = re.compile(r"[^\W\d]|`")
BEFORE = {"MATCH", ",", "-", ">", "=", "("}


class Word(NamedTuple):
    """A token in upper case, as written, and how many brackets it is in."""

    upper: str
    text: str
    depth: int


def overlooked(text: str) -> list[str]:
    """The names of nodes and edges whose lists may be tested before they are found; none where all rows come."""
    words = list(_words(text))
    names = _in_patterns(words)
    mixed = [part for part in _conditions(words) if any(word.upper in MIXING for word in part)]
    return sorted({name for part in mixed for name in names & _in_lists(part) - _outside(part)})


def _words(text: str) -> Iterator[Word]:
    depth = 0
    for _, token in tokens(text):
        depth -= token in ")]}"
        yield Word(token.upper(), token, depth)
        depth += token in "([{"


def _in_patterns(words: Sequence[Word]) -> set[str]:
    """What stands first in the brackets of a node or an edge."""
    threes = zip(words, words[1:], words[2:], strict=False)
    return {
        name.text
        for before, bracket, name in threes
        if before.upper in BEFORE and bracket.text in ("(", "[") and NAME.match(name.text)
    }


def _conditions(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """What AND joins in each WHERE of a MATCH that is not optional."""
    for i, word in enumerate(words):
        if word.upper == "WHERE" and _clause_before(words[:i], word.depth) == "MATCH":
            yield from _parts(words[i + 1 :], word.depth)


def _clause_before(words: Sequence[Word], depth: int) -> str | None:
    for i in reversed(range(len(words))):
        if words[i].depth < depth:
            return None
        if words[i].depth == depth and _is_clause(words, i):
            optional = i and words[i - 1].upper == "OPTIONAL"
            return "OPTIONAL" if optional else words[i].upper
    return None


def _parts(words: Sequence[Word], depth: int) -> Iterator[Sequence[Word]]:
    start = i = 0
    for i, word in enumerate(words):
        if word.depth < depth or (word.depth == depth and _is_clause(words, i)):
            break
        if word.depth == depth and word.upper == "AND":
            yield words[start:i]
            start = i + 1
    else:
        i = len(words)
    yield words[start:i]


def _is_clause(words: Sequence[Word], i: int) -> bool:
    """STARTS WITH begins none."""
    before = words[i - 1].upper if i else ""
    return words[i].upper in CLAUSES and before not in ("STARTS", "ENDS", ".", ":")


def _in_lists(part: Sequence[Word]) -> set[str]:
    return {word.text for word, inside in _told(part) if inside}


def _outside(part: Sequence[Word]) -> set[str]:
    return {word.text for word, inside in _told(part) if not inside}


def _told(part: Sequence[Word]) -> Iterator[tuple[Word, bool]]:
    """Each word, and whether it is in the brackets of a test that goes through a list."""
    within: int | None = None
    for i, word in enumerate(part):
        if word.text == ")" and word.depth == within:
            within = None
        yield word, within is not None
        if within is None and word.upper in LISTS and i + 1 < len(part) and part[i + 1].text == "(":
            within = word.depth
