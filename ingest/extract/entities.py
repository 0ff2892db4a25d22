"""Names in a document: ``find_mentions(document)``.

Weak recognisers propose surface forms (``surfaces``), one gradient-boosted model decides each form once
for the whole document, overlapping places are settled, and forms of one entity are grouped under its
fullest name.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.model import Document, Mention
from ingest.extract import aliases, lexicon, surfaces, tagging
from ingest.extract.aliases import LEGAL_END
from ingest.extract.lexicon import CLASSES
from ingest.extract.surfaces import Ground
from ingest.extract.tagging import Words

KEPT = ("Company", "Organization", "Product", "Region", "Market")
# Below this a company made of common words is taken for a term.
SURE = 0.8
# So many items of a list must be companies for the others to be; and so likely must each be by itself.
LIST_SHARE, LIST_LEAST = 0.5, 0.04
PARTIES = [CLASSES.index("Company"), CLASSES.index("Organization")]
# A word with a capital behind a small letter ("vRad", "MosaicOS") is some name, unless it surely is none.
CASED = re.compile(r"\w*[a-z][A-Z]\w*")
SURELY_NONE = 0.85
COMMON = re.compile(r"[a-z]{4,}")
SISTERS = ("Organization", "Product", "other")
# A form is a name of its likeliest kind when that kind is at least so likely; tuned on dev. Companies and organizations
# are told apart less surely than from all else: for them it is how likely both are together.
THRESHOLDS = {
    "Company": 0.56,
    "Organization": 0.56,
    "Product": 0.42,
    "Region": 0.36,
    "Market": 0.16,
    "other": 0.45,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A surface form with the class it was given, how sure that is, and where it stands (words)."""

    form: str
    kind: str
    score: float
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence of a judged form: words [first, end)."""

    first: int
    end: int
    judged: Judged


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """Every occurrence of every accepted name, in order, none overlapping, under its canonical name."""
    if not document.text.strip():
        return ()
    ground = survey(document.text, lines_of(document))
    return mentions(ground, judge(ground))


def mentions(ground: Ground, judged: Sequence[Judged]) -> tuple[Mention, ...]:
    """Where the judged forms stand, each under its canonical name."""
    places = settle(judged)
    names = aliases.canonical(ground, [(p.first, p.end, p.judged.form, p.judged.kind) for p in places])
    found = [_mention(ground.words, p, names) for p in places if p.judged.kind in KEPT]
    return tuple(sorted(found, key=lambda m: m.start))


def lines_of(document: Document) -> list[tuple[int, int]]:
    """Blocks are lines where a reader found them; else the text's own lines."""
    if not document.blocks:
        return tagging.text_lines(document.text)
    return [span for block in document.blocks if (span := _stripped(document.text, block.start, block.end))]


def survey(text: str, lines: Sequence[tuple[int, int]]) -> Ground:
    words = tagging.read_words(text, lines, tagging.tokenizer())
    return surfaces.look(text, lines, words, tagging.emissions(words, lines))


def judge(ground: Ground) -> list[Judged]:
    """The forms that are names of some kind, "other" included: it keeps its place from the rest."""
    forms = surfaces.candidates(ground)
    if not forms:
        return []
    contexts = [surfaces.contexts(ground, form, places) for form, places in forms.items()]
    shares = np.array([lexicon.shipped().encode(row) for row in contexts], dtype=np.float32)
    table = np.concatenate([surfaces.signs(ground, forms), shares], axis=1)
    return verdicts(ground, forms, probabilities(table))


def verdicts(
    ground: Ground, forms: Mapping[str, Sequence[tuple[int, int]]], table: npt.NDArray[np.float64]
) -> list[Judged]:
    """Decide each form, then let what stands together agree."""
    firm = [form for form in decided(forms, table) if not _term(ground, form)]
    listed = companions(ground, forms, table, firm)
    known = {form.form for form in listed}
    return trimmed(agreed(ground, [*listed, *(form for form in firm if form.form not in known)]))


def _term(ground: Ground, judged: Judged) -> bool:
    """An unsure company whose every word the document also writes in lower case."""
    words = re.findall(r"\w+", judged.form)
    common = all(word != word.lower() and ground.counts.get(word.lower(), 0) > 1 for word in words)
    return judged.kind == "Company" and judged.score < SURE and common


def companions(
    ground: Ground,
    forms: Mapping[str, Sequence[tuple[int, int]]],
    table: npt.NDArray[np.float64],
    firm: Sequence[Judged],
) -> list[Judged]:
    """Items of a list that names companies, as far as they are not quite unlikely to be one."""
    rows = dict(zip(forms, table, strict=True))
    companies = {form.form for form in firm if form.kind == "Company"}
    found = {}
    for heads in surfaces.list_heads(ground):
        share = sum(head in companies for head in heads) / len(heads)
        for head in heads if share >= LIST_SHARE else ():
            if head not in companies and head in rows and rows[head][1] >= LIST_LEAST:
                found[head] = Judged(head, "Company", max(share, float(rows[head][1])), tuple(forms[head]))
    return list(found.values())


def decided(forms: Mapping[str, Sequence[tuple[int, int]]], table: npt.NDArray[np.float64]) -> list[Judged]:
    """Best class but "none", where that is likely enough."""
    found = []
    for (form, places), row in zip(forms.items(), table, strict=True):
        if CASED.fullmatch(form) and row[0] < SURELY_NONE:
            row = row / row[1:].sum()
        kind = CLASSES[1 + int(row[1:].argmax())]
        score = float(row[CLASSES.index(kind)])
        likely = float(row[PARTIES].sum()) if kind in ("Company", "Organization") else score
        if likely >= THRESHOLDS[kind]:
            found.append(Judged(form, kind, score, tuple(places)))
    return found


def agreed(ground: Ground, judged: Sequence[Judged]) -> list[Judged]:
    """A name with and without its legal form, or with its acronym in brackets, is of one kind."""
    kinds = {form.form: form.kind for form in judged}
    firm = {aliases.key(f.form) for f in judged if f.kind == "Company" and LEGAL_END.search(f.form)}
    ends = {end: form for form in judged for _, end in form.places}
    found = []
    for form in judged:
        kind = "Company" if form.kind in SISTERS and aliases.key(form.form) in firm else form.kind
        if form.form.isupper() and len(form.form) < 7:
            full = next(
                (ends[a - 1] for a, b in form.places if _bracketed(ground, a, b) and a - 1 in ends), None
            )
            if full is not None and len(full.form) > len(form.form) and form.form[0] == full.form[0]:
                kind = kinds[full.form]
        found.append(replace(form, kind=kind))
    return found


def trimmed(judged: Sequence[Judged]) -> list[Judged]:
    """ "Northlight radiologists" beside "Northlight Radiology": the short name, and a word behind it that is none."""
    companies = {form.form for form in judged if form.kind == "Company"}
    found: dict[str, Judged] = {}
    for form in judged:
        name, _, last = form.form.rpartition(" ")
        if form.kind == "Company" and COMMON.fullmatch(last) and _begins_another(name, form.form, companies):
            form = replace(form, form=name, places=tuple((first, end - 1) for first, end in form.places))
        if form.form in found:
            form = replace(form, places=tuple(sorted({*form.places, *found[form.form].places})))
        found[form.form] = form
    return list(found.values())


def _begins_another(name: str, whole: str, companies: set[str]) -> bool:
    return name in companies or any(other.startswith(f"{name} ") for other in companies - {whole})


def _bracketed(ground: Ground, first: int, end: int) -> bool:
    words = ground.surfaces
    return first > 0 and end < len(words) and words[first - 1] == "(" and words[end] == ")"


def settle(judged: Sequence[Judged]) -> list[Place]:
    """No two places overlap: the longest form wins, unless the parts together are surer."""
    accepted = {form.form: form for form in judged}
    whole = [form for form in judged if not _two_names(form, accepted)]
    places = [Place(first, end, form) for form in whole for first, end in form.places]
    taken: set[int] = set()
    kept: list[Place] = []
    for place in sorted(places, key=lambda p: (p.first - p.end, -p.judged.score, p.first)):
        words = range(place.first, place.end)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(place)
    return sorted(kept, key=lambda p: p.first)


def _two_names(judged: Judged, accepted: Mapping[str, Judged]) -> bool:
    """Acme and Bolt, where Acme and Bolt are each a name too."""
    for cut in re.finditer(r" and | & |, and |, |/", judged.form):
        left, right = accepted.get(judged.form[: cut.start()]), accepted.get(judged.form[cut.end() :])
        if left and right and left.kind == right.kind and min(left.score, right.score) > 0.5 * judged.score:
            return not LEGAL_END.fullmatch(judged.form[cut.start() :])
    return False


def probabilities(table: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Of each class, for each row of signs."""
    found: npt.NDArray[np.float64] = np.asarray(_booster().predict(table, num_threads=1))
    return found


@cache
def _booster() -> Any:
    import lightgbm

    packed = files("ingest.models").joinpath("names-stack.txt.gz").read_bytes()
    return lightgbm.Booster(model_str=gzip.decompress(packed).decode())


def _mention(words: Words, place: Place, names: Mapping[tuple[str, str], str]) -> Mention:
    start, end = words.starts[place.first], words.ends[place.end - 1]
    judged = place.judged
    return Mention(
        start=start,
        end=end,
        text=words.text[start:end],
        kind=judged.kind,
        name=names[judged.form, judged.kind],
        score=round(judged.score, 4),
        rule="names",
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    body = text[start:end]
    a, b = start + len(body) - len(body.lstrip()), start + len(body.rstrip())
    return (a, b) if a < b else None
