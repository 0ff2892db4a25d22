"""What `ecomap browser` writes, on the embedded graph."""

from __future__ import annotations

import io
import json
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import Forbidden

from graph import vocabulary
from graph.errors import SettingsError
from graph.statements.reading import refusal
from graph.store import Graph, open_graph
from queries import library
from queries.browser import files, serving
from queries.browser.guide import SLIDES
from queries.browser.pictures import PICTURES

from .market import market

HOSTILE = "O'Neil \\u000a MATCH (n) // `x` <script>alert(1)</script> *b* {c} ++ ----\n\r\u2028;\\"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graph]:
    with open_graph(tmp_path_factory.mktemp("graph")) as opened:
        opened.write(market())
        yield opened


@pytest.fixture(scope="module")
def made(graph: Graph) -> dict[str, str]:
    return {name: content.decode() for name, content in files(graph).items() if not name.endswith(".zip")}


def favorites(made: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in made.items() if name.startswith("saved/")}


class Guide(HTMLParser):
    """The statements of an HTML guide, and every tag in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.statements: list[str] = []
        self.tags: set[str] = set()
        self.runnable = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "pre":
            assert dict(attrs)["class"] == "pre-scrollable code runnable"
            self.statements.append("")
            self.runnable = True

    def handle_endtag(self, tag: str) -> None:
        self.runnable = self.runnable and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.runnable:
            self.statements[-1] += data


def asciidoc_statements(text: str) -> list[str]:
    return re.findall(r"\[source,cypher\]\n----\n(.*?)\n----\n", text, re.S)


def test_every_question_and_picture_is_a_favorite_named_by_its_first_line(made: dict[str, str]) -> None:
    stems = {Path(name).stem for name in favorites(made)}
    assert stems == {*library.names(), *(p.name for p in PICTURES)}
    firsts = [text.splitlines()[0] for text in favorites(made).values()]
    assert len(set(firsts)) == len(firsts)
    assert "// Shared partners" in firsts


def test_every_favorite_runs_as_it_stands_and_gives_rows(graph: Graph, made: dict[str, str]) -> None:
    for name, text in favorites(made).items():
        assert "$" not in text
        assert graph.cypher(text)[1], name


def test_every_statement_of_both_guides_runs_as_it_stands(graph: Graph, made: dict[str, str]) -> None:
    statements = Guide(made["guide.html"]).statements
    assert statements == asciidoc_statements(made["guide.adoc"])
    assert len(statements) == sum(len(slide.questions) for slide in SLIDES)
    for text in statements:
        assert graph.cypher(text)[1], text


def test_the_guide_goes_from_what_is_in_here_to_how_we_know(made: dict[str, str]) -> None:
    assert re.findall(r"<h3>(.*?)</h3>", made["guide.html"]) == [s.heading for s in SLIDES]
    assert re.findall(r"^== (.*)$", made["guide.adoc"], re.M) == [s.heading for s in SLIDES]
    known = {*library.names(), *(p.name for p in PICTURES)}
    assert {q for slide in SLIDES for q in slide.questions} <= known


def test_pictures_only_read(made: dict[str, str]) -> None:
    assert [refusal(text) for text in favorites(made).values() if refusal(text)] == []


def test_the_zip_has_the_files_in_their_folders(graph: Graph, made: dict[str, str]) -> None:
    content = files(graph)["saved.zip"]
    assert content == files(graph)["saved.zip"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {f"saved/{n}": archive.read(n).decode() for n in archive.namelist()} == favorites(made)


def test_the_style_has_a_rule_for_every_kind_and_predicate(made: dict[str, str]) -> None:
    selectors = re.findall(r"^(\S+) \{$", made["style.grass"], re.M)
    wanted = {f"node.{kind}" for kind in vocabulary.kinds()}
    wanted |= {f"relationship.{p.edge}" for p in vocabulary.predicates().values()}
    assert wanted <= set(selectors)
    assert all(selectors.index(f"node.{k}") > selectors.index("node.Entity") for k in vocabulary.kinds())
    assert "caption: '{status} {sources}, partners with'" in made["style.grass"]


def test_a_hostile_name_stays_a_name(tmp_path: Path) -> None:
    rows = market()
    entities = tuple(r | {"name": HOSTILE} if r["id"] == "company:alpha" else r for r in rows.entities)
    with open_graph(tmp_path) as graph:
        graph.write(replace(rows, entities=entities))
        made = {n: c.decode() for n, c in files(graph).items() if not n.endswith(".zip")}
        for name, text in favorites(made).items():
            assert graph.cypher(text)[1], name
            comments = [line for line in text.split("\n") if line.startswith("//")]
            assert not any("\\" in c or "\r" in c or "\u2028" in c for c in comments)
    guide = Guide(made["guide.html"])
    assert "script" not in guide.tags
    assert guide.statements == asciidoc_statements(made["guide.adoc"])
    headings = [unescape(h) for h in re.findall(r"^=== (.*)$", made["guide.adoc"], re.M)]
    assert f"Partners: {' '.join(HOSTILE.split())}" in headings


def test_an_empty_graph_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with open_graph(tmp_path) as graph:
        graph.write(replace(market(), edges=(), same=(), claims=(), evidence=()))
        with pytest.raises(SettingsError, match="ecomap ingest"):
            files(graph)


def test_a_graph_without_markets_has_a_guide_without_players(tmp_path: Path) -> None:
    rows = market()
    with open_graph(tmp_path) as graph:
        graph.write(replace(rows, edges=tuple(e for e in rows.edges if e["predicate"] != "active_in")))
        made = files(graph)
    assert "saved/ecomap questions/players.cypher" not in made
    assert b"no rows for it yet" in made["guide.html"]


def answered(url: str, origin: str = "", host: str = "") -> tuple[int, str | None]:
    headers = {k: v for k, v in (("Origin", origin), ("Host", host)) if v}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers["Access-Control-Allow-Origin"]
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Access-Control-Allow-Origin"]


def test_the_guide_is_lent_to_pages_of_this_machine_only() -> None:
    with serving({"guide.html": b"<p>"}) as url:
        here = "http://localhost:7474"
        assert answered(f"{url}/guide.html", here) == (200, here)
        assert answered(f"{url}/guide.html", "http://127.0.0.1:7474") == (200, "http://127.0.0.1:7474")
        assert answered(f"{url}/guide.html", "https://example.com") == (200, None)
        assert answered(f"{url}/guide.html", "http://localhost.example.com") == (200, None)
        assert answered(f"{url}/guide.html", host="rebound.example.com")[0] == 404
        assert answered(f"{url}/../pyproject.toml", here)[0] == 404
        assert answered(f"{url}/", here)[0] == 404
        with pytest.raises(SettingsError, match="is taken"), serving({}, int(url.rpartition(":")[2])):
            pass


def ecomap_on(workspace: Path) -> list[str]:
    """The command, on a workspace whose graph is the market."""
    with open_graph(workspace / "graph") as graph:
        graph.write(market())
    return [sys.executable, "-m", "queries.cli", "--workspace", str(workspace)]


def test_the_command_writes_serves_and_ends_well(tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = subprocess.Popen(
        [*ecomap_on(tmp_path), "browser", "--out", str(out), "--serve"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        lines = list(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
        play = next(line.split()[1] for line in lines if ":play" in line)
        with urllib.request.urlopen(play, timeout=10) as answer:
            assert answer.read() == (out / "guide.html").read_bytes()
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert (out / "saved.zip").stat().st_size > 1000


def test_served_graph_is_read_only_unless_asked_otherwise(tmp_path: Path) -> None:
    command = ecomap_on(tmp_path)
    for options, refuses in (([], True), (["--write", "--guide"], False)):
        process = subprocess.Popen([*command, "serve", "--bolt", *options], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            lines = list(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
            told = dict(line.split() for line in lines[:3])
            assert any(":play" in line for line in lines) is not refuses
            with neo4j.GraphDatabase.driver(told["url"], auth=(told["user"], told["password"])) as driver:
                count = "MATCH (c:Company) RETURN count(c) AS n"
                assert driver.execute_query(count, database_="ecomap").records[0]["n"] > 1
                if refuses:
                    with pytest.raises(Forbidden):
                        driver.execute_query("CREATE (:Note)", database_="ecomap")
                else:
                    driver.execute_query("CREATE (:Note)", database_="ecomap")
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    done = subprocess.run([*command, "status", "--json"], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout)["documents"] == 3
