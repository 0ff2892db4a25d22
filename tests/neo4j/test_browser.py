"""Neo4j Browser, for real: a server, a headless Chromium, and what a strategist does there.

ECOMAP_SCREENSHOTS=FOLDER keeps the pictures.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.store import Graph, open_graph
from queries.browser import files, serving
from queries.browser.guide import SLIDES
from queries.browser.pictures import PICTURES
from queries.maps.style import KIND_COLOURS
from tests.queries.market import market
from tests.queries.test_browser import HOSTILE

from . import chromium, server
from .chromium import Page, colours

pytestmark = pytest.mark.skipif(server.missing() is not None, reason=str(server.missing()))
in_chromium = pytest.mark.skipif(chromium.missing() is not None, reason=str(chromium.missing()))


@pytest.fixture(scope="module")
def neo4j_server() -> Iterator[server.Server]:
    with server.running() as running:
        yield running


@pytest.fixture(scope="module")
def neo4j(neo4j_server: server.Server) -> Iterator[Graph]:
    s = neo4j_server
    with open_graph(s.bolt, user=s.user, password=s.password) as graph:
        graph.write(market())
        yield graph


@pytest.fixture(scope="module")
def made(neo4j: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, made from the graph on the server."""
    folder = tmp_path_factory.mktemp("browser")
    for name, content in files(neo4j).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def page(neo4j_server: server.Server, neo4j: Graph, tmp_path: Path) -> Iterator[Page]:
    s = neo4j_server
    with chromium.page(f"{s.http}/browser/?dbms={s.bolt}", tmp_path) as opened:
        opened.connect(s.user, s.password)
        yield opened


def favorite(made: Path, name: str) -> str:
    return next(made.glob(f"saved/*/{name}.cypher")).read_text()


def test_both_stores_give_the_same_files(neo4j: Graph, made: Path, tmp_path: Path) -> None:
    with open_graph(tmp_path) as embedded:
        embedded.write(market())
        assert {n: (made / n).read_bytes() for n in files(neo4j)} == files(embedded)


def test_every_favorite_gives_as_many_rows_on_both_stores(neo4j: Graph, made: Path, tmp_path: Path) -> None:
    with open_graph(tmp_path) as embedded:
        embedded.write(market())
        for path in sorted(made.glob("saved/*/*.cypher")):
            there, here = (len(graph.cypher(path.read_text())[1]) for graph in (neo4j, embedded))
            assert there == here > 0, path


def test_a_hostile_name_stays_a_name(neo4j: Graph) -> None:
    """Neo4j reads escapes like \\u000a even in comments, before anything else."""
    rows = market()
    named = tuple(r | {"name": HOSTILE} if r["id"] == "company:alpha" else r for r in rows.entities)
    neo4j.write(replace(rows, entities=named))
    try:
        texts = [text.decode() for name, text in files(neo4j).items() if name.startswith("saved/")]
        assert all(neo4j.cypher(text)[1] for text in texts)
        assert neo4j.cypher("MATCH (n) RETURN count(n)") == (["count(n)"], [[28]])
    finally:
        neo4j.write(rows)


@in_chromium
def test_unstyled_nodes_bear_their_names_and_kinds_differ(page: Page, made: Path) -> None:
    shown = colours(page.run(favorite(made, "places")))
    page.shoot("unstyled")
    assert {"Alpha Imaging", "India", "Asia"} <= shown.keys()
    assert shown["India"] == shown["Asia"] != shown["Alpha Imaging"]


@in_chromium
def test_a_dropped_style_colours_by_kind_and_writes_status_on_edges(page: Page, made: Path) -> None:
    page.drop(made / "style.grass")
    page.tab.get_by_text("node.Company").first.wait_for()
    frame = page.run(favorite(made, "all_around"))
    shown = colours(frame)
    page.shoot("all-around")
    assert shown["Alpha Imaging"] == shown["Béta Reads"] == KIND_COLOURS["Company"]
    assert shown["India"] == KIND_COLOURS["Region"]
    assert shown["AlphaOS"] == KIND_COLOURS["Product"]
    assert shown["Teleradiology"].startswith(KIND_COLOURS["Market"])
    captions = " ".join(frame.locator("g.relationship text").all_text_contents())
    assert "current 1" in captions
    assert "announced 1" in captions
    frame = page.run(favorite(made, "claims_and_documents"))
    assert any("denied" in caption for caption in colours(frame))
    page.shoot("claims-and-documents")


@in_chromium
def test_dropped_favorites_stand_in_their_folders_and_run(page: Page, made: Path) -> None:
    page.drop(made / "saved.zip")
    page.tab.get_by_test_id("navigationFavorites").click()
    page.tab.get_by_test_id("expandFolder-ecomap questions").click()
    page.tab.get_by_test_id("scriptTitle-Shared partners").wait_for()
    page.shoot("favorites")
    page.tab.get_by_test_id("scriptTitle-Partners").click()
    assert page.editor().startswith("// Partners\n")
    frame = page.submit()
    frame.get_by_text("Alpha Imaging partners_with Béta Reads.").first.wait_for()
    page.shoot("favorite-run")


@in_chromium
def test_the_guide_plays_and_every_statement_runs(page: Page, made: Path) -> None:
    lent = {path.name: path.read_bytes() for path in made.iterdir() if path.is_file()}
    with serving(lent) as url:
        page.run(f":style {url}/style.grass")
        frame = page.run(f":play {url}/guide.html")
        frame.get_by_text(SLIDES[0].heading, exact=True).wait_for()
        page.shoot("guide")
        drawn = sum(_statements_of_a_slide(page, url, at) for at in range(len(SLIDES)))
    assert drawn == sum("p" in picture.columns for picture in PICTURES)


def _statements_of_a_slide(page: Page, url: str, at: int) -> int:
    """Click each statement of a slide and run it; how many drew nodes."""
    frame = page.run(f":play {url}/guide.html")
    for _ in range(at):
        frame.get_by_test_id("nextSlide").click()
    frame.get_by_text(SLIDES[at].heading, exact=True).wait_for()
    texts = frame.locator("pre.runnable").all_inner_texts()
    assert len(texts) == len(SLIDES[at].questions)
    drawn = 0
    for text in texts:
        page.tab.locator("pre.runnable", has_text=text).first.click()
        page.tab.wait_for_function(
            "() => document.querySelector('[data-testid=activeEditor]').innerText.length > 30"
        )
        answer = page.submit()
        assert _settled(answer) != "error", text
        drawn += answer.locator("circle.b-outline").count() > 0
    page.shoot(f"guide-{at + 1}")
    return drawn


def _settled(frame: Any) -> str:
    """What an answer became: nodes, a table or an error."""
    kinds = {"nodes": "circle.b-outline", "table": "table", "error": "[data-testid=cypherFrameErrorMessage]"}
    frame.locator(", ".join(kinds.values())).first.wait_for(state="attached")
    return next(kind for kind, selector in kinds.items() if frame.locator(selector).count())


@in_chromium
def test_the_embedded_graph_opens_in_the_browser_to_read(
    neo4j_server: server.Server, made: Path, tmp_path: Path
) -> None:
    with open_graph(tmp_path / "graph") as embedded:
        embedded.write(market())
    command = [sys.executable, "-m", "queries.cli", "--workspace", str(tmp_path), "serve", "--bolt"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ})
    assert process.stdout is not None
    try:
        told = dict(line.split() for line in (process.stdout.readline() for _ in range(3)))
        with chromium.page(f"{neo4j_server.http}/browser/?dbms={told['url']}", tmp_path) as page:
            page.connect(told["user"], told["password"])
            page.drop(made / "style.grass")
            page.tab.get_by_text("node.Company").first.wait_for()
            shown = colours(page.run(favorite(made, "partner_network")))
            page.shoot("embedded")
            assert {"Alpha Imaging", "Béta Reads"} <= shown.keys()
            assert set(shown.values()) == {KIND_COLOURS["Company"]}
            assert _settled(page.run("CREATE (:Note)")) == "error"
            page.shoot("embedded-refuses")
    finally:
        process.terminate()
        process.wait(20)
