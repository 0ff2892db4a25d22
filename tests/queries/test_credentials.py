"""Where the password of a server comes from: the environment, else the keyring of this machine."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked

from graph.errors import SettingsError
from queries.settings import CREDENTIALS, credentials

URL = "neo4j+s://graph.example.com"


class Kept(KeyringBackend):
    """A keyring in memory, as any program may bring one."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password


class Locked(Kept):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("not today")


@pytest.fixture(autouse=True)
def own_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in (name for pair in CREDENTIALS for name in pair):
        monkeypatch.delenv(name, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(Kept())
    yield
    keyring.set_keyring(before)


def test_the_keyring_is_asked_by_address_and_user(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_password(URL, "neo4j", "in the ring")
    assert credentials(URL) == ("neo4j", "in the ring")
    assert credentials("neo4j+s://other.example.com") is None
    monkeypatch.setenv("NEO4J_USERNAME", "ann")
    assert credentials(URL) is None
    keyring.set_password(URL, "ann", "hers")
    assert credentials(URL) == ("ann", "hers")


def test_the_environment_goes_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_password(URL, "neo4j", "in the ring")
    monkeypatch.setenv("NEO4J_PASSWORD", "said")
    assert credentials(URL) == ("neo4j", "said")


def test_a_machine_without_a_keyring_gives_none() -> None:
    keyring.set_keyring(fail.Keyring())
    assert credentials(URL) is None


def test_a_locked_keyring_is_an_error_that_says_what_to_do() -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(SettingsError, match="Unlock it, or set NEO4J_PASSWORD"):
        credentials(URL)
