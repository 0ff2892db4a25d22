"""CORE's pairs with both names given: the pair as our pair model reads it, and the twelve relations it tells apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from graph.model import Block, Document, Mention
from ingest.extract import pairs, relations

# CORE's relation, read "e1 relation e2", as our predicates; True where ours runs the other way
PREDICATES: dict[str, tuple[tuple[str, bool], ...]] = {
    "acquired_by": (("acquired", True),),
    "brand_of": (("subsidiary_of", False), ("offers", True)),
    "client_of": (("customer_of", False),),
    "collaboration": (("partners_with", False), ("affiliated_with", False)),
    "competitor_of": (("competes_with", False),),
    "merged_with": (("merged_with", False),),
    "product_or_service_of": (("offers", True),),
    "regulated_by": (("regulated_by", False),),
    "shareholder_of": (("invested_in", False),),
    "subsidiary_of": (("subsidiary_of", False),),
    "traded_on": (("listed_on", False),),
    "undefined": (),
}
RELATIONS = tuple(PREDICATES)  # in the order of the pair model's output
SYMMETRIC = ("collaboration", "competitor_of", "merged_with", "undefined")


@cache
def classes() -> tuple[tuple[str, bool], ...]:
    """Each relation as the text has it, and, where it has a direction, from its second name to its first."""
    forward = [(relation, True) for relation in RELATIONS]
    return (*forward, *((relation, False) for relation in RELATIONS if relation not in SYMMETRIC))


def spans(row: dict[str, Any]) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """The row's sentence, and where its first and its second party stand there."""
    text, words = "", []
    for word in row["context"]:
        text += " " * bool(text)
        words.append((len(text), len(text) + len(word)))
        text += word
    first, second = (
        (words[row[f"e{number}_start"]][0], words[row[f"e{number}_end"]][1]) for number in (1, 2)
    )
    return text, first, second


def document(row: dict[str, Any]) -> Document:
    """The row's sentence as a document of one paragraph."""
    text = spans(row)[0]
    return Document(id=row["id"], name=row["id"], text=text, blocks=(Block("paragraph", 0, len(text)),))


def neutral(row: dict[str, Any]) -> pairs.Reading | None:
    """The pair with nothing told of its kinds; None where one name stands in the other."""
    text, first, second = spans(row)
    if first[0] < second[1] and second[0] < first[1]:
        return None
    parties = ((*first, "one"), (*second, "two"))
    mentions = [Mention(start, end, text[start:end], "Company", name) for start, end, name in parties]
    reading = pairs.read(document(row), mentions)
    return reading if len(reading.pairs) == 1 else None


def class_of(row: dict[str, Any], pair: pairs.Pair) -> int:
    """Number of the class that is true of the pair."""
    forward = (pair.first.name == "one") != bool(row["invert_relation"])
    relation = row["relation"]
    return classes().index((relation, forward or relation in SYMMETRIC))


def told(row: dict[str, Any]) -> tuple[str, int]:
    """Relation that the shipped pair model tells of the row, and whether it runs from the second party to the first."""
    reading = neutral(row)
    if reading is None:
        return "undefined", 0
    judged = next(_judged(reading), None)
    if judged is None:
        return "undefined", 0
    pair, logits = judged
    relation, forward = _likeliest(np.exp(logits - logits.max()))
    turned = (pair.first.name == "one") != forward
    return relation, int(turned and relation not in SYMMETRIC)


def _likeliest(weights: relations.Floats) -> tuple[str, bool]:
    """The relation that weighs most in both directions together, and the one of them that weighs more."""
    both: defaultdict[str, float] = defaultdict(float)
    for (relation, _), weight in zip(classes(), weights, strict=True):
        both[relation] += float(weight)
    best = max(RELATIONS, key=lambda relation: both[relation])
    return classes()[max((n for n, (r, _) in enumerate(classes()) if r == best), key=lambda n: weights[n])]


def _judged(reading: pairs.Reading) -> Iterator[tuple[pairs.Pair, relations.Floats]]:
    for window in pairs.windows(reading):
        (logits,) = relations.shipped().upper.run(["core"], relations.inputs(window))
        yield from zip(window.pairs, logits.astype(np.float64), strict=True)
