"""CORE (Borchert et al., EMNLP 2023): one sentence, one pair of names, one of twelve relations."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import SettingsError
from graph.model import Document, Record
from ingest.training.data import split

from . import core_pairs
from .measures import Figures, total
from .names import fold
from .predictions import Found, FoundClaim, found


@dataclass(frozen=True, slots=True)
class CoreEvaluation:
    """A system on CORE, from the raw sentences or with both names given.

    Attributes:
        names_found: share of the pairs' names found exactly.
        accuracy: share of the pairs with the right relation, "undefined" where none is found.
        directed: figures of the relations with their direction, "undefined" left out.
        by_relation: the same for each relation.
    """

    pairs: int
    names_found: float
    accuracy: float
    macro_f1: float
    directed: Figures
    by_relation: dict[str, Figures]

    def to_dict(self) -> dict[str, Any]:
        return {
            "pairs": self.pairs,
            "namesFound": round(self.names_found, 4),
            "accuracy": round(self.accuracy, 4),
            "macroF1": round(self.macro_f1, 4),
            "directed": self.directed.to_dict(),
            "byRelation": {name: f.to_dict() for name, f in self.by_relation.items()},
        }


def read_core(path: Path, part: str | None = None) -> list[dict[str, Any]]:
    """The rows of a file of CORE, all or those of one part of the split by id."""
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
        whole = [row for row in rows if row["context"] and row["relation"] and "invert_relation" in row]
    except (ValueError, KeyError, TypeError) as error:
        raise SettingsError(
            f"{path} is no file of CORE's relations: {error}. Give its train.json or test.json, "
            "or a folder of annotated documents."
        ) from error
    return [row for row in whole if part in (None, split(row["id"]))]


def evaluate_core(rows: Iterable[dict[str, Any]], extract: Callable[[Document], Record]) -> CoreEvaluation:
    """Judge an extractor by what it says of each row's pair; what it says of others is not judged."""
    return judge_core([(row, _found(extract(core_pairs.document(row)))) for row in rows])


def evaluate_core_given(rows: Iterable[dict[str, Any]]) -> CoreEvaluation:
    """Judge the pair model by which of CORE's relations it tells of each row's pair, both names given."""
    return _judged([(row, core_pairs.told(row)) for row in rows], names_found=1.0)


def judge_core(pairs: Sequence[tuple[dict[str, Any], Found]]) -> CoreEvaluation:
    names = [name in _names(f) for row, f in pairs for name in (fold(_party(row, 1)), fold(_party(row, 2)))]
    said = [(row, relation_said(row, f.claims)) for row, f in pairs]
    return _judged(said, names_found=sum(names) / max(len(names), 1))


def _judged(said: Sequence[tuple[dict[str, Any], tuple[str, int]]], names_found: float) -> CoreEvaluation:
    plain = {r: _figures(said, r, directed=False) for r in core_pairs.PREDICATES}
    met = [f.f1 for r, f in plain.items() if any(row["relation"] == r for row, _ in said)]
    directed = {r: _figures(said, r, directed=True) for r in core_pairs.PREDICATES if r != "undefined"}
    return CoreEvaluation(
        pairs=len(said),
        names_found=names_found,
        accuracy=sum(row["relation"] == name for row, (name, _) in said) / max(len(said), 1),
        macro_f1=sum(met) / max(len(met), 1),
        directed=total(directed.values()),
        by_relation=directed,
    )


def relation_said(row: dict[str, Any], claims: Iterable[FoundClaim]) -> tuple[str, int]:
    """CORE's relation and direction for the surest claim that joins the row's two names."""
    first, second = fold(_party(row, 1)), fold(_party(row, 2))
    joined = [c for c in claims if {fold(c.subject), fold(c.object)} == {first, second}]
    if not joined:
        return "undefined", 0
    best = max(joined, key=lambda c: c.confidence)
    forward = fold(best.subject) == first
    options = [
        (r, turned) for r, ps in core_pairs.PREDICATES.items() for p, turned in ps if p == best.predicate
    ]
    gold_first = sorted(options, key=lambda option: option[0] != row["relation"])
    if not gold_first:
        return "undefined", 0
    relation, turned = gold_first[0]
    return relation, 0 if relation in core_pairs.SYMMETRIC else int(forward == turned)


def _figures(
    said: Sequence[tuple[dict[str, Any], tuple[str, int]]], relation: str, *, directed: bool
) -> Figures:
    counts = Counter(
        (_gold(row, directed) == (name, direction if directed else 0), row["relation"], name)
        for row, (name, direction) in said
    )
    right = sum(n for (ok, gold, _), n in counts.items() if ok and gold == relation)
    claimed = sum(n for (_, _, name), n in counts.items() if name == relation)
    required = sum(n for (_, gold, _), n in counts.items() if gold == relation)
    return Figures(right, claimed - right, required - right)


def _gold(row: dict[str, Any], directed: bool) -> tuple[str, int]:
    turned = directed and row["relation"] not in core_pairs.SYMMETRIC and row["invert_relation"]
    return row["relation"], int(turned)


def _party(row: dict[str, Any], number: int) -> str:
    """A party as its tokens stand in the sentence."""
    return " ".join(row["context"][row[f"e{number}_start"] : row[f"e{number}_end"] + 1])


def _names(f: Found) -> set[str]:
    return {fold(m.text) for m in f.mentions}


def _found(record: Record) -> Found:
    return found(record.mentions, record.claims)
