from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import BrokenFile, HostileFile, ReadError, TooLarge, UnknownFormat
from ingest.readers import documents_in, read, read_safely
from ingest.readers.safely import _running, end_child

from . import files
from .sound import assert_sound

SHARED = Path(__file__).parents[4] / "shared" / "corpus"


@pytest.fixture(autouse=True, scope="module")
def _no_child_left() -> Iterator[None]:
    yield
    end_child()


def test_child_gives_the_same_document(tmp_path: Path) -> None:
    for name, data in (("a.html", files.HTML), ("a.docx", files.docx()), ("a.eml", files.EML)):
        (tmp_path / name).write_bytes(data)
        assert read_safely(tmp_path / name) == read(tmp_path / name)


def test_time_is_bounded(tmp_path: Path) -> None:
    warm, slow = tmp_path / "warm.txt", tmp_path / "slow.txt"
    warm.write_bytes(b"Acme works with Foo.\n" * 20_000)
    slow.write_bytes(b"Acme works with Foo.\n" * 100_000)
    read_safely(warm)
    with pytest.raises(TooLarge, match=r"slow\.txt: reading it took longer than 0\.01 s"):
        read_safely(slow, seconds=0.01)
    assert_sound(read_safely(warm))


def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"Acme works with Foo.\n" * 900_000)
    with pytest.raises(TooLarge, match="memory"):
        read_safely(path, megabytes=100)


def test_parser_that_crashes_on_a_small_file_is_hostile(tmp_path: Path) -> None:
    warm, slow = tmp_path / "warm.txt", tmp_path / "slow.txt"
    warm.write_bytes(b"Acme works with Foo.\n" * 20_000)
    slow.write_bytes(b"Acme works with Foo.\n" * 100_000)
    read_safely(warm)
    threading.Timer(0.1, os.kill, (_running[0]._process.pid, signal.SIGSEGV)).start()
    with pytest.raises(
        HostileFile,
        match=r"slow\.txt: it made the parser crash \(exit -11, after \d+\.\d s, at \d+ of",
    ):
        read_safely(slow)
    assert_sound(read_safely(warm))


def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(BrokenFile, match="no regular file"):
        read_safely(tmp_path / "a.txt")


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=r"a\.txt: it cannot be opened"):
        read_safely(tmp_path / "a.txt")


def test_folder_is_walked_in_order(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / ".git").mkdir()
    for name in ("b/2.md", "1.txt", "3.png", ".hidden.txt", ".git/4.txt", "../out.txt"):
        (tmp_path / "in" / name).write_text("Acme")
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out.txt")
    (tmp_path / "in" / "near.txt").symlink_to(tmp_path / "in" / "1.txt")
    with caplog.at_level(logging.INFO):
        found = [name for _, name in documents_in([tmp_path / "in"])]
    assert found == ["1.txt", "near.txt", "2.md"]
    assert "3 files passed over" in caplog.text


def test_given_path_of_unknown_format_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    [(path, name)] = documents_in([tmp_path / "a.png"])
    with pytest.raises(UnknownFormat, match=r"a\.png"):
        read_safely(path, name)


def test_name_that_is_no_utf8_can_be_shown(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("Acme works with Foo.")
    assert read_safely(path).name == "\ufffd.txt"


@pytest.mark.parametrize("folder", ["annotated", "written"])
def test_training_texts_are_read_to_the_character(folder: str) -> None:
    paths = sorted((SHARED / folder / "texts").glob("*.txt"))[::10]
    if not paths:
        pytest.skip(f"{SHARED / folder} is not there")
    for path in paths:
        assert read(path).text == path.read_text("utf-8"), path.name


def test_releases_are_read_without_an_error() -> None:
    paths = sorted((SHARED / "releases").glob("*.md"))[::10]
    if not paths:
        pytest.skip(f"{SHARED / 'releases'} is not there")
    for path in paths:
        try:
            assert_sound(read(path))
        except ReadError as error:
            pytest.fail(str(error))
