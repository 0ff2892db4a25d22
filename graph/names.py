"""Looking names up whatever their case, accents and punctuation.

>>> folded(["Virtual Radiologic, Inc.", "Radiología Única"])
['radiologia unica', 'virtual radiologic inc']
"""

from __future__ import annotations

from collections.abc import Iterable

from .ids import fold

LEAST = 60.0


def folded(names: Iterable[str]) -> list[str]:
    """Each name as it is looked up, once; one that folds to nothing stays as it is."""
    return sorted({fold(name) or name for name in names})


def nearest(name: str, names: Iterable[tuple[str, list[str]]], limit: int) -> list[str]:
    """Ids whose names look most like this one, best first."""
    from rapidfuzz import fuzz

    wanted = fold(name) or name
    scored = ((max((fuzz.WRatio(wanted, n) for n in own), default=0.0), id) for id, own in names)
    return [id for score, id in sorted(scored, key=lambda s: (-s[0], s[1]))[:limit] if score >= LEAST]
