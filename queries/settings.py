"""Where workspace and graph are, how sure a claim must be: options, environment, ecomap.toml."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.errors import SettingsError

KNOWN = {"graph": str, "min_confidence": float, "workers": int, "database": str}
CREDENTIALS = (("ECOMAP_USER", "ECOMAP_PASSWORD"), ("NEO4J_USERNAME", "NEO4J_PASSWORD"))


@dataclass(frozen=True, slots=True)
class Settings:
    """What every command needs to know.

    Attributes:
        workspace: the folder with records, judgements and the embedded graph.
        graph: a bolt or neo4j URL, or a folder.
        database: of a server that has several; None is its default one.
    """

    workspace: Path
    graph: str
    min_confidence: float | None = None
    workers: int | None = None
    database: str | None = None

    @property
    def is_server(self) -> bool:
        return "://" in self.graph


def read_settings(workspace: str | None = None, graph: str | None = None) -> Settings:
    """The settings of a workspace; what is given on the command line goes before the rest."""
    folder = Path(workspace or os.environ.get("ECOMAP_WORKSPACE") or ".ecomap")
    known = _toml(folder / "ecomap.toml")
    url = graph or os.environ.get("ECOMAP_GRAPH") or known.pop("graph", None) or str(folder / "graph")
    known.pop("graph", None)
    if database := os.environ.get("ECOMAP_DATABASE") or os.environ.get("NEO4J_DATABASE"):
        known["database"] = database
    if "://" in url and urlsplit(url).password:
        raise SettingsError(
            "A password in --graph can be read by others. Set NEO4J_USERNAME and NEO4J_PASSWORD."
        )
    return Settings(folder, url, **known)


def credentials() -> tuple[str, str] | None:
    """User and password of a server, from the environment alone."""
    for user, password in CREDENTIALS:
        if os.environ.get(password):
            return os.environ.get(user, "neo4j"), os.environ[password]
    return None


def remember(settings: Settings, name: str, value: float) -> None:
    """Write one setting into ecomap.toml and leave the other lines as they are."""
    path = settings.workspace / "ecomap.toml"
    before = path.read_text("utf-8") if path.exists() else ""
    kept = re.sub(rf"(?m)^{name}\s*=.*\n?", "", before)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{name} = {value}\n{kept}", "utf-8")


def _toml(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error
    for name, value in rows.items():
        if name not in KNOWN:
            raise SettingsError(f"{path} has {name!r}, which is no setting. Known: {', '.join(KNOWN)}.")
        if not isinstance(value, (KNOWN[name], int)):
            raise SettingsError(f"{path}: {name} = {value!r}, expected a {KNOWN[name].__name__}.")
    return rows
