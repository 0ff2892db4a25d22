"""The documents written for training are annotated as their guide says, exactly."""

from __future__ import annotations

from collections import Counter

import pytest

from graph import vocabulary
from ingest.training import data

DOCUMENTS = list(data.own())


def test_there_are_two_hundred_in_all_parts() -> None:
    parts = Counter(data.split(document.id) for document in DOCUMENTS)
    assert len(DOCUMENTS) >= 200
    assert min(parts["train"], parts["dev"], parts["test"]) >= 10


def test_they_hold_what_releases_lack() -> None:
    statuses = Counter(claim["status"] for document in DOCUMENTS for claim in document.claims)
    assert set(statuses) == set(vocabulary.statuses())
    assert statuses["denied"] >= 200
    assert statuses["ended"] >= 400


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_annotations_are_exact(document: data.Annotated) -> None:
    kinds = {entity.name: entity.kind for entity in document.entities}
    assert len(kinds) == len(document.entities)
    for entity in document.entities:
        assert entity.kind in data.KINDS
        assert all(form in document.text for form in entity.forms)
    for claim in document.claims:
        assert claim["quote"] in document.text
        assert claim["subject_form"] in claim["quote"]
        assert claim["object_form"] in claim["quote"]
        assert vocabulary.allows(claim["predicate"], kinds[claim["subject"]], kinds[claim["object"]])
