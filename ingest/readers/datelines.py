"""The line with which a press release begins: where, when and through whom.

>>> dateline("YERINGTON, NV, March 08, 2024 /24-7PressRelease/ -- At the heart of")
Dateline(published='2024-03-08', publisher='24-7PressRelease')
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .dates import MONTH, iso_date

OUTLET = (
    r"(?:/\s*(?P<slashed>[A-Za-z0-9][\w .&'-]{1,40}?)\s*/|\(\s*(?P<bracketed>[A-Z][\w .&'-]{1,40}?)\s*\))"
)
DATE = rf"(?P<date>{MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{MONTH},?\s+\d{{4}}|{MONTH}\s+\d{{1,2}})"
CLOCK = r"(?:\s*@\s*\d{1,2}:\d{2}\s*[AP]M\s*[\w/ ]{0,30})?"
DASH = r"\s*(?:--|[-–—])"
PLACE = r"(?P<place>[^\W\d_][^\d/()@]{1,80}?)[\s,–—-]+"
DATE_THEN_OUTLET = re.compile(rf"{PLACE}{DATE}{CLOCK},?\s*[-–—]?\s*{OUTLET}{DASH}?", re.I)
OUTLET_THEN_DATE = re.compile(rf"{PLACE}{OUTLET}[\s,–—-]*(?:\w+day,?\s+)?{DATE}{CLOCK}", re.I)
DATE_ONLY = re.compile(rf"{PLACE}\(?{DATE}\)?{CLOCK}\s*(?:--|[–—]|-\s)", re.I)
OUTLET_ONLY = re.compile(
    r"(?:[^\W\d_][^\d/()]{1,80}?[\s,–—-]+)?[(/]\s*(?P<slashed>business ?wire|globe ?newswire|pr ?newswire"
    r"|newmediawire|accesswire|newsfile(?: corp\.?)?|reuters|ap|bloomberg|dpa|afp)\s*[)/]\s*(?:--|[-–—])",
    re.I,
)


class Dateline(NamedTuple):
    published: str | None
    publisher: str | None


def dateline(line: str) -> Dateline | None:
    """What the head of a line says, or None where it is no dateline."""
    head = line[:260].strip()
    for form in (DATE_THEN_OUTLET, OUTLET_THEN_DATE, DATE_ONLY, OUTLET_ONLY):
        found = form.match(head)
        if found:
            parts = found.groupdict()
            outlet = parts.get("slashed") or parts.get("bracketed")
            return Dateline(iso_date(parts.get("date")), outlet)
    return None
