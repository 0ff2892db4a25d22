"""Maps are the same every time, readable, and safe whatever a document says."""

from __future__ import annotations

import json
import random
import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from graph.errors import InvalidValue, SettingsError
from queries.maps import Edge, Network, Node, Quote, draw
from queries.maps.html import page
from queries.maps.labels import text_width
from queries.maps.layout import layout
from queries.maps.picture import picture, samples
from queries.maps.svg import svg

from .networks import generated

HOSTILE = "<img src=x onerror=document.title='broken'></script><script>document.title='broken'</script>"


def two(a: str = "vRad", b: str = "Rad AI", **more: object) -> Network:
    nodes = (Node("company:a", a, "Company"), Node("company:b", b, "Company"))
    return Network(nodes, (Edge("company:a", "company:b", "partners_with", **more),), "Two")  # type: ignore[arg-type]


def overlaps(boxes: list[tuple[float, float, float, float]]) -> int:
    return sum(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))


def test_same_network_in_another_order_is_the_same_picture() -> None:
    network = generated(40)
    nodes, edges = list(network.nodes), list(network.edges)
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    shuffled = Network(tuple(nodes), tuple(edges), network.title)
    assert svg(picture(shuffled)) == svg(picture(network))
    assert page(picture(shuffled)) == page(picture(network))


@pytest.mark.parametrize("count", [2, 12, 60, 150])
def test_no_label_overlaps_another_or_a_node(count: int) -> None:
    places = layout(generated(count)).values()
    assert len(places) == count
    assert overlaps([place.box for place in places]) == 0
    assert overlaps([place.label_box for place in places]) == 0


def test_edges_keep_off_names_where_they_can() -> None:
    drawn = picture(generated(60))
    crossed = sum(_inside(samples(c, 48), place.label_box) for c in drawn.curves for _, place in drawn.nodes)
    assert crossed <= len(drawn.curves) / 2  # straight edges and labels that stand below: 93 for 81 edges


def test_label_stands_above_a_node_whose_edges_go_down() -> None:
    nodes = tuple(Node(f"company:{i}", f"Company {i}", "Company") for i in range(9))
    edges = tuple(Edge("company:0", f"company:{i}", "partners_with") for i in range(1, 9))
    places = layout(Network(nodes, edges))
    leaves = [place for id, place in places.items() if id != "company:0"]
    steep = [p for p in leaves if abs(p.y - places["company:0"].y) > 2 * abs(p.x - places["company:0"].x)]
    assert {p.above for p in steep} == {True, False}
    assert all(p.above == (p.y < places["company:0"].y) for p in steep)


def _inside(points: list[tuple[float, float]], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return any(left < x < right and top < y < bottom for x, y in points)


def test_star_and_lonely_nodes_do_not_overlap() -> None:
    nodes = tuple(Node(f"company:{i}", f"A long company name {i}", "Company") for i in range(60))
    edges = tuple(Edge("company:0", f"company:{i}", "partners_with") for i in range(1, 40))
    assert overlaps([place.box for place in layout(Network(nodes, edges)).values()]) == 0


def test_label_is_never_wider_in_the_drawn_face_than_estimated() -> None:
    from queries.maps.png import _font

    for name in [
        "Meridian Teleradiology",
        "Pampas Diagnóstico S.A.",
        "WMW Mammography",
        "Illini Ltd",
        "株式会社",
    ]:
        assert _font(100).getlength(name) <= text_width(name, 100) * 1.06


def test_empty_network_is_drawn(tmp_path: Path) -> None:
    for suffix in (".svg", ".png", ".html"):
        draw(Network((), ()), tmp_path / f"empty{suffix}")
        assert (tmp_path / f"empty{suffix}").stat().st_size > 200


def test_status_is_line_style_and_sources_are_width() -> None:
    solid = svg(picture(two(sources=1)))
    assert "stroke-dasharray" not in solid
    assert 'stroke-dasharray="9 5"' in svg(picture(two(status="announced")))
    assert 'stroke="#a3abb5"' in svg(picture(two(status="ended")))
    assert 'stroke-width="1.3"' in solid
    assert 'stroke-width="4.5"' in svg(picture(two(sources=5)))


def test_svg_is_well_formed_whatever_the_names() -> None:
    drawn = svg(picture(two(HOSTILE, 'A & B \x00 "quoted"', detail="<b>16 sites</b>")))
    root = ElementTree.fromstring(drawn)
    assert {element.tag.split("}")[1] for element in root.iter()}.isdisjoint({"script", "img", "b"})


def test_page_keeps_hostile_text_as_data() -> None:
    quote = Quote(HOSTILE, HOSTILE, "2025")
    text = page(picture(two(HOSTILE, "{{script}}", evidence=(quote,))))
    assert "<img" not in text
    assert text.count("<script") == 2
    data = re.search(r'<script id="data" type="application/json">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["nodes"][0]["name"] == HOSTILE


def test_page_asks_no_other_place() -> None:
    text = page(picture(two()))
    assert "default-src 'none'" in text
    assert set(re.findall(r"https?://[^\s\"'<]+", text)) == {"http://www.w3.org/2000/svg"}


def test_png_is_a_picture_with_ink(tmp_path: Path) -> None:
    draw(generated(12), tmp_path / "map.png")
    with Image.open(tmp_path / "map.png") as image:
        colours = image.getcolors(1 << 24)
    assert colours is not None
    assert len(colours) > 20


def test_unknown_format_names_the_known() -> None:
    with pytest.raises(SettingsError, match=r"\.gif.*\.svg, \.png, \.html"):
        draw(two(), Path("map.gif"))


def test_edge_without_its_node_is_refused() -> None:
    with pytest.raises(InvalidValue, match="leaves the network"):
        Network((), (Edge("company:a", "company:b", "partners_with"),))
