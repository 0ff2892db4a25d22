"""A real Neo4j Community server on loopback, for the tests and for `make neo4j`.

python -m tests.neo4j.server            starts one, empty, and prints where it listens; Ctrl-C ends it
python -m tests.neo4j.server COMMAND    runs a command with ECOMAP_NEO4J_URL, _USER and _PASSWORD set, and ends it

ECOMAP_NEO4J_RELEASE=2025.10.1 before either takes that release in place of 5.26.0.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import neo4j

ROOT = Path(__file__).parents[2]
JARS = ROOT / ".neo4j"
OPENS = [f"--add-opens=java.base/{p}=ALL-UNNAMED" for p in ("java.nio", "java.io", "sun.nio.ch")]
QUICK = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
"""Starts in two thirds of the processor time; slower after some minutes."""


@dataclass(frozen=True, slots=True)
class Release:
    """A version of the server that the tests can run.

    Attributes:
        java: the oldest and the newest that it runs on.
        jars: the target of `make` that fetches them.
    """

    version: str
    lib: Path
    main: str
    java: tuple[int, int]
    jars: str


RELEASES = {
    r.version: r
    for r in (
        Release("5.26.0", JARS / "lib", "org.neo4j.server.CommunityEntryPoint", (17, 21), "neo4j-jars"),
        Release(
            "2025.10.1", JARS / "lib-2025", "org.neo4j.server.Neo4jCommunity", (21, 25), "neo4j-2025-jars"
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Server:
    """Where a running server is reached; pid is 0 where none has run yet."""

    bolt: str
    http: str
    user: str
    password: str
    home: Path
    pid: int = 0


def release() -> Release:
    """The one that the environment names, else 5.26.0."""
    return RELEASES[os.environ.get("ECOMAP_NEO4J_RELEASE", "5.26.0")]


def missing() -> str | None:
    """Why no server can run here, or None."""
    wanted = release()
    if java(*wanted.java) is None:
        return f"no Java {wanted.java[0]} to {wanted.java[1]} on this machine, which Neo4j {wanted.version} needs"
    if not (wanted.lib / f"neo4j-{wanted.version}.jar").exists():
        return f"the server's jars are not here: run `make {wanted.jars}` (needs Maven)"
    return None


@cache
def java(oldest: int, newest: int) -> Path | None:
    """A Java of one of these versions: that on the path, else the oldest of those installed."""
    found = [Path(on_path)] if (on_path := shutil.which("java")) else []
    found += sorted(Path("/usr/lib/jvm").glob("*/bin/java"), key=_version)
    return next((path for path in found if oldest <= _version(path) <= newest), None)


@cache
def _version(java: Path) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    number = re.search(r'version "(\d+)', told)
    return int(number[1]) if number else 0


@contextlib.contextmanager
def running(home: Path | None = None, *, seconds: float = 180, quick: bool = True) -> Iterator[Server]:
    """Start a server in an empty folder, wait until it answers, end it."""
    with tempfile.TemporaryDirectory(prefix="neo4j-") as scratch:
        server = configured(home or Path(scratch))
        # as the server's own script does: a plugin's extensions are found on the class path alone
        classes = f"{release().lib}/*:{server.home}/plugins/*"
        command = _java(768, classes, release().main, QUICK if quick else [])
        command += [f"--home-dir={server.home}", f"--config-dir={server.home / 'conf'}"]
        with (server.home / "console.log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(server, process, seconds)
            yield replace(server, pid=process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _java(megabytes: int, classes: str, main: str, options: list[str]) -> list[str]:
    return [str(java(*release().java)), f"-Xmx{megabytes}m", *options, *OPENS, "-cp", classes, main]


def environment(server: Server) -> dict[str, str]:
    """What tells a child process where the server is."""
    return {
        "ECOMAP_NEO4J_URL": server.bolt,
        "ECOMAP_NEO4J_USER": server.user,
        "ECOMAP_NEO4J_PASSWORD": server.password,
    }


def admin(
    home: Path, *arguments: str, folder: Path | None = None, quick: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run neo4j-admin's commands, for example ``database import full``, in a folder."""
    options = QUICK if quick else []
    command = [*_java(512, f"{release().lib}/*", "org.neo4j.cli.AdminTool", options), *arguments]
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def configured(home: Path) -> Server:
    """Settings and password of a server that has not run yet."""
    bolt, http = _free_port(), _free_port()
    password = secrets.token_urlsafe(12)
    settings = {
        **{f"server.directories.{d}": home / d for d in ("data", "logs", "plugins", "import", "run")},
        "server.bolt.listen_address": f"127.0.0.1:{bolt}",
        "server.bolt.advertised_address": f"127.0.0.1:{bolt}",
        "server.http.listen_address": f"127.0.0.1:{http}",
        "server.http.advertised_address": f"127.0.0.1:{http}",
        "server.https.enabled": "false",
        "server.memory.pagecache.size": "128m",
        "dbms.usage_report.enabled": "false",
        "dbms.security.auth_minimum_password_length": "4",
        "browser.remote_content_hostname_whitelist": "localhost",
        "browser.post_connect_cmd": "",
    }
    for folder in ("conf", "data", "logs", "plugins", "import", "run"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{key}={value}\n" for key, value in settings.items())
    (home / "conf" / "neo4j.conf").write_text(lines)
    admin(home, "dbms", "set-initial-password", password)
    return Server(f"bolt://127.0.0.1:{bolt}", f"http://127.0.0.1:{http}", "neo4j", password, home)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: Server, process: subprocess.Popen[bytes], seconds: float) -> None:
    end = time.monotonic() + seconds
    with neo4j.GraphDatabase.driver(server.bolt, auth=(server.user, server.password)) as driver:
        while time.monotonic() < end:
            if process.poll() is not None:
                break
            with contextlib.suppress(neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.TransientError):
                driver.verify_connectivity()
                return
            time.sleep(0.5)
    log = (server.home / "console.log").read_text(errors="replace")[-2000:]
    raise RuntimeError(f"Neo4j did not answer within {seconds:.0f} s:\n{log}")


def main() -> None:
    if reason := missing():
        sys.exit(reason)
    with running() as server:
        if sys.argv[1:]:
            sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, **environment(server)}).returncode)
        print(f"Neo4j {release().version} on {server.bolt}, Browser on {server.http}/browser/")
        print(f"user {server.user}, password {server.password}; Ctrl-C ends it", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()


if __name__ == "__main__":
    main()
