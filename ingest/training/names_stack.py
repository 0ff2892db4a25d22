"""Train the decision a surface form: gradient boosting on documents the taggers have not seen."""

from __future__ import annotations

import gzip
import multiprocessing
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.model import Mention
from ingest.extract import aliases, entities, lexicon, surfaces, tagging
from ingest.extract.lexicon import CLASSES
from ingest.extract.surfaces import Ground
from ingest.training import data

MODELS = Path(__file__).parent.parent / "models"
ROUNDS = 400
SETTINGS: dict[str, Any] = {
    "objective": "multiclass",
    "num_class": len(CLASSES),
    "learning_rate": 0.04,
    "num_leaves": 20,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 3.0,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


@dataclass(slots=True)
class Case:
    """A document's forms with all that is known of them."""

    document: data.Annotated
    ground: Ground
    forms: dict[str, list[tuple[int, int]]]
    signs: npt.NDArray[np.float32]
    contexts: list[dict[str, list[str]]]
    labels: list[int]


def train(corpus: Path, work: Path) -> None:
    """Fit on all cases what ships, and on either half what finds names in the other: three boosters, two at a time."""
    scores = load_emissions(work)
    cases = read([d for d in data.part("train", corpus) if d.id in scores], scores, work)
    _held["cases"] = cases
    with multiprocessing.get_context("fork").Pool(2) as pool:
        (words, model), *found = pool.map(_fitted, (None, 0, 1), 1)
    (MODELS / "names-lexicon.json.gz").write_bytes(words.packed())
    (MODELS / "names-stack.txt.gz").write_bytes(gzip.compress(model.encode(), 9, mtime=0))
    (work / "found.pickle").write_bytes(pickle.dumps(found[0] | found[1]))
    report(corpus, work, "dev", words, model, scores)


_held: dict[str, Any] = {}


def _fitted(half: int | None) -> Any:
    return fitted(_held["cases"]) if half is None else found_unseen(half, _held["cases"])


def read(documents: Sequence[data.Annotated], scores: Mapping[str, tagging.Scores], work: Path) -> list[Case]:
    """The documents with all that is known of their forms, on both cores."""
    (work / "spacy").mkdir(exist_ok=True)
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return pool.starmap(case, ((d, scores[d.id], work) for d in documents), 8)


def fitted(cases: Sequence[Case]) -> tuple[lexicon.Lexicon, str]:
    """The lexicon, and the booster as LightGBM writes it."""
    import lightgbm

    words, table, labels = encoded(cases)
    booster = lightgbm.train(SETTINGS, lightgbm.Dataset(table, labels), ROUNDS)
    return words, booster.model_to_string(num_iteration=-1)


def found_unseen(half: int, cases: Sequence[Case]) -> dict[str, tuple[Mention, ...]]:
    """The names that the other half teaches to find in this one: what relations learn to live with."""
    import lightgbm

    words, model = fitted([c for c in cases if data.half(c.document.id) != half])
    booster = lightgbm.Booster(model_str=model)
    return {
        c.document.id: entities.mentions(c.ground, judged(c, words, booster))
        for c in cases
        if data.half(c.document.id) == half
    }


def judged(c: Case, words: lexicon.Lexicon, booster: Any) -> list[entities.Judged]:
    if not c.forms:
        return []
    shares = np.array([words.encode(row) for row in c.contexts], dtype=np.float32)
    table = booster.predict(np.concatenate([c.signs, shares], axis=1))
    return entities.verdicts(c.ground, c.forms, table)


def load_emissions(work: Path) -> dict[str, tagging.Scores]:
    """Emissions from taggers that have not seen the document; the shipped tagger's where there are any."""
    found: dict[str, tagging.Scores] = {}
    for name in ("fold0", "fold1", "tagger"):
        path = work / f"{name}.pickle"
        if path.exists():
            found.update(pickle.loads(path.read_bytes()))
    return found


def case(document: data.Annotated, scores: tagging.Scores, work: Path) -> Case:
    lines = tagging.text_lines(document.text)
    words = tagging.read_words(document.text, lines, tagging.tokenizer())
    ground = Ground(words, lines, scores.astype(np.float32), spacy_votes(document, work))
    forms = surfaces.candidates(ground)
    contexts = [surfaces.contexts(ground, form, places) for form, places in forms.items()]
    kinds = gold_forms(document)
    labels = [CLASSES.index(label(kinds.get(form))) for form in forms]
    return Case(document, ground, forms, surfaces.signs(ground, forms), contexts, labels)


def spacy_votes(document: data.Annotated, work: Path) -> list[tuple[int, int, str]]:
    """spaCy's entities, kept on disk: they do not change from run to run."""
    path = work / "spacy" / f"{document.id}.pickle"
    if not path.exists():
        lines = tagging.text_lines(document.text)
        words = tagging.read_words(document.text, lines, tagging.tokenizer())
        empty = np.zeros((len(words), len(tagging.TAGS)), dtype=np.float32)
        path.write_bytes(pickle.dumps(surfaces.look(document.text, lines, words, empty).entities))
    votes: list[tuple[int, int, str]] = pickle.loads(path.read_bytes())
    return votes


def gold_forms(document: data.Annotated) -> dict[str, str]:
    """Kind of each form that stands in the text on its own."""
    return {document.text[start:end]: entity.kind for start, end, entity in data.occurrences(document)}


def label(kind: str | None) -> str:
    return "none" if kind is None else kind if kind in CLASSES else "other"


def encoded(cases: Sequence[Case]) -> tuple[lexicon.Lexicon, npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """The lexicon, and every form's row with its own document's counts left out."""
    own = [lexicon.count(zip(c.contexts, c.labels, strict=True)) for c in cases]
    words = lexicon.joined(own)
    rows = [
        np.concatenate(
            [c.signs, np.array([words.encode(row, counts) for row in c.contexts], dtype=np.float32)], axis=1
        )
        for c, counts in zip(cases, own, strict=True)
        if c.forms
    ]
    labels = np.array([label for c in cases for label in c.labels])
    return words, np.concatenate(rows), labels


# Judging


def report(
    corpus: Path,
    work: Path,
    name: str,
    words: lexicon.Lexicon,
    model: str,
    scores: Mapping[str, tagging.Scores],
) -> None:
    """Distinct names a document, by kind, for both folders apart."""
    import lightgbm

    cases = read(data.part(name, corpus), scores, work)
    booster = lightgbm.Booster(model_str=model)
    tallies: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for c in cases:
        predicted = named(c.ground, entities.settle(judged(c, words, booster)))
        tally(tallies[c.document.id[0]], predicted, c.document)
    for folder, counts in sorted(tallies.items()):
        print_tally(f"{name} {folder}", counts)


def named(ground: Ground, places: Sequence[entities.Place]) -> dict[tuple[str, str], set[str]]:
    """Canonical name and kind, with its forms."""
    names = aliases.canonical(ground, [(p.first, p.end, p.judged.form, p.judged.kind) for p in places])
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in places:
        form, kind = place.judged.form, place.judged.kind
        found[names[form, kind], kind].add(form)
    return found


def tally(
    counts: Counter[tuple[str, str]], predicted: Iterable[tuple[str, str]], document: data.Annotated
) -> None:
    """A predicted name is right when it is a form of an entity of that kind that no other name has taken."""
    left = {(e.kind, e.name): {e.name, *e.forms} for e in document.entities}
    for name, kind in sorted(predicted):
        match = next((key for key, forms in left.items() if key[0] == kind and name in forms), None)
        counts[kind, "right" if match else "wrong"] += 1
        if match:
            del left[match]
    for kind, _ in left:
        counts[kind, "missed"] += 1


def print_tally(title: str, counts: Mapping[tuple[str, str], int]) -> None:
    for kind in entities.KEPT:
        right, wrong, missed = (counts.get((kind, what), 0) for what in ("right", "wrong", "missed"))
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        f1 = 2 * right / max(1, 2 * right + wrong + missed)
        print(f"{title:10} {kind:13} P {precision:.3f} R {recall:.3f} F {f1:.3f}  ({right + missed})")
