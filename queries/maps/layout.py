"""Where each node stands: the same place every time, and nothing on top of anything else.

Distances on paper follow distances in the network (stress majorization); then boxes that overlap
push each other apart. A box is a node with its label, so labels cannot run into each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import pi, sqrt

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from numpy.typing import NDArray

from .labels import LINE_HEIGHT, text_width, wrap
from .network import Network, Node

Array = NDArray[np.float64]
STEPS = 150
GAP = 7.0
FONT = 12.0
EDGE_LENGTH = 130.0


@dataclass(frozen=True, slots=True)
class Place:
    """A node's circle and label on paper; the label stands centred below or above the circle.

    Attributes:
        x, y: centre of the circle.
        lines: the label, line by line.
        above: where the label stands.
    """

    x: float
    y: float
    radius: float
    lines: tuple[str, ...]
    size: float
    above: bool = False

    @property
    def label_width(self) -> float:
        return max(text_width(line, self.size) for line in self.lines)

    @property
    def label_box(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of the label."""
        half, height = self.label_width / 2, len(self.lines) * self.size * LINE_HEIGHT
        top = self.y - self.radius - 2 - height if self.above else self.y + self.radius + 2
        return self.x - half, top, self.x + half, top + height

    @property
    def baselines(self) -> list[float]:
        """The y on which each line of the label stands."""
        first = self.label_box[1] + self.size
        return [round(first + i * self.size * LINE_HEIGHT, 1) for i in range(len(self.lines))]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """left, top, right, bottom of circle and label."""
        left, top, right, bottom = self.label_box
        r = self.radius
        return min(left, self.x - r), min(top, self.y - r), max(right, self.x + r), max(bottom, self.y + r)


def layout(network: Network) -> dict[str, Place]:
    """The place of each node by its id, all coordinates positive."""
    if not network.nodes:
        return {}
    at_origin = _unplaced(network.nodes)
    order = [node.id for node in network.nodes]
    parts = [_component(sorted(part), network, at_origin) for part in _components(network)]
    together = _packed(parts)
    left = min(p.box[0] for p in together.values())
    top = min(p.box[1] for p in together.values())
    return {id: _moved(together[id], 40 - left, 40 - top) for id in order}


def _unplaced(nodes: Sequence[Node]) -> dict[str, Place]:
    heaviest = max(node.weight for node in nodes) or 1.0
    return {node.id: _sized(node, max(node.weight, 0.0) / heaviest) for node in nodes}


def _sized(node: Node, share: float) -> Place:
    return Place(0, 0, round(6 + 14 * sqrt(share), 1), wrap(node.name), FONT + round(3 * share))


def _components(network: Network) -> list[set[str]]:
    """Biggest first, then by name, so that the order of the rows does not matter."""
    return sorted(nx.connected_components(_graph(network)), key=lambda part: (-len(part), min(part)))


def _graph(network: Network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(sorted(node.id for node in network.nodes))
    graph.add_edges_from(sorted((e.subject, e.object) for e in network.edges if e.subject != e.object))
    return graph


def _component(ids: list[str], network: Network, sized: dict[str, Place]) -> dict[str, Place]:
    points = _turned(_stressed(_distances(ids, network)) * EDGE_LENGTH)
    places = _labelled(ids, network, points, sized)
    spread = _apart(points, places)
    return {
        id: _moved(place, float(x), float(y)) for id, place, (x, y) in zip(ids, places, spread, strict=True)
    }


def _distances(ids: list[str], network: Network) -> Array:
    """Steps between nodes; edges of busy nodes are longer, so that a hub has room for its leaves."""
    graph = _graph(network).subgraph(ids).copy()
    for a, b in graph.edges:
        graph[a][b]["length"] = 1 + 0.12 * sqrt(min(graph.degree[a], graph.degree[b]))
    index = {id: i for i, id in enumerate(ids)}
    found = np.zeros((len(ids), len(ids)))
    for a, reached in nx.all_pairs_dijkstra_path_length(graph, weight="length"):
        for b, steps in reached.items():
            found[index[a], index[b]] = steps
    return found


def _stressed(distances: Array) -> Array:
    """Points whose distances come near the given ones (the SMACOF iteration)."""
    count = len(distances)
    points = _spiral(count, distances.sum(axis=1))
    if count < 3:
        return points
    with np.errstate(divide="ignore"):
        weights = np.where(distances > 0, distances**-2.0, 0.0)
    inverse = np.linalg.pinv(np.diag(weights.sum(axis=1)) - weights)
    for _ in range(STEPS):
        now = np.linalg.norm(points[:, None] - points[None], axis=2)
        ratio = np.where(now > 1e-9, weights * distances / np.maximum(now, 1e-9), 0.0)
        points = inverse @ ((np.diag(ratio.sum(axis=1)) - ratio) @ points)
    settled: Array = points
    return settled


def _spiral(count: int, remoteness: Array) -> Array:
    """A start without chance: central nodes in the middle, the others on a sunflower round them."""
    rank = np.argsort(np.argsort(remoteness, kind="stable"), kind="stable")
    angle = rank * pi * (3 - sqrt(5))
    points: Array = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(rank)[:, None]
    return points


def _turned(points: Array) -> Array:
    """The longer axis lies flat: screens and slides are wider than high."""
    centred: Array = points - points.mean(axis=0)
    if len(points) < 3:
        return centred
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes * np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1, 1)[:, None]
    turned: Array = centred @ axes.T
    return np.round(turned, 3)


def _labelled(ids: list[str], network: Network, points: Array, sized: dict[str, Place]) -> list[Place]:
    """Each label on the side of its circle where fewer edges leave."""
    graph, index = _graph(network), {id: i for i, id in enumerate(ids)}
    return [
        replace(
            sized[id], above=_leans_down(sized[id], points[[index[n] for n in graph[id]]] - points[index[id]])
        )
        for id in ids
    ]


def _leans_down(place: Place, ways: Array) -> bool:
    """Whether more of the ways would cross the label below the circle than above it."""
    _, top, right, bottom = place.label_box
    crosses = np.abs(ways[:, 0]) * (top + bottom) / 2 < np.abs(ways[:, 1]) * right
    return bool((crosses & (ways[:, 1] > 0)).sum() > (crosses & (ways[:, 1] < 0)).sum())


def _apart(points: Array, places: Sequence[Place]) -> Array:
    """Pushes overlapping boxes apart; grows the whole a little whenever they remain stuck."""
    boxes = np.array([p.box for p in places])
    half = np.stack([(boxes[:, 2] - boxes[:, 0]), (boxes[:, 3] - boxes[:, 1])], axis=1) / 2 + GAP / 2
    shift = np.stack([(boxes[:, 2] + boxes[:, 0]), (boxes[:, 3] + boxes[:, 1])], axis=1) / 2
    centres = points + shift
    for step in range(2000):
        push = _push(centres, half)
        if not push.any():
            break
        centres = centres + push
        if step % 40 == 39:
            centres = centres * 1.05
    return np.round(centres - shift, 1)


def _push(centres: Array, half: Array) -> Array:
    """For each box the way out of its neighbours, along the axis where less is in the way."""
    (dx, over_x), (dy, over_y) = (_overlap(centres[:, axis], half[:, axis]) for axis in (0, 1))
    hit = np.minimum(over_x, over_y) > 1e-6
    hit[np.diag_indices(len(half))] = False
    flat = over_x < over_y
    x = np.where(hit & flat, np.copysign(over_x + 0.1, dx), 0.0).sum(axis=1)
    y = np.where(hit & ~flat, np.copysign(over_y + 0.1, dy), 0.0).sum(axis=1)
    push: Array = np.stack([x, y], axis=1) * 0.5
    return push


def _overlap(middle: Array, half: Array) -> tuple[Array, Array]:
    """Between all pairs along one axis: the signed distance, and how far the boxes reach into each other."""
    order = np.arange(len(half))
    apart = np.subtract.outer(middle, middle)
    apart = np.where(apart == 0, np.subtract.outer(order, order) * 1e-9, apart)
    return apart, np.add.outer(half, half) - np.abs(apart)


def _packed(parts: list[dict[str, Place]]) -> dict[str, Place]:
    """The biggest part first, the small ones in rows below it."""
    together = dict(parts[0])
    left, _, right, bottom = _bounds(parts[0])
    right = max(right, left + 900)
    x, y, deepest = left, bottom + 30, 0.0
    for part in parts[1:]:
        part_left, part_top, part_right, part_bottom = _bounds(part)
        width, height = part_right - part_left, part_bottom - part_top
        if x > left and x + width > right:
            x, y, deepest = left, y + deepest + 25, 0.0
        together |= {id: _moved(p, x - part_left, y - part_top) for id, p in part.items()}
        x, deepest = x + width + 25, max(deepest, height)
    return together


def _bounds(part: dict[str, Place]) -> tuple[float, float, float, float]:
    boxes = [p.box for p in part.values()]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _moved(place: Place, x: float, y: float) -> Place:
    return replace(place, x=round(place.x + x, 1), y=round(place.y + y, 1))
