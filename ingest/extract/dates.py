"""The date or period of a claim, as precise as its sentence tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

Span = tuple[int, int]

_NAMES = "january february march april may june july august september october november december".split()  # noqa: SIM905
_MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, start=1)}
_M = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_Y = r"(?P<year>(?:19|20)\d{2})"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_BEFORE = r"\b(?:in|on|since|by|until|from|as of|during|late|early|mid-?|end of|effective|dated|of|for|,)\s*"

_FORMS = tuple(
    re.compile(form)
    for form in (
        r"\b(?P<year>(?:19|20)\d{2})-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b",
        rf"\b{_M}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_Y}\b",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_M},?\s+{_Y}\b",
        rf"\b(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)[- ]quarter(?:\s+of)?\s+{_Y}\b",
        rf"\bQ(?P<q>[1-4])[\s’',/-]*{_Y}\b",
        rf"\b{_M},?\s+(?:of\s+)?{_Y}\b",
        rf"{_BEFORE}(?:the\s+)?{_Y}\b(?![-–]\d|%|\s*(?:percent|million|employees))",
    )
)
_RELATIVE = re.compile(
    rf"\b(?:(?P<which>last|this|next)\s+"
    rf"(?P<unit>year|month|quarter|week|{_M.replace('?P<month>', '?:')})|"
    rf"(?P<today>today|yesterday)|"
    rf"(?:[Ii]n|[Dd]uring|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom)\s+(?:the|its)\s+"
    rf"(?P<quarter>first|second|third|fourth)[- ]quarter(?!\s+of\b)|"
    rf"(?P<ago>a|one|two|three|four|five|six|\d+)\s+(?P<step>years?|months?)\s+ago|"
    rf"(?:[Ii]n|[Ss]ince|last)\s+{_M}(?!\s+\d))\b"
)
_AHEAD = re.compile(r"\b(?:will|expect(?:s|ed)?|plan(?:s|ned)?|intends?|scheduled|due|set to|to close)\b")
_TURNS = {"last": -1, "this": 0, "next": 1}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: its span, and its ISO form or the words themselves."""

    value: str
    start: int
    end: int


def date_in(text: str, published: str | None = None) -> str | None:
    """The first date of a text, or None.

    >>> date_in("It was acquired on May 3, 2024."), date_in("since Q3 2024"), date_in("last year", "2025")
    ('2024-05-03', '2024-Q3', '2024')
    """
    found = dates_in(text, published)
    return found[0].value if found else None


def dates_in(text: str, published: str | None = None) -> tuple[Dated, ...]:
    """All dates of a text in their order; relative ones against the document's, else as written."""
    found: list[Dated] = []
    for form in _FORMS:
        found += [
            Dated(iso, *_span(m))
            for m in form.finditer(text)
            if (iso := _iso(m)) and not _overlaps(found, m.start(), m.end())
        ]
    found += [
        Dated(_relative(m, published), m.start(), m.end())
        for m in _RELATIVE.finditer(text)
        if not _overlaps(found, m.start(), m.end())
    ]
    return tuple(sorted(found, key=lambda d: d.start))


def _span(match: re.Match[str]) -> Span:
    first = min(match.start(name) for name, value in match.groupdict().items() if value)
    return first, match.end()


def _overlaps(found: list[Dated], start: int, end: int) -> bool:
    return any(d.start < end and start < d.end for d in found)


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = parts["year"]
    if quarter := parts.get("q") or parts.get("quarter"):
        return f"{year}-Q{_ORDINALS.get(quarter.lower(), quarter)}"
    month = int(parts["number"]) if parts.get("number") else _month(parts.get("month"))
    if not month:
        return year
    if not parts.get("day"):
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, int(parts["day"])).isoformat()
    except ValueError:
        return None


def _month(name: str | None) -> int | None:
    return _MONTHS[name[:3].lower()] if name else None


def _relative(match: re.Match[str], published: str | None) -> str:
    if not published or not re.match(r"\d{4}", published):
        return match.group()
    parts = match.groupdict()
    year, day = int(published[:4]), _day(published)
    month = int(published[5:7]) if re.match(r"\d{4}-\d{2}", published) else None
    if parts["today"]:
        return (day - timedelta(parts["today"] == "yesterday")).isoformat() if day else match.group()
    if parts["ago"] and parts["step"].startswith("year"):
        return str(year - _count(parts["ago"]))
    if parts["unit"] == "year":
        return str(year + _TURNS[parts["which"]])
    if month is None:
        return match.group()
    if parts["ago"]:
        return _months_on(year, month, -_count(parts["ago"]))
    if parts["quarter"]:
        return _quarter(year, month, _ORDINALS[parts["quarter"].lower()], ahead=_is_ahead(match))
    if parts["unit"] == "quarter":
        at = year * 4 + (month - 1) // 3 + _TURNS[parts["which"]]
        return f"{at // 4}-Q{at % 4 + 1}"
    if parts["unit"] == "month":
        return _months_on(year, month, _TURNS[parts["which"]])
    named = _month(parts["month"]) or (
        _month(parts["unit"]) if parts["unit"] and parts["unit"][0].isupper() else None
    )
    return f"{year - (named > month)}-{named:02}" if named else match.group()


def _count(words: str) -> int:
    return _COUNTS.get(words) or int(words)


def _months_on(year: int, month: int, steps: int) -> str:
    at = year * 12 + month - 1 + steps
    return f"{at // 12}-{at % 12 + 1:02}"


def _is_ahead(match: re.Match[str]) -> bool:
    """Whether the words before, in the same sentence, speak of what is to come, or a term is set: "by the"."""
    sentence = match.string[: match.start()].rsplit(". ", 1)[-1]
    return match.group().lower().startswith("by") or _AHEAD.search(sentence) is not None


def _quarter(year: int, month: int, quarter: int, *, ahead: bool) -> str:
    """The next such quarter where the words look ahead, else the last one that has begun.

    >>> _quarter(2024, 11, 1, ahead=True), _quarter(2024, 2, 4, ahead=False)
    ('2025-Q1', '2023-Q4')
    """
    now = (month - 1) // 3 + 1
    if ahead:
        return f"{year + (quarter < now)}-Q{quarter}"
    return f"{year - (quarter > now)}-Q{quarter}"


def _day(published: str) -> date | None:
    try:
        return date.fromisoformat(published)
    except ValueError:
        return None
