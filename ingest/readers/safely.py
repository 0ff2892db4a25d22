"""Reading with a bound on memory and time, in a child process that serves many files.

The child is started with the first file that needs it, is started anew after a crash, a time-out or a memory
error, and ends with this process.
"""

from __future__ import annotations

import atexit
import os
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

import graph
from graph.errors import HostileFile, ReadError, TooLarge
from graph.model import Document

from . import wire
from .documents import file_bytes, read, shown_name
from .formats import format_of

SERVES = 1000
LOADING = 20.0
NEAR_LIMIT = 0.5  # the limit is on addresses, of which a parser holds more than it has filled
WATCHED = 0.1  # seconds between two looks at a child's memory
KILOBYTES = 1 << 20 if sys.platform == "darwin" else 1 << 10
OUT_OF_MEMORY = (b"memory allocation", b"MemoryError", b"bad_alloc", b"out of memory", b"Out of memory")


def read_safely(
    path: Path, name: str | None = None, *, seconds: float = 60, megabytes: int = 1024
) -> Document:
    """The document that a file holds, whatever the file does.

    Plain text of modest size is read in this process, where it takes linear time; all else in a child.

    Args:
        seconds: after which the file is given up; the loading of a parser does not count.
        megabytes: of address space that the child may use.

    Raises:
        ReadError: with the file, the reason and what to do.
    """
    shown = shown_name(path, name)
    if _is_plain(path, shown):
        return read(path, name)
    file_bytes(path, shown, most=format_of(shown).most_bytes, only_check=True)
    with _lock:
        return _child(megabytes).read(path, shown, seconds)


def _is_plain(path: Path, shown: str) -> bool:
    try:
        return path.stat().st_size <= format_of(shown).plain_up_to
    except OSError:
        return True


class Child:
    """A running child process, and how many files it has served."""

    def __init__(self, megabytes: int) -> None:
        self.megabytes = megabytes
        self.owner = os.getpid()
        self.served = 0
        self._asked = 0.0
        self.loaded: set[str] = set()
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed by stop)
        # Linux counts what this process held when it started the child as a peak of the child
        self._inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES
        self._peak = 0
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", f"{__package__}.child", str(megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=_environment(),
        )

    def read(self, path: Path, name: str, seconds: float) -> Document:
        self.served += 1
        self._asked, self._peak = time.monotonic(), 0
        try:
            answer = self._ask(path, name, seconds)
        except BaseException as problem:
            raise self._reason(problem, name, seconds) from problem
        if answer.get("error") == "TooLarge":
            self.stop()
        return wire.document(answer)

    def serves(self, megabytes: int) -> bool:
        fit = self.megabytes == megabytes and self.served < SERVES and self.owner == os.getpid()
        return fit and self._process.poll() is None

    def stop(self) -> None:
        if self.owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._log):
            if stream is not None:
                _close(stream)

    def _ask(self, path: Path, name: str, seconds: float) -> dict[str, object]:
        assert self._process.stdin is not None
        question = {"path": os.fsencode(path.absolute()).hex(), "name": name, "seconds": seconds}
        self._process.stdin.write(wire.frame(question))
        self._process.stdin.flush()
        until = time.monotonic() + seconds + self._loading_time(path)
        (length,) = wire.LENGTH.unpack(self._receive(wire.LENGTH.size, until))
        if length > wire.MOST_BYTES:
            raise EOFError
        return wire.value(self._receive(length, until))

    def _loading_time(self, path: Path) -> float:
        """What the first file of a format may take more, since its parser is loaded with it."""
        if path.suffix in self.loaded:
            return 0
        self.loaded.add(path.suffix)
        return LOADING

    def _receive(self, count: int, until: float) -> bytes:
        """So many bytes of the answer, or TimeoutError, or EOFError where the child is gone."""
        assert self._process.stdout is not None
        source = self._process.stdout.fileno()
        received = bytearray()
        while len(received) < count:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if not select.select([source], [], [], min(left, WATCHED))[0]:
                self._peak = max(self._peak, _peak_of(self._process.pid))
                continue
            piece = os.read(source, min(count - len(received), 1 << 20))
            if not piece:
                raise EOFError
            received += piece
        return bytes(received)

    def _reason(self, problem: BaseException, name: str, seconds: float) -> BaseException:
        """What went wrong, with the child ended; interruptions pass through."""
        if isinstance(problem, TimeoutError):
            self.stop()
            return TooLarge(
                f"{name}: reading it took longer than {seconds:g} s. Split it, or allow more time."
            )
        if not isinstance(problem, (EOFError, OSError, ValueError)):
            self.stop()
            return problem
        return self._death(name)

    def _death(self, name: str) -> ReadError:
        """A parser that gets no more memory may say so, be killed, or abort without a word."""
        took = time.monotonic() - self._asked
        code, peak, said = self._last_words()
        reached = f"after {took:.1f} s, at {peak} of {self.megabytes} MB of memory"
        if code == -signal.SIGALRM:
            return TooLarge(f"{name}: reading it took too long ({reached}). Split it, or allow more time.")
        if code == -signal.SIGKILL or any(sign in said for sign in OUT_OF_MEMORY):
            return TooLarge(
                f"{name}: its parser asked for more memory than is allowed ({reached}). Split it, or allow more."
            )
        if peak > NEAR_LIMIT * self.megabytes:
            return TooLarge(
                f"{name}: its parser gave up {reached}, as one does that gets no more. Split it, or allow more."
            )
        return HostileFile(
            f"{name}: it made the parser crash (exit {code}, {reached}). Save it anew from a program you trust."
        )

    def _last_words(self) -> tuple[int, int, bytes]:
        """Exit code, peak of memory in MB, and the end of what was printed."""
        code, peak = self._end()
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(size - 4000, 0))
        said = self._log.read()
        self.stop()
        return code, peak, said

    def _end(self) -> tuple[int, int]:
        """As Popen.wait gives it, with the peak that only the system's own call tells."""
        until = time.monotonic() + 2
        while time.monotonic() < until:
            pid, status, usage = os.wait4(self._process.pid, os.WNOHANG)
            if pid:
                self._process.returncode = os.waitstatus_to_exitcode(status)
                told = usage.ru_maxrss // KILOBYTES
                return self._process.returncode, told if told > self._inherited else self._peak
            time.sleep(0.01)
        return 0, self._peak


def _peak_of(pid: int) -> int:
    """The most memory that a living process has held, in MB; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    held = re.search(r"^VmHWM:\s+(\d+) kB", status, re.M)
    return int(held[1]) // 1024 if held else 0


_lock = threading.RLock()
_running: list[Child] = []


def _child(megabytes: int) -> Child:
    if _running and _running[0].serves(megabytes):
        return _running[0]
    end_child()
    if not _stops_at_exit:
        atexit.register(end_child)
        _stops_at_exit.append(True)
    _running.append(Child(megabytes))
    return _running[0]


_stops_at_exit: list[bool] = []


def end_child() -> None:
    """End the child process, if one runs; the next file that needs one starts it anew."""
    while _running:
        _running.pop().stop()


def _environment() -> dict[str, str]:
    """The child finds the same packages, wherever it is started."""
    root = str(Path(graph.__file__).parents[1])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    threads = {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "RAYON_NUM_THREADS": "1",
        "RUST_BACKTRACE": "0",
    }
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return
