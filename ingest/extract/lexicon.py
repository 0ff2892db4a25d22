"""What words in and round a form say of its kind, counted over the training documents.

For each context ("before", "last", …) and each word there: in how many forms of which class it was seen. A
form gets, for each context, the smoothed share of each class, averaged over its places.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

CLASSES = ("none", "Company", "Organization", "Product", "Region", "Market", "other")
CONTEXTS = ("form", "lower", "first", "last", "before", "before2", "behind", "behind2", "any")
WHOLE = ("form", "lower")
PRIOR_WEIGHT = 3.0

Counts = npt.NDArray[np.float32]
Contexts = Mapping[str, Sequence[str]]


class Lexicon:
    """Counts of classes by context and word."""

    def __init__(self, prior: Counts, counts: Mapping[str, Mapping[str, Counts]]) -> None:
        self.prior, self.counts = prior / prior.sum(), counts

    def encode(
        self, contexts: Contexts, own: Mapping[str, Mapping[str, Counts]] | None = None
    ) -> list[float]:
        """Shares of classes by context, and how much was seen; the document's ``own`` counts are left out."""
        row: list[float] = []
        for context in CONTEXTS:
            shares, seen = self._context(context, contexts[context], (own or {}).get(context, {}))
            row += [*shares.tolist(), seen]
        return row

    def _context(self, context: str, words: Sequence[str], own: Mapping[str, Counts]) -> tuple[Counts, float]:
        least = 1 if context in WHOLE else 2
        total, seen = _nothing(), 0.0
        for word in words:
            counts = self.counts[context].get(word)
            if counts is not None and word in own:
                counts = counts - own[word]
            amount = 0.0 if counts is None else float(counts.sum())
            if counts is None or amount < least:
                total += self.prior
            else:
                total += (counts + PRIOR_WEIGHT * self.prior) / (amount + PRIOR_WEIGHT)
                seen += min(amount, 50)
        total /= np.float32(max(1, len(words)))
        return total, seen / max(1, len(words))

    def packed(self) -> bytes:
        """Without what was seen once, which says nothing at run time."""
        table = {
            context: {
                word: [int(n) for n in counts]
                for word, counts in sorted(self.counts[context].items())
                if (counts[1:].sum() > 0 if context in WHOLE else counts.sum() > 1)
            }
            for context in CONTEXTS
        }
        raw = json.dumps(
            {"prior": self.prior.tolist(), "counts": table}, ensure_ascii=False, separators=(",", ":")
        )
        return gzip.compress(raw.encode(), 9, mtime=0)

    @staticmethod
    def unpacked(raw: bytes) -> Lexicon:
        table = json.loads(gzip.decompress(raw))
        counts = {
            context: {word: np.array(row, dtype=np.float32) for word, row in rows.items()}
            for context, rows in table["counts"].items()
        }
        return Lexicon(np.array(table["prior"], dtype=np.float32), counts)


def count(rows: Iterable[tuple[Contexts, int]]) -> dict[str, dict[str, Counts]]:
    """Each form counts once for each distinct word of a context."""
    found: dict[str, dict[str, Counts]] = {context: {} for context in CONTEXTS}
    for contexts, label in rows:
        for context in CONTEXTS:
            for word in sorted(set(contexts[context])):
                found[context].setdefault(word, np.zeros(len(CLASSES), dtype=np.float32))[label] += 1
    return found


def joined(parts: Iterable[dict[str, dict[str, Counts]]]) -> Lexicon:
    """One lexicon from the counts of many documents."""
    total: dict[str, dict[str, Counts]] = {context: defaultdict(_nothing) for context in CONTEXTS}
    for part in parts:
        for context, words in part.items():
            for word, counts in words.items():
                total[context][word] = total[context][word] + counts
    prior = sum(total["form"].values(), start=_nothing())
    return Lexicon(prior, {context: dict(words) for context, words in total.items()})


def _nothing() -> Counts:
    return np.zeros(len(CLASSES), dtype=np.float32)


@cache
def shipped() -> Lexicon:
    return Lexicon.unpacked(files("ingest.models").joinpath("names-lexicon.json.gz").read_bytes())
