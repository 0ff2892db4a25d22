"""Which files of the given paths are to be read."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from graph.errors import BrokenFile

from .formats import formats

log = logging.getLogger(__name__)


def documents_in(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with the name that people know it by, folders walked in sorted order.

    In a folder, hidden files and files of unknown format are passed over with a note in the log, and no link
    out of the folder is followed. A path that is given itself comes back whatever its format.
    """
    for path in paths:
        if path.is_dir():
            yield from _walked(path)
        elif path.exists():
            yield path, path.name
        else:
            raise BrokenFile(f"{path}: there is no such file or folder. Check the path.")


def _walked(folder: Path) -> Iterator[tuple[Path, str]]:
    root = folder.resolve()
    passed_over = 0
    for here, below, names in os.walk(folder, followlinks=False):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            path = Path(here, name)
            if _is_wanted(path, root):
                yield path, name
            else:
                passed_over += 1
    if passed_over:
        log.info(
            "%s: %d files passed over (hidden, links out of it, or of unknown format)", folder, passed_over
        )


def _is_wanted(path: Path, root: Path) -> bool:
    if path.name.startswith(".") or PurePath(path).suffix.lower() not in formats():
        return False
    return not path.is_symlink() or path.resolve().is_relative_to(root)
