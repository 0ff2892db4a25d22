"""Every Cypher text that the graph owns, one file each, loaded by name.

A text is constant but for ``__KIND__`` and ``__EDGE__``, which take words of the closed vocabulary only.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .. import vocabulary

OWN_EDGES = ("SUBJECT", "OBJECT", "EVIDENCED_BY", "MAYBE_SAME")


@cache
def statement(name: str, *, kind: str | None = None, edge: str | None = None) -> str:
    text = files("graph.statements").joinpath(f"{name}.cypher").read_text("utf-8")
    if kind is not None:
        vocabulary.check_kind(kind)
        text = text.replace("__KIND__", kind)
    if edge is not None:
        if edge not in OWN_EDGES:
            vocabulary.predicate(edge.lower())
        text = text.replace("__EDGE__", edge)
    return text


def names() -> list[str]:
    """The statements there are, sorted."""
    found = (f.name for f in files("graph.statements").iterdir())
    return sorted(name.removesuffix(".cypher") for name in found if name.endswith(".cypher"))
