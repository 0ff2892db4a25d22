"""Train the scorer of references: what the annotations call "it", "the company", "we" and whom they mean."""

from __future__ import annotations

import argparse
from pathlib import Path

import lightgbm
import numpy as np

from ingest.evaluation.gold import document_of, gold_mentions
from ingest.evaluation.steps import meant
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


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    train(parser.parse_args().corpus)
