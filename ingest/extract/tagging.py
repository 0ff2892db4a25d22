"""The name tagger at run time: words, what their shape says, windows, the encoder, and the best path of tags.

The encoder is uncased, its upper layers trained for names; what case, lines, brackets and
the rest of the document say of a word enters as embeddings beside the words (``FEATURES``).
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from . import encoder

if TYPE_CHECKING:
    from tokenizers import Tokenizer

KINDS = ("Company", "Organization", "Product", "Region", "Market", "Person", "Medium", "Event")
TAGS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
WINDOW = 254
CLS, SEP = 101, 102
GAZETTEER_KINDS = ("company", "organization", "product", "region", "medium", "mixed", "brand")
# Sizes of the embedding tables, in the order of ``features``.
FEATURES = {
    "shape": 10,
    "before": 4,
    "line": 5,
    "twin": 10,
    "gazetteer": 1 + 2 * len(GAZETTEER_KINDS),
    "bracket": 4,
    "place": 4,
    "cue": 5,
    "piece": 2,
}


def words_of(row: str) -> frozenset[str]:
    """A table of words, written as one string."""
    return frozenset(row.split())


LEGAL = words_of(
    "inc incorporated corp corporation co company ltd limited llc llp lp plc ag se gmbh kg kgaa sa "
    "sas sarl srl spa nv bv ab as asa oy oyj pte pty pvt sdn bhd kk aps ehf ug ohg eg ev doo sro "
    "zrt kft pjsc jsc ojsc llp pllc pc trust group holdings holding partners ventures capital bank"
)
TITLES = words_of(
    "mr mrs ms dr prof ceo cto cfo coo president chairman chairwoman founder director officer "
    "manager head vp chief analyst said says"
)
BULLET = re.compile(r"[-•*·▪‣●○–—]|\d{1,2}[.)]")
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“(]?[A-Z0-9])")

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: spans, their pieces, and what is known of each before any model runs.

    Attributes:
        starts, ends: span of each word.
        pieces: for each piece its id and the word it belongs to.
        features: one row a word, one column a feature (without "piece").
    """

    text: str
    starts: list[int]
    ends: list[int]
    piece_ids: list[int]
    piece_words: list[int]
    features: Ids

    def __len__(self) -> int:
        return len(self.starts)

    def surface(self, word: int) -> str:
        return self.text[self.starts[word] : self.ends[word]]


def read_words(text: str, lines: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> Words:
    """Split a text into words and pieces and look at each word from outside."""
    starts: list[int] = []
    ends: list[int] = []
    ids: list[int] = []
    owners: list[int] = []
    for start, end in lines:
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        first = len(starts)
        for piece, word, (a, b) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            assert word is not None
            if first + word == len(starts):
                starts.append(start + a)
                ends.append(start + b)
            ends[-1] = start + b
            ids.append(piece)
            owners.append(first + word)
    return Words(text, starts, ends, ids, owners, features(text, lines, starts, ends))


def text_lines(text: str) -> list[tuple[int, int]]:
    """Spans of the lines that hold anything."""
    return [m.span() for m in re.finditer(r"\S[^\n]*", text)]


# What is known of a word before any model runs


def features(text: str, lines: Sequence[tuple[int, int]], starts: list[int], ends: list[int]) -> Ids:
    words = [text[a:b] for a, b in zip(starts, ends, strict=True)]
    table = np.zeros((len(words), len(FEATURES) - 1), dtype=np.int64)
    table[:, 0] = [shape(word) for word in words]
    table[:, 1] = [glue(text, start) for start in starts]
    table[:, 3] = twins(words)
    table[:, 4] = gazetteer_tags(text, words, starts, ends)
    table[:, 5] = brackets(words)
    table[:, 7] = [cue(word) for word in words]
    _line_features(table, text, lines, starts)
    return table


def shape(word: str) -> int:
    if word.isdigit():
        return 6
    if not any(c.isalnum() for c in word):
        return 8
    if any(c.isdigit() for c in word):
        return 7
    if word.islower():
        return 0
    if word.isupper():
        return 3 if len(word) == 1 else 2
    if word[0].isupper():
        return 1 if word[1:].islower() else 5
    return 4 if any(c.isupper() for c in word) else 9


def glue(text: str, start: int) -> int:
    if start == 0 or text[start - 1] == "\n":
        return 2
    return 0 if text[start - 1].isspace() else 1


def twins(words: Sequence[str]) -> list[int]:
    """0 for a word without capital; else how often it occurs so, and whether it occurs in lower case too."""
    counts = Counter(words)
    return [0 if not any(c.isupper() for c in w) else _twin(counts[w], counts[w.lower()] > 0) for w in words]


def _twin(count: int, lower: bool) -> int:
    bucket = 0 if count == 1 else 1 if count == 2 else 2 if count < 6 else 3
    return 1 + 4 * lower + bucket


def brackets(words: Sequence[str]) -> list[int]:
    found, depth, quoted = [], 0, False
    for word in words:
        if word in ")]":
            depth = 0
        if word == "”":
            quoted = False
        found.append(2 * quoted + (depth > 0))
        if word in "([":
            depth = 1
        if word == "“":
            quoted = True
    return found


def cue(word: str) -> int:
    low = word.lower()
    if low in LEGAL:
        return 1 if word[0].isupper() else 2
    return (
        3
        if low in TITLES
        else 4
        if low in ("nasdaq", "nyse", "otc", "tsx", "otcqb", "otcqx", "cse", "asx")
        else 0
    )


def _line_features(table: Ids, text: str, lines: Sequence[tuple[int, int]], starts: list[int]) -> None:
    places = np.asarray(starts)
    for number, (start, end) in enumerate(lines):
        inside = slice(np.searchsorted(places, start), np.searchsorted(places, end))
        table[inside, 2] = line_kind(text[start:end])
        table[inside, 6] = 0 if number == 0 else 1 if number < 3 else 3 if start > 0.85 * len(text) else 2


def line_kind(line: str) -> int:
    if BULLET.match(line):
        return 4
    letters = [c for c in line if c.isalpha()]
    if letters and all(c.isupper() for c in letters):
        return 2
    tokens = [t for t in line.split() if t[0].isalpha()]
    if len(tokens) > 2 and sum(t[0].isupper() for t in tokens) >= 0.7 * len(tokens):
        return 3
    return 1 if len(line) < 120 and line.rstrip()[-1:] not in (".", "!", "?", "”", '"') else 0


@cache
def gazetteer() -> dict[str, frozenset[str]]:
    """Known names, each with the kinds it is known as."""
    found: dict[str, set[str]] = {}
    packed = files("ingest.models").joinpath("names-gazetteer.tsv.gz").read_bytes()
    for row in gzip.decompress(packed).decode().split("\n"):
        kind, name = row.split("\t")
        found.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


@cache
def _gazetteer_firsts() -> dict[str, int]:
    """First word of a known name with the length of the longest name it begins, in characters."""
    longest: dict[str, int] = {}
    for name in gazetteer():
        first = re.match(r"\w+|\S", name)
        if first is not None:
            longest[first[0]] = max(longest.get(first[0], 0), len(name))
    return longest


def known_spans(
    words: Sequence[str], text: str, starts: list[int], ends: list[int]
) -> Iterator[tuple[int, int, str]]:
    """Longest known names at each place: first word, one past the last, the name."""
    names, firsts = gazetteer(), _gazetteer_firsts()
    at = 0
    while at < len(words):
        reach, best = firsts.get(words[at], 0), at
        for last in range(at, min(at + 12, len(words))) if reach else ():
            if ends[last] - starts[at] > reach:
                break
            if text[starts[at] : ends[last]] in names:
                best = last + 1
        if best > at:
            yield at, best, text[starts[at] : ends[best - 1]]
        at = max(best, at + 1)


def gazetteer_tags(text: str, words: Sequence[str], starts: list[int], ends: list[int]) -> list[int]:
    tags = [0] * len(words)
    for first, end, name in known_spans(words, text, starts, ends):
        kinds = gazetteer()[name]
        kind = next(n for n, k in enumerate(GAZETTEER_KINDS) if k in kinds)
        tags[first:end] = [1 + 2 * kind] + [2 + 2 * kind] * (end - first - 1)
    return tags


# Windows


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [first, end) of the document that the encoder sees together."""

    first: int
    end: int


def windows(words: Words, lines: Sequence[tuple[int, int]]) -> list[Window]:
    """Whole lines, else whole sentences, else what fits, up to WINDOW pieces."""
    piece_starts = [words.starts[w] for w in words.piece_words]
    cuts = [int(np.searchsorted(piece_starts, place)) for place in _breaks(words.text, lines)]
    cuts.append(len(piece_starts))
    found: list[Window] = []
    first = 0
    for here, after in pairwise(cuts):
        if after - first > WINDOW and here > first:
            found.append(Window(first, here))
            first = here
        while after - first > WINDOW:
            found.append(Window(first, first + WINDOW))
            first += WINDOW
    if first < len(piece_starts):
        found.append(Window(first, len(piece_starts)))
    return found


def _breaks(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[int]:
    for start, end in lines:
        yield start
        yield from (m.end() for m in SENTENCE_END.finditer(text, start, end))


def window_arrays(words: Words, window: Window) -> tuple[Ids, Ids]:
    """Piece ids with both ends marked, and the features of each piece."""
    ids = np.array([CLS, *words.piece_ids[window.first : window.end], SEP], dtype=np.int64)
    owners = np.asarray(words.piece_words[window.first : window.end])
    table = np.zeros((len(ids), len(FEATURES)), dtype=np.int64)
    table[1:-1, :-1] = words.features[owners]
    table[1:-1, -1] = first_pieces(words, window) == 0
    return ids, table


def first_pieces(words: Words, window: Window) -> Ids:
    """1 where a piece begins its word."""
    owners = np.asarray(words.piece_words[window.first : window.end])
    before = np.concatenate([[-1], owners[:-1]])
    found: Ids = (owners != before).astype(np.int64)
    return found


# The encoder, and the best path


@cache
def tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(files("ingest.models").joinpath("names-tokenizer.json").read_bytes())


@cache
def _tagger() -> Any:
    return encoder.session(files("ingest.models").joinpath("names-tagger.onnx"))


def emissions(words: Words, lines: Sequence[tuple[int, int]], upper: Any = None) -> Scores:
    """Log probability of each tag for each word, by the tagger that ships or by another one's session."""
    upper = upper or _tagger()
    scores = np.zeros((len(words), len(TAGS)), dtype=np.float32)
    for window in windows(words, lines):
        ids, table = window_arrays(words, window)
        (logits,) = upper.run(None, {"states": encoder.states(ids), "features": table[None]})
        place_scores(scores, words, window, logits[0, 1:-1])
    return scores


def place_scores(scores: Scores, words: Words, window: Window, logits: Scores) -> None:
    """Write the scores of each word's first piece."""
    first = first_pieces(words, window).astype(bool)
    owners = np.asarray(words.piece_words[window.first : window.end])
    scores[owners[first]] = log_softmax(logits[first])


def log_softmax(logits: Scores) -> Scores:
    top = logits - logits.max(-1, keepdims=True)
    found: Scores = top - np.log(np.exp(top).sum(-1, keepdims=True))
    return found


@cache
def _forbidden() -> npt.NDArray[np.float32]:
    """Penalty of a step from tag to tag: I-X only behind B-X or I-X."""
    table = np.zeros((len(TAGS), len(TAGS)), dtype=np.float32)
    for after, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            table[:, after] = -1e4
            table[[after - 1, after], after] = 0
    return table


def best_path(scores: Scores) -> list[int]:
    """Viterbi over the words of a document."""
    if not len(scores):
        return []
    total = scores[0].copy()
    total[2::2] = -1e4
    back = np.zeros(scores.shape, dtype=np.int64)
    forbidden = _forbidden()
    for at in range(1, len(scores)):
        ways = total[:, None] + forbidden
        back[at] = ways.argmax(0)
        total = ways[back[at], np.arange(len(TAGS))] + scores[at]
    path = [int(total.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return path[::-1]


def spans(path: Iterable[int]) -> list[tuple[int, int, str]]:
    """First word, one past the last, kind."""
    found: list[tuple[int, int, str]] = []
    for at, tag in enumerate(path):
        if tag % 2:
            found.append((at, at + 1, TAGS[tag][2:]))
        elif tag:
            first, _, kind = found[-1]
            found[-1] = (first, at + 1, kind)
    return found
