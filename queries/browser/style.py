"""The Browser's style: kinds by colour, predicates by colour, captions that say what a thing is.

GraSS knows labels and types, no properties: a status or the number of sources can be written on an edge,
and cannot dash it or make it wider.
"""

from __future__ import annotations

from graph import vocabulary

from ..maps.style import GREY, INK, KIND_COLOURS, PAPER, PREDICATE_COLOURS, words

Rules = dict[str, str]

DIAMETERS = {"Company": 80, "Organization": 70, "Product": 60, "Region": 55, "Market": 90}
CLAIM, DOCUMENT = "#e7ebf0", "#fff4d6"
STRUCTURAL = "part_of"
OWN = {
    "SUBJECT": "subject",
    "OBJECT": "object",
    "EVIDENCED_BY": "said {published}",
    "MAYBE_SAME": "maybe same",
}
PROVED = "{status} {sources}, "
"""First, because the Browser cuts a caption to the length of its edge, and the colour tells the predicate too."""


def grass() -> str:
    """The whole style sheet; of two rules for the labels of one node, the later counts."""
    rules = {
        "node": _node(GREY, 50),
        "relationship": _edge(GREY, 1, "<type>"),
        "node.Entity": _node(GREY, 50),
    }
    rules |= {f"node.{kind}": _node(KIND_COLOURS[kind], DIAMETERS[kind]) for kind in vocabulary.kinds()}
    rules |= {
        "node.Claim": _node(CLAIM, 80, INK, "{predicate} {status}"),
        "node.Document": _node(DOCUMENT, 80, INK),
    }
    for name, predicate in vocabulary.predicates().items():
        width, proved = (1, "") if name == STRUCTURAL else (2, PROVED)
        rules[f"relationship.{predicate.edge}"] = _edge(PREDICATE_COLOURS[name], width, proved + words(name))
    rules |= {f"relationship.{edge}": _edge(GREY, 1, caption) for edge, caption in OWN.items()}
    return "".join(f"{selector} {{\n{_body(rule)}}}\n\n" for selector, rule in rules.items())


def _node(colour: str, diameter: int, ink: str = PAPER, caption: str = "{name}") -> Rules:
    return {
        "diameter": f"{diameter}px",
        "color": colour,
        "border-color": INK if ink == PAPER else GREY,
        "border-width": "1px",
        "text-color-internal": ink,
        "font-size": "10px",
        "caption": f"'{caption}'",
    }


def _edge(colour: str, width: int, caption: str) -> Rules:
    return {
        "color": colour,
        "shaft-width": f"{width}px",
        "font-size": "8px",
        "padding": "3px",
        "text-color-external": INK,
        "text-color-internal": PAPER,
        "caption": f"'{caption}'",
    }


def _body(rule: Rules) -> str:
    return "".join(f"  {name}: {value};\n" for name, value in rule.items())
