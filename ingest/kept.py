"""Mappings that outlive a run: only what is asked for is read, only what changed is written.

A shelf is one SQLite file with many mappings, saved whole or not at all. Keys are strings, numbers and tuples of them;
a value is written as JSON, by the form of its mapping.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
BEGIN = """
CREATE TABLE IF NOT EXISTS kept (mapping TEXT, key TEXT, value TEXT NOT NULL, PRIMARY KEY (mapping, key)) WITHOUT ROWID
"""
ASK = "SELECT value FROM kept WHERE mapping = ? AND key = ?"
ASK_KEYS = "SELECT key FROM kept WHERE mapping = ?"
ASK_ALL = "SELECT key, value FROM kept WHERE mapping = ? ORDER BY value"
COUNT = "SELECT count(*) FROM kept WHERE mapping = ?"
WRITE = "REPLACE INTO kept VALUES (?, ?, ?)"
DELETE = "DELETE FROM kept WHERE mapping = ? AND key = ?"
ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
CACHE = "PRAGMA cache_size = -100000"  # 100 MB


@dataclass(frozen=True, slots=True)
class Form(Generic[V]):
    """How a value becomes JSON and comes back."""

    pack: Callable[[V], Any]
    unpack: Callable[[Any], V]


@dataclass(frozen=True, slots=True)
class Changed(Generic[K]):
    """A value before and after, as text; None where there is none."""

    key: K
    before: str | None
    after: str | None


class Shelf:
    """Mappings in one file, or without a file in memory alone.

    >>> counts = Shelf().mapping("counts", COUNTS, Counter)
    >>> counts["a"]["b"] += 1
    >>> counts["a"], "c" in counts
    (Counter({'b': 1}), False)
    """

    def __init__(self, path: Path | None = None) -> None:
        self._database = sqlite3.connect(path) if path else None
        self._mappings: dict[str, Kept[Any, Any]] = {}
        self.is_new = True
        if self._database:
            self._database.execute(CACHE)
            self._database.execute(BEGIN)
            self.is_new = not self._database.execute("SELECT EXISTS (SELECT 1 FROM kept)").fetchone()[0]

    def mapping(self, name: str, form: Form[V], empty: Callable[[], V] | None = None) -> Kept[Any, V]:
        """The mapping of this name; with ``empty`` a key that is missing has that value, which is not kept."""
        found = self._mappings[name] = Kept(name, None if self.is_new else self._database, form, empty)
        return found

    def save(self) -> None:
        """Write what changed: all of it, or nothing if this process ends on the way."""
        if not self._database:
            return
        with self._database as database:
            for name, mapping in self._mappings.items():
                # in the order of the file: one page after another
                changes = sorted((text_of(c.key), c.after) for c in mapping.changes())
                database.executemany(WRITE, ((name, *c) for c in changes if c[1] is not None))
                database.executemany(DELETE, ((name, key) for key, after in changes if after is None))
        for mapping in self._mappings.values():
            mapping.saved(self._database)
        self.is_new = False

    def close(self) -> None:
        if self._database:
            self._database.close()


class Kept(MutableMapping[K, V]):
    """One mapping of a shelf. A value may be changed in place: what differs at the end is written."""

    def __init__(
        self,
        name: str,
        database: sqlite3.Connection | None,
        form: Form[V],
        empty: Callable[[], V] | None,
    ) -> None:
        self._name = name
        self._database = database
        self._form = form
        self._empty = empty
        self._values: dict[K, V] = {}
        self._stood: dict[K, str | None] = {}  # what the file says of the keys that were asked for

    def __getitem__(self, key: K) -> V:
        if key in self:
            return self._values[key]
        if self._empty is None:
            raise KeyError(key)
        found = self._values[key] = self._empty()
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._values or (self._database is not None and self._reads(key))

    def get(self, key: K, default: Any = None) -> Any:
        return self._values[key] if key in self else default

    def __setitem__(self, key: K, value: V) -> None:
        if self._database is not None:
            self._reads(key)
        self._values[key] = value

    def __delitem__(self, key: K) -> None:
        if key not in self:
            raise KeyError(key)
        del self._values[key]

    def __iter__(self) -> Iterator[K]:
        yield from list(self._values)
        if self._database is not None:
            for (text,) in self._database.execute(ASK_KEYS, (self._name,)):
                key = tuples(json.loads(text))
                if key not in self._stood:
                    yield key

    def __len__(self) -> int:
        if self._database is None:
            return len(self._values)
        (there,) = self._database.execute(COUNT, (self._name,)).fetchone()
        return int(there) - sum(text is not None for text in self._stood.values()) + len(self._values)

    def changes(self) -> Iterator[Changed[K]]:
        """What differs from the file."""
        for key in {**self._stood, **self._values}:
            before, after = self._stood.get(key), self._text(key)
            if before != after:
                yield Changed(key, before, after)

    def texts(self) -> Iterator[str]:
        """All values as texts in the order of the alphabet."""
        mine = sorted(text for key in self._values if (text := self._text(key)) is not None)
        if self._database is None:
            yield from mine
            return
        left, at = self._untouched(), 0
        for text in left:
            while at < len(mine) and mine[at] < text:
                yield mine[at]
                at += 1
            yield text
        yield from mine[at:]

    def saved(self, database: sqlite3.Connection) -> None:
        """Know that the file holds what is here."""
        self._stood = {key: self._text(key) for key in self._values}
        self._database = database

    def _untouched(self) -> Iterator[str]:
        """Of the file, what is not held here."""
        assert self._database is not None
        held = {text_of(key) for key in self._stood}
        return (value for key, value in self._database.execute(ASK_ALL, (self._name,)) if key not in held)

    def _reads(self, key: Any) -> bool:
        if key in self._stood:
            return False
        assert self._database is not None
        row = self._database.execute(ASK, (self._name, text_of(key))).fetchone()
        self._stood[key] = row[0] if row else None
        if row:
            self._values[key] = self._form.unpack(json.loads(row[0]))
        return bool(row)

    def _text(self, key: K) -> str | None:
        value = self._values.get(key)
        if key not in self._values or (self._empty is not None and not value):
            return None
        return text_of(self._form.pack(value))  # type: ignore[arg-type]


def text_of(value: Any) -> str:
    """The bytes of ``graph.projection.canonical``."""
    return ENCODER.encode(value)


def tuples(value: Any) -> Any:
    """JSON has lists where there were tuples."""
    return tuple(tuples(v) for v in value) if isinstance(value, list) else value


# forms that many mappings have

PLAIN: Form[Any] = Form(lambda value: value, lambda value: value)
COUNTS: Form[Counter[str]] = Form(dict, Counter)
STRINGS: Form[set[str]] = Form(sorted, set)
TUPLES: Form[set[Any]] = Form(sorted, lambda value: {tuples(v) for v in value})
FROZEN: Form[frozenset[str]] = Form(sorted, frozenset)
