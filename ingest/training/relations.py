"""Train the relations model: ``python -m ingest.training.relations STAGE [--half 0|1] [--corpus FOLDER] [--work FOLDER]``.

Stages, in order: ``coreference`` (the scorer of references), ``half`` of either half (the models that judge every
candidate pair, learned from one half of train: the decision a document learns from how they judge the other), ``further`` of either half (the
same encoder taught the other half too), ``pairs`` (both of these in one model, which ships), ``claims`` (what decides once a document,
its calibration and thresholds). The two runs of ``half`` may go side by side, those of ``further`` too; ``half`` to ``pairs`` need torch.
``ablation`` prints what the decision loses without some of its signs, cross-validated on train.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model import Mention
from ingest.evaluation import core_pairs
from ingest.evaluation.gold import document_of
from ingest.extract import pairs
from ingest.training import data, relations_labels

if TYPE_CHECKING:
    from ingest.training.encoder import Lower
    from ingest.training.relations_model import Example, PairModel

MODELS = Path(__file__).parent.parent / "models"
EPOCHS = 3  # of the half that comes first
FURTHER = 3  # of the other
LONGEST = 70  # words of a sentence of CORE
CORE_KEPT = {"collaboration": 0.5, "undefined": 0.5, "traded_on": 0.4}

HALF, WHOLE = "half.pt", "whole.pt"  # states of the encoder

Finder = Callable[[data.Annotated], tuple[Mention, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    stages = ("coreference", "half", "further", "pairs", "claims", "ablation")
    parser.add_argument("stage", choices=stages)
    parser.add_argument("--half", type=int, choices=(0, 1), default=0, help="of the training documents")
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    parser.add_argument("--work", type=Path, default=Path("build/relations"))
    parser.add_argument(
        "--names",
        type=Path,
        default=Path("build/names"),
        help="where the stage of names keeps what it found in training documents by models that had not seen them",
    )
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.stage == "coreference":
        from ingest.training import relations_coreference

        relations_coreference.train(given.corpus)
    elif given.stage == "pairs":
        pairs_stage(given.corpus, given.work)
    elif given.stage in ("claims", "ablation"):
        from ingest.training import relations_claims

        find = found_names(given.names)
        if given.stage == "claims":
            relations_claims.train(given.corpus, given.work, find)
        else:
            relations_claims.ablation(relations_claims.read_train(given.corpus, given.work, find))
    else:
        teach = half_stage if given.stage == "half" else further_stage
        teach(given.half, given.corpus, given.work, found_names(given.names))


def half_stage(half: int, corpus: Path, work: Path, find: Finder) -> None:
    from ingest.training import relations_model, relations_phrasing

    taught = [d for d in data.part("train", corpus) if data.half(d.id) == half]
    folder = half_folder(work, half)
    relations_phrasing.train(taught, corpus, folder)
    model = train_encoder(taught, corpus, find, Course(EPOCHS, seed=half))
    relations_model.save(model, folder / HALF)
    relations_model.export([model], folder / "relations-pairs.onnx")


def further_stage(half: int, corpus: Path, work: Path, find: Finder) -> None:
    from ingest.training import relations_model

    further = [d for d in data.part("train", corpus) if data.half(d.id) != half]
    folder = half_folder(work, half)
    course = Course(FURTHER, seed=3 + half, begin=folder / HALF)
    relations_model.save(train_encoder(further, corpus, find, course), folder / WHOLE)


def pairs_stage(corpus: Path, work: Path) -> None:
    from ingest.training import relations_model, relations_phrasing

    relations_phrasing.train(data.part("train", corpus), corpus, MODELS)
    models = [relations_model.load(half_folder(work, half) / WHOLE) for half in (0, 1)]
    relations_model.export(models, MODELS / "relations-pairs.onnx")


def found_names(folder: Path) -> Finder:
    """How the names of a document are found; in a training document by models that have not seen it."""
    from ingest.extract import completed, entities

    unseen: dict[str, tuple[Mention, ...]] = pickle.loads((folder / "found.pickle").read_bytes())

    def find(gold: data.Annotated) -> tuple[Mention, ...]:
        document = document_of(gold)
        named = unseen[gold.id] if gold.id in unseen else entities.find_mentions(document)
        return completed(document, named)

    return find


def half_folder(work: Path, half: int) -> Path:
    """Of the models that were taught this half of train."""
    folder = work / f"half{half}"
    folder.mkdir(exist_ok=True)
    return folder


@dataclass(frozen=True, slots=True)
class Course:
    """How long the encoder learns, and the state of a former course that it begins from."""

    epochs: int
    seed: int
    begin: Path | None = None


def train_encoder(
    documents: Sequence[data.Annotated], corpus: Path, find: Finder, course: Course
) -> PairModel:
    """Learn from the documents to judge pairs.

    In every other pass the encoder sees the names that people marked, in the others those that were found.
    """

    from ingest.training import relations_model as pair_model
    from ingest.training.encoder import Lower, load_bert

    lower = Lower(load_bert()).eval()
    marked = [
        row for d in documents for row in examples(d, relations_labels.seen_mentions(d, noise=True), lower)
    ]
    found = [row for d in documents for row in examples(d, relations_labels.seen_mentions(d, find(d)), lower)]
    extra, classed = core_examples(corpus, lower), core_classes(corpus, lower)
    windows = f"{len(marked)} + {len(found)} + {len(extra)} + {len(classed)} windows"
    print(f"{len(documents)} documents, {windows}", flush=True)
    sets = ([*_telling(found), *classed], [*_telling(marked), *classed])
    return pair_model.train(sets, extra, seed=course.seed, epochs=course.epochs, begin=course.begin)


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
        if hashlib.sha256(row["id"].encode()).digest()[0] / 256 >= share or len(row["context"]) > LONGEST:
            continue
        read = relations_labels.core_reading(row)
        if read is not None:
            reading, labels = read
            found += [example(window, labels, lower) for window in pairs.windows(reading)]
    return found


def core_classes(corpus: Path, lower: Lower) -> list[Example]:
    """All of CORE's training pairs under its own twelve relations, nothing told of the kinds of the names."""
    from ingest.training.relations_model import core_example

    readings = [(row, core_pairs.neutral(row)) for row in data.core(corpus) if len(row["context"]) <= LONGEST]
    return [
        core_example(window, core_pairs.class_of(row, reading.pairs[0]), lower)
        for row, reading in readings
        if reading is not None
        for window in pairs.windows(reading)
    ]


if __name__ == "__main__":
    main()
