"""Looking names up whatever their case, accents and punctuation.

>>> fold(["Virtual Radiologic, Inc.", "Radiología Única"])
['radiologia unica', 'virtual radiologic inc']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LEAST = 60.0


def fold(names: Iterable[str]) -> list[str]:
    return sorted({_fold(name) for name in names})


def _fold(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare)) or name


def nearest(name: str, names: Iterable[tuple[str, list[str]]], limit: int) -> list[str]:
    """Ids whose names look most like this one, best first."""
    from rapidfuzz import fuzz

    wanted = _fold(name)
    scored = ((max((fuzz.WRatio(wanted, n) for n in own), default=0.0), id) for id, own in names)
    return [id for score, id in sorted(scored, key=lambda s: (-s[0], s[1]))[:limit] if score >= LEAST]
