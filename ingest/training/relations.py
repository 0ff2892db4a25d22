"""Train the relations model: ``python -m ingest.training.relations STAGE [--corpus FOLDER] [--work FOLDER]``.

Stages, in order: ``coreference`` (the scorer of references), ``folds`` (the models that judge every candidate
pair, each on half of train: what the decision a document learns from), ``pairs`` (the same on all of train: what
ships), ``claims`` (what decides once a document, its calibration and thresholds). Folds and pairs need torch. ``ablation`` prints what
the decision loses without some of its signs, cross-validated on train.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model import Mention
from ingest.evaluation.gold import document_of
from ingest.extract import pairs
from ingest.training import data, relations_labels

if TYPE_CHECKING:
    from ingest.training.relations_model import Example, Lower

MODELS = Path(__file__).parent.parent / "models"
EPOCHS = 8
CORE_KEPT = {"collaboration": 0.5, "undefined": 0.5, "traded_on": 0.4}

Finder = Callable[[data.Annotated], tuple[Mention, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("coreference", "folds", "pairs", "claims", "ablation"))
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    parser.add_argument("--work", type=Path, default=Path("build/relations"))
    parser.add_argument(
        "--names",
        type=Path,
        default=Path("build/names"),
        help="where the stage of names keeps what it found in training documents by models that had not seen them",
    )
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.stage == "coreference":
        from ingest.training import relations_coreference

        relations_coreference.train(given.corpus)
        return
    find = found_names(given.names)
    if given.stage == "folds":
        train_folds(given.corpus, given.work, find, given.epochs)
    elif given.stage == "pairs":
        train_models(data.part("train", given.corpus), given.corpus, MODELS, find, given.epochs, seed=3)
    elif given.stage == "claims":
        from ingest.training import relations_claims

        relations_claims.train(given.corpus, given.work, find)
    else:
        from ingest.training import relations_claims

        relations_claims.ablation(relations_claims.read_train(given.corpus, given.work, find))


def found_names(folder: Path) -> Finder:
    """How the names of a document are found; in a training document by models that have not seen it."""
    from ingest.extract import completed, entities

    unseen: dict[str, tuple[Mention, ...]] = pickle.loads((folder / "found.pickle").read_bytes())

    def find(gold: data.Annotated) -> tuple[Mention, ...]:
        document = document_of(gold)
        named = unseen[gold.id] if gold.id in unseen else entities.find_mentions(document)
        return completed(document, named)

    return find


def train_folds(corpus: Path, work: Path, find: Finder, epochs: int) -> None:
    for fold in (0, 1):
        documents = [d for d in data.part("train", corpus) if data.half(d.id) == fold]
        folder = work / f"fold{fold}"
        if not (folder / "relations-pairs.onnx").exists():
            folder.mkdir(exist_ok=True)
            train_models(documents, corpus, folder, find, epochs, seed=fold)


def train_models(
    documents: Sequence[data.Annotated], corpus: Path, folder: Path, find: Finder, epochs: int, *, seed: int
) -> None:
    """Learn from the documents how pairs are worded and judged; write the models into the folder.

    In every other pass the encoder sees the names that people marked, in the others those that were found.
    """

    from ingest.training import relations_model as pair_model
    from ingest.training import relations_phrasing
    from ingest.training.names_tagger import load_bert

    relations_phrasing.train(documents, corpus, folder)
    lower = pair_model.Lower(load_bert()).eval()
    marked = [
        row for d in documents for row in examples(d, relations_labels.seen_mentions(d, noise=True), lower)
    ]
    found = [row for d in documents for row in examples(d, relations_labels.seen_mentions(d, find(d)), lower)]
    extra = core_examples(corpus, lower)
    print(f"{len(documents)} documents, {len(marked)} + {len(found)} + {len(extra)} windows", flush=True)
    model = pair_model.train((_telling(marked), _telling(found)), extra, seed=seed, epochs=epochs)
    pair_model.export(lower, model, folder / "relations-pairs.onnx")


def _telling(rows: Sequence[Example]) -> list[Example]:
    """Half of the windows in which nothing is claimed say enough of that."""
    return [row for n, row in enumerate(rows) if bool((row.directions > 0).any()) or n % 2 == 0]


def examples(gold: data.Annotated, mentions: tuple[Mention, ...], lower: Lower) -> list[Example]:
    from ingest.training.relations_model import example

    reading = pairs.read(document_of(gold), mentions)
    return [
        example(window, relations_labels.labels(gold, reading, window.pairs), lower)
        for window in pairs.windows(reading)
    ]


def core_examples(corpus: Path, lower: Lower) -> list[Example]:
    from ingest.training.relations_model import example

    found = []
    for row in data.core(corpus):
        share = CORE_KEPT.get(row["relation"], 1.0)
        if hashlib.sha256(row["id"].encode()).digest()[0] / 256 >= share or len(row["context"]) > 70:
            continue
        read = relations_labels.core_reading(row)
        if read is not None:
            reading, labels = read
            found += [example(window, labels, lower) for window in pairs.windows(reading)]
    return found


if __name__ == "__main__":
    main()
