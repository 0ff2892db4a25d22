"""docs/stores.md and compose.yaml say what the tests say."""

from __future__ import annotations

import re
from pathlib import Path

from tests.graph.contract import test_reads, test_writes
from tests.graph.contract.reads import READS

ROOT = Path(__file__).parents[1]
STORES = (ROOT / "docs" / "stores.md").read_text()


def test_every_difference_between_the_stores_is_told() -> None:
    table = STORES.split("| statement |")[1].split("\n\n")[0]
    told = {row.split("|")[1].strip(" `") for row in table.splitlines()[2:]}
    fenced = {
        *test_reads.NOT_EMBEDDED,
        *test_writes.NOT_EMBEDDED,
        "a failed auto-commit leaves nothing",
    }
    assert told == fenced


def test_the_counts_of_statements_are_true() -> None:
    writes = len(test_writes.WRITES) + sum(name.startswith("test_a_") for name in dir(test_writes))
    assert f"{len(READS)} that read, {writes} that write" in " ".join(STORES.split())


def test_compose_pins_the_server_that_is_tested() -> None:
    tested = re.search(r"<neo4j.version>(.*?)<", (ROOT / "tests/neo4j/pom.xml").read_text())
    assert tested is not None
    compose = (ROOT / "compose.yaml").read_text()
    assert re.findall(r"image: (.*)", compose) == [f"neo4j:{tested[1]}-community"]
    assert all(port.startswith("127.0.0.1:") for port in re.findall(r'- "(.*:.*)"', compose))


def test_compose_sets_what_the_tested_server_is_given() -> None:
    given = re.findall(r"NEO4J_((?!AUTH)[a-z_]+):", (ROOT / "compose.yaml").read_text())
    names = [name.replace("__", "-").replace("_", ".").replace("-", "_") for name in given]
    assert names
    assert all(f'"{name}"' in (ROOT / "tests/neo4j/server.py").read_text() for name in names)
