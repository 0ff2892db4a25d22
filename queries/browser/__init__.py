"""What makes Neo4j Browser a strategist's tool: a style, saved Cypher and a guide, all made from the questions.

``files`` gives them as names and bytes; ``serving`` lends them to a Browser on this machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..library import questions
from .examples import examples
from .guide import asciidoc, html
from .pictures import PICTURES
from .saved import all_in_one, saved_files, zipped
from .serving import serving
from .style import grass

if TYPE_CHECKING:
    from graph.store import Graph

__all__ = ["files", "serving"]


def files(graph: Graph) -> dict[str, bytes]:
    """Paths and contents; every statement in them runs as it stands on this graph.

    Raises:
        SettingsError: the graph holds nothing to ask about.
    """
    shown = examples(graph, (*questions(), *PICTURES))
    asked = {q.name: shown[q.name] for q in questions() if q.name in shown}
    drawn = {p.name: shown[p.name] for p in PICTURES if p.name in shown}
    texts = saved_files({"ecomap questions": asked, "ecomap pictures": drawn})
    made = {
        "style.grass": grass(),
        "guide.html": html(shown),
        "guide.adoc": asciidoc(shown),
        "saved.cypher": all_in_one(texts),
        **{f"saved/{path}": text for path, text in texts.items()},
    }
    return {name: text.encode() for name, text in made.items()} | {"saved.zip": zipped(texts)}
