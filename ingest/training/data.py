"""The annotated corpora, and the one split by document that every training and evaluation uses.

>>> split("p001"), split("w104")
('train', 'train')
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import RecordError

CORPUS = Path("../shared/corpus")
OWN = Path(__file__).parent
KINDS = ("Company", "Organization", "Product", "Region", "Market", "Person", "Medium", "Event")


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as a person marked it: its fullest name, its kind, every form in the text."""

    name: str
    kind: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with all that it names and claims (rows of the guide, as they stand in its file)."""

    id: str
    text: str
    entities: tuple[Named, ...]
    claims: tuple[dict[str, Any], ...]


def split(document: str) -> str:
    """ "train", "dev" or "test", decided by the document's id alone."""
    first = hashlib.sha256(document.encode()).digest()[0] / 256
    return "train" if first < 0.8 else "dev" if first < 0.9 else "test"


def half(document: str) -> int:
    """0 or 1: the fold of a training document, where a model is judged by what it has not seen."""
    return hashlib.sha256(document.encode()).digest()[1] % 2


def annotated(corpus: Path = CORPUS, folder: str = "annotated") -> Iterator[Annotated]:
    """The documents of one annotated folder, by id."""
    for path in sorted((corpus / folder / "ann").glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        text = (corpus / folder / "texts" / f"{path.stem}.txt").read_text("utf-8")
        entities = tuple(Named(e["name"], e["kind"], tuple(e["forms"])) for e in row.get("entities", ()))
        yield Annotated(path.stem, text, entities, tuple(row.get("claims", ())))


def written(corpus: Path = CORPUS) -> Iterator[Annotated]:
    """The documents written for this purpose: reports, shaky deals, decks, memos."""
    return annotated(corpus, "written")


def own() -> Iterator[Annotated]:
    """The documents written for the project itself, of the same genres, which stand beside this file."""
    return annotated(OWN, "written")


def releases(corpus: Path = CORPUS) -> Iterator[Annotated]:
    """Further releases annotated for the project: the texts stand in the corpus, offsets and kinds beside this file."""
    from ingest.readers import read

    for path in sorted((OWN / "releases").glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        text = read(corpus / "releases" / row["release"]).text
        if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
            raise RecordError(
                f"{row['release']} is not the text that {path.name} was marked on. "
                f"Take the release as it was, or move the offsets of {path.name} to the new text."
            )
        yield _anchored(path.stem, text, row)


def _anchored(name: str, text: str, row: dict[str, Any]) -> Annotated:
    """Offsets become words again."""

    def cut(span: list[int]) -> str:
        return text[span[0] : span[1]]

    forms = [(kind, tuple(cut(span) for span in spans)) for kind, spans in row["entities"]]
    claims = [
        claim
        | {party: forms[claim[party]][1][0] for party in ("subject", "object")}
        | {key: cut(claim[key]) for key in ("quote", "subject_form", "object_form", "date") if key in claim}
        for claim in row["claims"]
    ]
    return Annotated(name, text, tuple(Named(f[0], kind, f) for kind, f in forms), tuple(claims))


def is_written(document: str) -> bool:
    """Whether the document of this id is no release: few and dense, such documents weigh more in training.

    >>> is_written("p001"), is_written("w104"), is_written("n017")
    (False, True, True)
    """
    return document[0] in "wn"


def part(name: str, corpus: Path = CORPUS) -> list[Annotated]:
    """Train, dev or test of all that is annotated."""
    every = [*annotated(corpus), *written(corpus), *own(), *releases(corpus)]
    return [document for document in every if split(document.id) == name]


def core(corpus: Path = CORPUS, *, dev: bool = False) -> list[dict[str, Any]]:
    """CORE's training pairs, one sentence each; a tenth of them is kept for development."""
    rows: list[dict[str, Any]] = json.loads((corpus / "core" / "train.json").read_text("utf-8"))
    return [row for row in rows if (split(row["id"]) == "dev") == dev]


def occurrences(document: Annotated) -> list[tuple[int, int, Named]]:
    """Every place where a form of an entity stands, longest forms first, none inside another."""
    taken = bytearray(len(document.text))
    found: list[tuple[int, int, Named]] = []
    forms = [(f, entity) for entity in document.entities for f in {entity.name, *entity.forms} if f]
    for form, entity in sorted(forms, key=lambda pair: (-len(pair[0]), pair[0])):
        for start in _places(document.text, form):
            end = start + len(form)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * len(form)
                found.append((start, end, entity))
    return sorted(found, key=lambda row: row[0])


def _places(text: str, form: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        end = start + len(form)
        glued = (start and form[0].isalnum() and text[start - 1].isalnum()) or (
            end < len(text) and form[-1].isalnum() and text[end].isalnum()
        )
        if not glued:
            yield start
        start = text.find(form, end)
