"""When a found name is a gold name, and how many of the names and of their places were found."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph import vocabulary
from ingest.training.data import Annotated, Named

from .gold import Occurrence, occurrences
from .measures import Figures
from .predictions import Found, FoundMention


@cache
def fold(name: str) -> str:
    """A name without regard to case and white space.

    >>> fold("Rad  AI") == fold("rad ai")
    True
    """
    return " ".join(name.split()).casefold()


def index(gold: Annotated) -> dict[str, tuple[Named, ...]]:
    """The gold entities that bear a form, by its folded form."""
    rows: dict[str, list[Named]] = {}
    for entity in gold.entities:
        for form in {fold(form) for form in (entity.name, *entity.forms)}:
            rows.setdefault(form, []).append(entity)
    return {form: tuple(entities) for form, entities in rows.items()}


def mention_figures(gold: Annotated, found: Found) -> dict[str, Figures]:
    """By kind: every place where a name stands, right when span and kind are exact."""
    places = {(o.start, o.end): o for o in occurrences(gold)}
    hits = {(m.start, m.end): m.kind for m in found.mentions if _hits(places.get((m.start, m.end)), m.kind)}
    spans = {(m.start, m.end, m.kind) for m in found.mentions}
    return {
        kind: Figures(
            right=sum(hit == kind for hit in hits.values()),
            false=sum(k == kind and hits.get((s, e)) != kind for s, e, k in spans),
            missed=sum(o.kinds[0] == kind and span not in hits for span, o in places.items()),
        )
        for kind in vocabulary.kinds()
    }


def name_figures(gold: Annotated, found: Found) -> dict[str, Figures]:
    """By kind: every name of the document once, right when any of its forms was found with its kind."""
    by_form = index(gold)
    right: dict[str, set[str]] = {kind: set() for kind in vocabulary.kinds()}
    false: dict[str, int] = dict.fromkeys(vocabulary.kinds(), 0)
    for kind, forms in _entities(found.mentions):
        matched = {e.name for form in forms for e in by_form.get(fold(form), ()) if e.kind == kind}
        right[kind] |= matched
        false[kind] += not matched
    return {
        kind: Figures(
            len(names), false[kind], sum(e.kind == kind and e.name not in names for e in gold.entities)
        )
        for kind, names in right.items()
    }


def _hits(place: Occurrence | None, kind: str) -> bool:
    return place is not None and kind in place.kinds


def _entities(mentions: Iterable[FoundMention]) -> Iterable[tuple[str, set[str]]]:
    """Each found entity: its kind and every form of it, the canonical one included."""
    forms: dict[tuple[str, str], set[str]] = {}
    for m in mentions:
        forms.setdefault((m.kind, fold(m.entity)), {m.entity}).add(m.text)
    return ((kind, names) for (kind, _), names in forms.items())
