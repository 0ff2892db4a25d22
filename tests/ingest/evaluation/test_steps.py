"""Figures between names and claims: references resolved, pairs proposed."""

from __future__ import annotations

from ingest.evaluation import steps
from ingest.training.data import Annotated, Named

TEXT = "Acme Ltd makes locks. The company acquired Borea AS in May.\nIts it department is in Oslo."


def _gold(claims: list[dict[str, str]]) -> Annotated:
    entities = (
        Named("Acme Ltd", "Company", ("Acme Ltd",)),
        Named("Borea AS", "Company", ("Borea AS",)),
        Named("Oslo", "Region", ("Oslo",)),
    )
    return Annotated("t1", TEXT, entities, tuple(claims))


def _claim(subject: str, predicate: str, other: str, form: str, quote: str) -> dict[str, str]:
    return {
        "subject": subject,
        "predicate": predicate,
        "object": other,
        "status": "current",
        "quote": quote,
        "subject_form": form,
        "object_form": other,
    }


def test_a_reference_counts_once_where_it_stands_as_a_word() -> None:
    claim = _claim("Acme Ltd", "acquired", "Borea AS", "The company", TEXT[22:59])
    found = steps([_gold([claim])])
    assert (found.references, found.resolved, found.unseen) == (1, 1, 0)


def test_a_pair_that_nothing_joins_is_no_candidate() -> None:
    near = _claim("Acme Ltd", "acquired", "Borea AS", "The company", TEXT[22:59])
    far = _claim("Borea AS", "operates_in", "Oslo", "Borea AS", TEXT[22:])
    found = steps([_gold([near, far])])
    assert (found.claims, found.proposed) == (2, 1)
