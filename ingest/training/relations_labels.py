"""What is true of every candidate pair: the directions claimed there, and the status."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from graph import vocabulary
from graph.model import Mention
from ingest.evaluation import core_pairs
from ingest.evaluation.gold import document_of, gold_mentions, occurrences
from ingest.evaluation.names import fold, index
from ingest.evaluation.steps import told_references
from ingest.extract import coreference, pairs
from ingest.training import data

# What CORE's relations are learned as: predicate, and whether its subject is the first party. Products are no company's kind.
CORE = {
    relation: (predicate, not turned)
    for relation, ((predicate, turned), *_) in (
        (r, said) for r, said in core_pairs.PREDICATES.items() if said
    )
    if relation != "product_or_service_of"
}
CORE_NONE = ("undefined",)
SPURIOUS = 40  # of 256 people, media and events taken for companies


@dataclass(frozen=True, slots=True)
class Labels:
    """By pair and direction: claimed (1), silent (0), not to be judged (-1); by pair: status, -1 unknown."""

    directions: npt.NDArray[np.int8]
    status: npt.NDArray[np.int64]


def seen_mentions(
    gold: data.Annotated, named: tuple[Mention, ...] | None = None, *, noise: bool = False
) -> tuple[Mention, ...]:
    """Names, and references as the scorer or, where they say so, the annotators resolve them.

    The names are those that people marked, or the given ones, under the names that people gave them.
    """
    document = document_of(gold)
    named = gold_mentions(gold) if named is None else _renamed(gold, named)
    if noise:
        named = tuple(sorted([*named, *_spurious(gold)], key=lambda m: m.start))
    told = told_references(gold)
    kinds = {e.name: e.kind for e in gold.entities}
    return tuple(
        _told(m, told.get((m.start, m.end), set()), kinds) for m in coreference.resolve(document, named)
    )


def _renamed(gold: data.Annotated, named: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Found names as the entities they are; one that is none keeps its own, of which nothing is claimed."""
    by_form = index(gold)
    found = []
    for m in named:
        owners = by_form.get(fold(m.text)) or by_form.get(fold(m.name)) or ()
        same = [entity for entity in owners if entity.kind == m.kind] or owners
        found.append(replace(m, name=same[0].name) if same else m)
    return tuple(found)


def _told(mention: Mention, names: set[str], kinds: dict[str, str]) -> Mention:
    right = sorted(name for name in names if kinds.get(name) in pairs.PARTIES)
    if mention.form == "name" or not right or mention.name in right:
        return mention
    return Mention(
        mention.start,
        mention.end,
        mention.text,
        kinds[right[0]],
        right[0],
        mention.score,
        mention.form,
        "told",
    )


def _spurious(gold: data.Annotated) -> list[Mention]:
    """A few people, media and events under the kind that a reader in haste would give them."""
    found = []
    for place in occurrences(gold):
        name = place.names[0]
        draw = hashlib.sha256(f"{gold.id} {name.name}".encode()).digest()
        if name.kind in ("Person", "Medium", "Event") and draw[0] < SPURIOUS:
            kind = ("Company", "Organization", "Product")[draw[1] % 3]
            found.append(Mention(place.start, place.end, gold.text[place.start : place.end], kind, name.name))
    return found


def labels(gold: data.Annotated, reading: pairs.Reading, found: Iterable[pairs.Pair]) -> Labels:
    rows = _rows(gold)
    judged = [_pair_labels(gold, reading, pair, rows) for pair in found]
    if not judged:
        return Labels(np.zeros((0, len(pairs.directions())), np.int8), np.zeros(0, np.int64))
    return Labels(
        np.array([d for d, _ in judged], dtype=np.int8), np.array([s for _, s in judged], dtype=np.int64)
    )


def _rows(gold: data.Annotated) -> dict[frozenset[str], list[dict[str, Any]]]:
    rows: dict[frozenset[str], list[dict[str, Any]]] = {}
    for claim in gold.claims:
        rows.setdefault(frozenset((claim["subject"], claim["object"])), []).append(claim)
    return rows


def _pair_labels(
    gold: data.Annotated,
    reading: pairs.Reading,
    pair: pairs.Pair,
    rows: dict[frozenset[str], list[dict[str, Any]]],
) -> tuple[list[int], int]:
    unit = reading.units[pair.unit]
    marks, status = [0] * len(pairs.directions()), -1
    for claim in rows.get(frozenset((pair.first.name, pair.second.name)), ()):
        at = direction_number(claim, pair)
        start = gold.text.find(claim["quote"])
        end = start + len(claim["quote"])
        here = start >= 0 and start < unit.end and end > unit.start
        if here and not claim.get("optional"):
            marks[at] = 1
            status = vocabulary.statuses().index(claim["status"])
        elif marks[at] == 0:
            marks[at] = -1
    return marks, status


def direction_number(claim: dict[str, Any], pair: pairs.Pair) -> int:
    symmetric = vocabulary.predicate(claim["predicate"]).symmetric
    forward = symmetric or claim["subject"] == pair.first.name
    return pairs.directions().index(pairs.Direction(claim["predicate"], forward))


def core_reading(row: dict[str, Any]) -> tuple[pairs.Reading, Labels] | None:
    """A row of CORE as a document of one line, with its one pair."""
    known = row["relation"] in CORE or row["relation"] in CORE_NONE
    text, first, second = core_pairs.spans(row)
    if not known or (first[0] < second[1] and second[0] < first[1]):
        return None
    object_kind = "Organization" if row["relation"] in ("traded_on", "regulated_by") else "Company"
    kinds = ("Company", object_kind) if not row["invert_relation"] else (object_kind, "Company")
    mentions = [
        Mention(a, b, text[a:b], kind, name)
        for (a, b), kind, name in zip((first, second), kinds, ("one", "two"), strict=True)
    ]
    whole = pairs.read(core_pairs.document(row), mentions)
    return (whole, _core_labels(row, whole)) if len(whole.pairs) == 1 else None


def _core_labels(row: dict[str, Any], reading: pairs.Reading) -> Labels:
    (pair,) = reading.pairs
    marks = [0] * len(pairs.directions())
    if row["relation"] in CORE:
        predicate, forward = CORE[row["relation"]]
        subject = "one" if forward != bool(row["invert_relation"]) else "two"
        claim = {"predicate": predicate, "subject": subject}
        marks[direction_number(claim, pair)] = 1
    return Labels(np.array([marks], dtype=np.int8), np.array([-1], dtype=np.int64))
