"""Lends the files to a Browser on this machine: loopback only, and to no page from elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from graph.errors import SettingsError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TYPES = {"html": "text/html", "zip": "application/zip"}


@contextmanager
def serving(files: Mapping[str, bytes], port: int = 0) -> Iterator[str]:
    """Answer requests for these files until the block ends; gives the address. Port 0 is a free one.

    Pages from loopback may read them (that is where Neo4j Browser and Neo4j Desktop are); other pages may not,
    because the files tell whom the graph is about.
    """
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), _answers(files))
    except OSError as error:
        raise SettingsError(f"Port {port} is taken ({error.strerror}). Give another --port.") from None
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answers(files: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = unquote(urlsplit(self.path).path).removeprefix("/")
            known = name in files and _is_loopback(f"//{self.headers.get('Host', '')}")
            self._answer(200 if known else 404, files[name] if known else b"not found", name)

        def do_OPTIONS(self) -> None:
            self._answer(204, b"", "")

        def _answer(self, code: int, body: bytes, name: str) -> None:
            self.send_response(code)
            self.send_header(
                "Content-Type", f"{TYPES.get(name.rpartition('.')[2], 'text/plain')}; charset=utf-8"
            )
            self.send_header("Content-Length", str(len(body)))
            origin = self.headers.get("Origin", "")
            if _is_loopback(origin):
                self.send_header("Access-Control-Allow-Origin", origin)
                self.send_header("Access-Control-Allow-Headers", "*")
                self.send_header("Vary", "Origin")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the terminal shows what to do next."""

    return Answers


def _is_loopback(address: str) -> bool:
    try:
        return urlsplit(address).hostname in LOOPBACK
    except ValueError:
        return False
