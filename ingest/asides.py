"""What a name is written with and is no part of it: other names, tickers, abbreviations in brackets.

>>> asides("Meta Platforms, Inc. (formerly Facebook, Inc.)")
('Meta Platforms, Inc.', ('Facebook, Inc.',))
>>> asides("Apple Inc. (NASDAQ: AAPL)"), asides("Teleradiology Solutions (TRS)")
(('Apple Inc.', ()), ('Teleradiology Solutions', ('TRS',)))
>>> asides("INFINITT (UK) Limited"), asides("Boeing Company, The")
(('INFINITT (UK) Limited', ()), ('Boeing Company', ()))
"""

from __future__ import annotations

import re
from functools import lru_cache

from .name_words import words

CALLED = re.compile(
    r"[,;]?\s*(?:[(\[]\s*now|[(\[]?\s*\b(?:(?:and\s+)?(?:formerly|previously)(?:\s+(?:known\s+as|called|named))?"
    r"|(?:also|now|better)\s+(?:known\s+as|called)|known\s+as|doing\s+business\s+as|trading\s+as|operating\s+as"
    r"|[dafn]\.?/?[bk]\.?/?a))\b[.:]?\s+",
    re.I,
)
TICKER = re.compile(
    r"\s*[(\[]\s*[A-Za-z]{2,8}(?: [A-Z][a-z]+)?\s*:\s*[A-Z0-9.]{1,8}(?:\s*[,;][^()\[\]]*)?[)\]]"
)
SHORT = re.compile(r"\s*[(\[]\s*[\"“'‘]?([A-Z][A-Z&.]{1,6})[\"”'’]?\s*[)\]](?=\s|,|$)")
ARTICLE = re.compile(r",\s*the$", re.I)
PLACES = frozenset({"NA", "EU", "UAE", "MENA", "DACH", "ANZ", "ROW", "NZ", "SG", "HK"})


@lru_cache(maxsize=400_000)
def asides(written: str) -> tuple[str, tuple[str, ...]]:
    """The name alone, and the other names that are stated with it."""
    name, *others = CALLED.split(written)
    if others:
        name, *others = (_trimmed(part) for part in (name, *others))
    if not name or not all(others):
        return written, ()
    plain, shorts = _without_brackets(name)
    return plain, (*(_without_brackets(o)[0] for o in others), *shorts)


def _trimmed(name: str) -> str:
    """Without the bracket that opened or closed the aside."""
    name = name.strip(' ,;"“”')
    return name if name.count("(") == name.count(")") else name.strip(" ,;()[]")


def _without_brackets(name: str) -> tuple[str, list[str]]:
    plain = ARTICLE.sub("", TICKER.sub("", name))
    shorts = [s for s in SHORT.findall(plain) if s not in PLACES and s.casefold() not in words("places")]
    for short in shorts:
        plain = re.sub(rf"\s*[(\[]\W*{re.escape(short)}\W*[)\]]", "", plain)
    return (plain.strip(), shorts) if plain.strip() else (name, [])
