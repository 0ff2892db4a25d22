"""What a shelf keeps is what was put on it, whole or not at all."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ingest.kept
from ingest.kept import COUNTS, PLAIN, STRINGS, TUPLES, Shelf

KEYS = st.tuples(st.sampled_from(["Company", "Region"]), st.sampled_from(["a", "é", "株", "b c"]))
STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "drop", "ask", "keep"]), KEYS, st.integers(0, 9)), max_size=30
)


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_a_kept_mapping_is_a_dict_that_outlives_its_shelf(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, tuple[str, str], int]]
) -> None:
    path = tmp_path_factory.mktemp("shelf") / "kept"
    shelf, expected = Shelf(path), dict[tuple[str, str], int]()
    kept = shelf.mapping("numbers", PLAIN)
    for step, key, number in steps:
        if step == "put":
            kept[key] = expected[key] = number
        elif step == "drop":
            assert kept.pop(key, None) == expected.pop(key, None)
        elif step == "ask":
            assert kept.get(key) == expected.get(key)
        else:
            shelf.save()
            shelf.close()
            shelf = Shelf(path)
            kept = shelf.mapping("numbers", PLAIN)
        assert len(kept) == len(expected)
    assert list(kept.texts()) == sorted(str(n) for n in expected.values())
    assert dict(kept) == expected
    shelf.close()


def test_values_changed_in_place_are_kept_and_empty_ones_are_not(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    shelf.mapping("counts", COUNTS, Counter)["a"]["b"] += 2
    shelf.mapping("words", STRINGS, set)["a"].add("b")
    assert shelf.mapping("tuples", TUPLES, set)["a"] == set()
    shelf.save()
    again = Shelf(tmp_path / "kept")
    assert dict(again.mapping("counts", COUNTS, Counter)) == {"a": Counter(b=2)}
    assert dict(again.mapping("words", STRINGS, set)) == {"a": {"b"}}
    assert dict(again.mapping("tuples", TUPLES, set)) == {}


def test_only_what_was_asked_for_and_differs_is_written(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    shelf.mapping("words", STRINGS, set).update({"a": {"x"}, "b": {"y"}})
    shelf.save()
    words = Shelf(tmp_path / "kept").mapping("words", STRINGS, set)
    words["a"].add("z")
    words["b"].add("y")
    assert [(c.key, c.before, c.after) for c in words.changes()] == [("a", '["x"]', '["x","z"]')]


def test_a_process_that_ends_before_it_saves_leaves_what_was_kept(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "kept")
    shelf.mapping("numbers", PLAIN)["a"] = 1
    shelf.save()
    shelf.close()
    code = (
        "import os, sys; from ingest.kept import PLAIN, Shelf; shelf = Shelf(sys.argv[1]);"
        "shelf.mapping('numbers', PLAIN)['a'] = 2; os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "kept"], env=os.environ, timeout=60)
    assert done.returncode == -9
    assert dict(Shelf(tmp_path / "kept").mapping("numbers", PLAIN)) == {"a": 1}


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(ingest.kept).failed == 0
