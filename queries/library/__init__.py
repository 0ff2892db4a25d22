"""The questions, one file each, found by looking at the files of this folder.

>>> question("partners").required[0].name
'company'
>>> question("partner")
Traceback (most recent call last):
    ...
graph.errors.UnknownQuestion: There is no question 'partner'. Did you mean 'partners'? ...
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

from graph.errors import UnknownQuestion

from ..question import Question


def names() -> tuple[str, ...]:
    """Every question's name; no file is imported for it."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(__path__)))


def question(name: str) -> Question:
    """The question of that name; a hyphen will do for the underscore."""
    name = name.replace("-", "_")
    if name not in names():
        raise UnknownQuestion(name, names())
    found: Question = import_module(f"{__name__}.{name}").QUESTION
    return found


def questions() -> tuple[Question, ...]:
    return tuple(question(name) for name in names())


def file(name: str) -> Path:
    """Where a question is defined."""
    return Path(__path__[0]) / f"{question(name).name}.py"
