"""How firmly a sentence says something: current, announced, planned, rumoured, denied or ended, from its "
"words."""

from __future__ import annotations

import re

Span = tuple[int, int]

# in the clause of the trigger, the first that matches decides
_CLAUSE_CUES = (
    (
        "denied",
        r"\b(?:(?:earlier edition|we wrote|we (?:had )?reported)\b.*|dismissed|blocks|blocked|denie[sd]|"
        r"deny|denying|refuted|rejected (?:reports|claims|suggestions)|"
        r"dismissed (?:reports|rumou?rs|talk)|"
        r"ruled out|no (?:plans?|intention|agreement|partnership|relationship|deal|talks|ties)|never|"
        r"(?:is|are|was|were|has|have|had|does|do|did|will|would) not|(?:isn|aren|wasn|weren|hasn|haven|"
        r"doesn|don|didn|won)"
        r"[’']t|not (?:affiliated|related|connected|part|owned|a)|neither|nor|nothing to do with|"
        r"without any)\b",
    ),
    (
        "ended",
        r"\b(?:terminat(?:ed?|es|ing)|former(?:ly)?|(?<!-)ended|ends|ending|expired|lapsed|cancell?ed|"
        r"called off|abandoned|"
        r"collapsed|fell through|dissolved|wound (?:up|down)|no longer|used to|ceased|discontinued|"
        r"walked away|scrapped|"
        r"dropped|once|one-time|erstwhile|ex-|parted ways|split from|divested|exited|withdrew|pulled out|"
        r"sold (?:its|his|their|the)"
        r"(?: \S+){0,4} (?:stake|shares|interest)|until (?:early |late |mid-)?(?:last|(?:19|20)\d\d)|"
        r"previously)\b",
    ),
    (
        "rumoured",
        r"\b(?:doubtful|unconfirmed|rumou?r(?:ed|s)?|reportedly|said to be|in (?:\w+ )?talks|speculation|"
        r"people familiar|"
        r"sources|unnamed|"
        r"understood to|believed to|thought to|may be (?:weighing|considering)|weighing|is considering|"
        r"mull(?:s|ing)|"
        r"exploring (?:a|an) (?:bid|sale|takeover|merger|offer)|preparing an? (?:bid|offer)|eyeing|"
        r"hearsay|allegedly|linked to)\b",
    ),
    (
        "planned",
        r"\b(?:in the new year|next year|letter of intent|memorandum of understanding|MoU|LOI|term sheet|"
        r"intend(?:s|ed|ing)? to|"
        r"plan(?:s|ned|ning)? to|"
        r"aim(?:s|ing)? to|hope(?:s|d)? to|seek(?:s|ing)? to|looking to|proposed|proposal|propos(?:es|"
        r"ing) to|plans? for|"
        r"non-binding|would|could|may|might|under review|has applied|have applied|applied for|filed for|"
        r"slated|"
        r"preparing to|is set to|are set to|expects? to|wants? to|potential|prospective|upcoming|"
        r"unsolicited)\b",
    ),
    (
        "announced",
        r"\b(?:definitive agreement|agree[sd]? to (?:acquire|buy|merge|purchase|sell|invest)|"
        r"agreement to (?:acquire|buy|merge)|"
        r"to be acquired|subject to|pending|expected to close|will close|conditional on|"
        r"entered into an agreement to|"
        r"signed (?:a deal |an agreement )?to (?:acquire|buy|merge|purchase)|to (?:acquire|buy|merge with|"
        r"take over))\b",
    ),
    ("planned", r"\b(?:will|shall|going to)\b"),
)
_CUES = tuple((status, re.compile(words, re.I)) for status, words in _CLAUSE_CUES)
_CLOSED = re.compile(
    r"\b(?:completed|completes|completion of|closed|closes|finali[sz]ed|has acquired|have acquired|acquired|"
    r"was acquired|has (?:been )?(?:bought|taken over))\b",
    re.I,
)
_BOUNDARY = re.compile(
    r"[;:]|[.!?]\s|,\s(?:but|while|whereas|although|though|which|who|and (?:it|they|has|have|will|is))\s|"
    r"\s[–—]\s"
)
_BEHIND = 90


def status_of(sentence: str, trigger: Span | None = None) -> str:
    """The status that a sentence gives to what its trigger says.

    Args:
        trigger: span of the words that make the claim, with its parties; the clause around it decides.

    >>> status_of("Acme denied that it is in talks to buy Borea.")
    'denied'
    >>> status_of("Acme has signed a definitive agreement to acquire Borea.")
    'announced'
    """
    clause = _clause(sentence, trigger or (0, len(sentence)))
    closed = _CLOSED.search(clause)
    for status, words in _CUES:
        found = words.search(clause)
        if found and not (status in ("announced", "planned") and closed and _is_about_else(found.group())):
            return status
    return "current"


def _is_about_else(words: str) -> bool:
    """In a closed deal, "will", "could" and "plans to" tell what comes after it."""
    return words.lower() not in ("letter of intent", "memorandum of understanding", "mou", "loi", "proposed")


def _clause(sentence: str, trigger: Span) -> str:
    start, end = 0, min(len(sentence), trigger[1] + _BEHIND)
    for boundary in _BOUNDARY.finditer(sentence):
        if boundary.end() <= trigger[0]:
            start = boundary.end()
        elif boundary.start() >= trigger[1]:
            end = min(end, boundary.start())
            break
    return sentence[start:end]
