"""Train the decision a document: is this claim, with this status, what the document says? And calibrate it.

Learned on all training documents, each read by the models of pairs of the half that it is not in, its names found by
models that had not seen it either.
"""

from __future__ import annotations

import json
import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import numpy.typing as npt

from graph import vocabulary
from graph.model import Mention
from graph.projection import SHOWN_CONFIDENCE
from ingest.evaluation.claims import key_of
from ingest.evaluation.gold import document_of, gold_mentions
from ingest.evaluation.names import fold, index
from ingest.extract import coreference, lists, pairs, patterns, relations
from ingest.training import data

MODELS = Path(__file__).parent.parent / "models"
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.04,
    "num_leaves": 15,
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
ROUNDS = 300
FOLDS = 4
STATUS_ROUNDS = 120
PRECISION_GOAL = 0.95
LEVELS = np.arange(0.2, 0.7, 0.02)
# The columns of relations.features, by what they tell.
SIGNS = {
    "strengths": (0, 10),
    "rivals": (10, 15),
    "place": (15, 25),
    "parties": (25, 35),
    "predicate": (35, 36),
    "statuses": (36, 41),
    "rules": (41, 46),
}

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


@dataclass(slots=True)
class Read:
    """A document with all proposals, their status still open."""

    gold: data.Annotated
    reading: pairs.Reading
    proposals: list[relations.Proposal]


@dataclass(slots=True)
class Reads:
    """What the decisions are learned from: train and dev as names are found, dev as people marked them."""

    train: list[Read]
    dev: list[Read]
    dev_marked: list[Read]


def read(gold: data.Annotated, mentions: Iterable[Mention], models: relations.Models) -> Read:
    document, named = document_of(gold), tuple(mentions)
    reading = pairs.read(document, coreference.resolve(document, named))
    return Read(gold, reading, relations.gathered(reading, patterns.find_claims(document, named), models))


def judged(found: Read, status: lightgbm.Booster) -> Judged:
    gold = found.gold
    proposals = relations.with_status(found.proposals, status) if found.proposals else []
    wanted: dict[Any, bool] = {}
    for claim in gold.claims:
        key = key_of(claim["subject"], claim["predicate"], claim["object"]), claim["status"]
        wanted[key] = wanted.get(key, False) or not claim.get("optional")
    by_form = index(gold)
    answers = [_answer(p, wanted, by_form) for p in proposals]
    return Judged(
        gold.id,
        relations.features(found.reading, proposals) if proposals else np.zeros((0, 1)),
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
    ways = _ways(key, by_form)
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


def _ways(key: relations.Key, by_form: dict[str, Any]) -> list[tuple[str, str]]:
    """The gold entities that its parties may be."""
    subjects, others = by_form.get(fold(key.subject), ()), by_form.get(fold(key.object), ())
    return [(s.name, o.name) for s in subjects for o in others]


def train(corpus: Path, work: Path, find: Mentions) -> None:
    """Read all documents, on both cores; then fit."""
    dev = data.part("dev", corpus)
    fit(
        Reads(
            read_train(corpus, work, find),
            _on_both_cores(_read_found, dev, find, work),
            _on_both_cores(_read_marked, dev, find, work),
        )
    )


def read_train(corpus: Path, work: Path, find: Mentions) -> list[Read]:
    """The training documents, kept: what is read in them depends on the models of the halves alone."""
    kept = work / "train.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(_on_both_cores(_read_unseen, data.part("train", corpus), find, work)))
    reads: list[Read] = pickle.loads(kept.read_bytes())
    return reads


def _on_both_cores(
    reader: Callable[[data.Annotated], Read], documents: list[data.Annotated], find: Mentions, work: Path
) -> list[Read]:
    # forked before any model is loaded: each process loads its own
    with multiprocessing.get_context("fork").Pool(2, _remember, (find, work)) as pool:
        return pool.map(reader, documents, 4)


_held: dict[str, Any] = {}


def _remember(find: Mentions, work: Path) -> None:
    _held.update(find=find, work=work)


def _read_unseen(gold: data.Annotated) -> Read:
    """A training document, read by the models of the half that it is not in."""
    return read(gold, _held["find"](gold), _models(_held["work"] / f"half{1 - data.half(gold.id)}"))


@cache
def _models(folder: Path) -> relations.Models:
    return relations.load(folder)


def _read_found(gold: data.Annotated) -> Read:
    return read(gold, _held["find"](gold), relations.shipped())


def _read_marked(gold: data.Annotated) -> Read:
    return read(gold, gold_mentions(gold), relations.shipped())


def ablation(reads: Sequence[Read]) -> None:
    """What the decision is worth without some of its signs, cross-validated on train."""
    rows = _statuses_unseen(reads)
    for name in ("none", *SIGNS):
        kept = [n for sign, (first, end) in SIGNS.items() if sign != name for n in range(first, end)]
        cut = [replace(j, rows=j.rows[:, kept]) if len(j.truth) else j for j in rows]
        score = {}
        for part in range(FOLDS):
            booster = _fitted([j for n, j in enumerate(cut) if n % FOLDS != part])
            for j in cut[part::FOLDS]:
                score[id(j)] = 1 / (1 + np.exp(-_raw(booster, j)))
        best = (f"{label} F1 {_best_f1(mine, score):.3f}" for label, mine in _groups(cut).items())
        print(f"without {name}:", ", ".join(best), flush=True)


def fit(reads: Reads) -> None:
    """Fit on train, as judged by models that had not seen it; calibrate and choose the thresholds on dev."""
    status = fitted_status(reads.train)
    (MODELS / "relations-claim-status.txt").write_text(status.model_to_string(), "utf-8")
    train_rows = _statuses_unseen(reads.train)
    booster = _fitted(train_rows)
    (MODELS / "relations-claims.txt").write_text(booster.model_to_string(), "utf-8")
    dev, marked = ([judged(r, status) for r in rows] for rows in (reads.dev, reads.dev_marked))
    raw = {id(j): _raw(booster, j) for j in [*dev, *marked]}
    calibration = _platt([(raw[id(j)], j.truth) for j in dev])
    score = {n: 1 / (1 + np.exp(-(calibration[0] * r + calibration[1]))) for n, r in raw.items()}
    figures: dict[str, Any] = {
        "calibration": calibration,
        "rules": _doubted(reads.train, train_rows, calibration),
    }
    for name, rows in (("found", dev), ("gold", marked)):
        for label, mine in _groups(rows).items():
            figures[f"dev {label}, {name} names"] = table(mine, score)
            print(f"dev {label}, {name} names:", json.dumps(table(mine, score)))
    figures["show"] = _threshold(dev, score, PRECISION_GOAL)
    figures["best"] = _best(dev, score)
    print("show from", figures["show"], "best F1 at", figures["best"])
    (MODELS / "relations.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _doubted(
    reads: Sequence[Read], rows: Sequence[Judged], calibration: tuple[float, float]
) -> dict[str, tuple[int, int]]:
    """Of the claims of each pattern that the models, cross-validated, would not show: how many are right, of how many.

    Lists of players are left out: they are structure, and training has too few of them to count.
    """
    by_id = {r.gold.id: r for r in reads}
    counted: dict[str, list[int]] = {}
    for part in range(FOLDS):
        apart = [j for n, j in enumerate(rows) if n % FOLDS == part]
        booster = _fitted([j for n, j in enumerate(rows) if n % FOLDS != part])
        for j in apart:
            score = 1 / (1 + np.exp(-(calibration[0] * _raw(booster, j) + calibration[1])))
            for proposal, status, truth, sure in zip(
                by_id[j.document].proposals, j.statuses, j.truth, score, strict=True
            ):
                names = {e.extractor for c in proposal.ruled if c.status == status for e in c.evidence}
                for name in names - {lists.RULE} if truth >= 0 and sure < SHOWN_CONFIDENCE else ():
                    counts = counted.setdefault(name, [0, 0])
                    counts[0] += int(truth == 1)
                    counts[1] += 1
    return {name: (right, total) for name, (right, total) in sorted(counted.items())}


def _statuses_unseen(reads: Sequence[Read]) -> list[Judged]:
    """Judged with a status that was decided by what every other document teaches."""
    rows = []
    for turn in (0, 1):
        status = fitted_status(reads[1 - turn :: 2])
        rows += [judged(r, status) for r in reads[turn::2]]
    return rows


def fitted_status(reads: Sequence[Read]) -> lightgbm.Booster:
    """The decision which status a claim has, from all proposals that are claims of some status."""
    table, target = [], []
    for found in reads:
        statuses: dict[Any, str] = {}
        for claim in found.gold.claims:
            statuses.setdefault(
                key_of(claim["subject"], claim["predicate"], claim["object"]), claim["status"]
            )
        by_form = index(found.gold)
        for proposal in found.proposals:
            keys = [key_of(s, proposal.key.predicate, o) for s, o in _ways(proposal.key, by_form)]
            told = next((statuses[key] for key in keys if key in statuses), None)
            if told is not None:
                table.append(relations.status_signs(proposal))
                target.append(vocabulary.statuses().index(told))
    settings = SETTINGS | {"objective": "multiclass", "num_class": len(vocabulary.statuses())}
    return lightgbm.train(settings, lightgbm.Dataset(np.array(table), np.array(target)), STATUS_ROUNDS)


def _raw(booster: lightgbm.Booster, j: Judged) -> npt.NDArray[np.float64]:
    return np.asarray(booster.predict(j.rows, raw_score=True) if len(j.truth) else (), dtype=np.float64)


def _groups(rows: Sequence[Judged]) -> dict[str, list[Judged]]:
    return {
        "annotated": [j for j in rows if not data.is_written(j.document)],
        "written": [j for j in rows if data.is_written(j.document)],
    }


def _fitted(rows: Sequence[Judged]) -> lightgbm.Booster:
    kept = [j for j in rows if len(j.truth)]
    table = np.concatenate([j.rows[j.truth >= 0] for j in kept])
    target = np.concatenate([j.truth[j.truth >= 0] for j in kept])
    weight = np.concatenate(
        [np.full((j.truth >= 0).sum(), 1.5 if data.is_written(j.document) else 1.0) for j in kept]
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
    return round(float(max(LEVELS, key=lambda least: _f1(rows, score, least))), 2)


def _best_f1(rows: Sequence[Judged], score: dict[int, Any]) -> float:
    return max(_f1(rows, score, least) for least in LEVELS)


def _f1(rows: Sequence[Judged], score: dict[int, Any], least: float) -> float:
    right, false, required, _ = counts(rows, score, least)
    return 2 * right / max(1, right + false + required)
