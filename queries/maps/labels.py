"""How a name is broken into lines, and how much room they take."""

from __future__ import annotations

import unicodedata

LINE_HEIGHT = 1.2
_NARROW = frozenset("iljtfrI.,:;'|!()[]- ")
_WIDE = frozenset("mwMW@%&")


def wrap(name: str, *, width: int = 18, lines: int = 3) -> tuple[str, ...]:
    """Up to ``lines`` lines of about ``width`` letters; what does not fit ends in an ellipsis.

    >>> wrap("Meridian Teleradiology Services of Texas")
    ('Meridian', 'Teleradiology', 'Services of Texas')
    >>> wrap("Rad AI")
    ('Rad AI',)
    """
    rows = [""]
    for word in name.split() or [name]:
        joined = f"{rows[-1]} {word}".strip()
        if len(joined) <= width or not rows[-1]:
            rows[-1] = joined
        else:
            rows.append(word)
    kept = [_shorten(row, width) for row in rows[:lines]]
    if len(rows) > lines and not kept[-1].endswith("…"):
        kept[-1] = _shorten(kept[-1], width - 1).rstrip("…") + "…"
    return tuple(kept)


def text_width(text: str, size: float) -> float:
    """An estimate on the wide side, the same on every machine.

    >>> text_width("MM", 10) > text_width("ii", 10)
    True
    """
    return size * sum(_advance(letter) for letter in text)


def _shorten(row: str, width: int) -> str:
    return row if len(row) <= width else row[: width - 1] + "…"


def _advance(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    return 0.72 if letter.isupper() else 0.59
