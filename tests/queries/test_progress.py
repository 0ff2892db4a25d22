"""Lines that tell how far a long work is, where no terminal shows a bar."""

from __future__ import annotations

import time

import pytest

from queries import progress


def test_a_work_that_has_not_begun_for_long_is_told_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.01)
    with progress.progress("Writing") as tell:
        time.sleep(0.02)
        tell(0, 20, "unchanged")
        time.sleep(0.02)
        tell(10, 20, "written")
    first, second = capsys.readouterr().err.splitlines()
    assert first == "Writing 0/20, 0.0/s, not begun"
    assert second.startswith("Writing 10/20, ")
    assert second.endswith(" s left")
