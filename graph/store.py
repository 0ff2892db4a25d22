"""The graph behind Bolt: one class for the embedded engine and for every server.

Nodes and edges that ecomap owns bear ``ecomapKey`` (what they are) and ``ecomapHash`` (what they hold), so that a
write touches only what differs, and never what others keep in the same database.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, DriverError, Neo4jError, ServiceUnavailable

from . import vocabulary
from .errors import GraphUnavailable, StatementFailed, WriteRefused
from .names import folded, nearest
from .projection import Projection, Row
from .statements import statement
from .statements.reading import refusal
from .values import plain
from .writing import OWN, Database, Progress, amend, write

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
SECONDS = 30.0
ROWS = 10_000
Answer = tuple[list[str], list[list[Any]]]


@contextmanager
def open_graph(
    url: str | Path,
    *,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
    read_only: bool = False,
) -> Iterator[Graph]:
    """The graph in a folder, or on a server when the url says bolt:// or neo4j://.

    Raises:
        GraphBusy: another process holds the folder.
        GraphUnavailable: no connection, wrong credentials, a folder that does not open.
    """
    if str(url).split("://")[0] in SCHEMES:
        with _server(str(url), user, password) as driver:
            yield Graph(driver, database, read_only=read_only)
    else:
        from .embedded import running

        with running(Path(url), read_only=read_only) as engine:
            yield Graph(engine.driver, engine.database, read_only=read_only)


@contextmanager
def _server(url: str, user: str | None, password: str | None) -> Iterator[neo4j.Driver]:
    auth = (user, password or "") if user else None
    with neo4j.GraphDatabase.driver(url, auth=auth, notifications_min_severity="OFF") as driver:
        try:
            driver.verify_connectivity()
        except (Neo4jError, DriverError) as error:
            raise GraphUnavailable(
                f"{url} does not answer: {error}. Check the address and the credentials."
            ) from error
        yield driver


class Graph:
    """What is known, in a database."""

    def __init__(self, driver: neo4j.Driver, database: str | None = None, *, read_only: bool = False) -> None:
        self.driver = driver
        self.database = database
        self.read_only = read_only

    def write(self, projection: Projection, *, progress: Progress | None = None) -> None:
        """Make the database equal to the projection; goes on where a killed write stopped."""
        self._may_write()
        write(Database(self.driver, self.database), projection, progress)

    def amend(self, before: Projection, after: Projection, *, progress: Progress | None = None) -> None:
        """Exchange rows that the database holds, as last written, for others; all the rest is not looked at.

        Where that is not certain, or an amendment was killed: write the whole.
        """
        self._may_write()
        amend(Database(self.driver, self.database), before, after, progress)

    def _may_write(self) -> None:
        if self.read_only:
            raise WriteRefused("The graph was opened to read only. Open it with read_only=False.")

    def find(self, name: str, limit: int = 10) -> list[Row]:
        """Entities of that name, by any alias, case or accent; else the near ones, best first.

        Each row has ``exact``: whether the name is one of its own.
        """
        exact = [
            r | {"exact": True} for r in self._entities("find_entity", names=folded([name]), limit=limit)
        ]
        return exact or [r | {"exact": False} for r in self._near(name, limit)]

    def _near(self, name: str, limit: int) -> list[Row]:
        names = [(r["id"], r["names"] or []) for r in self._read("names")]
        ids = nearest(name, names, limit)
        rows = {r["id"]: r for r in self._entities("get_entities", ids=ids)}
        return [rows[i] for i in ids]

    def get(self, id: str) -> Row | None:
        """The entity with this id, or the one it was merged into."""
        found = self._entities("get_entities", ids=[id]) or self._entities("get_retired", id=id)
        return found[0] if found else None

    def cypher(
        self,
        text: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        seconds: float = SECONDS,
        rows: int = ROWS,
    ) -> Answer:
        """Columns and rows of a statement that only reads; nodes, edges and paths become plain values.

        Raises:
            WriteRefused: it would write, read files, or call a procedure that is not allowed.
            StatementFailed: syntax, a missing parameter, over the time or the rows.
        """
        if reason := refusal(text):
            raise WriteRefused(f"This statement is refused: {reason}. Only statements that read are run.")
        return _within(seconds, lambda: self._ask(text, dict(parameters or {}), seconds, rows))

    def _ask(self, text: str, parameters: dict[str, Any], seconds: float, most: int) -> Answer:
        """Always rolled back: what the check did not see is undone."""
        try:
            with self._session() as session, session.begin_transaction(timeout=seconds) as tx:
                result = tx.run(text, parameters)
                columns = list(result.keys())
                found = [[plain(v) for v in record.values()] for record in result.fetch(most + 1)]
                tx.rollback()
        except ServiceUnavailable as error:
            raise GraphUnavailable(f"The graph went away: {error}") from error
        except ClientError as error:
            if "AccessMode" in (error.code or "") or "read access mode" in (error.message or ""):
                raise WriteRefused("This statement is refused: it would write.") from error
            raise StatementFailed(error.message or str(error)) from error
        except (Neo4jError, DriverError) as error:
            raise StatementFailed(str(error)) from error
        if len(found) > most:
            raise StatementFailed(
                f"The answer has more than {most} rows. Add a LIMIT, or raise the limit of rows."
            )
        return columns, found

    def projection(self) -> Projection:
        """The rows as the database holds them."""
        return Projection(
            documents=_rows(self._read("read_document")),
            entities=_rows(self._read("read_entity")),
            claims=self._claims(),
            evidence=_rows(self._read("read_evidence"), "claim", "document"),
            edges=tuple(r for name in vocabulary.predicates() for r in self._edges(name)),
            same=_rows(self._read("read_edge", edge="MAYBE_SAME"), "left", "right"),
        )

    def _claims(self) -> tuple[Row, ...]:
        subject = {r["left"]: r["right"] for r in self._read("read_party", edge="SUBJECT")}
        object = {r["left"]: r["right"] for r in self._read("read_party", edge="OBJECT")}
        rows = _rows(self._read("read_claim"))
        return tuple(r | {"subject": subject.get(r["id"]), "object": object.get(r["id"])} for r in rows)

    def _edges(self, name: str) -> Iterator[Row]:
        edge = vocabulary.predicate(name).edge
        for row in _rows(self._read("read_edge", edge=edge), "subject", "object"):
            yield row | {"predicate": name}

    def fingerprint(self) -> str:
        """Of what the database holds, equal to that of the projection written last."""
        return self.projection().fingerprint()

    def counts(self) -> dict[str, int]:
        counts = {
            f"{what}s" if what != "entity" else "entities": self._count(f"count_{what}") for what in OWN
        }
        counts["evidence"] = self._count("count_evidence")
        edges = (self._count("count_edge", edge=p.edge) for p in vocabulary.predicates().values())
        return counts | {"edges": sum(edges)}

    def close(self) -> None:
        self.driver.close()

    def _count(self, name: str, *, edge: str | None = None) -> int:
        return int(self._read(name, edge=edge)[0]["n"])

    def _entities(self, name: str, **parameters: Any) -> list[Row]:
        return [own(r["row"]) for r in self._read(name, **parameters)]

    def _read(self, name: str, *, edge: str | None = None, **parameters: Any) -> list[Row]:
        try:
            with self._session() as session:
                return session.execute_read(lambda tx: tx.run(statement(name, edge=edge), parameters).data())
        except (Neo4jError, DriverError) as error:
            raise GraphUnavailable(f"The graph does not answer: {error}") from error

    def _session(self) -> neo4j.Session:
        return self.driver.session(
            database=self.database, default_access_mode=neo4j.READ_ACCESS, fetch_size=5000
        )


def own(properties: Mapping[str, Any]) -> Row:
    """Without what ecomap keeps for itself."""
    return {k: v for k, v in properties.items() if not k.startswith("ecomap")}


def _rows(found: list[Row], left: str = "", right: str = "") -> tuple[Row, ...]:
    if not left:
        return tuple(own(r["row"]) for r in found)
    return tuple(own(r["row"]) | {left: r["left"], right: r["right"]} for r in found)


def _within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """Servers stop a statement at its time; the embedded engine may not, so nobody waits for it longer."""
    answers: queue.Queue[Answer | BaseException] = queue.Queue()

    def run() -> None:
        try:
            answers.put(work())
        except BaseException as error:
            answers.put(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds + 0.5)
    except queue.Empty:
        raise StatementFailed(
            f"The statement took more than {seconds:g} s. Narrow it, or raise the limit."
        ) from None
    if isinstance(answer, BaseException):
        raise answer
    return answer
