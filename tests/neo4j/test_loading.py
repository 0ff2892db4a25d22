"""Two writers at once, and a connection that breaks in mid-load, leave what one undisturbed writer leaves."""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from graph.projection import Projection
from graph.store import Graph, open_graph
from tests.graph.test_store import many

from .served import Address, served
from .server import missing

pytestmark = [
    pytest.mark.skipif(missing() is not None, reason=str(missing())),
    pytest.mark.timeout(900),
]
Served = tuple[Address, Graph]
WRITER = """
import os, sys
from graph.store import open_graph
from tests.neo4j.test_loading import WORLDS
url, user, password, world = sys.argv[1:]
with open_graph(url, user=user, password=password) as graph:
    print("open", flush=True)
    sys.stdin.readline()
    graph.write(WORLDS[world])
"""


def _other() -> Projection:
    """Half of what the first knows, differently."""
    one = many()
    return replace(
        one,
        entities=tuple(r | {"name": r["name"] + "!"} for r in one.entities),
        claims=one.claims[:700],
        evidence=one.evidence[:700],
        edges=one.edges[:700],
    )


WORLDS = {"one": many(), "other": _other()}


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served() as found:
        yield found


def write_at_once(at: Address, *worlds: str) -> None:
    """Each in a process of its own; all begin when all are connected."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, at.url, at.user, at.password, world],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for world in worlds
    ]  # fmt: skip
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == "open\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("\n")
        writer.stdin.flush()
    ends = [(w.communicate(timeout=600), w.returncode) for w in writers]
    assert [code for _, code in ends] == [0] * len(writers), ends


def test_two_writers_of_the_same_leave_what_one_leaves(server: Served) -> None:
    at, graph = server
    graph.write(Projection())
    write_at_once(at, "one", "one")
    assert graph.fingerprint() == WORLDS["one"].fingerprint()


def test_two_writers_of_different_things_leave_what_the_later_wrote(server: Served) -> None:
    at, graph = server
    write_at_once(at, "one", "other")
    assert graph.fingerprint() in {w.fingerprint() for w in WORLDS.values()}
    assert graph.driver.execute_query("MATCH (n:Document {ecomapKey: 'ecomap:turn'}) RETURN n").records == []


def test_a_connection_that_breaks_in_mid_load_is_made_again(server: Served) -> None:
    at, graph = server
    graph.write(Projection())
    with breaking(at.url, [120_000, 200_000, 150_000]) as (url, broken):
        with open_graph(url, user=at.user, password=at.password) as through:
            through.write(WORLDS["one"])
        assert len(broken) >= 3
    assert graph.fingerprint() == WORLDS["one"].fingerprint()


@contextmanager
def breaking(url: str, amounts: list[int]) -> Iterator[tuple[str, list[int]]]:
    """A way to the server that breaks all connections each time that many bytes went to it."""
    to = urlsplit(url)
    assert to.hostname
    assert to.port
    broken: list[int] = []
    pairs: list[tuple[socket.socket, socket.socket]] = []
    left = list(amounts)
    passed = [0]

    def accept(door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection((to.hostname, to.port))
                pairs.append((near, far))
                threading.Thread(target=carry, args=(near, far), daemon=True).start()

    def carry(near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError, ValueError):
            while True:
                for ready in select.select([near, far], [], [])[0]:
                    data = ready.recv(65536)
                    if not data:
                        return end(near, far)
                    passed[0] += len(data) if ready is near else 0
                    if left and passed[0] > left[0]:
                        broken.append(left.pop(0))
                        passed[0] = 0
                        for pair in list(pairs):
                            end(*pair)
                        return None
                    (far if ready is near else near).sendall(data)

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=accept, args=(door,), daemon=True).start()
        yield f"bolt://127.0.0.1:{door.getsockname()[1]}", broken
    for pair in pairs:
        end(*pair)


def end(*sockets: socket.socket) -> None:
    for each in sockets:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()
