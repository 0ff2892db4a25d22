"""Lists of players: bullets that a market report calls its vendors, providers or companies.

Gives companies and the market they are active in; nothing for contents, segments, regions or questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from graph.model import Claim, Document, Evidence, Mention

from .regions import canonical_region
from .structure import Sentence, sentences

Span = tuple[int, int]

RULE = "list"
LEGAL_FORM = re.compile(
    r"(?:,?[ \u00a0](?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|L\.L\.C|LLP|LP|L\.P|PLC|"
    r"plc|GmbH|AG|SE|KG|KGaA|S\.?A|S\.?A\.?S|S\.?p\.?A|S\.?r\.?l|N\.?V|B\.?V|AB|ASA|AS|A/S|ApS|Oyj?|Pvt|Pte|"
    r"Pty|Sdn|Bhd|Co\.,? Ltd|K\.K|Holdings|Group)\.?)+(?=$|[\s,;:.)(])"
)
_PLAYERS = re.compile(
    r"\b(?:players|vendors|providers|companies|competitors|manufacturers|suppliers|participants|firms|operators|"
    r"contenders|incumbents|challengers|market leaders|businesses)\b",
    re.I,
)
_NO_PLAYERS = re.compile(
    r"\b(?:chapters?|topics|table of contents|outlin\w+|segments|segmentation|categori[sz]es|regions? that|"
    r"key regions|questions|frequently asked|drivers|restraints|challenges|trends are|by type)\b",
    re.I,
)
_MARKET = re.compile(
    r"(?<![\w-])(?:(?:global|overall|worldwide)[ \u00a0]+)?"
    r"((?:(?:[A-Z][\w’'&-]*|and|of|&|as-a-service|[a-z]+(?=[ \u00a0](?:services?|software|"
    r"imaging|devices?|equipment|systems|solutions|market)))[ \u00a0]+){1,7}?"
    r"(?:[Mm]arket|[Ii]ndustry|[Ss]ector))(?![\w-])"
)
_NO_MARKET_WORD = re.compile(
    r"(?:The|This|These|In|Of|For|And|Key|Leading|Major|Top|Principal|Global|Competitive|Primary|A|An|Its|By|Their|"
    r"Our|What|Is|How|Big|Stock|Target|Growing|Fast|Whole|Broader|Same|Each|Other|Labou?r|Free|Open)",
    re.I,
)
_TAIL = re.compile(
    r"[ \u00a0]+(?:[-–—|][ \u00a0]|\()|[:;]|"
    r",[ \u00a0]+(?=(?:a|an|the|which|who|with)\b|\d+[ \u00a0]|[a-z]+[ \u00a0][a-z])"
)
_ACRONYM = re.compile(r"[ \u00a0]*\(([A-Za-z][\w&.-]{1,9})\)$")
_NO_NAME = re.compile(
    r"[?!%]|\b(?:market|by|list of|figures?|tables?|preface|methodology|summary|overview|insights|landscape|"
    r"impact of|introduction|conclusion|analysis|appendix|forecast|segmentation|others?|etc)\b",
    re.I,
)
_LONGEST_NAME = 9
# of a market named in the lead-in, and of one named somewhere before it (train: 10 of 10 right, 0 of 5)
_SCORE, _SCORE_BEFORE = 0.9, 0.4


@dataclass(frozen=True, slots=True)
class PlayerList:
    """The items of one list of players, and what introduces them.

    Attributes:
        companies: spans of the companies' names, one an item.
        market: span of the market's name in the lead-in, where it names one.
    """

    lead_in: Span
    items: tuple[Sentence, ...]
    companies: tuple[Span, ...]
    market: Span | None


def player_lists(document: Document) -> tuple[PlayerList, ...]:
    """Every list whose items are companies."""
    found = sentences(document)
    runs = groupby(found, key=lambda s: s.lead_in if s.kind == "item" else None)
    lists = (_player_list(document.text, lead_in, list(items)) for lead_in, items in runs if lead_in)
    return tuple(listed for listed in lists if listed)


def find_players(document: Document) -> tuple[tuple[Mention, ...], tuple[Claim, ...]]:
    """The companies and markets of all player lists, and the claims that the lists make."""
    lists = player_lists(document)
    markets = market_mentions(document)
    mentions = [m for listed in lists for span in listed.companies for m in _company(document, span)]
    claims = [claim for listed in lists for claim in _claims(document, listed, markets)]
    named = {m.name for m in mentions}
    return (
        *mentions,
        *(m for m in markets if any(c.object == m.name for c in claims) and m.name not in named),
    ), tuple(claims)


def named_again(document: Document, players: Iterable[Mention]) -> tuple[Mention, ...]:
    """Further places of names that a list of players made certain; names of one word may mean something else there."""
    sure = {m.text: m for m in players if " " in m.text}
    if not sure:
        return ()
    longest = sorted(sure, key=len, reverse=True)
    again = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    places = again.finditer(document.text)
    return tuple(replace(sure[p.group()], start=p.start(), end=p.end()) for p in places)


def market_mentions(document: Document) -> tuple[Mention, ...]:
    """Every place that names a market; forms that differ in case alone are one market."""
    text = document.text
    headings = [(s.start, s.end) for s in sentences(document) if s.kind == "heading"]
    named = (_market_span(text, match) for match in _MARKET.finditer(text))
    spans = [span for span in named if span and not any(a <= span[0] < b for a, b in headings)]
    fullest: dict[str, str] = {}
    for start, end in spans:
        form = text[start:end]
        fullest[form.casefold()] = max(fullest.get(form.casefold(), form), form, key=_capitals)
    return tuple(
        Mention(a, b, text[a:b], "Market", fullest[text[a:b].casefold()], 0.9, rule=RULE) for a, b in spans
    )


def is_company_list(texts: Sequence[str], lead_in: str) -> bool:
    """Whether items under such a lead-in are companies."""
    legal = sum(LEGAL_FORM.search(text) is not None for text in texts)
    spoken_of = _PLAYERS.search(lead_in) is not None and not _NO_PLAYERS.search(lead_in)
    names = sum(_looks_like_name(text) for text in texts)
    return (
        names >= 0.75 * len(texts)
        and len(texts) >= 2
        and (spoken_of or (legal >= 2 and legal >= 0.25 * len(texts)))
    )


def _player_list(text: str, lead_in: Span, items: list[Sentence]) -> PlayerList | None:
    spans = [_name_span(text, item) for item in items]
    explained = sum(text[end : end + 1] == ":" for _, end in spans)
    if explained > len(spans) / 2 and not any(LEGAL_FORM.search(text[a:b]) for a, b in spans):
        return None
    if not is_company_list([text[a:b] for a, b in spans], text[slice(*lead_in)]):
        return None
    kept = [
        (item, span) for item, span in zip(items, spans, strict=True) if _looks_like_name(text[slice(*span)])
    ]
    markets = (_market_span(text, m) for m in _MARKET.finditer(text, *lead_in))
    market = next((span for span in markets if span), None)
    return PlayerList(lead_in, tuple(i for i, _ in kept), tuple(span for _, span in kept), market)


def _name_span(text: str, item: Sentence) -> Span:
    """The name at the head of an item, without what is said of it and without an acronym in brackets."""
    tail = _TAIL.search(text, item.start, item.end)
    end = tail.start() if tail else item.end
    name = text[item.start : end].rstrip(" \u00a0,;")
    if name.endswith(".") and not LEGAL_FORM.search(name):
        name = name[:-1]
    return item.start, item.start + max(len(name), 1)


def _looks_like_name(name: str) -> bool:
    words = name.split()
    return (
        0 < len(words) <= _LONGEST_NAME
        and not _NO_NAME.search(name)
        and canonical_region(name) is None
        and any(c.isupper() or c.isdigit() for c in name)
        and sum(w[0].islower() and w not in ("of", "and", "the", "de", "for", "von") for w in words)
        <= len(words) / 3 + 0.7
    )


def _company(document: Document, span: Span) -> Iterator[Mention]:
    start, end = span
    name = document.text[start:end]
    yield Mention(start, end, name, "Company", name, _SCORE, rule=RULE)
    acronym = _ACRONYM.match(document.text, end, end + 14) or re.match(
        r"\s*\(([A-Z]{2,6})\)", document.text[end : end + 10]
    )
    if acronym and is_acronym(acronym[1], name):
        at = document.text.index(acronym[1], end)
        yield Mention(at, at + len(acronym[1]), acronym[1], "Company", name, _SCORE, rule=RULE)


def is_acronym(short: str, name: str) -> bool:
    """Whether the letters of a short form are found in the name, in order, from its first one on.

    >>> is_acronym("TRS", "Teleradiology Solutions"), is_acronym("UK", "Acme Group")
    (True, False)
    """
    letters = iter(name.casefold())
    return short[0].casefold() == name[0].casefold() and all(
        c in letters for c in short.casefold() if c.isalnum()
    )


def _claims(document: Document, listed: PlayerList, markets: Sequence[Mention]) -> Iterator[Claim]:
    market = _market_of(listed, markets)
    if market is None:
        return
    for start, end in listed.companies:
        name = document.text[start:end]
        first = _quote_start(document, listed, market)
        quote = document.text[first:end]
        score = _SCORE if listed.market else _SCORE_BEFORE
        evidence = Evidence(document.id, first, end, quote, name, market.text, RULE, score)
        yield Claim(name, "Company", "active_in", market.name, "Market", "current", (evidence,))


def _market_of(listed: PlayerList, markets: Iterable[Mention]) -> Mention | None:
    """The market that the lead-in names, else the last one named before the list."""
    if listed.market:
        return next((m for m in markets if (m.start, m.end) == listed.market), None)
    before = [m for m in markets if m.end <= listed.items[0].start]
    near = [m for m in before if listed.items[0].start - m.end < 400]
    return near[-1] if near else None


def _quote_start(document: Document, listed: PlayerList, market: Mention) -> int:
    """From the sentence on that names the market: the shortest contiguous text with both forms."""
    inside = [s for s in sentences(document) if s.start <= market.start < s.end]
    return inside[0].start if inside else market.start


def _market_span(text: str, match: re.Match[str]) -> Span | None:
    """The market's name without the words before it that are none of it; None where nothing is left."""
    start, end = match.span(1)
    words = list(re.finditer(r"\S+", text[start:end]))
    while len(words) > 1 and _NO_MARKET_WORD.fullmatch(words[0].group()):
        words = words[1:]
    if len(words) < 2:
        return None
    if not any(w.group()[0].isupper() for w in words[:-1]) or words[-2].group().endswith(("'s", "’s")):
        return None
    return start + words[0].start(), end


def _capitals(form: str) -> int:
    return sum(c.isupper() for c in form)
