"""Figures of the steps between names and claims, the names given: references resolved, pairs proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.model import Document, Mention
from ingest.extract import coreference, pairs
from ingest.training.data import Annotated

from .claims import key_of
from .gold import document_of, gold_mentions

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Steps:
    """Counts over documents.

    Attributes:
        references, resolved: "it", "the company" and the like whose company the annotations tell, and how
            many of them are given to that company.
        unseen: such references that are not seen as references at all.
        claims, proposed: required claims, and how many of them some candidate pair could make.
    """

    references: int
    resolved: int
    unseen: int
    claims: int
    proposed: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "references": self.references,
            "resolved": self.resolved,
            "unseenReferences": self.unseen,
            "claims": self.claims,
            "proposed": self.proposed,
            "referenceAccuracy": round(self.resolved / max(1, self.references), 4),
            "candidateRecall": round(self.proposed / max(1, self.claims), 4),
        }


def steps(golds: Iterable[Annotated]) -> Steps:
    """Both steps on documents whose names are given."""
    rows = [(*_references(gold), *_candidates(gold)) for gold in golds]
    return Steps(*(sum(row[column] for row in rows) for column in range(5)))


def told_references(gold: Annotated) -> dict[Span, set[str]]:
    """Spans of forms that are no names of their entity, with the entities meant there."""
    forms = {e.name: {e.name, *e.forms} for e in gold.entities}
    found: dict[Span, set[str]] = {}
    for claim in gold.claims:
        at = gold.text.find(claim["quote"])
        for party in ("subject", "object"):
            form, name = claim[f"{party}_form"], claim[party]
            if at < 0 or form in forms.get(name, ()):
                continue
            for start in _places(gold.text, form, at, at + len(claim["quote"])):
                found.setdefault((start, start + len(form)), set()).add(name)
    return found


def meant(
    gold: Annotated, document: Document, named: tuple[Mention, ...]
) -> list[tuple[coreference.Reference, set[str]]]:
    """References whose company the annotations tell."""
    told = told_references(gold)
    found = coreference.references(document.text, named)
    return [(r, told[r.start, r.end]) for r in found if (r.start, r.end) in told]


def _references(gold: Annotated) -> tuple[int, int, int]:
    document, named = document_of(gold), gold_mentions(gold)
    answers = {(r.start, r.end): c.name for r, c, _ in coreference.antecedents(document, named)}
    rows = meant(gold, document, named)
    right = sum(answers.get((r.start, r.end)) in names for r, names in rows)
    return len(rows), right, len(told_references(gold)) - len(rows)


def _candidates(gold: Annotated) -> tuple[int, int]:
    document = document_of(gold)
    reading = pairs.read(document, coreference.resolve(document, gold_mentions(gold)))
    joined = {frozenset((pair.first.name, pair.second.name)) for pair in reading.pairs}
    wanted = {
        key_of(c["subject"], c["predicate"], c["object"]): frozenset((c["subject"], c["object"]))
        for c in gold.claims
        if not c.get("optional")
    }
    return len(wanted), sum(parties in joined for parties in wanted.values())


def _places(text: str, form: str, start: int, end: int) -> list[int]:
    whole = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)")
    return [match.start() for match in whole.finditer(text, start, end)]
