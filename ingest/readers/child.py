"""The process in which foreign parsers run: reads file after file within its limits.

Started by `safely`; it speaks frames over its standard input and output and ends when its parent does.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from graph.errors import BrokenFile, ReadError, TooLarge

from . import wire
from .documents import read, shown_name

GRACE = 30.0


def main(megabytes: int) -> None:
    """Serve until the parent closes the pipe."""
    requests, answers = os.fdopen(0, "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory(megabytes)
    while request := _next(requests):
        answers.write(_answer(request))
        answers.flush()


def _next(requests: BinaryIO) -> dict[str, object] | None:
    head = requests.read(wire.LENGTH.size)
    if len(head) < wire.LENGTH.size:
        return None
    return wire.value(requests.read(*wire.LENGTH.unpack(head)))


def _answer(request: dict[str, object]) -> bytes:
    path, name = Path(os.fsdecode(bytes.fromhex(str(request["path"])))), str(request["name"])
    _forget_peak()
    _limit_time(float(str(request["seconds"])) + GRACE)
    try:
        return wire.document_frame(read(path, name))
    except ReadError as error:
        return wire.error_frame(error)
    except MemoryError:
        return wire.error_frame(TooLarge(_too_large(path, name)))
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:200]
        return wire.error_frame(
            BrokenFile(f"{shown_name(path, name)}: its parser failed ({reason}). Save it anew and try again.")
        )
    finally:
        _limit_time(0)


def _too_large(path: Path, name: str) -> str:
    return f"{shown_name(path, name)}: reading it takes more memory than is allowed. Split it, or allow more."


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _forget_peak() -> None:
    """The peak of memory is that of this file from here on, where the system can forget."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _limit_time(seconds: float) -> None:
    """The alarm kills the process even inside foreign code, should the parent be gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]))
