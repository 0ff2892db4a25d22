"""Identity: ids that people can read and that never depend on the order in which documents came.

>>> entity_id("Company", "Radiology Partners")
'company:radiology-partners'
>>> fold("Société Générale, S.A.")
'societe generale s a'
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(name: str) -> str:
    """A name without case, accents and punctuation: how names are looked up (``keys`` of an entity)."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold().translate(LETTERS)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain.replace("'", "").replace("’", "")))


def entity_id(kind: str, name: str) -> str:
    """The id of an entity of that name; names without a letter or digit are told apart by a hash."""
    return f"{kind.casefold()}:{fold(name).replace(' ', '-') or digest(name)}"


def claim_id(subject: str, predicate: str, object: str, status: str) -> str:
    return f"claim:{digest(subject, predicate, object, status)}"


def evidence_id(claim: str, document: str, start: int, end: int, extractor: str) -> str:
    return f"evidence:{digest(claim, document, str(start), str(end), extractor)}"


def digest(*parts: str) -> str:
    """The first 16 hex digits of the sha256 of the parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
