"""ecomap evaluate: which documents it takes, and what it says of those it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import SettingsError
from queries.commands.evaluate import command

CLAIM = {
    "subject": "Acme",
    "predicate": "acquired",
    "object": "Borea",
    "status": "current",
    "quote": "Acme acquired Borea.",
    "subject_form": "Acme",
    "object_form": "Borea",
}


def _annotated(folder: Path, document: str) -> Path:
    (folder / "texts").mkdir(parents=True)
    (folder / "ann").mkdir()
    (folder / "texts" / f"{document}.txt").write_text("Acme acquired Borea.\n")
    entities = [{"name": name, "kind": "Company", "forms": [name]} for name in ("Acme", "Borea")]
    rows = {"id": document, "entities": entities, "claims": [CLAIM]}
    (folder / "ann" / f"{document}.json").write_text(json.dumps(rows))
    return folder


def _run(*words: object) -> str:
    done = CliRunner().invoke(command, [str(w) for w in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_folders_are_judged_as_one(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    one, two = _annotated(tmp_path / "one", "d1"), _annotated(tmp_path / "two", "d2")
    found = json.loads(_run(one, two, "--predictions", tmp_path / "none.jsonl", "--json"))
    assert (found["documents"], found["claims"]["missed"]) == (2, 2)


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    one, two = _annotated(tmp_path / "one", "d1"), _annotated(tmp_path / "two", "d1")
    with pytest.raises(SettingsError, match="Two documents are called d1"):
        _run(one, two)


def test_given_names_tell_of_references_and_candidates(tmp_path: Path) -> None:
    found = json.loads(_run(_annotated(tmp_path / "one", "d1"), "--given-names", "--json"))
    assert found["steps"]["candidateRecall"] == 1.0
    assert found["claims"]["right"] == 1


def test_a_file_of_another_form_is_named(tmp_path: Path) -> None:
    path = tmp_path / "train.json"
    path.write_text('[{"sentence": "Acme acquired Borea."}]')
    with pytest.raises(SettingsError, match=r"train\.json is no file of CORE's relations"):
        _run(path)


def test_a_file_of_core_is_judged_from_its_sentences(tmp_path: Path) -> None:
    row = {
        "id": "E1",
        "relation": "acquired_by",
        "invert_relation": 1,
        "e1_start": 0,
        "e1_end": 1,
        "e2_start": 4,
        "e2_end": 5,
        "e1_name": "Siemens Energy",
        "e2_name": "Trench Group",
        "context": ["Siemens", "Energy", "has", "acquired", "Trench", "Group", "."],
    }
    (tmp_path / "train.json").write_text(json.dumps([row]))
    found = json.loads(_run(tmp_path / "train.json", "--json"))
    assert (found["pairs"], found["accuracy"]) == (1, 1.0)
