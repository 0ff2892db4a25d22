"""A network as plain shapes on paper: what every drawing format has in common."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import hypot, inf

import numpy as np

from graph import vocabulary

from .layout import Array, Place, layout
from .network import Edge, Network, Node
from .style import STATUS_DASHES, edge_colour, edge_width, words

HEAD = 70.0
LEGEND_ROW = 20.0
LEGEND_COLUMN = 150.0
ARROW = 9.0
FAN = 30.0
ASIDE = (0.0, 10.0, -10.0, 20.0, -20.0, 35.0, -35.0, 55.0, -55.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """An edge: a quadratic curve from rim to rim of two circles.

    Attributes:
        arrow: whether it points at its end; symmetric predicates do not.
    """

    edge: Edge
    start: Point
    control: Point
    end: Point
    colour: str
    width: float
    dashes: tuple[int, ...]
    arrow: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All shapes with their coordinates.

    Attributes:
        kinds, predicates, statuses: what occurs, in the order of the vocabulary: the legend.
    """

    title: str
    width: float
    height: float
    curves: tuple[Curve, ...]
    nodes: tuple[tuple[Node, Place], ...]
    kinds: tuple[str, ...]
    predicates: tuple[str, ...]
    statuses: tuple[str, ...]

    @property
    def legend_columns(self) -> int:
        return max(1, int((self.width - 80) // LEGEND_COLUMN))

    @property
    def legend_top(self) -> float:
        count = len(self.kinds) + len(self.predicates) + len(self.statuses)
        return self.height - 30 - LEGEND_ROW * -(-count // self.legend_columns)

    def legend_places(self) -> list[Point]:
        """Where each entry of the legend starts: kinds, then predicates, then statuses."""
        count = len(self.kinds) + len(self.predicates) + len(self.statuses)
        columns = self.legend_columns
        return [
            (40 + LEGEND_COLUMN * (i % columns), self.legend_top + LEGEND_ROW * (i // columns) + 8)
            for i in range(count)
        ]


def picture(network: Network) -> Picture:
    """The same picture for the same network, whatever the order of its rows."""
    places = {id: _lowered(place) for id, place in layout(network).items()}
    nodes = sorted(network.nodes, key=lambda node: node.id)
    edges = sorted(network.edges, key=lambda e: (e.subject, e.object, e.predicate, e.status))
    kinds = tuple(k for k in vocabulary.kinds() if any(n.kind == k for n in nodes))
    predicates = tuple(p for p in vocabulary.predicates() if any(e.predicate == p for e in edges))
    statuses = tuple(s for s in vocabulary.statuses() if any(e.status == s for e in edges))
    width = max([640.0, *(p.box[2] + 40 for p in places.values())])
    columns = max(1, int((width - 80) // LEGEND_COLUMN))
    legend = 50 + LEGEND_ROW * -(-(len(kinds) + len(predicates) + len(statuses)) // columns)
    height = max([HEAD + 60, *(p.box[3] for p in places.values())]) + legend
    return Picture(
        network.title,
        round(width, 1),
        round(height, 1),
        tuple(_curves(edges, places)),
        tuple((node, places[node.id]) for node in nodes),
        kinds,
        predicates,
        statuses,
    )


def samples(curve: Curve, count: int = 24) -> list[Point]:
    """Points along the curve, ends included, for formats that know only straight lines."""
    return [_at(curve, i / count) for i in range(count + 1)]


def arrow_head(curve: Curve) -> tuple[Point, Point, Point]:
    """The triangle at the end of the curve."""
    (cx, cy), (ex, ey) = curve.control, curve.end
    length = hypot(ex - cx, ey - cy) or 1.0
    ux, uy = (ex - cx) / length, (ey - cy) / length
    size = ARROW + curve.width
    back = (ex - ux * size, ey - uy * size)
    side = size * 0.42
    return (
        _rounded(ex, ey),
        _rounded(back[0] - uy * side, back[1] + ux * side),
        _rounded(back[0] + uy * side, back[1] - ux * side),
    )


def caption(edge: Edge, names: dict[str, str]) -> str:
    """The edge in words, for tooltips and screen readers."""
    said = f"{names[edge.subject]} {words(edge.predicate)} {names[edge.object]} ({edge.status})"
    return f"{said}: {edge.detail}" if edge.detail else said


def _lowered(place: Place) -> Place:
    return replace(place, y=round(place.y + HEAD - 20, 1))


def _curves(edges: list[Edge], places: dict[str, Place]) -> list[Curve]:
    """Edges between the same two nodes fan out; a single one is straight where no name is in its way."""
    pairs: dict[tuple[str, ...], list[Edge]] = defaultdict(list)
    for edge in edges:
        pairs[tuple(sorted((edge.subject, edge.object)))].append(edge)
    boxes = np.array([box for p in places.values() for box in (p.label_box, _circle_box(p))]).reshape(-1, 4)
    return [curve for _, together in sorted(pairs.items()) for curve in _best_fan(together, places, boxes)]


def _best_fan(edges: list[Edge], places: dict[str, Place], boxes: Array) -> list[Curve]:
    """The fan of edges between two nodes, bent aside as little as keeps them off names and circles."""
    a, b = places[edges[0].subject], places[edges[0].object]
    reach = 0.35 * hypot(b.x - a.x, b.y - a.y)
    fans = (_fan(edges, places, aside) for aside in ASIDE if abs(aside) <= reach or not aside)
    best, least = [], inf
    for fan in fans:
        crossed = sum(_crossed(curve, boxes) for curve in fan)
        if crossed < least:
            best, least = fan, crossed
        if not crossed:
            break
    return best


def _fan(edges: list[Edge], places: dict[str, Place], aside: float) -> list[Curve]:
    first = min(edges[0].subject, edges[0].object)
    bends = (aside + (i - (len(edges) - 1) / 2) * FAN for i in range(len(edges)))
    return [
        _curve(e, places, bend if e.subject == first else -bend) for e, bend in zip(edges, bends, strict=True)
    ]


def _crossed(curve: Curve, boxes: Array) -> int:
    """How many of the boxes the curve runs through; its ends lie on the rims of its own circles, outside."""
    x, y = np.array(samples(curve, 48)).T[:, :, None]
    left, top, right, bottom = boxes.T
    return int(((left < x) & (x < right) & (top < y) & (y < bottom)).any(axis=0).sum())


def _circle_box(place: Place) -> tuple[float, float, float, float]:
    """The square within the circle: what crosses a corner outside it crosses nothing."""
    half = place.radius * 0.7
    return place.x - half, place.y - half, place.x + half, place.y + half


def _curve(edge: Edge, places: dict[str, Place], bend: float) -> Curve:
    a, b = places[edge.subject], places[edge.object]
    if edge.subject == edge.object:
        control, start, end = (a.x, a.y - 4 * a.radius), (a.x - a.radius, a.y), (a.x + a.radius, a.y)
    else:
        length = hypot(b.x - a.x, b.y - a.y) or 1.0
        nx, ny = -(b.y - a.y) / length, (b.x - a.x) / length
        control = ((a.x + b.x) / 2 + nx * bend * 2, (a.y + b.y) / 2 + ny * bend * 2)
        start, end = _rim(a, control), _rim(b, control)
    return Curve(
        edge,
        _rounded(*start),
        _rounded(*control),
        _rounded(*end),
        edge_colour(edge.predicate, edge.status),
        edge_width(edge.sources),
        STATUS_DASHES[edge.status],
        not vocabulary.predicate(edge.predicate).symmetric,
    )


def _rim(place: Place, toward: Point) -> Point:
    dx, dy = toward[0] - place.x, toward[1] - place.y
    length = hypot(dx, dy) or 1.0
    reach = place.radius + 1.5
    return place.x + dx / length * reach, place.y + dy / length * reach


def _at(curve: Curve, t: float) -> Point:
    (sx, sy), (cx, cy), (ex, ey) = curve.start, curve.control, curve.end
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * sx + b * cx + c * ex, a * sy + b * cy + c * ey


def _rounded(x: float, y: float) -> Point:
    return round(x, 1), round(y, 1)
