"""How name matching is measured, and the goals it must keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.errors import SettingsError
from ingest.name_pairs import evaluate_names
from queries.cli import cli

DATA = Path(__file__).parent / "data"
PAIRS, NEW_PAIRS, KINDS = (DATA / f"{n}.jsonl" for n in ("name_pairs", "name_pairs_new", "name_pairs_kinds"))


def test_goals_on_the_test_half() -> None:
    found = evaluate_names(PAIRS, part="test")
    assert found.automatic.precision >= 0.99
    assert found.automatic.recall >= 0.60
    assert found.suggested.recall >= 0.92
    assert found.best.f1 >= 0.90


@pytest.mark.parametrize("pairs", [PAIRS, NEW_PAIRS, KINDS])
def test_nothing_is_merged_wrongly_without_the_table_of_known_names(pairs: Path) -> None:
    assert evaluate_names(pairs, known_names=False).automatic.precision >= 0.99


def test_figures_count_false_merges_suggestions_and_misses(tmp_path: Path) -> None:
    pairs = [
        ("Acme", "Acme Inc.", False),
        ("3M", "3i", True),
        ("Borea", "Borea Group", True),
        ("Alpha", "Beta", False),
    ]
    found = evaluate_names(_written(tmp_path, pairs))
    assert (found.automatic.precision, found.automatic.recall) == (0, 0)
    assert (found.suggested.precision, found.suggested.recall) == (0.5, 0.5)
    assert [(e.kind, e.left) for e in found.errors] == [("false same", "Acme"), ("missed", "3M")]


def test_a_line_that_is_no_pair_is_named(tmp_path: Path) -> None:
    file = _written(tmp_path, [("Acme", "Acme Inc.", True)])
    file.write_text(file.read_text("utf-8") + '{"left": "Acme"}\n')
    with pytest.raises(SettingsError, match="line 2"):
        evaluate_names(file)


def test_a_part_without_pairs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no pair of part 'dev'"):
        evaluate_names(_written(tmp_path, [("Acme", "Acme Inc.", True)]), part="dev")


def test_the_command_prints_figures_and_errors(tmp_path: Path) -> None:
    file = str(_written(tmp_path, [("Acme", "Acme Inc.", True), ("Acme", "Acme Ltd", False)]))
    table = CliRunner().invoke(cli, ["evaluate", "names", file])
    assert "2 pairs" in table.output
    assert "false same    Acme | Acme Ltd" in table.output
    told = json.loads(CliRunner().invoke(cli, ["evaluate", "names", file, "--json"]).output)
    assert told["automatic"] == {"precision": 0.5, "recall": 1.0, "f1": pytest.approx(2 / 3)}


def test_a_folder_is_still_evaluated_as_marked_documents(tmp_path: Path) -> None:
    short = CliRunner().invoke(cli, ["evaluate", str(tmp_path)])
    full = CliRunner().invoke(cli, ["evaluate", "extraction", str(tmp_path)])
    assert (str(short.exception), short.exit_code) == (str(full.exception), full.exit_code)
    assert "No such command" not in short.output


def _written(folder: Path, pairs: list[tuple[str, str, bool]]) -> Path:
    file = folder / "pairs.jsonl"
    rows = (json.dumps(dict(zip(("left", "right", "same"), p, strict=True))) for p in pairs)
    file.write_text("".join(f"{row}\n" for row in rows))
    return file
