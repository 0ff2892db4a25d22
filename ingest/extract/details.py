"""What kind of partnership a sentence tells of, and its figures as written."""

from __future__ import annotations

import re

_KINDS = (
    ("joint venture", r"joint[- ]ventures?"),
    ("distribution", r"distribut(?:ion|e|es|ed|or|ors|ing)"),
    ("resale", r"resell(?:er|ers|s|ing)?|resale"),
    ("licensing", r"licens(?:ing|e|es|ed)|licence[sd]?"),
    ("integration", r"integrat(?:ion|ions|e|es|ed|ing)"),
    ("co-development", r"co-?develop(?:ment|s|ed|ing)?|jointly develop\w*"),
    ("sponsorship", r"sponsor(?:ship|s|ed|ing)?"),
    ("alliance", r"alliances?"),
)
_COMPILED = tuple((kind, re.compile(rf"\b(?:{words})\b", re.I)) for kind, words in _KINDS)
_COUNTED = (
    r"sites?|hospitals?|clinics?|stores?|locations?|centers?|centres?|practices?|facilities|customers?|countries|"
    r"cities|markets?|plants?|offices?|branches|studies|patients|users|devices|vehicles|units|beds|schools|stations"
)
_FIGURE = re.compile(
    rf"\b(?P<count>\d[\d,.]*\d|\d)(?P<scale> (?:million|billion))? (?:[\w-]+ ){{0,2}}?(?P<what>{_COUNTED})\b"
    r"(?: (?:are |is |now |already |currently )*"
    r"(?P<state>live|open|operational|connected|deployed|installed))?"
)


def detail_of(sentence: str) -> str | None:
    """Kind and figures of a partnership, or None.

    >>> detail_of("The partnership has 16 teleradiology sites already live.")
    '16 sites live'
    >>> detail_of("They signed a distribution agreement for 40 stores.")
    'distribution, 40 stores'
    """
    parts = [*_kinds(sentence)[:1], *_figures(sentence)]
    return ", ".join(parts) or None


def _kinds(sentence: str) -> list[str]:
    return [kind for kind, words in _COMPILED if words.search(sentence)]


def _figures(sentence: str) -> list[str]:
    return [
        " ".join(filter(None, (m["count"] + (m["scale"] or ""), m["what"], m["state"])))
        for m in _FIGURE.finditer(sentence)
    ]
