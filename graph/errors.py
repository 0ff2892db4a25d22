"""Everything that can go wrong, as one tree.

EcomapError
├── VocabularyError          a word that is not in the closed vocabulary
│   ├── UnknownKind
│   ├── UnknownPredicate
│   └── UnknownStatus
├── InvalidValue             a value that breaks an invariant of graph.model
├── ReadError                a file that cannot become a Document
│   ├── UnknownFormat
│   ├── BrokenFile
│   ├── EncryptedFile
│   ├── EmptyFile
│   ├── TooLarge             size, pages, memory, time or expansion over the bound
│   └── HostileFile
├── RecordError              a record that is missing or damaged
├── JudgementError           a judgement that contradicts earlier ones, or cannot be read
├── GraphError
│   ├── GraphUnavailable     no connection, wrong credentials, engine does not start
│   ├── GraphBusy            another process holds the embedded graph
│   ├── WriteRefused         a statement that would write, read files or call what is not allowed
│   └── StatementFailed      syntax, time limit, row limit
├── UnknownName              no entity of that name; carries the near ones
├── UnknownQuestion
├── SettingsError            ecomap.toml, an option or a path that makes no sense
└── EvidenceError            a quote that is not at its offsets, an edge without a claim
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class EcomapError(Exception):
    """A message says what was found, what was expected and what to do."""


class VocabularyError(EcomapError):
    """A word outside the closed vocabulary; the message names the near ones."""

    def __init__(self, word: str, known: Iterable[str]) -> None:
        super().__init__(f"{word!r} is not in graph/vocabulary.toml.{did_you_mean(word, known)}")


class UnknownKind(VocabularyError): ...


class UnknownPredicate(VocabularyError): ...


class UnknownStatus(VocabularyError): ...


class InvalidValue(EcomapError): ...


class ReadError(EcomapError): ...


class UnknownFormat(ReadError): ...


class BrokenFile(ReadError): ...


class EncryptedFile(ReadError): ...


class EmptyFile(ReadError): ...


class TooLarge(ReadError): ...


class HostileFile(ReadError): ...


class RecordError(EcomapError): ...


class JudgementError(EcomapError): ...


class GraphError(EcomapError): ...


class GraphUnavailable(GraphError): ...


class GraphBusy(GraphError): ...


class WriteRefused(GraphError): ...


class StatementFailed(GraphError): ...


class UnknownName(EcomapError):
    """No entity bears this name.

    Attributes:
        near: canonical names that look like it, best first.
    """

    def __init__(self, name: str, near: tuple[str, ...] = ()) -> None:
        self.near = near
        hint = f" Near: {', '.join(near)}." if near else " Try: ecomap find PART-OF-THE-NAME"
        super().__init__(f"No entity is named {name!r}.{hint}")


class UnknownQuestion(EcomapError):
    def __init__(self, word: str, known: Iterable[str]) -> None:
        known = sorted(known)
        hint = did_you_mean(word, known)
        super().__init__(f"There is no question {word!r}.{hint} Questions: {', '.join(known)}.")


class SettingsError(EcomapError): ...


class EvidenceError(EcomapError): ...


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names up to three near words, or nothing."""
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f" Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
