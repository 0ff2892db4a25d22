"""A picture as SVG: text stays text, every edge and node tells what it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .layout import Place
from .network import Network, Node
from .picture import Curve, Picture, arrow_head, caption, picture
from .style import GREY, GREYED, INK, KIND_COLOURS, PAPER, PREDICATE_COLOURS, STATUS_DASHES, words


def draw_svg(network: Network, path: Path) -> None:
    path.write_text(svg(picture(network)), encoding="utf-8")


def svg(drawn: Picture) -> str:
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: Picture) -> Iterator[str]:
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width:g} {drawn.height:g}"'
        f' width="{drawn.width:g}" height="{drawn.height:g}" role="img"'
        " font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\">"
    )
    yield f"<title>{_text(drawn.title)}</title>"
    yield f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    yield f'<text x="40" y="38" font-size="22" font-weight="600" fill="{INK}">{_text(drawn.title)}</text>'
    names = {node.id: node.name for node, _ in drawn.nodes}
    for curve in drawn.curves:
        yield _edge(curve, names)
    for node, place in drawn.nodes:
        yield _node(node, place)
    yield from _legend(drawn)
    yield "</svg>"


def _edge(curve: Curve, names: dict[str, str]) -> str:
    (sx, sy), (cx, cy), (ex, ey) = curve.start, curve.control, curve.end
    head = ""
    if curve.arrow:
        points = " ".join(f"{x:g},{y:g}" for x, y in arrow_head(curve))
        head = f'<polygon points="{points}" fill="{curve.colour}"/>'
    return (
        f"<g><title>{_text(caption(curve.edge, names))}</title>"
        f'<path d="M{sx:g} {sy:g}Q{cx:g} {cy:g} {ex:g} {ey:g}" fill="none" stroke="{curve.colour}"'
        f' stroke-width="{curve.width:g}"{_dashes(curve.dashes)} stroke-opacity=".8"/>{head}</g>'
    )


def _node(node: Node, place: Place) -> str:
    lines = "".join(
        f'<tspan x="{place.x:g}" y="{y:g}">{_text(line)}</tspan>'
        for line, y in zip(place.lines, place.baselines, strict=True)
    )
    return (
        f"<g><title>{_text(node.name)} ({node.kind})</title>"
        f'<circle cx="{place.x:g}" cy="{place.y:g}" r="{place.radius:g}" fill="{KIND_COLOURS[node.kind]}"'
        f' stroke="{PAPER}" stroke-width="1.5"/>'
        f'<text font-size="{place.size:g}" text-anchor="middle" fill="{INK}" stroke="{PAPER}"'
        f' stroke-width="3" stroke-linejoin="round" paint-order="stroke">{lines}</text></g>'
    )


def _legend(drawn: Picture) -> Iterator[str]:
    places = iter(drawn.legend_places())
    for kind in drawn.kinds:
        x, y = next(places)
        yield f'<circle cx="{x + 12:g}" cy="{y:g}" r="6" fill="{KIND_COLOURS[kind]}"/>{_word(x, y, kind)}'
    for predicate in drawn.predicates:
        x, y = next(places)
        yield _stroke(x, y, PREDICATE_COLOURS[predicate], ()) + _word(x, y, words(predicate))
    for status in drawn.statuses:
        x, y = next(places)
        colour = GREY if status in GREYED else INK
        yield _stroke(x, y, colour, STATUS_DASHES[status]) + _word(x, y, status)


def _stroke(x: float, y: float, colour: str, dashes: tuple[int, ...]) -> str:
    return f'<path d="M{x:g} {y:g}h26" stroke="{colour}" stroke-width="2.5"{_dashes(dashes)}/>'


def _word(x: float, y: float, word: str) -> str:
    return f'<text x="{x + 33:g}" y="{y + 4:g}" font-size="12" fill="{INK}">{_text(word)}</text>'


def _dashes(dashes: tuple[int, ...]) -> str:
    return f" stroke-dasharray={quoteattr(' '.join(map(str, dashes)))}" if dashes else ""


def _text(text: str) -> str:
    """Escaped, and without the control characters that XML cannot hold."""
    return escape("".join(c if c >= " " else " " for c in text if not "\ud800" <= c <= "\udfff"))
