"""Train the names model: ``python -m ingest.training.names STAGE [--half 0|1] [--corpus FOLDER] [--work FOLDER]``.

Stages, in order: ``encoder`` (the part below all trained layers), ``fold`` of either half (a tagger of one half of train, judged on the other: what the stack learns
from; the two may run side by side), ``tagger`` (the first of them taught the other half too: what ships), ``stack``
(the decision a surface form). The last needs no torch.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.training import data

if TYPE_CHECKING:
    from ingest.training.encoder import Lower
    from ingest.training.names_tagger import Example

MODELS = Path(__file__).parent.parent / "models"
EPOCHS = 3
FURTHER = 2  # of the other half


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("encoder", "fold", "tagger", "stack"))
    parser.add_argument(
        "--half", type=int, choices=(0, 1), default=0, help="of the training documents, for fold"
    )
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    parser.add_argument("--work", type=Path, default=Path("build/names"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.stage == "encoder":
        from ingest.training import encoder

        encoder.export(MODELS / "encoder.onnx")
    elif given.stage == "fold":
        fold(given.half, given.corpus, given.work)
    else:
        {"tagger": tagger, "stack": stack}[given.stage](given.corpus, given.work)


def fold(half: int, corpus: Path, work: Path) -> None:
    """A tagger of one half, and its emissions for the other: each document is read by one that has not seen it."""
    import torch

    from ingest.training import names_tagger as tagger_model
    from ingest.training.encoder import Lower, load_bert

    rows = _examples(half, corpus, Lower(load_bert()).eval())
    model = tagger_model.train(rows, seed=half, epochs=EPOCHS)
    torch.save(model.state_dict(), work / f"fold{half}.pt")
    tagger_model.export(model, work / f"fold{half}.onnx")
    _write_emissions(work / f"fold{half}.onnx", _half(1 - half, corpus), work / f"fold{half}.pickle")


def tagger(corpus: Path, work: Path) -> None:
    """The tagger that ships."""
    from ingest.training import names_tagger as tagger_model
    from ingest.training.encoder import Lower, load_bert

    rows = _examples(1, corpus, Lower(load_bert()).eval())
    model = tagger_model.train(rows, seed=7, epochs=FURTHER, begin=work / "fold0.pt")
    tagger_model.export(model, MODELS / "names-tagger.onnx")
    judged = data.part("dev", corpus) + data.part("test", corpus)
    _write_emissions(MODELS / "names-tagger.onnx", judged, work / "tagger.pickle")


def stack(corpus: Path, work: Path) -> None:
    from ingest.training import names_stack

    names_stack.train(corpus, work)


def _half(half: int, corpus: Path) -> list[data.Annotated]:
    return [d for d in data.part("train", corpus) if data.half(d.id) == half]


def _examples(half: int, corpus: Path, lower: Lower) -> list[Example]:
    from ingest.training import names_tagger as tagger_model

    rows = [row for d in _half(half, corpus) for row in tagger_model.examples(d, lower)]
    print(len(rows), "windows", flush=True)
    return rows


def _write_emissions(tagger: Path, documents: list[data.Annotated], target: Path) -> None:
    """What the tagger as it ships, in int8, says of every word of the documents."""
    from ingest.extract import encoder, tagging

    upper, rows = encoder.session(tagger), {}
    for d in documents:
        lines = tagging.text_lines(d.text)
        words = tagging.read_words(d.text, lines, tagging.tokenizer())
        rows[d.id] = tagging.emissions(words, lines, upper).astype("float16")
    target.write_bytes(pickle.dumps(rows))


if __name__ == "__main__":
    main()
