"""Random questions over random small graphs: the embedded engine and Neo4j must give equal rows.

python -m tests.neo4j.fuzz --count 10000 --seed 1

Uses the server that ECOMAP_NEO4J_URL names, which it empties, or starts one. A difference is made as small as its kind allows
and printed with its graph; the exit code is 1 when one of them is of no kind that docs/stores.md explains.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.store import Graph, open_graph

from .served import served

A_GRAPH = 50
AT_ONCE = 4
EDGES = ("PARTNERS_WITH", "ACQUIRED", "PART_OF")
Rows = list[str] | None
Load = Callable[[tuple[Graph, ...], "World"], None]


@dataclass(frozen=True, slots=True)
class World:
    nodes: tuple[dict[str, Any], ...]
    edges: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses, each of parts that may be taken away; WHERE conditions are parts of their own."""

    clauses: tuple[tuple[str, tuple[str, ...], str], ...]  # head, parts, what joins them
    ordered: bool = False

    def __str__(self) -> str:
        return " ".join(f"{head} {between.join(parts)}" for head, parts, between in self.clauses)


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600, help="stop after this time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, served() as (_, server), open_graph(folder) as embedded:
        sys.exit(run(embedded, server, given.count, given.seed, given.seconds))


def run(
    embedded: Graph, server: Graph, count: int, seed: int, seconds: float, load: Load | None = None
) -> int:
    """Ask, count and print; `load` fills both graphs, where a test wants them to differ."""
    counts: Counter[str] = Counter()
    load, end = load or filled, time.monotonic() + seconds
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for first in range(0, count, A_GRAPH):
            if time.monotonic() > end:
                break
            world, queries = asked(seed, range(first, min(first + A_GRAPH, count)))
            load((embedded, server), world)
            ours, theirs = (list(pool.map(partial(answer, graph), queries)) for graph in (embedded, server))
            for number, query in enumerate(queries):
                kind = differs(ours[number], theirs[number])
                counts[kind or "equal"] += 1
                counts["  with rows"] += bool(ours[number] or theirs[number])
                counts["  refused by both"] += ours[number] is None and theirs[number] is None
                if kind:
                    small = shrunk(query, lambda q, k=kind: difference(embedded, server, q) == k)
                    known = explained(small)
                    counts[f"  of it: {known or 'NOT EXPLAINED'}"] += 1
                    if known is None:
                        report(first + number, kind, small, world, embedded, server)
    print(f"seed {seed}: {sum(n for k, n in counts.items() if not k.startswith(' '))} queries")
    for what, n in counts.items():
        print(f"{n:7} {what}")
    return int(any("NOT EXPLAINED" in what for what in counts))


def asked(seed: int, numbers: range) -> tuple[World, list[Query]]:
    """A graph and the questions asked of it; each number has its own."""
    dice = [random.Random(f"{seed} {number}") for number in numbers]
    return a_world(dice[0]), [a_query(rng) for rng in dice]


def explained(query: Query) -> str | None:
    return next((name for name, tells in KNOWN.items() if tells(query)), None)


def list_in_or(query: Query) -> bool:
    """A term of an OR that goes through a list of a node which no other term names."""
    return any(
        {a.split(".")[0] for a in _OF.findall(term)}
        - {a.split(".")[0] for o in parts if o != term for a in _OF.findall(o)}
        for head, parts, between in query.clauses
        if head == "WHERE" and between == " OR " and len(parts) > 1
        for term in parts
        if re.search(r"\b(any|all|none)\(", term)
    )


_OF = re.compile(r"\b[ako]\d\.\w+")
KNOWN: dict[str, Callable[[Query], bool]] = {"a list's node in an OR": list_in_or}
"""Kinds of difference that docs/stores.md explains, each with what tells it in the smallest query."""


def report(number: int, kind: str, query: Query, world: World, embedded: Graph, server: Graph) -> None:
    print(f"--- {number}: {kind}\n{query}")
    for name, graph in (("embedded", embedded), ("neo4j", server)):
        print(f"  {name}: {str(answer(graph, query))[:300]}")
    print(f"  graph: {world}"[:1500], flush=True)


def difference(embedded: Graph, server: Graph, query: Query) -> str | None:
    """What kind of difference the stores make of a query; two refusals are none, whatever they say."""
    return differs(answer(embedded, query), answer(server, query))


def differs(ours: Rows, theirs: Rows) -> str | None:
    if ours == theirs:
        return None
    if ours is None or theirs is None:
        return "refused by embedded" if ours is None else "refused by neo4j"
    return "other rows"


def answer(graph: Graph, query: Query) -> Rows:
    """Auto-commit: half the round trips of a managed transaction, and nothing is written."""
    try:
        with graph.driver.session(database=graph.database, default_access_mode=neo4j.READ_ACCESS) as session:
            rows = session.run(str(query)).values()  # type: ignore[arg-type]
    except (Neo4jError, DriverError):
        return None
    found = [repr([_plain(v) for v in row]) for row in rows]
    return found if query.ordered else sorted(found)


def _plain(value: Any) -> Any:
    return round(value, 9) if isinstance(value, float) else value


def shrunk(query: Query, same: Callable[[Query], bool]) -> Query:
    """Without every clause and part whose absence leaves the difference."""
    while True:
        smaller = next((q for q in _smaller(query) if same(q)), None)
        if smaller is None:
            return query
        query = smaller


def _smaller(query: Query) -> Iterator[Query]:
    for i, (head, parts, between) in enumerate(query.clauses):
        before, after = query.clauses[:i], query.clauses[i + 1 :]
        if i < len(query.clauses) - 1 or head in ("LIMIT", "ORDER BY"):
            yield replace(query, clauses=before + after, ordered=query.ordered and head != "ORDER BY")
        for j in range(len(parts) if len(parts) > 1 else 0):
            yield replace(query, clauses=(*before, (head, parts[:j] + parts[j + 1 :], between), *after))


def a_world(rng: random.Random) -> World:
    size = rng.randint(3, 6)
    nodes = tuple(
        {
            "kind": rng.choice(["Company", "Company", "Region"]),
            "row": {"id": f"n{i}"} | _some(rng, n=rng.choice([1, 2, 3]), x=rng.choice([0.5, 1.5]),
                                         s=rng.choice(["aa", "Ab", "b", "é", ""]), tags=rng.choice([[], ["x"], ["y", "x"]])),
        }
        for i in range(size)
    )  # fmt: skip
    edges = tuple(
        {
            "type": rng.choice(EDGES),
            "left": f"n{rng.randrange(size)}",
            "right": f"n{rng.randrange(size)}",
            "row": {"id": f"e{i}"} | _some(rng, w=rng.choice([1, 2, 3])),
        }
        for i in range(rng.randint(7, 11))
    )
    return World(nodes, edges)


def _some(rng: random.Random, **values: Any) -> dict[str, Any]:
    return {k: v for k, v in values.items() if rng.random() < 0.85}


def filled(graphs: tuple[Graph, ...], world: World) -> None:
    for graph in graphs:
        for text, rows in loading(world):
            graph.driver.execute_query(text, rows=rows, database_=graph.database)  # type: ignore[arg-type]


def loading(world: World) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield "MATCH (n) DETACH DELETE n", []
    for kind in ("Company", "Region"):
        rows = [n["row"] for n in world.nodes if n["kind"] == kind]
        yield f"UNWIND $rows AS row CREATE (n:Entity:{kind}) SET n = row", rows
    ends = "MATCH (a:Entity {id: row.left}) MATCH (b:Entity {id: row.right})"
    for type in EDGES:
        rows = [e for e in world.edges if e["type"] == type]
        yield f"UNWIND $rows AS row {ends} CREATE (a)-[e:{type}]->(b) SET e = row.row", rows


def a_query(rng: random.Random) -> Query:
    """A MATCH, perhaps more clauses, and one of the ways to return."""
    pattern, names = a_pattern(rng, "a")
    clauses = [("MATCH", (pattern,), ", ")]
    if rng.random() < 0.2:
        other, more = a_pattern(rng, "k", start=rng.choice(names))
        clauses[0] = ("MATCH", (pattern, other), ", ")
        names += more
    if rng.random() < 0.5:
        clauses.append(a_where(rng, names))
    if rng.random() < 0.3:
        start = rng.choice(names)
        other, more = a_pattern(rng, "o", start=start, least=1)
        clauses.append(("OPTIONAL MATCH", (other,), ", "))
        if rng.random() < 0.5:
            clauses.append(a_where(rng, more or names))
        names += more
    if rng.random() < 0.2:
        name = rng.choice(names)
        counted = rng.choice(["count(*)", "count(DISTINCT a0.s)", "sum(a0.n)", "max(a0.x)", "min(a0.s)"])
        clauses.append(("WITH", (name, f"{counted} AS c"), ", "))
        names = [name]
        if rng.random() < 0.5:
            clauses.append(("WHERE", ("c > 1",), " AND "))
    elif rng.random() < 0.2:
        clauses.append(("UNWIND", (f"coalesce({rng.choice(names)}.tags, ['none'])",), ""))
        clauses.append(("AS", ("tag",), ""))
        clauses.append(("WITH", ("tag", *dict.fromkeys(names)), ", "))
    return a_return(rng, clauses, list(dict.fromkeys(names)))


def a_pattern(rng: random.Random, letter: str, start: str = "", least: int = 0) -> tuple[str, list[str]]:
    names = [start or f"{letter}0"]
    text = f"({start or f'{letter}0' + a_label(rng)})"
    for i in range(1, rng.choice([least, 1, 1, 1, 2, 2, 3]) + 1):
        types = rng.choice(["", "", ":PARTNERS_WITH", ":PARTNERS_WITH|ACQUIRED", ":PART_OF"])
        hops = rng.choice(["", "", "", "", "*1..2", "*0..2", "*2..3", "*..2"])
        edge = f"[{types}{hops}]"
        left, right = rng.choice([("-", "->"), ("<-", "-"), ("-", "-")])
        names.append(f"{letter}{i}")
        text += f"{left}{edge}{right}({letter}{i}{a_label(rng)})"
    return text, names if not start else names[1:]


def a_label(rng: random.Random) -> str:
    return rng.choice(
        [
            "",
            "",
            "",
            ":Entity",
            ":Entity",
            ":Company",
            ":Company",
            ":Region",
            rng.choice([" {id: 'n1'}", ":Entity {n: 2}", ":Entity"]),
        ]
    )


def a_where(rng: random.Random, names: list[str]) -> tuple[str, tuple[str, ...], str]:
    between = rng.choice([" AND ", " OR "])
    return "WHERE", tuple(a_condition(rng, names) for _ in range(rng.choice([1, 1, 1, 2, 3]))), between


def a_condition(rng: random.Random, names: list[str]) -> str:
    a, b = rng.choice(names), rng.choice(names)
    text = rng.choice([
        f"{a}.n >= {rng.randint(1, 3)}", f"{a}.n <> {rng.randint(1, 3)}", f"{a}.n IN [1, 3]", f"{a}.s STARTS WITH 'a'",
        f"toLower({a}.s) CONTAINS 'a'", f"'x' IN {a}.tags", f"{a}.s IS NULL", f"{a}.tags IS NOT NULL", f"{a}:Region",
        f"any(t IN {a}.tags WHERE t = 'x')", f"all(t IN {a}.tags WHERE t = 'x')", f"none(t IN {a}.tags WHERE t = 'y')",
        f"size({a}.tags) > 0", f"{a}.id <> {b}.id", f"{a} <> {b}", f"{a}.n = {b}.n", f"{a}.n + {b}.n > 3", f"{a}.x < {b}.n",
        f"coalesce({a}.n, 0) < 2", f"EXISTS {{ ({a})-[:PARTNERS_WITH]->() }}", f"COUNT {{ ({a})-[:ACQUIRED]-() }} > 1",
        f"({a})-[:PART_OF]->()", f"({a})<-[:PARTNERS_WITH]-(:Company)",
    ])  # fmt: skip
    return rng.choice([text, text, text, f"NOT ({text})"])


def a_return(rng: random.Random, clauses: list[tuple[str, tuple[str, ...], str]], names: list[str]) -> Query:
    a, b = rng.choice(names), rng.choice(names)
    items: tuple[str, ...] = rng.choice([
        tuple(f"{n}.id AS i{i}" for i, n in enumerate(names)),
        (f"{a}.id AS i", f"{a}.n AS n", f"{a}.s AS s", f"{a}.x AS x"),
        (f"{a}.n AS k", "count(*) AS c"),
        (f"{a}.id AS i", f"count(DISTINCT {b}.n) AS c", f"sum({b}.n) AS s"),
        (f"min({a}.n) AS l", f"max({a}.s) AS m", f"avg({a}.n) AS v", f"count({a}.x) AS c"),
        (f"size(collect({a}.id)) AS c", f"size(collect(DISTINCT {b}.s)) AS d"),
        (f"{a}.id AS i", f"[t IN {a}.tags WHERE t <> 'x' | toUpper(t)] AS u", f"head({a}.tags) AS h"),
        (f"{a}.id AS i", f"size({a}.tags) AS z", f"{a}.tags + ['q'] AS p", f"{a}.tags[0] AS f", f"last({a}.tags) AS t"),
        (f"{a}.id AS i", f"CASE WHEN {a}.n > 1 THEN 'big' WHEN {a}.n IS NULL THEN 'none' ELSE 'small' END AS c"),
        (f"{a}.id AS i", f"reduce(z = 0, t IN {a}.tags | z + size(t)) AS r", f"substring({a}.s, 0, 1) AS u"),
        (f"{a}.id AS i", f"COUNT {{ ({a})--() }} AS d", f"'Region' IN labels({a}) AS r"),
        (f"{a}.id AS i", f"toString({a}.n) + coalesce({a}.s, '-') AS t", f"{a}.n / 2 AS h", f"{a}.n % 2 AS m"),
    ])  # fmt: skip
    head = rng.choice(["RETURN", "RETURN", "RETURN DISTINCT"])
    done = [*clauses, (head, items, ", ")]
    columns = tuple(re.findall(r" AS (\w+)$", item)[0] for item in items)
    if ordered := rng.random() < 0.4:
        done.append(("ORDER BY", tuple(c + rng.choice(["", " DESC"]) for c in columns), ", "))
        if rng.random() < 0.4:
            done.append(("LIMIT", (str(rng.randint(1, 4)),), ""))
    return Query(tuple(done), ordered)


if __name__ == "__main__":
    main()
