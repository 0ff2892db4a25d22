"""From all statements on one (subject, predicate, object) to one verdict with its reason.

Statements are taken in the order of their dates; a later one takes over from the standing one unless it is weaker:
a rumour never takes over from a firm word, a plan only from a rumour, a denial or an end. On one day a party's own
word stands above a third's, a denial or an end above a going concern, then the number of sources, then confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

POSITIVE = ("current", "announced")
TENTATIVE = ("planned", "rumoured")
STRENGTH = {"rumoured": 0, "planned": 1, "announced": 2, "current": 3, "ended": 4, "denied": 5}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one independent source says of a triple.

    Attributes:
        source: the group of documents that carry it.
        date: when its first copy was published; "" where unknown.
        own: whether a party says so itself.
    """

    status: str
    source: str
    score: float
    date: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    status: str
    reason: str
    confidence: float
    sources: int
    contested: bool


def verdict(statements: Iterable[Statement]) -> Verdict:
    """The verdict of a careful analyst.

    >>> rumour, denial = Statement("rumoured", "a", 0.9, "2024-01-02"), Statement("denied", "b", 0.9, "2024-01-05", True)
    >>> verdict([denial, rumour]).status
    'denied'
    """
    ordered = _in_order(list(statements))
    standing = ordered[0]
    for statement in ordered[1:]:
        if takes_over(standing, statement):
            standing = statement
    support = [s for s in ordered if s.status == standing.status]
    opposed = [s for s in ordered if contradicts(standing, s)]
    return Verdict(
        standing.status,
        _reason(standing, support, ordered),
        confidence(support),
        len({s.source for s in support}),
        bool(opposed),
    )


def takes_over(standing: Statement, later: Statement) -> bool:
    """Whether a statement that comes later in the order replaces the standing one."""
    if later.status == "rumoured":
        return standing.status == "rumoured"
    if later.status == "planned":
        return standing.status in (*TENTATIVE, "ended") or (standing.status == "denied" and later.own)
    if later.status == "announced" and standing.status == "current":
        return False
    return not (_undated_third(later) and standing.own)


def contradicts(standing: Statement, other: Statement) -> bool:
    """Whether the other statement still speaks against the verdict: not outdated by a party's own later word."""
    if other.source == standing.source or not _opposite(standing.status, other.status):
        return False
    if standing.status == "ended" and other.status != "denied":
        return not other.date or (bool(standing.date) and other.date > standing.date)
    if other.status == "ended" and other.date < standing.date:
        return False
    settled = standing.own and other.date < standing.date
    return not settled


def confidence(statements: Iterable[Statement]) -> float:
    """1 - product(1 - score) over independent sources, the best score of each."""
    best: dict[str, float] = {}
    for s in statements:
        best[s.source] = max(s.score, best.get(s.source, 0.0))
    doubt = 1.0
    for score in sorted(best.values()):
        doubt *= 1 - score
    return round(1 - doubt, 6)


def _in_order(statements: list[Statement]) -> list[Statement]:
    counts: dict[tuple[str, str], set[str]] = {}
    for s in statements:
        counts.setdefault((s.status, s.date), set()).add(s.source)

    def rank(s: Statement) -> tuple[object, ...]:
        negative = s.status in ("denied", "ended")
        firm = s.status not in TENTATIVE
        return (
            s.date,
            firm,
            s.own,
            negative,
            len(counts[s.status, s.date]),
            s.score,
            STRENGTH[s.status],
            s.source,
        )

    return sorted(statements, key=rank)


def _opposite(status: str, other: str) -> bool:
    if "denied" in (status, other):
        return status != other
    return "ended" in (status, other) and (status in POSITIVE or other in POSITIVE)


def _undated_third(statement: Statement) -> bool:
    return not statement.date and not statement.own


def _reason(standing: Statement, support: Sequence[Statement], ordered: Sequence[Statement]) -> str:
    who = "a party itself" if standing.own else "a third party"
    said = f"{standing.status}, said by {who}" + (f" on {standing.date}" if standing.date else ", undated")
    count = len({s.source for s in support})
    others = sorted({s.status for s in ordered} - {standing.status})
    also = f"; others said {', '.join(others)}" if others else ""
    return f"{said}; {count} independent source{'s' if count > 1 else ''}{also}"
