"""How a pair is worded: the words before, between and behind two mentions, weighed by a linear model.

It sees less than the encoder and errs elsewhere; the decision a document hears both. "Denied", "in talks" and
"until 2019" it learns from few examples.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graph.model import Mention

from .pairs import Pair, Reading

WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
FARTHEST = 18
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of words for each class."""

    index: dict[str, int]
    weights: Floats
    bias: Floats

    def scores(self, phrases: Sequence[Sequence[str]]) -> Floats:
        """Log odds, one row a pair."""
        found = np.tile(self.bias, (len(phrases), 1))
        for row, words in enumerate(phrases):
            # in order: floats added up in another order differ in the last digit, and sets have no order
            known = sorted({self.index[w] for w in words if w in self.index})
            found[row] += self.weights[known].astype(np.float32).sum(0)
        return found


def load(folder: Traversable, name: str) -> Linear:
    """ "directions" or "status"."""
    packed = folder.joinpath(f"relations-{name}.npz").read_bytes()
    held = np.load(io.BytesIO(packed))
    words = bytes(held["words"]).decode().split("\n")
    return Linear({w: n for n, w in enumerate(words)}, held["weights"], held["bias"].astype(np.float32))


def phrases(reading: Reading, pair: Pair) -> list[str]:
    """What is looked up for a pair, one string a sign."""
    return [*_frame(reading, pair), *_wording(reading, pair)]


def _frame(reading: Reading, pair: Pair) -> Iterator[str]:
    here = reading.inside[pair.unit]
    kinds = f"{pair.first.kind}>{pair.second.kind}"
    yield f"kinds:{kinds}"
    yield f"link:{pair.link}:{reading.units[pair.unit].kind}"
    yield f"forms:{pair.first.form}>{pair.second.form}"
    yield f"roles:{reading.roles[pair.first.name]}>{reading.roles[pair.second.name]}:{kinds}"
    yield f"crowd:{min(6, len({m.name for m in here}))}"
    between = {m.name for m in here if pair.first.end <= m.start < pair.second.start}
    between -= {pair.first.name, pair.second.name}
    yield f"between:{min(4, len(between))}:{kinds}"
    for mark, mention in (("A", pair.first), ("B", pair.second)):
        if mention.form == "pronoun":
            yield f"pronoun{mark}:{mention.text.lower()}"


def _wording(reading: Reading, pair: Pair) -> Iterator[str]:
    tokens = _tokens(reading, pair.unit, pair)
    if pair.link == "same":
        yield from _around(tokens, pair)
    else:
        above = _tokens(reading, pair.other, pair)
        yield from (f"h:{t}" for t in above)
        yield from (f"h2:{a} {b}" for a, b in pairwise(above))
        yield from (f"i:{t}" for t in tokens[:25])
    yield from (f"s:{t}" for t in set(tokens))


def _around(tokens: list[str], pair: Pair) -> Iterator[str]:
    a, b = tokens.index("<A>"), tokens.index("<B>")
    kinds = f"{pair.first.kind[0]}{pair.second.kind[0]}"
    middle, left, right = tokens[a + 1 : b], tokens[max(0, a - 5) : a], tokens[b + 1 : b + 7]
    yield f"length:{min(20, len(middle)) // 2}"
    if len(middle) <= 7:
        yield f"all:{kinds}:{' '.join(middle)}"
    near = middle if len(middle) <= FARTHEST else [*middle[:9], "<..>", *middle[-9:]]
    for word in set(near):
        yield f"m:{word}"
        yield f"mk:{kinds}:{word}"
    yield from (f"m2:{x} {y}" for x, y in pairwise(near))
    yield from (f"m3:{x} {y} {z}" for x, y, z in zip(near, near[1:], near[2:], strict=False))
    padded = ["<A>", *near, "<B>"]
    yield f"a2:{kinds}:{' '.join(padded[:3])}"
    yield f"b2:{kinds}:{' '.join(padded[-3:])}"
    yield from (f"l:{w}" for w in left)
    yield f"l1:{kinds}:{' '.join(left[-1:])}"
    yield f"l2:{' '.join(left[-2:])}"
    yield from (f"r:{w}" for w in right)
    yield f"r1:{kinds}:{' '.join(right[:1])}"
    yield f"r2:{' '.join(right[:2])}"
    yield f"r3:{' '.join(right[:3])}"


def _tokens(reading: Reading, number: int, pair: Pair) -> list[str]:
    """Words of a unit in lower case, mentions as their kinds, the pair's own as <A> and <B>."""
    unit, text = reading.units[number], reading.document.text
    found: list[str] = []
    at = unit.start
    for mention in reading.inside[number]:
        if mention.start < at and mention is not pair.first and mention is not pair.second:
            continue
        found += _words(text[at : max(at, mention.start)])
        found.append(_mark(mention, pair))
        at = max(at, mention.end)
    return found + _words(text[at : max(at, unit.end)])


def _words(text: str) -> list[str]:
    return ["0" if w[0].isdigit() else w.lower() for w in WORD.findall(text)]


def _mark(mention: Mention, pair: Pair) -> str:
    if mention is pair.first:
        return "<A>"
    return "<B>" if mention is pair.second else f"<{mention.kind}>"
