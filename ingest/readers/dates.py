"""A date as files write it, as ISO, as precise as it is written.

>>> iso_date("March 08, 2024"), iso_date("D:20240308120000Z"), iso_date("Q3 2024"), iso_date("soon")
('2024-03-08', '2024-03-08', '2024-Q3', None)
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january januari janvier enero gennaio janeiro",
            "feb februar february février febrero febbraio fevereiro",
            "mar märz march mars marzo março maart",
            "apr april avril abril aprile",
            "may mai mayo maggio maio mei",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août agosto augustus",
            "sep sept september septembre septiembre settembre setembro",
            "oct okt october oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec dez december dezember décembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
FORMS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
    re.compile(r"(?:D:)?(?P<y>(?:19|20)\d{2})(?P<m>[01]\d)(?P<d>[0-3]\d)(?:\d{0,6})?(?:[Z+-][\d'Z]*)?\s*$"),
    re.compile(rf"\b(?P<M>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", re.I),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|er)?\s+(?:de\s+)?(?P<M>{MONTH}),?\s+(?:de\s+)?(?P<y>\d{{4}})\b",
        re.I,
    ),
    re.compile(r"\b(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})\b"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b"),
    re.compile(rf"\b(?P<M>{MONTH}),?\s+(?P<y>\d{{4}})\b", re.I),
    re.compile(r"\bQ(?P<q>[1-4])[ -](?P<y>\d{4})\b"),
    re.compile(r"^\s*(?P<y>\d{4})-(?P<m>\d{2})\s*$"),
    re.compile(r"^\s*(?P<y>\d{4})\s*$"),
)


def iso_date(words: object) -> str | None:
    """The first date in `words`, which may be a date too; None where the calendar knows none."""
    if isinstance(words, date):
        return words.isoformat()[:10]
    head = str(words or "")[:200]
    found = (form.search(head) for form in FORMS)
    return next((iso for match in found if match and (iso := _iso(match))), None)


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if not 1900 <= year <= 2100:
        return None
    if parts.get("q"):
        return f"{year}-Q{parts['q']}"
    month = MONTHS[parts["M"].rstrip(".").lower()] if parts.get("M") else int(parts.get("m") or 0)
    day = int(parts.get("d") or 0)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([str(year), *(f"{number:02}" for number in (month, day) if number)])
