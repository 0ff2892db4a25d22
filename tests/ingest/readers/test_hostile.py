"""Each hostile file ends in a ReadError or in a valid Document, within the limits, and the run goes on."""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import ReadError
from graph.model import Document
from ingest.readers import read_safely
from ingest.readers.safely import LOADING, end_child

from . import files
from .hostile import CASES, far_cell
from .sound import assert_sound

SECONDS, MEGABYTES = 10, 768


def test_there_are_a_hundred_of_them() -> None:
    assert len({name for name, *_ in CASES}) == len(CASES) >= 100


@pytest.mark.parametrize(("case", "name", "make", "expected"), CASES, ids=[case[0] for case in CASES])
def test_hostile_file_ends_in_an_error_or_a_document(
    case: str,
    name: str,
    make: Callable[[], bytes],
    expected: tuple[type[ReadError], ...] | None,
    tmp_path: Path,
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    started = time.monotonic()
    outcome = _outcome(path)
    assert time.monotonic() - started < SECONDS + LOADING + 5
    if isinstance(outcome, Document):
        assert expected is None, f"read as {outcome.text[:80]!r}"
        assert_sound(outcome)
    else:
        assert isinstance(outcome, expected or ReadError), repr(outcome)
        assert re.match(r"a\.\w+: .+\. [A-Z].*\.$", str(outcome), re.S), f"says too little: {outcome}"


def test_run_goes_on_behind_a_file_that_kills_the_parser(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(far_cell())
    (tmp_path / "b.html").write_bytes(files.HTML)
    with pytest.raises(ReadError):
        read_safely(tmp_path / "a.xlsx", seconds=SECONDS, megabytes=MEGABYTES)
    assert "Foo" in read_safely(tmp_path / "b.html", seconds=SECONDS, megabytes=MEGABYTES).text


def test_caller_stays_small() -> None:
    """The peak of this process, after all the files above, in which the bombs themselves were made."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 900_000


@pytest.fixture(autouse=True, scope="module")
def _no_child_left() -> Iterator[None]:
    yield
    end_child()


def _outcome(path: Path) -> Document | ReadError:
    try:
        return read_safely(path, seconds=SECONDS, megabytes=MEGABYTES)
    except ReadError as error:
        return error
