"""What an address asks for is what is spoken: TLS where it ends in +s or +ssc, plain Bolt else."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import pytest

from graph.errors import GraphUnavailable
from graph.store import SCHEMES, open_graph

BOLT, TLS = b"\x60\x60\xb0\x17", b"\x16\x03"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_first_bytes_are_those_of_the_scheme(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        heard: list[bytes] = []
        threading.Thread(target=hear, args=(door, heard), daemon=True).start()
        with (
            pytest.raises(GraphUnavailable, match="Check the address"),
            open_graph(f"{scheme}://127.0.0.1:{door.getsockname()[1]}", user="neo4j", password="any"),
        ):
            pass
    assert heard[0].startswith(TLS if "+" in scheme else BOLT)


def hear(door: socket.socket, heard: list[bytes]) -> None:
    """Takes what is said first on each connection, and hangs up."""
    with suppress(OSError):
        while True:
            near, _ = door.accept()
            heard.append(near.recv(16))
            near.close()
