"""How far long work is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Tell = Callable[[int, int, str], None]
SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """A function that takes done, total and the name of what was just done."""
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from .options import console

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", style="dim"),
    )  # fmt: skip
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, rate="", name="")
        started = time.monotonic()

        def tell(done: int, total: int, name: str) -> None:
            rate = f"{done / max(time.monotonic() - started, 0.001):.1f}/s"
            bar.update(task, completed=done, total=total, rate=rate, name=name[-40:])

        yield tell


def _lines(what: str) -> Tell:
    started = last = time.monotonic()

    def tell(done: int, total: int, name: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < SECONDS_BETWEEN_LINES:
            return
        last = now
        rate = done / max(now - started, 0.001)
        left = f"{(total - done) / rate:.0f} s left" if rate else "not begun"
        click.echo(f"{what} {done}/{total}, {rate:.1f}/s, {left}", err=True)

    return tell
