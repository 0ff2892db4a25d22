"""The embedded graph: an engine in this process, reached over Bolt like any server.

The only file that names the engine. It listens on a free loopback port with passwords drawn for this
run, and one process holds a folder at a time. Opened to read only, it knows its clients as a user whom
it lets write nothing, change no schema and read no file.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import socket
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from pathlib import Path
from typing import Any

import neo4j

from .errors import GraphBusy, GraphUnavailable

DATABASE = "ecomap"
WRITER, READER = "root", "reader"
WAIT_TO_READ = 20.0
WAIT_TO_WRITE = 2.0
PORT_TRIES = 5
HASHINGS = 1000  # a password of 24 random bytes needs no slower hash
MAY = {WRITER: ["createRecord", "readRecord", "updateRecord", "deleteRecord"], READER: ["readRecord"]}
SCHEMA = {WRITER: ["updateSecurity", "updateSchema", "updateDatabaseSettings"], READER: []}
_TURN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Embedded:
    """A running engine, and what a client needs to connect to it."""

    url: str
    user: str
    password: str
    database: str
    driver: neo4j.Driver


@contextmanager
def running(folder: Path, *, read_only: bool = False, port: int | None = None) -> Iterator[Embedded]:
    """The engine on the folder's database, until the block ends; the folder is made when it is not there."""
    _make(folder)
    with (
        _held(folder, WAIT_TO_READ if read_only else WAIT_TO_WRITE),
        _engine(folder, port, read_only) as (found, passwords),
    ):
        url = f"bolt://127.0.0.1:{found}"
        user = READER if read_only else WRITER
        driver = neo4j.GraphDatabase.driver(
            url, auth=(user, passwords[user]), notifications_min_severity="OFF", telemetry_disabled=True
        )
        with driver:
            yield Embedded(url, user, passwords[user], DATABASE, driver)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise GraphUnavailable(
            f"{folder} cannot hold a graph: {error.strerror}. Give another --graph."
        ) from None


@contextmanager
def _held(folder: Path, wait: float) -> Iterator[None]:
    """The folder for this process alone; waits a little, since questions and writes are short."""
    with (folder / "lock").open("a+") as lock:
        _take(lock.fileno(), folder, time.monotonic() + wait)
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), str(os.getpid()).encode())
        try:
            yield
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)


def _take(lock: int, folder: Path, until: float) -> None:
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                holder = os.pread(lock, 20, 0).decode() or "unknown"
                raise GraphBusy(
                    f"Process {holder} holds the graph in {folder}. Wait until it ends, or ask the graph of"
                    " a server (--graph bolt://...)."
                ) from None
        time.sleep(0.05)


@contextmanager
def _engine(folder: Path, port: int | None, read_only: bool) -> Iterator[tuple[int, dict[str, str]]]:
    with _TURN, _quiet():
        server, found, passwords = _started(folder, port, read_only)
    try:
        yield found, passwords
    finally:
        with _TURN, _quiet():
            server.stop()


def _started(folder: Path, port: int | None, read_only: bool) -> tuple[Any, int, dict[str, str]]:
    """A free port can be taken by another process before the engine binds it: try again with the next."""
    os.environ["ARCADEDB_LOG_CONSOLE"] = "0"
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder.resolve() / "log"))
    from arcadedb.exceptions import ArcadeDBError  # type: ignore[import-untyped]
    from arcadedb.server import create_server  # type: ignore[import-untyped]

    passwords = {user: secrets.token_urlsafe(24) for user in MAY}
    for left in reversed(range(1 if port else PORT_TRIES)):
        found = port or _free_port()
        server: Any = create_server(str(folder), passwords[WRITER], _settings(found, read_only))
        try:
            _write_users(folder, passwords)
            server.start()
            server.create_database(DATABASE)
        except ArcadeDBError as error:
            server.stop()
            if not left:
                raise GraphUnavailable(
                    f"The graph in {folder} does not open: {error}. Make it again with: ecomap rebuild"
                ) from error
        else:
            return server, found, passwords
    raise AssertionError("the last try returns or raises")


def _settings(port: int, read_only: bool) -> dict[str, Any]:
    """Mode production makes each commit reach the disk, and keeps from clients why a statement failed.

    The HTTP door has no switch (docs/decisions/0002): with port 0 it gets a free number, on loopback, behind the password.
    """
    return {
        "mode": "development" if read_only else "production",
        "host": "127.0.0.1",
        "http_port": 0,
        "bolt_host": "127.0.0.1",
        "bolt_port": port,
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server_securitySaltIterations": 1000,
    }


def _write_users(folder: Path, passwords: dict[str, str]) -> None:
    """The engine keeps users in these files: passwords of the run before must not stay valid."""
    config = folder / "config"
    config.mkdir(exist_ok=True, mode=0o700)
    for file in config.glob("server-*"):
        file.unlink()
    groups = {user: _group(SCHEMA[user], MAY[user]) for user in MAY} | {"*": _group([], [])}
    _write(config / "server-groups.json", {"databases": {"*": {"groups": groups}}, "version": 2})
    databases = {WRITER: "*", READER: DATABASE}
    _write(
        config / "server-users.jsonl",
        *(
            {"name": user, "databases": {databases[user]: [user]}, "password": _hashed(password)}
            for user, password in passwords.items()
        ),
    )


def _group(schema: list[str], records: list[str]) -> dict[str, Any]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": schema, "types": {"*": {"access": records}}}


def _write(file: Path, *lines: dict[str, Any]) -> None:
    file.touch(mode=0o600)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def _hashed(password: str) -> str:
    """As the engine writes it; the salt is hashed as text."""
    salt = b64encode(secrets.token_bytes(32)).decode()
    digest = pbkdf2_hmac("sha256", password.encode(), salt.encode(), HASHINGS, 32)
    return f"PBKDF2WithHmacSHA256${HASHINGS}${salt}${b64encode(digest).decode()}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing that native code prints reaches the terminal."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = os.dup(1), os.dup(2)
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, 1)
        os.dup2(null, 2)
        yield
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for file in (*kept, null):
            os.close(file)
