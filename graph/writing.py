"""Makes a database equal to a projection: a diff by key and content hash, nodes before edges, in batches."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import neo4j
from neo4j.exceptions import ConstraintError, DriverError, Neo4jError, ServiceUnavailable

from . import vocabulary
from .errors import EvidenceError, GraphUnavailable
from .names import folded
from .projection import Projection, Row, canonical
from .statements import statement

OWN = ("document", "entity", "claim")
BATCH = 1000
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Database:
    """Where to write."""

    driver: neo4j.Driver
    name: str | None

    def read(self, text: str) -> list[Row]:
        with self.driver.session(database=self.name, fetch_size=10_000) as session:
            return session.execute_read(lambda tx: tx.run(text).data())

    def write(self, text: str, **parameters: Any) -> None:
        """Constraints first, and only managed transactions: the driver tries transient failures again."""
        with self.driver.session(database=self.name) as session:
            session.execute_write(lambda tx: tx.run(text, parameters).consume())

    @contextmanager
    def turn(self) -> Iterator[Callable[[], None]]:
        """One writer at a time, whatever process it is in: the others wait for the node that nobody ever sees.

        A unique key makes the second who merges it wait for the first. The transaction is rolled back, and
        ends too when this process or its connection does. Gives a function that fails when the turn is lost.
        """
        with self.driver.session(database=self.name) as session, session.begin_transaction() as held:

            def mine() -> None:
                held.run("RETURN 1").consume()

            held.run(statement("turn")).consume()
            yield mine
            held.rollback()


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that one statement writes, each with key, properties and, for edges, left and right.

    Attributes:
        label: of the nodes, as Entity:Company, or the type of the edges.
        ends: labels that edges lead from and to; None for nodes.
        delete: what takes keys away, in this order. A node that others tied an edge to is left to them.
        create: for rows that are new; a MERGE on two labels would use no index on the embedded engine.
    """

    label: str
    ends: tuple[str, str] | None
    rows: dict[str, Row]
    hashes: str
    write: str
    delete: tuple[str, ...]
    create: str


def write(database: Database, projection: Projection, progress: Progress | None) -> None:
    """Tries again when a connection breaks or a server refuses for now; what is written by then is left alone."""
    _check(projection)
    for wait in (*WAITS, None):
        try:
            return _write(database, projection, progress or _silent)
        except (Neo4jError, DriverError) as error:
            if wait is None or not _may_pass(error):
                raise GraphUnavailable(
                    f"The write stopped: {error}. Run it again: it goes on from here."
                ) from error
            time.sleep(wait)


def amend(database: Database, before: Projection, after: Projection, progress: Progress | None) -> None:
    """Exchange some rows for others, without asking the database what it holds."""
    try:
        _amend(database, before, after, progress or _silent)
    except (Neo4jError, DriverError) as error:
        raise GraphUnavailable(f"The write stopped: {error}. Run it again: it compares the whole.") from error


def _silent(done: int, total: int, what: str) -> None:
    pass


def _may_pass(error: Neo4jError | DriverError) -> bool:
    """A constraint is violated when another writer made a node since the rows were compared."""
    return error.is_retryable() or isinstance(error, ConstraintError | ServiceUnavailable)


def _write(database: Database, projection: Projection, progress: Progress) -> None:
    for name in OWN:
        database.write(statement(f"constraint_{name}"))
        database.write(statement(f"index_{name}"))
    with database.turn() as mine:
        count = Count(sum(len(rows) for rows in _all(projection)), progress, mine)
        for part in parts(projection):
            there = {r["key"]: r["hash"] for r in database.read(part.hashes)}
            _equal(database, part, there, count)


def _amend(database: Database, before: Projection, after: Projection, progress: Progress) -> None:
    with database.turn() as mine:
        count = Count(sum(len(rows) for rows in _all(after)), progress, mine)
        for old, new in zip(parts(before), parts(after), strict=True):
            there = {key: row["properties"]["ecomapHash"] for key, row in old.rows.items()}
            _equal(database, new, there, count)


@dataclass(slots=True)
class Count:
    total: int
    progress: Progress
    mine: Callable[[], None]
    done: int = 0

    def add(self, n: int, what: str) -> None:
        """A turn that was lost is noticed here, before the next batch."""
        self.mine()
        self.done = min(self.done + n, self.total)
        self.progress(self.done, self.total, what)


def _all(projection: Projection) -> tuple[tuple[Row, ...], ...]:
    p = projection
    return p.documents, p.entities, p.claims, p.evidence, p.edges, p.same


def _equal(database: Database, part: Part, there: Mapping[str, str], count: Count) -> None:
    """Deletes what is gone, then writes what is new or differs from what is there."""
    for keys in _batches(sorted(there.keys() - part.rows.keys())):
        for text in part.delete:
            database.write(text, keys=keys)
    todo = [
        row for key, row in sorted(part.rows.items()) if there.get(key) != row["properties"]["ecomapHash"]
    ]
    count.add(len(part.rows) - len(todo), "unchanged")
    for text, some in (
        (part.create, [r for r in todo if r["key"] not in there]),
        (part.write, [r for r in todo if r["key"] in there]),
    ):
        for batch in _batches(some):
            database.write(text, rows=batch)
            count.add(len(batch), "written")


def parts(projection: Projection) -> Iterator[Part]:
    """All that a graph holds of the projection, nodes before edges."""
    yield from _node_parts(projection)
    yield from _edge_parts(projection)


def _node_parts(projection: Projection) -> Iterator[Part]:
    """Entities one kind at a time: a kind is part of the id, so it never changes under a key."""
    yield _nodes("document", {r["id"]: _row(r["id"], r) for r in projection.documents})
    for kind in vocabulary.kinds():
        rows = {r["id"]: _row(r["id"], r, names=_names(r)) for r in projection.entities if r["kind"] == kind}
        yield _nodes("entity", rows, kind)
    claims = {r["id"]: _row(r["id"], _without(r, "subject", "object")) for r in projection.claims}
    yield _nodes("claim", claims)


def _nodes(what: str, rows: dict[str, Row], kind: str | None = None) -> Part:
    hashes, write = statement(f"hashes_{what}", kind=kind), statement(f"write_{what}", kind=kind)
    create = statement("create_entity", kind=kind) if kind else write
    label = f"{what.capitalize()}:{kind}" if kind else what.capitalize()
    delete = tuple(statement(f"{step}_{what}", kind=kind) for step in ("untie", "delete", "leave"))
    return Part(label, None, rows, hashes, write, delete, create)


def _edge_parts(projection: Projection) -> Iterator[Part]:
    for side in ("subject", "object"):
        found = (_row(f"{r['id']}|{r[side]}", {}, r["id"], r[side]) for r in projection.claims)
        rows = {row["key"]: row for row in found}
        yield _edges("party", side.upper(), rows, ("Claim", "Entity"))
    yield _edges("evidence", "EVIDENCED_BY", _evidence(projection), ("Claim", "Document"))
    by_predicate: dict[str, dict[str, Row]] = defaultdict(dict)
    for r in projection.edges:
        key = "|".join((r["subject"], r["predicate"], r["object"]))
        body = _without(r, "subject", "predicate", "object")
        by_predicate[r["predicate"]][key] = _row(key, body, r["subject"], r["object"])
    for name, predicate in vocabulary.predicates().items():
        yield _edges("edge", predicate.edge, by_predicate[name], ("Entity", "Entity"))
    same = {}
    for r in projection.same:
        key = "|".join((r["left"], r["right"], r["outcome"]))
        same[key] = _row(key, _without(r, "left", "right"), r["left"], r["right"])
    yield _edges("edge", "MAYBE_SAME", same, ("Entity", "Entity"))


def _evidence(projection: Projection) -> dict[str, Row]:
    """The ends are part of the key: an edge cannot move, so one that would is another."""
    rows = (
        _row(
            f"{r['id']}|{r['claim']}|{r['document']}",
            _without(r, "claim", "document"),
            r["claim"],
            r["document"],
        )
        for r in projection.evidence
    )
    return {row["key"]: row for row in rows}


def _edges(what: str, edge: str, rows: dict[str, Row], ends: tuple[str, str]) -> Part:
    hashes, delete = ("hashes_part", "delete_part") if "Claim" in ends else ("hashes_edge", "delete_between")
    write = statement(f"write_{what}", edge=edge)
    return Part(edge, ends, rows, statement(hashes, edge=edge), write, (statement(delete, edge=edge),), write)


def _row(
    key: str, body: Row, left: str | None = None, right: str | None = None, *, names: list[str] | None = None
) -> Row:
    digest = blake2b(canonical({"body": body, "names": names}).encode(), digest_size=12)
    properties = body | {"ecomapKey": key, "ecomapHash": digest.hexdigest()}
    properties |= {"ecomapNames": names} if names is not None else {}
    return {"key": key, "left": left, "right": right, "properties": properties}


def _names(entity: Row) -> list[str]:
    return folded([entity["name"], *entity.get("aliases", ()), *entity.get("keys", ())])


def _without(row: Row, *keys: str) -> Row:
    return {k: v for k, v in row.items() if k not in keys}


def _batches(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _check(projection: Projection) -> None:
    """Every edge has both its ends, else the graph could never equal its rows."""
    entities, claims, documents = (
        {r["id"] for r in rows} for rows in (projection.entities, projection.claims, projection.documents)
    )
    pairs: list[tuple[Iterable[Row], str, set[str]]] = [
        (projection.claims, "subject", entities), (projection.claims, "object", entities),
        (projection.edges, "subject", entities), (projection.edges, "object", entities),
        (projection.evidence, "claim", claims), (projection.evidence, "document", documents),
        (projection.same, "left", entities), (projection.same, "right", entities),
    ]  # fmt: skip
    for rows, side, known in pairs:
        missing = next((r for r in rows if r[side] not in known), None)
        if missing is not None:
            raise EvidenceError(f"{side} {missing[side]!r} is not among the rows: {canonical(missing)[:200]}")
