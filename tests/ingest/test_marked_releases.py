"""The releases marked for training: spans that say what they ought to, and a text that is still the one that was marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph import vocabulary
from graph.errors import RecordError
from ingest.training import data

FILES = sorted((data.OWN / "releases").glob("*.json"))
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
beside = pytest.mark.skipif(not CORPUS.is_dir(), reason="the releases' texts are not beside the project")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_spans_nest_and_kinds_fit(path: Path) -> None:
    row = json.loads(path.read_text("utf-8"))
    assert data.split(path.stem) == "train"
    for kind, spans in row["entities"]:
        assert kind in data.KINDS
        assert all(0 <= start < end for start, end in spans)
    for claim in row["claims"]:
        start, end = claim["quote"]
        assert all(start <= a < b <= end for a, b in (claim["subject_form"], claim["object_form"]))
        kinds = [row["entities"][claim[party]][0] for party in ("subject", "object")]
        assert vocabulary.allows(claim["predicate"], *kinds)
        assert claim["status"] in vocabulary.statuses()


@beside
def test_names_and_quotes_come_out_of_the_texts() -> None:
    documents = list(data.releases(CORPUS))
    assert len(documents) == len(FILES) >= 600
    for document in documents:
        names = {entity.name for entity in document.entities}
        assert all(name == name.strip() for name in names)
        for claim in document.claims:
            assert {claim["subject"], claim["object"]} <= names
            assert claim["subject_form"] in claim["quote"]


@beside
def test_another_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    for path in FILES[:1]:
        name = json.loads(path.read_text("utf-8"))["release"]
        (tmp_path / "releases" / name).write_text("Something else was published here.", "utf-8")
    with pytest.raises(RecordError, match="is not the text that"):
        list(data.releases(tmp_path))
