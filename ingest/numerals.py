"""Numbers in names, however they are written: "Pier One", "20th Century", "Rocky II", "Twenty-One".

>>> with_digits(["century", "twenty", "one"])
('century', '21')
>>> with_digits(["twentieth", "century", "fox"])
('20th', 'century', 'fox')
>>> with_digits(["twenty", "first", "century", "fox"])
('21st', 'century', 'fox')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENFOLD = "twenty thirty forty fifty sixty seventy eighty ninety"
ORDERED = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
TENS = {word: 10 * n for n, word in enumerate(TENFOLD.split(), 2)}
VALUES = {word: n for n, word in enumerate(UNITS.split())} | TENS
ORDINALS = {word: n for n, word in enumerate(ORDERED.split(), 1)} | {"twentieth": 20}
ROMANS = {
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "xi": 11,
    "xii": 12,
    "xx": 20,
    "xxi": 21,
}


def with_digits(tokens: Sequence[str]) -> tuple[str, ...]:
    """Tokens with numerals as digits, ordinals with their ending; a roman numeral only behind another word."""
    found: list[str] = []
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        if before in TENS and 0 < VALUES.get(token, 0) < 10:
            found[-1] = str(TENS[before] + VALUES[token])
        elif before in TENS and 0 < ORDINALS.get(token, 0) < 10:
            found[-1] = _ordinal(TENS[before] + ORDINALS[token])
        elif token in VALUES:
            found.append(str(VALUES[token]))
        elif token in ORDINALS:
            found.append(_ordinal(ORDINALS[token]))
        else:
            found.append(str(ROMANS[token]) if i and token in ROMANS else token)
    return tuple(found)


def numbers_in(tokens: Iterable[str]) -> frozenset[str]:
    """The numbers in tokens that have digits for numerals."""
    return frozenset(d for t in tokens for d in re.findall(r"\d+", t))


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number if number < 20 else number % 10, "th")
    return f"{number}{ending}"
