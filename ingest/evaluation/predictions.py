"""What a system found, in the form in which it is judged, whoever made it.

A file of predictions has the JSON Lines of ``ecomap export claims`` and ``export mentions``, in any mix:
a row with a predicate is a claim, a row with a text is a mention.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import vocabulary
from graph.errors import SettingsError
from graph.model import Claim, Mention


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A name that a system found, and the entity it stands for."""

    text: str
    kind: str
    start: int
    end: int
    entity: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim that a system found; ``shown`` is None where the system leaves that to a threshold."""

    subject: str
    subject_kind: str
    predicate: str
    object: str
    object_kind: str
    status: str
    confidence: float
    quote: str = ""
    shown: bool | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """All that a system found in one document."""

    mentions: tuple[FoundMention, ...] = ()
    claims: tuple[FoundClaim, ...] = ()


def found(mentions: Iterable[Mention], claims: Iterable[Claim]) -> Found:
    """What an extractor gave: names only, no pronouns; nothing structural."""
    return Found(
        tuple(
            FoundMention(m.text, m.kind, m.start, m.end, m.name, m.score)
            for m in mentions
            if m.form == "name"
        ),
        tuple(_claim(c) for c in claims if not vocabulary.predicate(c.predicate).structural),
    )


def read_predictions(path: Path) -> dict[str, Found]:
    """The predictions of a file, by document (the stem of its name)."""
    mentions: dict[str, list[FoundMention]] = {}
    claims: dict[str, list[FoundClaim]] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            document = Path(row["document"]).stem
            if "predicate" in row:
                claims.setdefault(document, []).append(_claim_row(row))
            else:
                mentions.setdefault(document, []).append(_mention_row(row))
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as broken:
            raise SettingsError(
                f"{path.name}, line {number}: {broken!r}. Expected a row of an export."
            ) from broken
    return {
        document: Found(tuple(mentions.get(document, ())), tuple(claims.get(document, ())))
        for document in sorted({*mentions, *claims})
    }


def _claim(claim: Claim) -> FoundClaim:
    best = max(claim.evidence, key=lambda evidence: evidence.score)
    return FoundClaim(
        claim.subject,
        claim.subject_kind,
        claim.predicate,
        claim.object,
        claim.object_kind,
        claim.status,
        claim.score,
        quote=best.quote,
        rule=best.extractor,
    )


def _claim_row(row: dict[str, Any]) -> FoundClaim:
    return FoundClaim(
        row["subject"],
        row.get("subjectKind") or "Company",
        row["predicate"],
        row["object"],
        row.get("objectKind") or "Company",
        row.get("status") or "current",
        float(row["confidence"]) if row.get("confidence") is not None else 1.0,
        quote=row.get("quote") or "",
        shown=row.get("shown"),
        rule=row.get("rule") or "",
    )


def _mention_row(row: dict[str, Any]) -> FoundMention:
    score = float(row["score"]) if row.get("score") is not None else 1.0
    start, end = int(row["startChar"]), int(row["endChar"])
    return FoundMention(row["text"], row["kind"], start, end, row.get("entity") or row["text"], score)
