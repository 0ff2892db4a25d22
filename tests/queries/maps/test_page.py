"""The page in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queries.maps import Edge, Network, Node, Quote, draw
from tests.chromium import CHROMIUM, QUIET

from .test_maps import HOSTILE

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

NETWORK = Network(
    (
        Node("company:a", HOSTILE, "Company"),
        Node("company:b", "Diagnóstico", "Company", regions=("India",)),
        Node("company:c", "Helix Reads", "Company"),
        Node("product:d", "HelixFlow", "Product"),
    ),
    (
        Edge(
            "company:a",
            "company:b",
            "partners_with",
            confidence=0.9,
            evidence=(Quote(f"They partner. {HOSTILE}", "Release", "2025-03-01", 4),),
        ),
        Edge("company:b", "company:c", "competes_with", "denied", confidence=0.4),
        Edge("company:c", "product:d", "offers"),
    ),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=120_000)
        yield opened
        opened.close()


@pytest.fixture
def tab(browser: Any, tmp_path: Path) -> Iterator[Any]:
    draw(NETWORK, tmp_path / "map.html")
    opened = browser.new_page()
    opened.wrong = []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("console", lambda said: said.type == "error" and opened.wrong.append(said.text))
    opened.goto((tmp_path / "map.html").as_uri())
    yield opened
    assert opened.wrong == []
    opened.close()


def test_hostile_name_does_nothing_and_is_shown_as_text(tab: Any) -> None:
    tab.locator(".edge").first.dispatch_event("click")
    assert tab.title() == "Ecosystem"
    assert tab.locator("img").count() == 0
    assert HOSTILE in tab.locator("#panel").text_content()


def test_edge_opens_its_quote_with_document_date_and_page(tab: Any) -> None:
    tab.locator(".edge").first.focus()
    tab.keyboard.press("Enter")
    assert "They partner." in tab.locator("#panel blockquote").text_content()
    assert tab.locator("#panel blockquote footer").text_content() == "Release, 2025-03-01, page 4"


def test_click_with_the_mouse_opens_an_edge(tab: Any) -> None:
    box = tab.locator(".edge .touch").first.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "partners with" in tab.locator("#panel h2").text_content()


def visible_edges(tab: Any) -> int:
    return int(tab.locator(".edge:not(.hidden)").count())


def test_filters_hide_edges(tab: Any) -> None:
    assert visible_edges(tab) == 3
    tab.locator("#kinds input[value=Product]").uncheck()
    assert visible_edges(tab) == 2
    tab.locator("#predicates input[value=competes_with]").uncheck()
    assert visible_edges(tab) == 1
    tab.locator("#predicates input[value=competes_with]").check()
    tab.locator("#statuses input[value=current]").uncheck()
    assert visible_edges(tab) == 1
    tab.locator("#statuses input[value=current]").check()
    tab.locator("#confidence").fill("0.5")
    assert visible_edges(tab) == 1
    assert tab.locator("#count").text_content() == "1 of 3 edges"
    tab.locator("#confidence").fill("0")
    tab.locator("#region").select_option("India")
    assert visible_edges(tab) == 2


def test_kinds_are_told_apart_by_a_key(tab: Any) -> None:
    assert tab.locator("#kinds label").all_text_contents() == ["Company", "Product"]
    key = tab.locator("#kinds circle").evaluate_all("all => all.map((c) => c.getAttribute('fill'))")
    drawn = tab.locator(".node circle").evaluate_all("all => all.map((c) => c.getAttribute('fill'))")
    assert set(key) == set(drawn)
    assert len(set(key)) == 2


def test_search_finds_without_accents_and_opens_the_company(tab: Any) -> None:
    tab.keyboard.press("/")
    tab.keyboard.type("diagnostico")
    tab.locator("#found button").click()
    assert tab.locator("#panel h2").text_content() == "Diagnóstico"
    assert tab.locator("#panel button").count() == 2


def test_zoom_and_whole_map(tab: Any) -> None:
    whole = tab.locator("#map").get_attribute("viewBox")
    tab.locator("#in").click()
    assert tab.locator("#map").get_attribute("viewBox") != whole
    tab.locator("#all").click()
    assert tab.locator("#map").get_attribute("viewBox") == whole
