"""What a text itself states about names: aliases and tickers.

"Teleradiology Solutions (TRS)", "Meta, formerly Facebook", "Acme, doing business as Apex", "RadNet, Inc. (NASDAQ: RDNT)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.model import Mention, Record

BRACKET = re.compile(
    r"""^,?\s*[(\[]\s*(?:(?:the|or|hereinafter|collectively|together)[\s,]+)*["“'‘]?$""", re.I
)
WORDS = re.compile(
    r"""^,?\s*[(\[]?\s*(?:previously|formerly|formally|also|now|better)?\s*(?:and\s+)?"""
    r"""(?:formerly|previously|known as|formerly called|renamed|doing business as|trading as|operating as|d/?b/?a|a/?k/?a|f/?k/?a"""
    r"""|n/?k/?a|a\.k\.a\.|f\.k\.a\.|d\.b\.a\.)\s*:?\s*["“'‘]?$""",
    re.I,
)
TICKER = re.compile(
    r"^,?\s*\(?\s*(NYSE(?: American)?|NASDAQ(?:GS|GM|CM)?|LSE|AIM|TSXV?|ASX|KOSDAQ|KRX|HKEX|SIX|BSE|NSE|XETRA|OTCQ[BX]|Euronext)"
    r"\s*:\s*([A-Z0-9.]{1,8})\b",
    re.I,
)
MAX_GAP = 40


def stated_aliases(record: Record) -> Iterator[tuple[str, str, str]]:
    """(kind, alias, name) for each pair of neighbours that the text says are one; canonical names where they differ."""
    for left, right in pairwise(_names(record)):
        between = record.document.text[left.end : right.start]
        if (
            left.kind == right.kind
            and len(between) <= MAX_GAP
            and _states_alias(record, left, right, between)
        ):
            yield left.kind, right.text, left.name


def stated_tickers(record: Record) -> Iterator[tuple[str, str, str]]:
    """(kind, name, ticker) as in "RadNet, Inc. (NASDAQ: RDNT)"."""
    for mention in _names(record):
        found = TICKER.match(record.document.text[mention.end : mention.end + MAX_GAP])
        if found:
            yield mention.kind, mention.name, f"{found.group(1).upper()[:6]}: {found.group(2).upper()}"


def _states_alias(record: Record, left: Mention, right: Mention, between: str) -> bool:
    if WORDS.match(between):
        return True
    closed = re.match(r"""["”'’]?\s*[)\]]""", record.document.text[right.end : right.end + 3])
    return bool(BRACKET.match(between) and closed and _is_short_form(right.text, left.text))


def _is_short_form(short: str, long: str) -> bool:
    """A bracket behind a name may hold anything; only initials or words of the name are its alias."""
    from .names import acronym, camel_case_fits, core, spells_out

    key = "".join(core(short))
    return bool(key) and (
        key in acronym(long)
        or set(core(short)) < set(core(long))
        or (len(core(short)) == 1 and short.isupper() and spells_out(key, long))
        or (len(core(short)) == 1 and camel_case_fits(short, long))
    )


def _names(record: Record) -> list[Mention]:
    return sorted((m for m in record.mentions if m.form == "name"), key=lambda m: (m.start, m.end))
