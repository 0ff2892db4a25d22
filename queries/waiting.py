"""Keeps a command that serves alive until Ctrl-C, or until it is told to end."""

from __future__ import annotations

import contextlib
import signal
import threading
from types import FrameType


def until_interrupted() -> None:
    """Both ways of ending are good ends: what was opened is closed in order."""
    before = signal.signal(signal.SIGTERM, _end)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    finally:
        signal.signal(signal.SIGTERM, before)


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
