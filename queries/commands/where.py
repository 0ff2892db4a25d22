"""ecomap where WORD: the file that defines a question, a command, a reader, a predicate or a rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from graph import vocabulary
from graph.errors import SettingsError, did_you_mean
from queries import library
from queries.options import show, table_options
from queries.result import Result

Place = tuple[str, str, str]
RULES = ("ingest.extract", "ingest.models", "ingest.training")


@click.command(epilog="""\b
Examples:
  ecomap where partners
  ecomap where pdf
  ecomap where partners_with
""")  # fmt: skip
@click.argument("word")
@table_options
def command(word: str, form: str | None) -> None:
    """Tell which file defines a question, command, reader, predicate, kind, status or rule."""
    places = sorted(set(_places()))
    asked = word.replace("-", "_").lstrip(".").lower()
    fitting = tuple(p for p in places if p[0] == asked)
    if not fitting:
        words = {p[0] for p in places}
        raise SettingsError(f"Nothing is called {word!r}.{did_you_mean(asked, words)}")
    show(Result("where", ("word", "what", "file"), fitting, {"word": word}), form)


def _places() -> Iterator[Place]:
    yield from ((name, "question", str(library.file(name))) for name in library.names())
    yield from _vocabulary()
    yield from _modules("queries.commands", "command")
    yield from _readers()
    for package in RULES:
        yield from _modules(package, "rule" if package == "ingest.extract" else package.rsplit(".", 1)[1])


def _vocabulary() -> Iterator[Place]:
    file = str(_folder("graph") / "vocabulary.toml")
    words: dict[str, Iterable[str]] = {
        "predicate": vocabulary.predicates(),
        "kind": vocabulary.kinds(),
        "status": vocabulary.statuses(),
    }
    for what, names in words.items():
        yield from ((name.lower(), what, file) for name in names)


def _readers() -> Iterator[Place]:
    """By suffix and by the name of the reader."""
    from ingest.readers import formats

    for suffix, format in formats().items():
        name = format.module if isinstance(format.module, str) else format.module.__name__
        file = str(_folder("ingest.readers") / f"{name.rsplit('.', 1)[-1]}.py")
        yield suffix.lstrip("."), "reader", file
        yield name.rsplit(".", 1)[-1], "reader", file


def _modules(package: str, what: str) -> Iterator[Place]:
    for file in _folder(package).glob("*.py"):
        if not file.name.startswith("_"):
            yield file.stem, what, str(file)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    return Path(next(iter(spec.submodule_search_locations or ())))
