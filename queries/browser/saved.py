"""Saved Cypher: a file each, whose first line is its name in the Browser; a zip whose folders become folders."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from .examples import Example

DAY = (2000, 1, 1, 0, 0, 0)  # a zip of equal files is equal


def saved_files(folders: Mapping[str, Mapping[str, Example]]) -> dict[str, str]:
    """Paths and texts."""
    return {
        f"{folder}/{name}.cypher": saved(example)
        for folder, shown in folders.items()
        for name, example in shown.items()
    }


def saved(example: Example) -> str:
    """The text of a file."""
    told = [title(example.question.name), example.question.about]
    told += [f"'{id}' is {name}. Put the id of another in its place." for id, name in example.names.items()]
    return "".join(f"// {_line(words)}\n" for words in told) + example.text + "\n"


def title(name: str) -> str:
    """
    >>> title("shared_partners")
    'Shared partners'
    """
    return name.replace("_", " ").capitalize()


def all_in_one(texts: Mapping[str, str]) -> str:
    """Every statement in one file, as the Browser's editor and cypher-shell take them."""
    return "\n".join(f"{text.rstrip()};\n" for text in texts.values())


def zipped(texts: Mapping[str, str]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in texts.items():
            archive.writestr(zipfile.ZipInfo(path, DAY), text.encode())
    return whole.getvalue()


def _line(words: str) -> str:
    """A comment ends with its line, and Neo4j reads \\u000a as the end of one."""
    return " ".join("".join(c if c.isprintable() else " " for c in words.replace("\\", "/")).split())
