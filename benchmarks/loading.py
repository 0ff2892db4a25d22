"""How fast a graph comes into a Neo4j: our push, neo4j-graphrag's own writer, and neo4j-admin's import of our export.

make benchmark-loading                                  everything it needs, then the command below
python -m benchmarks.loading [--claims N] [--rounds N] [--json]

All three load the same nodes and edges, properties included, into servers that it starts (tests/neo4j/server.py). The two
writers take turns on one server that is empty and warm; the import has a server of its own. Each load is counted afterwards.
Besides the seconds on the clock it gives those of the processor, client and server together, which other work on the machine
changes less.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import neo4j

from graph.projection import Projection, Row
from graph.store import Graph, open_graph
from graph.views.neo4j_admin import neo4j_admin
from graph.writing import parts
from tests.neo4j import server

APOC = server.JARS / "apoc"
PER_CLAIM = {"entities": 0.54, "documents": 0.06, "edges": 0.66}
"""As many as in the graph of examples/; 1.4 quotes a claim."""
SENTENCE = (
    "Northlight Radiology and Lumora have signed an agreement under which overnight studies of all sites are read by"
    " Helix from the third quarter on, subject to approval"
)
WORDS = SENTENCE.split()
EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
COUNTS = "MATCH (n) WITH count(n) AS nodes OPTIONAL MATCH ()-[r]->() RETURN nodes, count(r) AS edges"
Load = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One way to load; seconds on the clock and of the processor are the medians of its rounds."""

    way: str
    seconds: float
    processor: float
    claims: int
    nodes: int
    edges: int

    @property
    def rate(self) -> float:
        return self.claims / self.seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3, help="of each writer; the median counts")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if reason := missing():
        sys.exit(reason)
    figures = measured(a_graph(given.claims), given.rounds)
    print(_json(figures) if given.json else table(figures))


def missing() -> str | None:
    """Why this cannot run here, or None."""
    if find_spec("neo4j_graphrag") is None or not any(APOC.glob("*.jar")):
        return "neo4j-graphrag or APOC, which its writer calls, is not here. Run: make benchmark-loading"
    return server.missing()


def measured(projection: Projection, rounds: int) -> list[Figure]:
    with open_server(APOC.glob("*.jar")) as (graph, started):
        loads = {
            "ecomap push": lambda: graph.write(projection),
            f"neo4j-graphrag {version('neo4j-graphrag')} Neo4jWriter": graphrag(graph.driver, projection),
        }
        _tell("warming")
        warm(graph)
        times: dict[str, list[Times]] = {way: [] for way in loads}
        counts: dict[str, tuple[int, int]] = {}
        for turn in range(rounds):
            for way, load in loads.items():
                empty(graph)
                times[way].append(spent(load, started.pid))
                counts[way] = _counts(graph)
                _tell(f"{turn + 1}/{rounds} {way}: {times[way][-1].clock:.1f} s")
    figures = [_figure(way, times[way], projection, counts[way]) for way in loads]
    return [*figures, imported(projection)]


def _figure(way: str, times: list[Times], projection: Projection, counts: tuple[int, int]) -> Figure:
    clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
    return Figure(way, clock, processor, len(projection.claims), *counts)


def warm(graph: Graph) -> None:
    """Each writer once, so that the server knows their statements."""
    small = a_graph(500)
    for load in (lambda: graph.write(small), graphrag(graph.driver, small)):
        empty(graph)
        load()


def graphrag(driver: neo4j.Driver, projection: Projection) -> Load:
    """Its writer on our nodes and edges, made into its values before the clock starts."""
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph

    nodes, edges = its_values(projection)
    values = Neo4jGraph(nodes=nodes, relationships=edges)
    writer = Neo4jWriter(driver)

    def load() -> None:
        done = asyncio.run(writer.run(graph=values))
        if done.status != "SUCCESS":
            sys.exit(f"neo4j-graphrag's writer failed: {done.metadata}")

    return load


def its_values(projection: Projection) -> tuple[list[Any], list[Any]]:
    """Ids bear the label, since its writer has one space of ids for all nodes."""
    from neo4j_graphrag.components.types import Neo4jNode, Neo4jRelationship

    nodes, edges = [], []
    for part in parts(projection):
        space = part.label.split(":")[0]
        for row in part.rows.values():
            if part.ends is None:
                key, label = f"{space} {row['key']}", part.label.split(":")[-1]
                nodes.append(Neo4jNode(id=key, label=label, properties=row["properties"]))
            else:
                left, right = (f"{e} {row[s]}" for e, s in zip(part.ends, ("left", "right"), strict=True))
                edges.append(
                    Neo4jRelationship(
                        start_node_id=left, end_node_id=right, type=part.label, properties=row["properties"]
                    )
                )
    return nodes, edges


def imported(projection: Projection) -> Figure:
    """Export, import and finish.cypher; the server's start between them is not counted."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        home, files = Path(folder, "home"), Path(folder, "files")
        server.configured(home)
        times = [spent(lambda: neo4j_admin(projection, files)), spent(lambda: _import(home, files))]
        with open_server(home=home) as (graph, started):
            times.append(spent(lambda: _finish(graph, files), started.pid))
            if graph.fingerprint() != projection.fingerprint():
                sys.exit("The imported graph is not the graph that was exported.")
            total = Times(*map(sum, zip(*times, strict=True)))
            return _figure("neo4j-admin database import", [total], projection, _counts(graph))


def _import(home: Path, files: Path) -> None:
    done = server.admin(
        home, "database", "import", "full", "neo4j", "@import.args", folder=files, quick=False
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def _finish(graph: Graph, files: Path) -> None:
    with graph.driver.session() as session:
        for text in (files / "finish.cypher").read_text("utf-8").split(";\n"):
            if text.strip():
                session.run(text).consume()


@contextmanager
def open_server(
    plugins: Iterator[Path] | None = None, home: Path | None = None
) -> Iterator[tuple[Graph, server.Server]]:
    """A server with these plugins, and its graph."""
    with nullcontext(home) if home else tempfile.TemporaryDirectory(prefix="neo4j-") as folder:
        at = Path(str(folder))
        (at / "plugins").mkdir(parents=True, exist_ok=True)
        for jar in plugins or ():
            shutil.copy(jar, at / "plugins")
        with (
            server.running(at, quick=False) as started,
            open_graph(started.bolt, user=started.user, password=started.password) as graph,
        ):
            yield graph, started


def empty(graph: Graph) -> None:
    """No nodes, and none of the constraints and indexes that either writer makes."""
    with graph.driver.session() as session:
        session.run(EMPTY).consume()
        for row in session.run("SHOW CONSTRAINTS YIELD name").data():
            session.run(f"DROP CONSTRAINT {row['name']}").consume()
        for row in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").data():
            session.run(f"DROP INDEX {row['name']}").consume()


class Times(NamedTuple):
    """Seconds on the clock, and of the processor."""

    clock: float
    processor: float


def spent(work: Callable[[], Any], pid: int = 0) -> Times:
    """By this process, its children, and the server of that pid."""
    clock, processor = time.perf_counter(), _processor(pid)
    work()
    return Times(time.perf_counter() - clock, _processor(pid) - processor)


def _processor(pid: int) -> float:
    own = sum(os.times()[:4])
    if not pid:
        return own
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return own + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _counts(graph: Graph) -> tuple[int, int]:
    row = graph.driver.execute_query(COUNTS).records[0]
    return row["nodes"], row["edges"]


def table(figures: list[Figure]) -> str:
    rows = [f"{'way':46} {'claims/s':>9} {'seconds':>8} {'processor':>9} {'nodes':>8} {'edges':>8}"]
    rows += [
        f"{f.way:46} {f.rate:9,.0f} {f.seconds:8.1f} {f.processor:9.1f} {f.nodes:8,} {f.edges:8,}"
        for f in figures
    ]
    clock, processor = ratios(figures)
    told = f"{figures[0].claims:,} claims. Push : its writer, claims/s {clock:.2f}, claims a processor second {processor:.2f}"
    return "\n".join([*rows, told])


def ratios(figures: list[Figure]) -> Times:
    """How many times as many claims the push takes in as neo4j-graphrag's writer."""
    ours, theirs, *_ = figures
    return Times(theirs.seconds / ours.seconds, theirs.processor / ours.processor)


def _json(figures: list[Figure]) -> str:
    rows = [
        {
            "way": f.way,
            "claimsPerSecond": round(f.rate),
            "seconds": round(f.seconds, 2),
            "processorSeconds": round(f.processor, 2),
            "claims": f.claims,
            "nodes": f.nodes,
            "edges": f.edges,
        }
        for f in figures
    ]
    clock, processor = ratios(figures)
    return json.dumps(
        {"ways": rows, "ratio": round(clock, 2), "processorRatio": round(processor, 2)}, indent=2
    )


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def a_graph(claims: int) -> Projection:
    """Of that many claims between generated companies and regions, shaped as a graph from documents is; always the same."""
    rng = random.Random(claims)
    entities = [_entity(i) for i in range(max(20, int(claims * PER_CLAIM["entities"])))]
    documents = [_document(i) for i in range(max(5, int(claims * PER_CLAIM["documents"])))]
    companies = [e["id"] for e in entities if e["kind"] == "Company"]
    regions = [e["id"] for e in entities if e["kind"] == "Region"]
    made = [_claim(i, rng, companies, regions) for i in range(claims)]
    evidence = [row for claim in made for row in _evidence(claim, rng, documents)]
    joined = {(c["subject"], c["predicate"], c["object"]): c for c in made}
    shown = list(joined.items())[: int(claims * PER_CLAIM["edges"])]
    return Projection(
        documents=tuple(documents),
        entities=tuple(entities),
        claims=tuple(made),
        evidence=tuple(evidence),
        edges=tuple(_edge(*ends, claim) for ends, claim in shown),
    )


def _entity(i: int) -> Row:
    kind = "Region" if i % 5 == 0 else "Company"
    name = f"{WORDS[i % len(WORDS)].capitalize()} {i} {'County' if kind == 'Region' else 'Holdings, Inc.'}"
    return {
        "id": f"{kind.lower()}:{i}", "kind": kind, "name": name, "aliases": [name, name.split(",")[0]],
        "keys": [name.lower()], "retired": [],
    }  # fmt: skip


def _document(i: int) -> Row:
    return {
        "id": f"d{i}", "name": f"release-{i}.html", "title": " ".join(WORDS[:8]), "published": f"2024-{i % 12 + 1:02}-03",
        "language": "en", "mediaType": "text/html", "copies": 1,
    }  # fmt: skip


def _claim(i: int, rng: random.Random, companies: list[str], regions: list[str]) -> Row:
    """Some companies are named far more often than others."""
    subject, other = (companies[int(len(companies) * rng.random() ** 3)] for _ in range(2))
    predicate, right = rng.choice(
        [("partners_with", other), ("customer_of", other), ("operates_in", rng.choice(regions))]
    )
    return {
        "id": f"k{i}", "subject": subject, "predicate": predicate, "object": right, "status": "current",
        "since": f"20{i % 20 + 10}", "confidence": round(rng.random(), 4), "sources": rng.randint(1, 4),
        "regions": [rng.choice(regions)], "contested": False, "verdict": "current",
    }  # fmt: skip


def _evidence(claim: Row, rng: random.Random, documents: list[Row]) -> Iterator[Row]:
    """One quote a document: its writer keeps one edge of a type between two nodes."""
    for n, document in enumerate(rng.sample(documents, rng.choice([1, 1, 1, 2, 2]))):
        start = rng.randint(0, 9000)
        yield {
            "id": f"{claim['id']}-{n}", "claim": claim["id"], "document": document["id"], "startChar": start,
            "endChar": start + 140, "quote": " ".join(rng.choices(WORDS, k=22)), "page": 1, "score": 0.9,
            "extractor": "relations", "date": document["published"], "published": document["published"], "copies": 1,
        }  # fmt: skip


def _edge(subject: str, predicate: str, object: str, claim: Row) -> Row:
    return {
        "subject": subject, "predicate": predicate, "object": object, "status": "current",
        "confidence": claim["confidence"], "sources": claim["sources"], "claims": [claim["id"]],
        "firstSeen": "2024-01-03", "lastSeen": "2024-05-03", "contested": False,
    }  # fmt: skip


if __name__ == "__main__":
    main()
