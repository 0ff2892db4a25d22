"""From a document to its mentions and claims. Every part can be called alone; none sees a store.

names (model), players (structure), regions (gazetteer) -> references -> claims by rules and by model
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.model import Claim, Document, Mention, Record

DISPUTED = 0.8  # what is left of a score when rule and model give different statuses


def extract(document: Document) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """The document's mentions, those that refer back included, and its claims with calibrated scores."""
    from . import coreference, patterns, relations

    named = find_names(document)
    mentions = coreference.resolve(document, named)
    # the rules are written for names: a pronoun between two of them is a word like others
    claims = agreed(patterns.find_claims(document, named), relations.find_claims(document, mentions))
    return mentions, claims


def record(document: Document) -> Record:
    """All that one document yields, as it is kept."""
    return Record(document, *extract(document), version())


def find_names(document: Document) -> tuple[Mention, ...]:
    """Every place where an entity is named: structure first, then the model, then the gazetteer."""
    from . import entities, lists, regions

    named = entities.find_mentions(document)
    players = [m for m in lists.find_players(document)[0] if m.kind == "Company"]
    named = _with_players(named, players)
    named = _beside(named, lists.market_mentions(document))
    return _beside(named, regions.find_regions(document, taken=[(m.start, m.end) for m in named]))


def agreed(ruled: Iterable[Claim], judged: Iterable[Claim]) -> tuple[Claim, ...]:
    """One claim for each subject, predicate and object, from rules and model, with all the evidence.

    Both read the same words, so their scores do not add up: the higher stands. Where they differ in
    status, the surer has its way and is believed less.
    """
    from .patterns import joined, key

    claims: dict[tuple[str, str, str], Claim] = {}
    for claim in sorted(ruled, key=lambda c: -c.score):
        same = key(claim)
        claims[same] = joined(claims[same], claim) if same in claims else claim
    for claim in judged:
        same = key(claim)
        claims[same] = _both(claims[same], claim) if same in claims else claim
    return tuple(sorted(claims.values(), key=lambda c: (c.subject, c.predicate, c.object)))


def _both(ruled: Claim, judged: Claim) -> Claim:
    from .patterns import joined

    score = max(ruled.score, judged.score) * (1 if ruled.status == judged.status else DISPUTED)
    first, second = (ruled, judged) if ruled.score >= judged.score else (judged, ruled)
    return _scored(joined(first, second), score)


def _scored(claim: Claim, score: float) -> Claim:
    best = max(claim.evidence, key=lambda e: e.score)
    evidence = (replace(e, score=score if e is best else min(e.score, score)) for e in claim.evidence)
    return replace(claim, evidence=tuple(evidence))


@cache
def version() -> str:
    """A hash of the code, data and models that extraction runs: another one makes a record out of date."""
    digest = hashlib.sha256()
    for folder in ("ingest.extract", "ingest.models", "ingest.readers"):
        for path in sorted(_files(files(folder)), key=lambda p: p.name):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _files(folder: Traversable) -> Iterable[Traversable]:
    for path in folder.iterdir():
        if path.is_dir() and path.name != "__pycache__":
            yield from _files(path)
        elif path.is_file():
            yield path


def _with_players(named: tuple[Mention, ...], players: list[Mention]) -> tuple[Mention, ...]:
    """A listed player is a company from one end of its name to the other, whatever the model made of it."""
    known = {(m.start, m.end): m for m in named if m.kind == "Company"}
    added = [p for p in players if (p.start, p.end) not in known]
    kept = [m for m in named if not any(m.start < p.end and p.start < m.end for p in added)]
    return tuple(sorted([*kept, *added], key=lambda m: m.start))


def _beside(named: tuple[Mention, ...], more: Iterable[Mention]) -> tuple[Mention, ...]:
    """Further mentions where none stands yet."""
    added = [m for m in more if not any(m.start < n.end and n.start < m.end for n in named)]
    return tuple(sorted([*named, *added], key=lambda m: m.start))
