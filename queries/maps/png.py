"""A picture as PNG, drawn by Pillow with two pixels to each unit of the picture."""

from __future__ import annotations

from functools import cache
from math import hypot
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .layout import Place
from .network import Network, Node
from .picture import Curve, Picture, Point, arrow_head, picture, samples
from .style import GREY, GREYED, INK, KIND_COLOURS, PAPER, PREDICATE_COLOURS, STATUS_DASHES, words

SCALE = 2
LONGEST_SIDE = 8000
# The first that the machine has; Pillow's own face lacks most accents.
FACES = ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf", "Helvetica.ttc")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw_png(network: Network, path: Path) -> None:
    png(picture(network)).save(path, format="PNG")


def png(drawn: Picture) -> Image.Image:
    """The image; a picture too large for twice its size is drawn at the largest that fits."""
    scale = min(SCALE, LONGEST_SIDE / max(drawn.width, drawn.height))
    size = (round(drawn.width * scale), round(drawn.height * scale))
    image = Image.new("RGB", size, PAPER)
    pen = _Pen(ImageDraw.Draw(image), scale)
    pen.text((40, 38), drawn.title, 22, anchor="ls")
    for curve in drawn.curves:
        _edge(pen, curve)
    for node, place in drawn.nodes:
        _node(pen, node, place)
    _legend(pen, drawn)
    return image


class _Pen:
    """Draws in the picture's coordinates."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float) -> None:
        self._draw, self._scale = draw, scale

    def line(self, points: list[Point], colour: str, width: float) -> None:
        self._draw.line(
            self._all(points), fill=colour, width=max(1, round(width * self._scale)), joint="curve"
        )

    def polygon(self, points: list[Point], colour: str) -> None:
        self._draw.polygon(self._all(points), fill=colour)

    def circle(self, x: float, y: float, radius: float, colour: str) -> None:
        corners = self._all([(x - radius, y - radius), (x + radius, y + radius)])
        self._draw.ellipse(corners, fill=colour, outline=PAPER, width=2)

    def text(self, at: Point, text: str, size: float, anchor: str) -> None:
        font = _font(round(size * self._scale))
        self._draw.text(
            self._all([at])[0], text, fill=INK, font=font, anchor=anchor, stroke_width=2, stroke_fill=PAPER
        )

    def _all(self, points: list[Point]) -> list[Point]:
        return [(x * self._scale, y * self._scale) for x, y in points]


@cache
def _font(size: int) -> Font:
    for face in FACES:
        try:
            return ImageFont.truetype(face, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _edge(pen: _Pen, curve: Curve) -> None:
    _dashed(pen, samples(curve), curve.colour, curve.width, curve.dashes)
    if curve.arrow:
        pen.polygon(list(arrow_head(curve)), curve.colour)


def _dashed(pen: _Pen, points: list[Point], colour: str, width: float, dashes: tuple[int, ...]) -> None:
    if not dashes:
        return pen.line(points, colour, width)
    for stroke in _strokes(points, dashes):
        pen.line(stroke, colour, width)


def _strokes(points: list[Point], dashes: tuple[int, ...]) -> list[list[Point]]:
    """Cuts a line into the strokes of a dash pattern: every other length is a gap."""
    strokes: list[list[Point]] = []
    turn, left, current = 0, float(dashes[0]), [points[0]]
    for ahead in points[1:]:
        here = current[-1]
        while (rest := hypot(ahead[0] - here[0], ahead[1] - here[1])) > left:
            share = left / rest
            here = (here[0] + (ahead[0] - here[0]) * share, here[1] + (ahead[1] - here[1]) * share)
            if turn % 2 == 0:
                strokes.append([*current, here])
            turn, current = turn + 1, [here]
            left = float(dashes[turn % len(dashes)])
        left -= rest
        current.append(ahead)
    return [*strokes, current] if turn % 2 == 0 else strokes


def _node(pen: _Pen, node: Node, place: Place) -> None:
    pen.circle(place.x, place.y, place.radius, KIND_COLOURS[node.kind])
    for line, y in zip(place.lines, place.baselines, strict=True):
        pen.text((place.x, y), line, place.size, anchor="ms")


def _legend(pen: _Pen, drawn: Picture) -> None:
    places = iter(drawn.legend_places())
    for kind in drawn.kinds:
        x, y = next(places)
        pen.circle(x + 12, y, 6, KIND_COLOURS[kind])
        pen.text((x + 33, y + 4), kind, 12, anchor="ls")
    for predicate in drawn.predicates:
        _entry(pen, next(places), PREDICATE_COLOURS[predicate], (), words(predicate))
    for status in drawn.statuses:
        _entry(pen, next(places), GREY if status in GREYED else INK, STATUS_DASHES[status], status)


def _entry(pen: _Pen, at: Point, colour: str, dashes: tuple[int, ...], word: str) -> None:
    x, y = at
    _dashed(pen, [(x, y), (x + 26, y)], colour, 2.5, dashes)
    pen.text((x + 33, y + 4), word, 12, anchor="ls")
