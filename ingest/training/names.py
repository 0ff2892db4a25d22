"""Train the names model: ``python -m ingest.training.names STAGE [--corpus FOLDER] [--work FOLDER]``.

Stages, in order: ``folds`` (two taggers, each on half of train: what the stack learns from), ``tagger``
(one on all of train: what ships), ``export`` (its int8 ONNX), ``stack`` (the decision a surface form).
The last needs no torch.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.training import data

if TYPE_CHECKING:
    from ingest.training.names_tagger import Example, Lower, Upper

MODELS = Path(__file__).parent.parent / "models"
EPOCHS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=("folds", "tagger", "export", "stack"))
    parser.add_argument("--corpus", type=Path, default=data.CORPUS)
    parser.add_argument("--work", type=Path, default=Path("build/names"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    {"folds": folds, "tagger": tagger, "export": export, "stack": stack}[given.stage](
        given.corpus, given.work
    )


def folds(corpus: Path, work: Path) -> None:
    """Emissions for every document from a tagger that has not seen it: train by the other half's."""
    import torch

    from ingest.training import names_tagger as tagger_model

    lower = tagger_model.Lower(tagger_model.load_bert()).eval()
    train = _examples(corpus, lower)
    print(sum(len(rows) for rows in train.values()), "windows", flush=True)
    for fold in (0, 1):
        if (work / f"fold{fold}.pickle").exists():
            continue
        rows = _joined({key: rows for key, rows in train.items() if data.half(key) == fold})
        model = tagger_model.train(rows, seed=fold, epochs=EPOCHS)
        torch.save(model.state_dict(), work / f"fold{fold}.pt")
        judged = [d for d in data.part("train", corpus) if data.half(d.id) != fold]
        judged += data.part("dev", corpus) + data.part("test", corpus)
        _write_emissions(model, lower, judged, work / f"fold{fold}.pickle")


def tagger(corpus: Path, work: Path) -> None:
    """The tagger that ships, trained on all of train."""
    import torch

    from ingest.training import names_tagger as tagger_model

    lower = tagger_model.Lower(tagger_model.load_bert()).eval()
    model = tagger_model.train(_joined(_examples(corpus, lower)), seed=7, epochs=EPOCHS)
    torch.save(model.state_dict(), work / "tagger.pt")
    _write_emissions(
        model, lower, data.part("dev", corpus) + data.part("test", corpus), work / "tagger.pickle"
    )


def export(corpus: Path, work: Path) -> None:
    """Write the ONNX model from the newest trained weights: the tagger's, else the first fold's."""
    import torch

    from ingest.training import names_tagger as tagger_model

    model = tagger_model.Upper(tagger_model.load_bert())
    trained = next(path for name in ("tagger", "fold0") if (path := work / f"{name}.pt").exists())
    model.load_state_dict(torch.load(trained))
    tagger_model.export(
        tagger_model.Lower(tagger_model.load_bert()).eval(), model.eval(), MODELS / "names-tagger.onnx"
    )


def stack(corpus: Path, work: Path) -> None:
    from ingest.training import names_stack

    names_stack.train(corpus, work)


def _examples(corpus: Path, lower: Lower) -> dict[str, list[Example]]:
    from ingest.training import names_tagger as tagger_model

    return {d.id: tagger_model.examples(d, lower) for d in data.part("train", corpus)}


def _joined(rows: dict[str, list[Example]]) -> list[Example]:
    return [row for found in rows.values() for row in found]


def _write_emissions(model: Upper, lower: Lower, documents: list[data.Annotated], target: Path) -> None:
    from ingest.training import names_tagger as tagger_model

    rows = {d.id: tagger_model.emissions(model, lower, d.text)[1].astype("float16") for d in documents}
    target.write_bytes(pickle.dumps(rows))


if __name__ == "__main__":
    main()
