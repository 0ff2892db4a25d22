"""What people marked: annotated documents, and where each of their names stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph import vocabulary
from graph.errors import SettingsError
from graph.model import Block, Document, Mention
from ingest.training.data import Annotated, Named, annotated, split


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a gold name; two kinds when a company and its product share the name."""

    start: int
    end: int
    names: tuple[Named, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(name.kind for name in self.names)


def gold_documents(path: Path, part: str | None = None) -> list[Annotated]:
    """The annotated documents of a folder with texts/ and ann/; of one part (train, dev, test) if named."""
    if not (path / "ann").is_dir() or not (path / "texts").is_dir():
        raise SettingsError(f"{path} has no ann/ and texts/ folders. Give a folder of annotated documents.")
    if part not in (None, "train", "dev", "test"):
        raise SettingsError(f"Part {part!r}, expected train, dev or test.")
    path = path.resolve()
    return [gold for gold in annotated(path.parent, path.name) if part in (None, split(gold.id))]


def document_of(gold: Annotated) -> Document:
    """Its text as a document whose reader knows nothing but lines."""
    blocks = tuple(
        Block("paragraph", m.start(), m.end())
        for m in re.finditer(r"[^\n]*\S", gold.text)
        if m.group().strip()
    )
    return Document(id=gold.id, name=f"{gold.id}.txt", text=gold.text, blocks=blocks)


def occurrences(gold: Annotated) -> tuple[Occurrence, ...]:
    """Every place where a form stands as a whole word; the longest form wins where two overlap."""
    named = _by_form(gold.entities)
    if not named:
        return ()
    longest_first = sorted(named, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    return tuple(Occurrence(m.start(), m.end(), tuple(named[m.group()])) for m in pattern.finditer(gold.text))


def gold_mentions(gold: Annotated) -> tuple[Mention, ...]:
    """The occurrences of the vocabulary's kinds, as mentions that an extractor can be given."""
    return tuple(
        Mention(o.start, o.end, gold.text[o.start : o.end], name.kind, name.name, rule="gold")
        for o in occurrences(gold)
        for name in o.names[:1]
        if name.kind in vocabulary.kinds()
    )


def _by_form(entities: Iterable[Named]) -> dict[str, list[Named]]:
    named: dict[str, list[Named]] = {}
    for entity in entities:
        for form in dict.fromkeys(entity.forms):
            named.setdefault(form, []).append(entity)
    return named
