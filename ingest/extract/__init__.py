"""From a document to its mentions and claims. Every part can be called alone; none sees a store.

names (model), players (structure), regions (gazetteer) -> references -> claims by rules and by model
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.model import Claim, Document, Mention, Record


def extract(document: Document) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """The document's mentions, those that refer back included, and its claims with calibrated scores."""
    return find_claims(document, find_names(document))


def find_claims(
    document: Document, named: tuple[Mention, ...]
) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """The same when the names are given."""
    from . import coreference, patterns, relations

    mentions = coreference.resolve(document, named)
    # the rules are written for names: a pronoun between two of them is a word like others
    ruled = patterns.find_claims(document, named)
    return mentions, relations.find_claims(document, mentions, ruled)


def record(document: Document) -> Record:
    """All that one document yields, as it is kept."""
    return Record(document, *extract(document), version())


def find_names(document: Document) -> tuple[Mention, ...]:
    """Every place where an entity is named: structure first, then the model, then the gazetteer."""
    from . import entities

    return completed(document, entities.find_mentions(document))


def completed(document: Document, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """What the names model found, with what structure and the gazetteer know besides."""
    from . import lists, regions

    players = [m for m in lists.find_players(document)[0] if m.kind == "Company"]
    named = _with_players(named, players)
    named = _beside(named, lists.named_again(document, players))
    named = _beside(named, lists.market_mentions(document))
    return _beside(named, regions.find_regions(document, taken=[(m.start, m.end) for m in named]))


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
