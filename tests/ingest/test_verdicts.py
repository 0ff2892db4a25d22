"""Stories of deals as sources tell them, and the verdict that a careful analyst gives."""

from __future__ import annotations

import pytest

from graph.model import Claim, Document, Evidence, Record
from ingest.resolve import resolve
from ingest.verdicts import Statement, confidence, verdict

WORDS = {"r": "rumoured", "p": "planned", "a": "announced", "c": "current", "d": "denied", "e": "ended"}

# A story: statements "date status[!]", ! = a party's own word. Then the verdict, and * where it is contested.
STORIES = [
    ("2024-01 r", "rumoured"),
    ("2024-01 p!", "planned"),
    ("2024-01 a!", "announced"),
    ("2024-01 c", "current"),
    ("2024-01 r | 2024-02 d!", "denied"),
    ("2024-01 r | 2024-02 d! | 2024-03 a!", "announced"),
    ("2024-01 r | 2024-02 d! | 2024-03 a! | 2024-06 c!", "current"),
    ("2024-01 r | 2024-02 d! | 2024-03 a! | 2024-06 c! | 2025-01 e!", "ended"),
    ("2024-01 r | 2024-02 d! | 2024-03 r", "denied*"),
    ("2024-01 d! | 2024-02 p!", "planned"),
    ("2024-01 d! | 2024-02 p", "denied*"),
    ("2024-01 d | 2024-02 p", "denied*"),
    ("2024-01 p! | 2024-02 r", "planned"),
    ("2024-01 r | 2024-02 p", "planned"),
    ("2024-01 a! | 2024-02 r", "announced"),
    ("2024-01 a! | 2024-02 p", "announced"),
    ("2024-01 c | 2024-02 a!", "current"),
    ("2024-01 a! | 2024-02 c", "current"),
    ("2024-01 p! | 2024-03 c!", "current"),
    ("2024-01 p! | 2024-03 d!", "denied"),
    ("2024-01 a! | 2024-03 d!", "denied"),
    ("2024-01 c! | 2024-03 e!", "ended"),
    ("2024-01 c! | 2024-03 e", "ended"),
    ("2024-01 e! | 2024-03 c!", "current"),
    ("2024-01 e! | 2024-03 a!", "announced"),
    ("2024-01 e! | 2024-03 p!", "planned"),
    ("2024-01 e! | 2024-03 r", "ended"),
    ("2020 c | 2023 e | 2024 c", "current"),
    ("2024-05-01 c | 2024-05-01 d", "denied*"),
    ("2024-05-01 c! | 2024-05-01 d", "current*"),
    ("2024-05-01 c | 2024-05-01 d!", "denied*"),
    ("2024-05-01 c | 2024-05-01 e", "ended"),
    ("2024-05-01 c! | 2024-05-01 e", "current*"),
    ("2024-05-01 p | 2024-05-01 c", "current"),
    ("2024-05-01 r | 2024-05-01 d!", "denied*"),
    ("2024-01 c | 2024-02 d", "denied*"),
    ("2024-01 d | 2024-02 c", "current*"),
    ("2024-01 d! | 2024-02 c", "current*"),
    ("2024-01 d | 2024-02 c!", "current"),
    (" c | 2024-02 e!", "ended*"),
    (" e | 2024-02 c", "current"),
    (" r | 2024-02 d!", "denied"),
    (" d | 2024-02 c!", "current"),
    (" c", "current"),
    (" c | d", "denied*"),
    (" r | c", "current"),
    ("2024 r | 2024-02 d!", "denied"),
    ("2023 c | 2024 c | 2024-06 d!", "denied"),
    ("2024-01 r | 2024-01 r | 2024-02 a!", "announced"),
    ("2024-01 d! | 2024-02 d! | 2024-03 c", "current*"),
    ("2024-01 e | 2024-02 d!", "denied"),
    ("2024-01 a | 2024-02 a | 2024-03 e", "ended"),
]


def told(story: str) -> list[Statement]:
    found = []
    for number, part in enumerate(story.split("|")):
        date, _, word = part.strip().rpartition(" ")
        found.append(Statement(WORDS[word[0]], f"source {number}", 0.8, date, word.endswith("!")))
    return found


@pytest.mark.parametrize(("story", "expected"), STORIES)
def test_verdict_of_a_story(story: str, expected: str) -> None:
    found = verdict(told(story))
    assert found.status + "*" * found.contested == expected
    assert verdict(reversed(told(story))) == found


LIFE = "2024-01 r | 2024-02 d! | 2024-03 a! | 2024-06 c! | 2025-01 e!"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2023-12-31", None),
        ("2024-01-31", "rumoured"),
        ("2024-02-29", "denied"),
        ("2024-03-31", "announced"),
        ("2024-06-30", "current"),
        ("2024-12-31", "current"),
        ("2025-01-31", "ended"),
    ],
)
def test_what_was_known_on_a_day(date: str, expected: str | None) -> None:
    found = resolve(map(_record, told(LIFE)), as_of=date)
    assert {c["verdict"] for c in found.claims} == ({expected} if expected else set())
    assert bool(found.edges) == (expected in ("announced", "current"))


def test_a_late_reprint_of_a_rumour_changes_nothing() -> None:
    text = "Acme is said to be in talks with Borea about a wide alliance for reading images at night in Ohio."
    rumour = _told(text, "rumoured", "2024-01-05", "first")
    denial = _told(
        "Acme denies any talks with Borea, its chief executive said on Monday.",
        "denied",
        "2024-02-01",
        "deny",
    )
    reprint = _told(text + " (Reprint)", "rumoured", "2024-03-01", "late")
    found = resolve([reprint, denial, rumour])
    assert {c["verdict"] for c in found.claims} == {"denied"}
    assert {c["status"]: c["sources"] for c in found.claims} == {"rumoured": 1, "denied": 1}
    assert {e["copies"] for e in found.evidence if e["document"] == "late"} == {2}


def test_confidence_grows_with_independent_sources_only() -> None:
    assert confidence([Statement("current", "a", 0.8), Statement("current", "a", 0.6)]) == 0.8
    assert confidence([Statement("current", "a", 0.8), Statement("current", "b", 0.5)]) == 0.9


def test_the_publisher_who_is_a_party_speaks_for_itself() -> None:
    text = "Acme and Borea are partners."
    own = _told(text, "current", "2024-01-01", "own", publisher="Acme Inc.")
    other = _told("Acme and Borea have never worked together, sources say.", "denied", "2024-01-01", "other")
    assert {c["verdict"] for c in resolve([own, other]).claims} == {"current"}


def _record(statement: Statement) -> Record:
    text = " ".join(
        f"{statement.status} {word} {statement.date}" for word in ("Acme", "Borea", statement.source)
    )
    publisher = "Acme" if statement.own else "The Daily"
    return _told(text, statement.status, statement.date, statement.source, publisher=publisher)


def _told(text: str, status: str, published: str, id: str, publisher: str = "The Daily") -> Record:
    document = Document(id, id, text, (), published=published or None, publisher=publisher)
    quote = Evidence(id, 0, len(text), text, "Acme", "Borea", "rule", 0.8)
    claim = Claim("Acme", "Company", "partners_with", "Borea", "Company", status, (quote,))
    return Record(document, (), (claim,), "test")
