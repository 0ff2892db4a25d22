"""A network as one page that needs nothing else: no server, no network, no other file.

Text of documents is hostile until shown otherwise. It enters the page as JSON in which no tag can close or
open, reaches the screen as text nodes only, and a content security policy allows the page's own script alone.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .layout import Place
from .network import Network, Node
from .picture import Curve, Picture, arrow_head, caption, picture
from .style import GREYED, KIND_COLOURS, PREDICATE_COLOURS, STATUS_DASHES


def draw_html(network: Network, path: Path) -> None:
    path.write_text(page(picture(network)), encoding="utf-8")


def page(drawn: Picture) -> str:
    parts = {
        "title": html.escape(drawn.title),
        "style": _asset("page.css"),
        "script": _asset("page.js"),
        "data": script_json(_data(drawn)),
        "policy": _policy(),
    }
    # In one pass: a name that looks like a placeholder stays a name.
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def script_json(value: Any) -> str:
    """JSON that cannot end the script element it stands in.

    >>> script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(drawn: Picture) -> dict[str, Any]:
    names = {node.id: node.name for node, _ in drawn.nodes}
    edges = [curve.edge for curve in drawn.curves]
    nodes = [node for node, _ in drawn.nodes]
    regions = {r for e in edges for r in e.regions} | {r for n in nodes for r in n.regions}
    return {
        "width": drawn.width,
        "height": round(drawn.legend_top - 8, 1),
        "nodes": [_node(node, place) for node, place in drawn.nodes],
        "edges": [_edge(curve, names) for curve in drawn.curves],
        "kinds": drawn.kinds,
        "kindColours": KIND_COLOURS,
        "predicates": drawn.predicates,
        "statuses": drawn.statuses,
        "regions": sorted(regions | {n.name for n in nodes if n.kind == "Region"}),
        "colours": PREDICATE_COLOURS,
        "dashes": STATUS_DASHES,
        "grey": GREYED,
    }


def _node(node: Node, place: Place) -> dict[str, Any]:
    return {
        "id": node.id,
        "name": node.name,
        "kind": node.kind,
        "regions": node.regions,
        "colour": KIND_COLOURS[node.kind],
        **asdict(place),
        "baselines": place.baselines,
    }


def _edge(curve: Curve, names: dict[str, str]) -> dict[str, Any]:
    (sx, sy), (cx, cy), (ex, ey) = curve.start, curve.control, curve.end
    head = " ".join(f"{x:g},{y:g}" for x, y in arrow_head(curve)) if curve.arrow else ""
    return {
        **asdict(curve.edge),
        "caption": caption(curve.edge, names),
        "path": f"M{sx:g} {sy:g}Q{cx:g} {cy:g} {ex:g} {ey:g}",
        "head": head,
        "colour": curve.colour,
        "width": curve.width,
        "dashes": curve.dashes,
    }


def _policy() -> str:
    script, style = _digest(_asset("page.js")), _digest(_asset("page.css"))
    return (
        f"default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return files("queries.maps").joinpath(name).read_text("utf-8")
