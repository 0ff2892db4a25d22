"""The graph as plain rows, before it is written to a store.

``ingest.resolve`` computes it from records and judgements; ``graph.store`` makes a database equal to it.
Every row is a dict of strings, numbers, booleans and lists of strings, without None.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

Row = dict[str, Any]

# Of the claims of the dev documents shown from this confidence on 91 in 100 are right: docs/extraction.md
SHOWN_CONFIDENCE = 0.8


@dataclass(frozen=True, slots=True)
class Projection:
    """Rows by kind, each sorted by its key, so that equal knowledge is equal bytes.

    Attributes:
        documents: id, name, title, publisher, published, url, language, mediaType, copies.
        entities: id, kind, name, aliases (list), keys (list: comparison keys, for look-up),
            retired (list of old ids), more.
        claims: id, subject, predicate, object (entity ids), status, since, until, confidence, sources,
            detail, regions (list of entity ids), contested, verdict.
        evidence: id, claim, document, startChar, endChar, quote, page, score, extractor, speaker,
            subjectForm, objectForm, date, published, firstPublished (of a reprint), copies.
        edges: subject, predicate, object and the summed-up evidence: status, since, until,
            confidence, sources, claims (list of claim ids), firstSeen, lastSeen, detail,
            contested. Structural part_of edges too.
        same: suggestions and decisions about pairs of entities: left, right, outcome (suggest, different),
            score, reason.
    """

    documents: tuple[Row, ...] = ()
    entities: tuple[Row, ...] = ()
    claims: tuple[Row, ...] = ()
    evidence: tuple[Row, ...] = ()
    edges: tuple[Row, ...] = ()
    same: tuple[Row, ...] = ()

    def fingerprint(self) -> str:
        """sha256 (hex, 16 digits) over all rows: equal for equal knowledge, whatever the order it came in."""
        return digest((part, sorted(canonical(r) for r in getattr(self, part))) for part in PARTS)


PARTS = tuple(part.name for part in fields(Projection))


def digest(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    """The fingerprint of canonical rows in the order of the alphabet, part by part."""
    found = hashlib.sha256()
    for part, rows in parts:
        for row in rows:
            found.update(part.encode() + b"\0" + row.encode() + b"\n")
    return found.hexdigest()[:16]


def canonical(row: Row) -> str:
    """A row as JSON with sorted keys: the bytes that are compared and hashed."""
    return json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
