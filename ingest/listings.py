"""Reference lists: which rows are one company, and which names they are the names of.

Rows are one company by the same LEI, by the same ticker on the same exchange, or by the same web domain with agreeing
names; never where LEIs differ. A name that two companies of the lists bear says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from .name_words import little
from .names import comparison_key, domain, doubt_of_same_key, parts

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listing:
    """One company of the lists.

    Attributes:
        id: the comparison key of its name, told apart by LEI where it has one.
        row: the columns of its rows, of two values the first; `aliases` parted by |.
        names: all names that the rows give.
    """

    id: str
    row: Row
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listings:
    """Companies of the lists by the keys of their names."""

    by_key: Mapping[str, tuple[Listing, ...]] = field(default_factory=dict)

    def of(self, kind: str, name: str) -> Listing | None:
        """The one company of the lists that bears this name."""
        found = {
            listing.id: listing
            for key in parts(name).keys
            for listing in self.by_key.get(key, ())
            if listing.row.get("kind", "Company") == kind and _bears(listing, name)
        }
        return next(iter(found.values())) if len(found) == 1 else None


def listings(rows: Iterable[Row]) -> Listings:
    """The companies of some lists, whatever the order of the rows."""
    ordered = sorted((_tidy(r) for r in rows), key=lambda r: sorted(r.items()))
    by_key: dict[str, list[Listing]] = defaultdict(list)
    for together in _one_company(ordered):
        listing = _listing(together)
        for key in sorted({k for n in listing.names for k in parts(n).keys}):
            by_key[key].append(listing)
    return Listings({key: tuple(found) for key, found in by_key.items()})


def exchange_ticker(ticker: str, exchange: str = "") -> str | None:
    """A ticker with its exchange as texts are read: "NASDAQ: RDNT"; nothing where the exchange is not known.

    >>> exchange_ticker("rdnt", "Nasdaq"), exchange_ticker("NYSE:A"), exchange_ticker("A")
    ('NASDAQ: RDNT', 'NYSE: A', None)
    """
    place, _, code = ticker.rpartition(":")
    place = place.strip() or exchange.strip()
    return f"{place.upper()[:6]}: {code.strip().upper()}" if place and code.strip() else None


def _tidy(row: Row) -> dict[str, str]:
    found = {k: v.strip() for k, v in row.items() if v and v.strip()}
    if ticker := exchange_ticker(found.get("ticker", ""), found.get("exchange", "")):
        found["ticker"] = ticker
    if "lei" in found:
        found["lei"] = found["lei"].upper()
    return found


def _one_company(rows: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Rows in groups; a group never holds two LEIs."""
    parent = list(range(len(rows)))
    leis = [{r["lei"]} if "lei" in r else set() for r in rows]

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for left, right in _sure(rows):
        a, b = sorted((root(left), root(right)))
        if a != b and len(leis[a] | leis[b]) < 2:
            parent[b] = a
            leis[a] |= leis[b]
    groups: dict[int, list[dict[str, str]]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[root(i)].append(row)
    return list(groups.values())


def _sure(rows: list[dict[str, str]]) -> Iterator[tuple[int, int]]:
    """Pairs of rows that are one company, the surest mark first."""
    for mark in ("lei", "ticker", "website"):
        bearers: dict[str, list[int]] = defaultdict(list)
        for i, row in enumerate(rows):
            value = domain(row.get(mark)) if mark == "website" else row.get(mark)
            if value and (mark != "ticker" or ":" in value):
                bearers[value].append(i)
        for together in bearers.values():
            pairs = combinations(together, 2) if mark == "website" else pairwise(together)
            yield from ((a, b) for a, b in pairs if mark != "website" or _agree(rows[a], rows[b]))


def _agree(one: Row, other: Row) -> bool:
    a, b = ({t for n in _names(r) for t in parts(n).tokens} - little() for r in (one, other))
    return bool(a & b)


def _listing(rows: list[dict[str, str]]) -> Listing:
    """The row with a LEI names the company, then the one with a ticker."""
    ordered = sorted(rows, key=lambda r: ("lei" not in r, "ticker" not in r, sorted(r.items())))
    merged: dict[str, str] = {}
    for row in ordered:
        merged = {**row, **merged}
    names = tuple(dict.fromkeys(n for row in ordered for n in _names(row)))
    merged["aliases"] = "|".join(n for n in names if n != merged.get("name"))
    id = comparison_key(merged.get("name", "")) + (f" {merged['lei']}" if "lei" in merged else "")
    return Listing(id, merged, names)


def _names(row: Row) -> list[str]:
    return [n.strip() for n in (row.get("name", ""), *re.split(r"[|;]", row.get("aliases", ""))) if n.strip()]


def _bears(listing: Listing, name: str) -> bool:
    """Merck & Co. is not the Merck KGaA of a list."""
    own = parts(name)
    return any(
        set(parts(n).keys) & set(own.keys) and not doubt_of_same_key(parts(n), own) for n in listing.names
    )
