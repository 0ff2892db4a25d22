"""Which company "it", "we", "the company", "the Israeli start-up" is: a small learned scorer.

Every such reference is weighed against every company that the document names; the likeliest becomes its name,
and its share of the weights the mention's score.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.model import Document, Mention

from .units import Unit, unit_at, units_of

if TYPE_CHECKING:
    import lightgbm

PARTIES = ("Company", "Organization")
PRONOUN = re.compile(r"\b(?:[Ii]t|[Ii]ts|[Ww]e|[Oo]ur|us|[Oo]urs|[Tt]hey|[Tt]heir|[Tt]hem)\b")
HEADS = (
    "company|firm|group|start-?up|organi[sz]ation|business|corporation|bank|fund|chain|vendor|retailer|manufacturer|provider|"
    "developer|maker|supplier|agency|clinic|club|practice|network|acquirer|buyer|operator|lender|insurer|carrier|airline|"
    "builder|publisher|producer|distributor|brand|house|institute|association|foundation|hospital|university|studio|brewery|"
    "project|platform|exchange|protocol|team|partnership|subsidiary|consultancy|investor|utility|laboratory|railway|cooperative|"
    "parent|unit|owner|seller|bidder|rival|venture|integrator|dairy|mill|estate|bottler|miner|refiner|brewer|grocer|pharmacy|"
    "school|spin-?off|reinsurer|conglomerate|giant|specialist|arm|shipyard|refinery|trader|wholesaler|charity|college|"
    "contractor|shipper|farm|issuer|winery|latter|former"
)
NESTED = r"(?i:the|a|an|of|in|at|by|to|for|from|with|and|or|as|on|that|which|who|is|was|its|their|our)"
# As contracts and releases write what they have defined: "the Company".
DEFINED = "Company|Group|Issuer|Corporation|Firm|Bank|Fund|Trust|Partnership|Association|Foundation|Club"
NOMINAL = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat)\s+(?:(?:(?!{NESTED}\s)(?:[\w’'&-]+|U\.[SK]\.)\s+){{0,3}}?(?:{HEADS})|{DEFINED})\b(?!\s+[A-Z])"
)
FIRST_PERSON = frozenset(["we", "our", "us", "ours"])
PLURAL = frozenset(["they", "their", "them"])
POSSESSIVE = frozenset(["its", "our", "their", "ours"])
ABOUT = re.compile(r"About\s")
FINITE = re.compile(
    r"\s*(?:\([^)]*\))?,?\s*(?:has|have|is|was|will|said|today|announced?s?|[a-z]+(?:ed|es|s)\b)"
)
FARTHEST = 60
SIGNED = 0.95  # how surely "we" is who signs


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that refers to a company without naming it."""

    start: int
    end: int
    text: str
    form: str

    @property
    def word(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company of the document, with the places where it is named."""

    name: str
    kind: str
    places: tuple[int, ...]
    text: str


def resolve(document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions with those that refer back to a company, in order of the text."""
    named = sorted((m for m in mentions if m.form == "name"), key=lambda m: m.start)
    found = [_mention(r, c, share) for r, c, share in antecedents(document, named)]
    return tuple(sorted([*named, *found], key=lambda m: (m.start, m.end)))


def antecedents(document: Document, named: Sequence[Mention]) -> list[tuple[Reference, Candidate, float]]:
    """Each reference with its likeliest company and the share of the weights that company has."""
    places = references(document.text, named)
    if not places:
        return []
    rows, owners, candidates = features(document, named, places)
    if not len(rows):
        return []
    weights = np.asarray(model().predict(rows, num_threads=1))
    signed = signer(document.text, named)
    found = []
    for number, reference in enumerate(places):
        if signed and reference.word in FIRST_PERSON and not _quoted(document.text, reference.start):
            found += [
                (reference, c, SIGNED) for c in candidates if (c.name, c.kind) == (signed.name, signed.kind)
            ]
            continue
        mine = np.flatnonzero(owners[:, 0] == number)
        if len(mine):
            best = mine[int(weights[mine].argmax())]
            share = float(weights[best] / max(weights[mine].sum(), 1e-9))
            found.append((reference, candidates[owners[best, 1]], min(share, 1.0)))
    return found


def signer(text: str, named: Sequence[Mention]) -> Mention | None:
    """The company whose name is the last line: who signs a letter is its "we"."""
    end = len(text.rstrip())
    begin = text.rfind("\n", 0, end) + 1
    return next((m for m in named if m.kind in PARTIES and (m.start, m.end) == (begin, end)), None)


def _quoted(text: str, place: int) -> bool:
    """Whether a quotation is open here, counted from the beginning of the line."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line.count("“") > line.count("”") or line.count('"') % 2 == 1


def references(text: str, named: Sequence[Mention]) -> list[Reference]:
    """Pronouns and noun phrases that may refer to a company, outside names; "the Zurich firm" may hold a region's."""
    taken = bytearray(len(text))
    for m in named:
        if m.kind != "Region":
            taken[m.start : m.end] = b"\1" * (m.end - m.start)
    found = []
    for pattern, form in ((NOMINAL, "nominal"), (PRONOUN, "pronoun")):
        for match in pattern.finditer(text):
            a, b = match.span()
            if not any(taken[a:b]):
                taken[a:b] = b"\1" * (b - a)
                found.append(Reference(a, b, match.group(), form))
    return sorted(found, key=lambda r: r.start)


def features(
    document: Document, named: Sequence[Mention], places: Sequence[Reference]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64], list[Candidate]]:
    """One row for each reference and company: the features, and the numbers of both."""
    view = _View.of(document, named)
    rows, owners = [], []
    for number, reference in enumerate(places):
        seen = view.seen_at(reference)
        for other, candidate in enumerate(view.candidates):
            row = seen.row(candidate, other)
            if row is not None:
                rows.append(row)
                owners.append((number, other))
    return (
        np.asarray(rows, dtype=np.float32),
        np.asarray(owners, dtype=np.int64).reshape(-1, 2),
        view.candidates,
    )


@cache
def model() -> lightgbm.Booster:
    import lightgbm

    packed = files("ingest.models").joinpath("relations-coreference.txt").read_text("utf-8")
    return lightgbm.Booster(model_str=packed)


def _mention(reference: Reference, candidate: Candidate, share: float) -> Mention:
    return Mention(
        reference.start,
        reference.end,
        reference.text,
        candidate.kind,
        candidate.name,
        score=share,
        form=reference.form,
        rule="coreference",
    )


@dataclass(frozen=True, slots=True)
class _View:
    """A document as the scorer sees it: units, companies, who is named how often and where first."""

    document: Document
    units: list[Unit]
    starts: list[int]
    named: Sequence[Mention]
    candidates: list[Candidate]
    counts: list[int]
    order: list[int]
    unit_of: list[list[int]]
    section: list[int]

    @classmethod
    def of(cls, document: Document, named: Sequence[Mention]) -> _View:
        units = units_of(document, named)
        starts = [u.start for u in units]
        places: dict[tuple[str, str], list[int]] = {}
        for m in named:
            if m.kind in PARTIES:
                places.setdefault((m.name, m.kind), []).append(m.start)
        candidates = [Candidate(n, k, tuple(p), n.lower()) for (n, k), p in places.items()]
        counts = [len(c.places) for c in candidates]
        ranks = sorted(range(len(candidates)), key=lambda i: (-counts[i], candidates[i].places[0]))
        order = [ranks.index(i) for i in range(len(candidates))]
        unit_of = [[unit_at(units, p, starts) for p in c.places] for c in candidates]
        return cls(document, units, starts, named, candidates, counts, order, unit_of, _sections(units))

    def seen_at(self, reference: Reference) -> _Seen:
        return _Seen(self, reference, unit_at(self.units, reference.start, self.starts))


def _sections(units: Sequence[Unit]) -> list[int]:
    """For each unit the number of the last heading at or before it."""
    found, last = [], 0
    for number, unit in enumerate(units):
        last = number if unit.kind == "heading" else last
        found.append(last)
    return found


@dataclass(frozen=True, slots=True)
class _Seen:
    """The companies as seen from one reference."""

    view: _View
    reference: Reference
    unit: int

    def row(self, candidate: Candidate, number: int) -> list[float] | None:
        view, here = self.view, self.reference.start
        before = bisect_left(candidate.places, here)
        if not before and view.unit_of[number][0] > self.unit:
            return None
        last = candidate.places[before - 1] if before else candidate.places[0]
        last_unit = view.unit_of[number][before - 1 if before else 0]
        if self.unit - last_unit > FARTHEST and view.order[number] > 2:
            return None
        others = (m for m in view.named if m.kind in PARTIES and m.name != candidate.name)
        between = {m.name for m in others if last < m.start < here}
        first_in_unit = self._first(last_unit)
        section = view.section[self.unit]
        heading = self._text(section)
        word = self.reference.word
        return [
            self.unit - last_unit,
            float(np.log1p(abs(here - last))),
            len(between),
            first_in_unit == candidate.name,
            last - view.units[last_unit].start,
            float(view.unit_of[number][0] == 0),
            float(0 in view.unit_of[number][:1] or 1 in view.unit_of[number][:2]),
            view.counts[number],
            view.counts[number] / max(1, sum(view.counts)),
            view.order[number],
            candidate.kind == "Company",
            section in view.unit_of[number] and section != 0,
            bool(ABOUT.match(heading)) and section in view.unit_of[number],
            view.units[last_unit].line == view.units[self.unit].line,
            bool(before),
            word in FIRST_PERSON,
            word in PLURAL,
            word in POSSESSIVE,
            self.reference.form == "nominal",
            word in ("the company", "the firm", "the group", "the organization"),
            self.reference.text[0].isupper(),
            here - view.units[self.unit].start,
            self._first(self.unit - 1) == candidate.name if self.unit else False,
            self._first(self.unit) == candidate.name,
            self._words_shared(candidate),
            len(view.candidates),
            self._acts(last),
            self.unit / max(1, len(view.units)),
            bool(self._quoted(here)),
            self._comma_between(last, here),
        ]

    def _first(self, unit: int) -> str:
        """The company named first in a unit."""
        start, end = self.view.units[unit].start, self.view.units[unit].end
        for m in self.view.named:
            if start <= m.start < end and m.kind in PARTIES:
                return m.name
        return ""

    def _text(self, unit: int) -> str:
        return self.view.document.text[self.view.units[unit].start : self.view.units[unit].end]

    def _words_shared(self, candidate: Candidate) -> int:
        """How many words of a noun phrase the company's name holds: "the bank", "First Bank"."""
        words = set(self.reference.word.split()) - {"the", "this", "that", "company"}
        return sum(word in candidate.text for word in words)

    def _acts(self, place: int) -> bool:
        """Whether a finite verb seems to follow the name."""
        end = next((m.end for m in self.view.named if m.start == place), place)
        return FINITE.match(self.view.document.text[end : end + 80]) is not None

    def _quoted(self, here: int) -> bool:
        unit = self.view.units[self.unit]
        before = self.view.document.text[max(0, unit.start - 400) : here]
        return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1

    def _comma_between(self, last: int, here: int) -> bool:
        """Whether a comma parts the name from a reference near to it."""
        return "," in self.view.document.text[last:here] if abs(here - last) < 200 else False
