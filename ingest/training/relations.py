"""Train the relations model: ``python -m ingest.training.relations STAGE [--corpus FOLDER] [--work FOLDER]``.

Stages, in order: ``coreference`` (the scorer of references), ``phrasing`` (how pairs are worded, linear),
``pairs`` (the encoder that judges every candidate pair; needs torch), ``claims`` (what decides once a
document, its calibration and thresholds).
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model import Mention
from ingest.evaluation.gold import document_of
from ingest.extract import pairs
from ingest.training import data, relations_labels

if TYPE_CHECKING:
    from ingest.training.relations_model import Example, Lower

MODELS = Path(__file__).parent.parent / "models"
EPOCHS = 3
WRITTEN_REPEATS = 2
HELD_OUT = 0.14
CORE_KEPT = {"collaboration": 0.5, "undefined": 0.5, "traded_on": 0.4}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("coreference", "phrasing", "pairs", "export", "claims", "test"))
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    parser.add_argument("--work", type=Path, default=Path("build/relations"))
    parser.add_argument("--limit", type=int, default=None, help="only so many documents, to try the code")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument(
        "--found", action="store_true", help="claims: learn from the names that are found, too"
    )
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.stage == "coreference":
        from ingest.training import relations_coreference

        relations_coreference.train(given.corpus)
    elif given.stage == "phrasing":
        from ingest.training import relations_phrasing

        relations_phrasing.train(seen(given.corpus), given.corpus)
    elif given.stage == "pairs":
        train_pairs(given.corpus, given.work, given.limit, given.epochs)
    elif given.stage == "export":
        export_pairs(given.work)
    elif given.stage == "test":
        from ingest.training import relations_claims

        relations_claims.report(given.corpus, found_names if given.found else None, "test")
    else:
        from ingest.training import relations_claims

        relations_claims.train(given.corpus, given.work, found_names if given.found else None)


def found_names(gold: data.Annotated) -> tuple[Mention, ...]:
    """The names that the names model finds in a document."""
    from ingest.extract import entities

    return entities.find_mentions(document_of(gold))


def held_out(document: str) -> bool:
    """Whether a training document is kept from the encoder, for the decision a document to learn from."""
    return hashlib.sha256(document.encode()).digest()[2] / 256 < HELD_OUT


def seen(corpus: Path) -> list[data.Annotated]:
    """The documents that the pair models learn from."""
    return [d for d in data.part("train", corpus) if not held_out(d.id)]


def train_pairs(corpus: Path, work: Path, limit: int | None, epochs: int) -> None:
    import torch

    from ingest.training import relations_model as pair_model
    from ingest.training.names_tagger import load_bert

    torch.set_num_threads(2)
    lower = pair_model.Lower(load_bert()).eval()
    documents = seen(corpus)
    documents = documents[-limit:] if limit else documents
    rows = [row for document in documents for row in examples(document, lower)]
    rows = [row for n, row in enumerate(rows) if bool((row.directions > 0).any()) or n % 2 == 0]
    extra = core_examples(corpus, lower, limit)
    print(
        f"{len(documents)} documents, {len(rows)} windows, {sum(len(r.marks) for r in rows)} pieces",
        flush=True,
    )
    print(f"CORE: {len(extra)} windows, {sum(len(r.marks) for r in extra)} pieces", flush=True)
    model = pair_model.train(rows, extra, seed=3, epochs=epochs, keep=work / "last.pt")
    torch.save(model.state_dict(), work / "pairs.pt")
    pair_model.export(lower, model, MODELS / "relations-pairs.onnx")


def export_pairs(work: Path) -> None:
    """Write the ONNX model again from the trained weights."""
    import torch

    from ingest.training import relations_model as pair_model
    from ingest.training.names_tagger import load_bert

    model = pair_model.PairModel(load_bert())
    model.load_state_dict(torch.load(work / "pairs.pt"))
    pair_model.export(pair_model.Lower(load_bert()).eval(), model.eval(), MODELS / "relations-pairs.onnx")


def examples(gold: data.Annotated, lower: Lower) -> list[Example]:
    from ingest.training.relations_model import example

    reading = pairs.read(document_of(gold), relations_labels.seen_mentions(gold, noise=True))
    weight = WRITTEN_REPEATS if gold.id[0] == "w" else 1
    return [
        example(window, relations_labels.labels(gold, reading, window.pairs), lower, weight)
        for window in pairs.windows(reading)
    ]


def core_examples(corpus: Path, lower: Lower, limit: int | None) -> list[Example]:
    from ingest.training.relations_model import example

    found = []
    for row in data.core(corpus)[:limit]:
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
