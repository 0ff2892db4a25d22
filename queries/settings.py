"""Where workspace and graph are, how sure a claim must be: options, environment, ecomap.toml."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from graph.errors import SettingsError

KNOWN = {"graph": str, "min_confidence": float, "workers": int, "database": str}
SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
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
    if "://" in url:
        _check(url)
    return Settings(folder, url, **known)


def _check(url: str) -> None:
    """A graph's address; what may be a secret is not repeated."""
    scheme, _, rest = url.partition("://")
    if scheme not in SCHEMES:
        raise SettingsError(f"{scheme}:// is no graph. Write a folder, or {'://, '.join(SCHEMES)}://.")
    if "@" in rest.partition("/")[0]:
        raise SettingsError(
            "A user or password in the address of a graph can be read by others. Leave it out and set NEO4J_USERNAME"
            " and NEO4J_PASSWORD, or keep the password in the keyring."
        )


def credentials(url: str) -> tuple[str, str] | None:
    """User and password of a server: from the environment, else from the keyring of this machine."""
    for user, password in CREDENTIALS:
        if os.environ.get(password):
            return os.environ.get(user, "neo4j"), os.environ[password]
    return _kept(url)


def _kept(url: str) -> tuple[str, str] | None:
    """What `keyring set URL USER` keeps; the keyring is an extra: ecomap[keyring]."""
    if find_spec("keyring") is None:
        return None
    import keyring
    from keyring.errors import KeyringError, NoKeyringError

    user = next((os.environ[name] for name, _ in CREDENTIALS if os.environ.get(name)), "neo4j")
    try:
        password = keyring.get_password(url, user)
    except NoKeyringError:
        return None
    except KeyringError as error:
        raise SettingsError(
            f"The keyring does not answer: {error}. Unlock it, or set NEO4J_PASSWORD."
        ) from error
    return (user, password) if password else None


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
