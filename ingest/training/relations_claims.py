"""Train the decision a document: is this claim, with this status, what the document says? And calibrate it.

Learned on documents that no pair model has seen (a part of train, and dev by cross-validation), once on the
names that people marked and once on the names that the names model finds.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from graph import vocabulary
from graph.model import Mention
from ingest.evaluation.claims import key_of
from ingest.evaluation.gold import document_of, gold_mentions
from ingest.evaluation.names import fold, index
from ingest.extract import coreference, pairs, relations
from ingest.training import data

MODELS = Path(__file__).parent.parent / "models"
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 12,
    "min_data_in_leaf": 25,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 1,
    "num_threads": 2,
    "deterministic": True,
    "verbosity": -1,
}
ROUNDS = 160
FOLDS = 5
PRECISION_GOAL = 0.95

Mentions = Callable[[data.Annotated], tuple[Mention, ...]]


@dataclass(slots=True)
class Judged:
    """The proposals of one document: features, right (1), wrong (0) or optional (-1), gold claims."""

    document: str
    rows: npt.NDArray[np.float64]
    truth: npt.NDArray[np.int8]
    harm: npt.NDArray[np.bool_]
    keys: list[Any]
    proposals: list[relations.Key] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    required: int = 0


def judged(gold: data.Annotated, mentions: Iterable[Mention]) -> Judged:
    document = document_of(gold)
    reading = pairs.read(document, coreference.resolve(document, mentions))
    proposals = relations.propose(reading)
    wanted: dict[Any, bool] = {}
    for claim in gold.claims:
        key = key_of(claim["subject"], claim["predicate"], claim["object"]), claim["status"]
        wanted[key] = wanted.get(key, False) or not claim.get("optional")
    by_form = index(gold)
    answers = [_answer(p, wanted, by_form) for p in proposals]
    return Judged(
        gold.id,
        relations.features(reading, proposals) if proposals else np.zeros((0, 1)),
        np.array([a[0] for a in answers], dtype=np.int8),
        np.array([a[2] for a in answers], dtype=bool),
        [a[1] for a in answers],
        [p.key for p in proposals],
        [p.status for p in proposals],
        sum(wanted.values()),
    )


def _answer(
    proposal: relations.Proposal, wanted: dict[Any, bool], by_form: dict[str, Any]
) -> tuple[int, Any, bool]:
    key = proposal.key
    ways = [
        (s.name, o.name)
        for s in by_form.get(fold(key.subject), ())
        for o in by_form.get(fold(key.object), ())
    ]
    keys = [key_of(s, key.predicate, o) for s, o in ways]
    stated = [(k, proposal.status) for k in keys if (k, proposal.status) in wanted]
    if stated:
        first = max(stated, key=lambda k: wanted[k])
        return (1 if wanted[first] else -1), first, False
    shown = proposal.status in vocabulary.shown_statuses()
    backward = {key_of(o, key.predicate, s) for s, o in ways}
    truths = {k for k in wanted if k[0] in keys}
    harm = shown and (
        any(k[0] in backward for k in wanted)
        or (bool(truths) and not any(s in vocabulary.shown_statuses() for _, s in truths))
    )
    return 0, (key, proposal.status), harm


def collect(documents: Iterable[data.Annotated], mentions: Mentions) -> list[Judged]:
    return [judged(gold, mentions(gold)) for gold in documents]


def train(corpus: Path, work: Path, predicted: Mentions | None = None) -> None:
    from ingest.training.relations import held_out

    unseen = [d for d in data.part("train", corpus) if held_out(d.id)]
    dev = data.part("dev", corpus)
    sources = {"gold": gold_mentions} | ({"found": predicted} if predicted else {})
    found = {name: (collect(unseen, source), collect(dev, source)) for name, source in sources.items()}
    (work / "claims.pickle").write_bytes(pickle.dumps(found))
    fit(found)


def report(corpus: Path, predicted: Mentions | None, part: str) -> None:
    """Figures of the shipped model on a part that nothing was tuned on."""
    sources = {"gold": gold_mentions} | ({"found": predicted} if predicted else {})
    for name, source in sources.items():
        rows = collect(data.part(part, corpus), source)
        score = {id(j): relations.calibrated(j.rows) if len(j.truth) else np.zeros(0) for j in rows}
        for letter, folder in (("p", "annotated"), ("w", "written")):
            mine = [j for j in rows if j.document[0] == letter]
            print(f"{part} {folder}, {name} names:", json.dumps(table(mine, score)))


def fit(found: dict[str, tuple[list[Judged], list[Judged]]]) -> None:
    """Fit on everything, calibrate and report on dev by cross-validation."""
    everything = [j for unseen, dev in found.values() for j in [*unseen, *dev]]
    last = list(found)[-1]
    names = sorted({j.document for j in everything})
    raw: dict[int, npt.NDArray[np.float64]] = {}
    for part in range(FOLDS):
        mine = set(names[part::FOLDS])
        booster = _fitted([j for j in everything if j.document not in mine])
        for j in everything:
            if j.document in mine:
                scores = booster.predict(j.rows, raw_score=True) if len(j.truth) else ()
                raw[id(j)] = np.asarray(scores, dtype=np.float64)
    tuned = found[last][1] if "found" in found else [*found[last][0], *found[last][1]]
    calibration = _platt([(raw[id(j)], j.truth) for j in tuned])
    booster = _fitted(everything)
    (MODELS / "relations-claims.txt").write_text(booster.model_to_string(), "utf-8")
    figures: dict[str, Any] = {"calibration": calibration}
    score = {n: 1 / (1 + np.exp(-(calibration[0] * r + calibration[1]))) for n, r in raw.items()}
    for name, (unseen, dev) in found.items():
        for label, rows in _groups(unseen, dev).items():
            figures[f"{label}, {name} names"] = table(rows, score)
            print(f"{label}, {name} names:", json.dumps(figures[f"{label}, {name} names"]))
    figures["show"] = _threshold(tuned, score, PRECISION_GOAL)
    figures["best"] = _best(tuned, score)
    print("show from", figures["show"], "best F1 at", figures["best"])
    (MODELS / "relations.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _groups(unseen: Sequence[Judged], dev: Sequence[Judged]) -> dict[str, list[Judged]]:
    """Dev alone is too small to see the written documents by: they are counted over all unseen ones."""
    return {
        "dev annotated": [j for j in dev if j.document[0] == "p"],
        "dev written": [j for j in dev if j.document[0] == "w"],
        "unseen annotated": [j for j in [*unseen, *dev] if j.document[0] == "p"],
        "unseen written": [j for j in [*unseen, *dev] if j.document[0] == "w"],
    }


def _fitted(rows: Sequence[Judged]) -> lightgbm.Booster:
    kept = [j for j in rows if len(j.truth)]
    table = np.concatenate([j.rows[j.truth >= 0] for j in kept])
    target = np.concatenate([j.truth[j.truth >= 0] for j in kept])
    weight = np.concatenate(
        [np.full((j.truth >= 0).sum(), 1.5 if j.document[0] == "w" else 1.0) for j in kept]
    )
    return lightgbm.train(SETTINGS, lightgbm.Dataset(table, target, weight=weight), ROUNDS)


def _platt(rows: Sequence[tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]]) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    raw = np.concatenate([r[t >= 0] for r, t in rows])
    target = np.concatenate([t[t >= 0] for _, t in rows])
    fitted = LogisticRegression(C=1e4).fit(raw[:, None], target)
    return round(float(fitted.coef_[0][0]), 4), round(float(fitted.intercept_[0]), 4)


def counts(
    rows: Sequence[Judged], score: dict[int, Any], least: float, shown: bool = False
) -> tuple[int, int, int, int]:
    """Right, false, required and harmful at a threshold; a claim counts once a document."""
    right = false = harmful = required = 0
    for j in rows:
        required += j.required
        seen: set[Any] = set()
        for n in np.argsort(-score[id(j)], kind="stable"):
            if score[id(j)][n] < least or j.keys[n] in seen:
                continue
            if shown and j.statuses[n] not in vocabulary.shown_statuses():
                continue
            seen.add(j.keys[n])
            right += j.truth[n] == 1
            false += j.truth[n] == 0
            harmful += bool(j.harm[n])
    return int(right), int(false), required, harmful


def table(rows: Sequence[Judged], score: dict[int, Any]) -> dict[str, str]:
    found = {}
    for least in (0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 0.95):
        right, false, required, harmful = counts(rows, score, least)
        p, r = right / max(1, right + false), right / max(1, required)
        found[str(least)] = (
            f"P {p:.3f} R {r:.3f} F {2 * p * r / max(1e-9, p + r):.3f} harmful {harmful}/{right + false}"
        )
    return found


def _threshold(rows: Sequence[Judged], score: dict[int, Any], goal: float) -> float:
    """The lowest score from which shown claims reach the goal."""
    for least in np.arange(0.5, 0.995, 0.01):
        right, false, _, _ = counts(rows, score, float(least))
        if right / max(1, right + false) >= goal:
            return round(float(least), 2)
    return 0.99


def _best(rows: Sequence[Judged], score: dict[int, Any]) -> float:
    def f1(least: float) -> float:
        right, false, required, _ = counts(rows, score, least)
        return 2 * right / max(1, right + false + required)

    return round(float(max(np.arange(0.2, 0.7, 0.02), key=f1)), 2)
