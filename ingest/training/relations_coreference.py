"""Train the scorer of references: what the annotations call "it", "the company", "we" and whom they mean."""

from __future__ import annotations

import argparse
from pathlib import Path

import lightgbm
import numpy as np

from ingest.evaluation.gold import document_of, gold_mentions
from ingest.evaluation.steps import meant, told_references
from ingest.extract import coreference
from ingest.training import data

MODEL = Path(__file__).parent.parent / "models" / "relations-coreference.txt"
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.8,
    "seed": 1,
    "num_threads": 2,
    "deterministic": True,
    "verbosity": -1,
}
ROUNDS = 150


def table(gold: data.Annotated) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Features and targets, one array for each reference."""
    document, named = document_of(gold), gold_mentions(gold)
    rows, targets = [], []
    for reference, names in meant(gold, document, named):
        found, owners, candidates = coreference.features(document, named, [reference])
        if len(found):
            rows.append(found)
            targets.append(np.array([candidates[o].name in names for _, o in owners], dtype=np.float32))
    return rows, targets


def collect(documents: list[data.Annotated]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    rows, targets = [], []
    for gold in documents:
        found, wanted = table(gold)
        rows += found
        targets += wanted
    return rows, targets


def train(corpus: Path) -> None:
    rows, targets = collect(data.part("train", corpus))
    booster = lightgbm.train(
        SETTINGS, lightgbm.Dataset(np.concatenate(rows), np.concatenate(targets)), ROUNDS
    )
    MODEL.write_text(booster.model_to_string(), "utf-8")
    coreference.model.cache_clear()
    report(corpus)


def report(corpus: Path, parts: tuple[str, ...] = ("dev",)) -> None:
    for part in parts:
        for folder in ("annotated", "written"):
            documents = [d for d in data.annotated(corpus, folder) if data.split(d.id) == part]
            print(f"references {part} {folder}: {accuracy(documents)}")


def accuracy(documents: list[data.Annotated]) -> str:
    """Share of the references whose company is found; and how many have no candidate at all."""
    right = total = lost = sure = sure_right = 0
    for gold in documents:
        document, named = document_of(gold), gold_mentions(gold)
        answers = {(r.start, r.end): (c.name, s) for r, c, s in coreference.antecedents(document, named)}
        spans = told_references(gold)
        lost += len(set(spans) - {(r.start, r.end) for r in coreference.references(document.text, named)})
        for reference, names in meant(gold, document, named):
            name, share = answers.get((reference.start, reference.end), ("", 0.0))
            total += 1
            right += name in names
            sure += share > 0.8
            sure_right += share > 0.8 and name in names
    summary = f"{right}/{total} = {right / max(1, total):.3f}"
    return f"{summary}; surer than .8: {sure_right}/{sure}; not seen as references: {lost}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    train(parser.parse_args().corpus)
