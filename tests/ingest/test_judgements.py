"""What people decided: kept, refused where it contradicts, taken back."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from graph.errors import JudgementError
from ingest.judgements import Judgement, append_judgement, check_judgements, read_judgements, standing

AB = Judgement("same", "company:a", "company:b", who="ann", when="2024-01-01", why="their website")
BC = Judgement("same", "company:b", "company:c", who="bob", when="2024-01-02")
AC = Judgement("different", "company:a", "company:c", who="ann", when="2024-01-03")


def test_what_was_appended_is_read(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append_judgement(path, AB)
    append_judgement(path, BC)
    assert read_judgements(path) == [AB, BC]


def test_no_file_is_no_judgement(tmp_path: Path) -> None:
    assert read_judgements(tmp_path / "judgements.jsonl") == []


def test_a_contradiction_is_refused_with_its_chain_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append_judgement(path, AB)
    append_judgement(path, BC)
    with pytest.raises(JudgementError, match="company:a = company:b = company:c"):
        append_judgement(path, AC)
    assert read_judgements(path) == [AB, BC]


@pytest.mark.parametrize("order", list(permutations([AB, BC, AC])))
def test_a_contradiction_is_one_in_any_order(order: tuple[Judgement, ...]) -> None:
    with pytest.raises(JudgementError):
        check_judgements(order)


def test_after_an_undo_there_is_no_contradiction() -> None:
    check_judgements([AB, BC, AC, Judgement("undo", BC.id)])


@pytest.mark.parametrize("order", list(permutations([AB, Judgement("undo", AB.id), AB])))
def test_undo_counts_wherever_it_stands(order: tuple[Judgement, ...]) -> None:
    assert standing(order) == []


def test_an_undo_can_be_undone() -> None:
    undo = Judgement("undo", AB.id, who="bob")
    assert standing([AB, undo, Judgement("undo", undo.id)]) == [AB]


def test_name_and_id_are_one_side() -> None:
    named = Judgement("same", "Acme Inc.", "Apex", "Company")
    with pytest.raises(JudgementError):
        check_judgements([named, Judgement("different", "company:apex", "company:acme")])


def test_accepted_and_rejected_is_a_contradiction() -> None:
    with pytest.raises(JudgementError, match="both accepted and rejected"):
        check_judgements([Judgement("accept", "claim:1"), Judgement("reject", "claim:1")])


def test_a_row_cut_by_a_crash_is_left_out_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append_judgement(path, AB)
    with path.open("a") as file:
        file.write('{"kind": "sa')
    assert read_judgements(path) == [AB]
    append_judgement(path, BC)
    assert read_judgements(path) == [AB, BC]


def test_a_broken_row_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text('{"kind": "maybe", "left": "a"}\n')
    with pytest.raises(JudgementError, match="line 1"):
        read_judgements(path)


def test_a_pair_needs_two_sides() -> None:
    with pytest.raises(JudgementError, match="two sides"):
        Judgement("same", "company:a")
