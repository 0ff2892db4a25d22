"""What kind of partnership a sentence tells of, and the figures of a deal as written."""

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


_SUM = re.compile(
    r"(?i)[$€£]\s?\d[\d.,]*\s?(?:million|billion|[mbk]n?)?\b|\b\d[\d.,]*\s?(?:%|percent)(?: stake| of the shares)?"
)
_FIGURED = ("partners_with", "customer_of", "acquired", "invested_in")


def detail_of(predicate: str, words: str, above: str = "") -> str | None:
    """Kind and first figure of a deal, or None.

    Args:
        words: where the claim is made; a figure counts only here, one of the line above is no item's.
        above: the line that they stand under, which may tell the kind.

    >>> detail_of("partners_with", "The partnership has 16 teleradiology sites already live.")
    '16 sites live'
    >>> detail_of("partners_with", "They signed a distribution agreement for 40 stores.")
    'distribution, 40 stores'
    >>> detail_of("invested_in", "Acme holds a 24% stake in Borea.")
    '24% stake'
    """
    kinds = _kinds(f"{words}\n{above}") if predicate == "partners_with" else []
    figures = _figures(words) if predicate in _FIGURED else []
    return ", ".join([*kinds[:1], *figures[:1]]) or None


def _kinds(text: str) -> list[str]:
    return [kind for kind, words in _COMPILED if words.search(text)]


def _figures(text: str) -> list[str]:
    """Counts, sums and shares in order of the text."""
    counts = [
        (m.start(), " ".join(filter(None, (m["count"] + (m["scale"] or ""), m["what"], m["state"]))))
        for m in _FIGURE.finditer(text)
    ]
    return [words for _, words in sorted(counts + [(m.start(), m.group()) for m in _SUM.finditer(text)])]
