"""Which found claims are right, which are missed, and what is wrong with the false ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph import vocabulary
from ingest.training.data import Annotated, Named

from .names import fold, index
from .predictions import FoundClaim

Key = tuple[str, str, str]  # subject, predicate, object: names of gold entities, sorted where symmetric
COMPANIES = ("Company", "Organization")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A found claim against the gold ones.

    Attributes:
        verdict: "right", "false", or "optional" (neither rewarded nor punished).
        cause: why it is false: "status", "direction", "predicate", "pair", "name".
        harm: what would mislead a reader, if shown: "status", "direction", "no company"; or "".
        note: what the gold says instead.
        key: the gold claim and status that it states, where it is right or optional.
    """

    document: str
    claim: FoundClaim
    verdict: str
    cause: str = ""
    harm: str = ""
    note: str = ""
    key: tuple[Key, str] | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """A required claim that was not found, with the quote that makes it."""

    document: str
    subject: str
    predicate: str
    object: str
    status: str
    quote: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One document's claims, found and missed."""

    judgements: tuple[Judgement, ...]
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class _Gold:
    """The gold claims of a document: for each (key, status) whether it is required, and its first quote."""

    document: str
    by_form: dict[str, tuple[Named, ...]]
    required: dict[tuple[Key, str], bool]
    quotes: dict[tuple[Key, str], str]

    def statuses(self, key: Key) -> list[str]:
        return [status for k, status in self.required if k == key]


def compare(gold: Annotated, claims: Iterable[FoundClaim]) -> Comparison:
    """Judge the claims found in a document; each counts once, at its highest confidence."""
    truth = _truth(gold)
    best: dict[object, Judgement] = {}
    for claim in sorted(claims, key=lambda c: -c.confidence):
        judgement = _judge(truth, claim)
        best.setdefault(judgement.key or _raw(claim), judgement)
    stated = {j.key for j in best.values()}
    missed = tuple(
        Missed(gold.id, key[0], key[1], key[2], status, truth.quotes[key, status])
        for (key, status), required in truth.required.items()
        if required and (key, status) not in stated
    )
    return Comparison(tuple(best.values()), missed)


def key_of(subject: str, predicate: str, obj: str) -> Key:
    """A claim's identity: a symmetric predicate has no first party."""
    if vocabulary.predicate(predicate).symmetric and obj < subject:
        return obj, predicate, subject
    return subject, predicate, obj


def _truth(gold: Annotated) -> _Gold:
    required: dict[tuple[Key, str], bool] = {}
    quotes: dict[tuple[Key, str], str] = {}
    for row in gold.claims:
        key = key_of(row["subject"], row["predicate"], row["object"]), row["status"]
        required[key] = required.get(key, False) or not row.get("optional")
        quotes.setdefault(key, row.get("quote", ""))
    return _Gold(gold.id, index(gold), required, quotes)


def _judge(truth: _Gold, claim: FoundClaim) -> Judgement:
    keys = _keys(truth, claim.subject, claim.predicate, claim.object)
    stated = [(key, claim.status) for key in keys if (key, claim.status) in truth.required]
    if stated:
        first = max(stated, key=lambda k: truth.required[k])
        verdict = "right" if truth.required[first] else "optional"
        return Judgement(truth.document, claim, verdict, key=first)
    cause, note = _cause(truth, claim, keys)
    return Judgement(truth.document, claim, "false", cause, _harm(truth, claim, cause, keys), note)


def _cause(truth: _Gold, claim: FoundClaim, keys: list[Key]) -> tuple[str, str]:
    unknown = [name for name in (claim.subject, claim.object) if fold(name) not in truth.by_form]
    if unknown:
        return "name", f"no entity {unknown[0]!r}"
    if other := [status for key in keys for status in truth.statuses(key)]:
        return "status", f"it is {' and '.join(other)}"
    if any(truth.statuses(key) for key in _keys(truth, claim.object, claim.predicate, claim.subject)):
        return "direction", "the other way round"
    if said := sorted({f"{k[0]} {k[1]} {k[2]}" for k, _ in truth.required if _same_pair(k, keys)}):
        return "predicate", f"it says {'; '.join(said)}"
    return "pair", "nothing is claimed of these two"


def _harm(truth: _Gold, claim: FoundClaim, cause: str, keys: list[Key]) -> str:
    if claim.status not in vocabulary.shown_statuses():
        return ""
    if cause == "direction":
        return cause
    if cause == "status" and not {s for key in keys for s in truth.statuses(key)} & {
        *vocabulary.shown_statuses()
    }:
        return cause
    parties = ((claim.subject, claim.subject_kind), (claim.object, claim.object_kind))
    if any(kind == "Company" and not _is_company(truth, name) for name, kind in parties):
        return "no company"
    return ""


def _is_company(truth: _Gold, name: str) -> bool:
    """Whether the name is, contains or is part of a company's: a cut span misleads nobody."""
    words = f" {fold(name)} "
    return any(
        f" {form} " in words or words in f" {form} "
        for form, entities in truth.by_form.items()
        if any(e.kind in COMPANIES for e in entities)
    )


def _keys(truth: _Gold, subject: str, predicate: str, obj: str) -> list[Key]:
    """Every gold identity that the two names can mean."""
    return [
        key_of(s.name, predicate, o.name)
        for s in truth.by_form.get(fold(subject), ())
        for o in truth.by_form.get(fold(obj), ())
    ]


def _same_pair(key: Key, others: list[Key]) -> bool:
    return any({key[0], key[2]} == {other[0], other[2]} for other in others)


def _raw(claim: FoundClaim) -> tuple[str, ...]:
    subject, predicate, obj = key_of(fold(claim.subject), claim.predicate, fold(claim.object))
    return subject, predicate, obj, claim.status
