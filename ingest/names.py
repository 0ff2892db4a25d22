"""Whether two names are the same company: a name taken apart, features, a small score, an outcome with its reason.

A score never merges. ``same`` is only for what is certain; ``suggest`` waits for a person.

>>> compare("Envision Healthcare", "Envision Healthcare Corporation").outcome
'same'
>>> print(compare("vRad", "Virtual Radiologic Professionals, LLC"))
suggest 0.72: 'vRad' abbreviates the initials of 'Virtual Radiologic Professionals, LLC'
>>> print(compare("INFINITT North America", "INFINITT Healthcare"))
different 0.10: only one bears the qualifier 'north america'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.ids import entity_id, fold

from .asides import asides
from .legal_forms import compatible, legal_begins, legal_ends
from .name_words import is_ordinary, little, variants, words
from .numerals import numbers_in, with_digits

SUGGEST = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """Outcome (same, suggest, different) with the score and the one-line reason."""

    outcome: str
    score: float
    reason: str

    def __str__(self) -> str:
        return f"{self.outcome} {self.score:.2f}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart.

    Attributes:
        tokens: the core with abbreviations written out, numerals as digits, and "and" left out.
        keys: what is left without spaces; a second one where umlauts may be written ae, oe, ue.
        form: the legal form, or nothing.
        house: the word for the whole house ("Group", "Holdings") that was cut, or nothing.
        dotted: tokens that stood with a full stop, so that they may be cut short.
    """

    name: str
    tokens: tuple[str, ...]
    keys: tuple[str, ...]
    form: str
    house: str
    dotted: frozenset[str]


def compare(
    left: str,
    right: str,
    *,
    facts: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    known_names: bool = True,
) -> Match:
    """Judge two names; the first rule that has something to say decides.

    Args:
        facts: what is known of each side beside the name: ticker ("NASDAQ: RDNT"), lei, website, headquarters.
        known_names: whether the table of known renames may decide.
    """
    if (len(right), right) < (len(left), left):
        left, right, facts = right, left, (facts[1], facts[0])  # which one stands left changes nothing
    a, b = parts(left), parts(right)
    certain = _by_facts(a, b, *facts) or _stated(left, right) or _same_key(a, b)
    certain = certain or (_known(a, b) if known_names else None)
    if certain and certain.outcome != "suggest":
        return certain
    found = certain or _abbreviated(a, b) or _numbers_differ(a, b) or _by_words(a, b)
    return _seated(found, *(f.get("headquarters", "") for f in facts))


# a name taken apart


def comparison_key(name: str) -> str:
    """What is left of a name without case, accents, punctuation, spaces, legal form and spelling variants.

    >>> comparison_key("Radiology Partners, Inc.") == comparison_key("radiology partners")
    True
    >>> comparison_key("Intl. Flavors & Fragrances") == comparison_key("International Flavors and Fragrances Inc.")
    True
    """
    return parts(name).keys[0]


@lru_cache(maxsize=400_000)
def core(name: str) -> tuple[str, ...]:
    """Folded tokens without article and legal form; never empty while the name has a letter or digit."""
    return _cut(name)[0]


def readable_key(name: str) -> str:
    """The core of a name with its spaces, from which an id is made."""
    return " ".join(core(name)) or fold(name) or name


def node_id(kind: str, name: str) -> str:
    """The id that a name would have as an entity of its own, legal form left out."""
    return entity_id(kind, readable_key(name))


@lru_cache(maxsize=400_000)
def parts(name: str) -> Parts:
    name = asides(name)[0]
    plain, form = _cut(name)
    dotted = frozenset(fold(w) for w in re.findall(r"\b(\w{2,})\.(?=\s|,|$)", name))
    tokens, house = _without_house(_written_out(plain, dotted))
    keys = ["".join(tokens)]
    if re.search("[äöüøåæÄÖÜØÅÆ]", name):
        keys += parts(name.translate(UMLAUTS)).keys
    return Parts(name, tokens, tuple(dict.fromkeys(keys)), form, house, dotted)


UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa", "Æ": "Ae"}
)


def _cut(name: str) -> tuple[tuple[str, ...], str]:
    """Folded tokens, and the legal form that was cut from either end."""
    name = asides(name)[0]
    name = re.sub(r"\.com\b", "", name, flags=re.I)
    name = re.sub(r"(?<=\w)\s+\+\s+(?=\w)|(?<=\w\w)\+(?=\w\w)", " and ", name)
    name = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda m: m.group().replace(".", ""), name)
    tokens = fold(name).split()
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    form: list[str] = []
    if cut := legal_begins(tokens):
        form, tokens = tokens[:cut], tokens[cut:]
    while (cut := legal_ends(tokens)) and cut < len(tokens):
        form, tokens = tokens[-cut:] + form, tokens[:-cut]
        if len(tokens) > 1 and tokens[-1] == "and":
            form, tokens = ["and", *form], tokens[:-1]
    return tuple(tokens), " ".join(form)


def _written_out(tokens: Sequence[str], dotted: frozenset[str]) -> tuple[str, ...]:
    """Tokens with abbreviations written out, numerals as digits, initials joined and "and" left out."""
    whole = [
        (variants("fronts").get(t, t) if i == 0 and len(tokens) > 1 else t)
        if t not in variants("abbreviations")
        else variants("abbreviations")[t]
        for i, t in enumerate(tokens)
    ]
    whole = [variants("dotted").get(t, t) if t in dotted else t for t in whole]
    if all(len(t) > 2 for t in whole):
        whole = [t for i, t in enumerate(whole) if t not in ("and", "und", "et") or i == 0]
    return with_digits(_joined_initials(whole))


def _joined_initials(tokens: Sequence[str]) -> list[str]:
    """ "j m smucker" and "jm smucker" are one."""
    found: list[str] = []
    for i, t in enumerate(tokens):
        if len(t) == 1 and t.isalpha() and i and len(tokens[i - 1]) == 1 and tokens[i - 1].isalpha():
            found[-1] += t
        else:
            found.append(t)
    return found


def _without_house(tokens: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """HSBC Holdings is HSBC; but Boston Consulting Group is not Boston Consulting."""
    rest = tokens[:-1]
    if rest and tokens[-1] in words("house") and any(t not in little() for t in rest):
        return rest, tokens[-1]
    return tokens, ""


def initials(name: str) -> frozenset[str]:
    """The initials of the core, small words left out or in, and with those of the legal form.

    >>> "ibm" in initials("International Business Machines Corporation")
    True
    """
    plain = fold(re.sub(r"\b[LlDd]['’](?=\w)", "", name)).split()
    kept = core(re.sub(r"\b[LlDd]['’](?=\w)", "", name))
    lists = (
        kept,
        plain,
        [t for t in kept if t not in words("small")],
        [t for t in plain if t not in words("small")],
    )
    return frozenset("".join(t[0] for t in tokens) for tokens in (*lists, humps(name)))


def humps(name: str) -> list[str]:
    """The words that a name of one word is made of, three or more: Glaxo, Smith, Kline."""
    found = re.findall(r"[A-Z][a-z]+", name.split()[0]) if len(core(name)) == 1 and name.split() else []
    return (
        [h.casefold() for h in found] if len(found) > 2 and "".join(found).casefold() == core(name)[0] else []
    )


def acronym(name: str) -> str:
    """Initials of the core, small words left out."""
    return "".join(t[0] for t in core(name) if t not in words("small"))


# what is certain


def _by_facts(a: Parts, b: Parts, known: Mapping[str, str], other: Mapping[str, str]) -> Match | None:
    lei, other_lei = known.get("lei", "").upper(), other.get("lei", "").upper()
    if lei and lei == other_lei:
        return Match("same", 1.0, f"the same LEI, {lei}")
    ticker, other_ticker = known.get("ticker"), other.get("ticker")
    if ticker and ticker == other_ticker:
        return Match("same", 1.0, f"the same ticker, {ticker}")
    if ticker and other_ticker and _exchange(ticker) == _exchange(other_ticker):
        return Match("different", 0.05, f"tickers differ: {ticker} and {other_ticker}")
    if lei and other_lei:
        return Match("different", 0.05, f"LEIs differ: {lei} and {other_lei}")
    site = domain(known.get("website"))
    if site and site == domain(other.get("website")) and set(a.tokens) & set(b.tokens) - little():
        return Match("same", 0.97, f"the same web domain, {site}, and agreeing names")
    return None


def domain(website: str | None) -> str | None:
    """The host of a web address without "www."."""
    found = re.match(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", (website or "").strip().casefold())
    return found.group(1) if found else None


def _seated(match: Match, seat: str, other: str) -> Match:
    """A suggestion is better with one seat and worse with two; a seat alone suggests nothing."""
    if match.outcome != "suggest" or not seat or not other:
        return match
    if seat == other:
        return Match("suggest", round(min(0.95, match.score + 0.1), 2), f"{match.reason}; both in {seat}")
    score = round(match.score - 0.05, 2)
    outcome = "suggest" if score >= SUGGEST else "different"
    return Match(outcome, score, f"{match.reason}; one in {seat}, one in {other}")


def _exchange(ticker: str) -> str:
    return ticker.partition(":")[0].strip().casefold()


def _stated(left: str, right: str) -> Match | None:
    """Meta Platforms (formerly Facebook) is Facebook."""
    for one, other in ((left, right), (right, left)):
        name, stated = asides(other)
        for alias in asides(one)[1]:
            for known in (name, *stated):
                match = _same_key(parts(alias), parts(known))
                if match and match.outcome == "same":
                    return Match("same", 0.97, f"{one!r} states {alias!r} as its name too")
    return None


def _same_key(a: Parts, b: Parts) -> Match | None:
    if not set(a.keys) & set(b.keys) - {""}:
        return None
    if doubt := doubt_of_same_key(a, b):
        return doubt
    return Match("same", 1.0, f"both are {' '.join(a.tokens)!r} without legal form, case and punctuation")


def doubt_of_same_key(a: Parts, b: Parts) -> Match | None:
    """What keeps two names of one key from being the same for certain."""
    if a.house != b.house and not _house_is_certain(a, b):
        return Match("suggest", 0.85, f"differ only in {_listed({a.house, b.house} - {''})}")
    short = len(a.tokens) == 1 and (len(a.tokens[0]) <= 6 or is_ordinary(a.tokens[0]))
    if short and not compatible(a.form, b.form):
        return Match("suggest", 0.6, f"one short name with two legal forms: {a.form!r} and {b.form!r}")
    return None


def _house_is_certain(a: Parts, b: Parts) -> bool:
    """HSBC Holdings plc is what is called HSBC; Mercedes-Benz AG is a part of Mercedes-Benz Group AG."""
    if a.house and b.house:
        return a.house[:5] == b.house[:5]
    whole, bare = (a, b) if a.house else (b, a)
    return bool(whole.form) and not bare.form


def _known(a: Parts, b: Parts) -> Match | None:
    from .known_names import house

    one, two = house(a.keys[0]), house(b.keys[0])
    if one is None or two is None:
        return None
    if one == two:
        return Match("same", 0.98, f"known names of one company: {one}")
    return Match("different", 0.03, f"known names of two companies: {one} and {two}")


# abbreviations of a whole name


def _abbreviated(a: Parts, b: Parts) -> Match | None:
    short, long = sorted((a, b), key=lambda p: (len(p.keys[0]), p.name))
    if len(core(long.name)) < 2 and not long.form and not humps(long.name):
        return None
    key = acronym_key(short.name)
    if not 2 <= len(key) <= 9 or not set(core(short.name)) - {*key, key, "and"} <= set(core(long.name)):
        return None
    reason = f"{short.name!r} abbreviates the initials of {long.name!r}"
    fits = (len(core(long.name)) > 1 or bool(humps(long.name))) and key in initials(long.name)
    if fits and is_upper(short.name):
        return Match("suggest", 0.8 if len(key) > 2 else 0.7, reason)
    if fits and len(key) > 2:
        return Match("suggest", 0.68, reason)
    if re.search(r"[a-z][A-Z]|[A-Z][a-z]+[A-Z]", short.name) and camel_case_fits(short.name, long.name):
        return Match("suggest", 0.72, reason)
    if is_upper(short.name) and len(key) > 2:
        return _abbreviated_in_part(short, long, key, reason)
    if len(key) > 3 and len(short.tokens) == 1 and blends(key, long.name):
        return Match("suggest", 0.66, f"{short.name!r} blends the beginnings of {long.name!r}")
    return None


@lru_cache(maxsize=400_000)
def acronym_key(name: str) -> str:
    """The letters of a name that may abbreviate another: one word, single letters as in A&P, DBS of DBS Bank."""
    plain = core(name)
    telling = [t for t in plain if t not in little()]
    if len(plain) == 2 and len(telling) == 1 and telling[0].upper() in re.findall(r"\w+", name):
        return telling[0]
    if all(len(t) == 1 or t == "and" for t in plain):
        return "".join(t for t in plain if t != "and")
    short = parts(name)
    return short.keys[0] if len(short.tokens) == 1 else ""


def _abbreviated_in_part(short: Parts, long: Parts, key: str, reason: str) -> Match | None:
    full = acronym(long.name)
    if len(core(long.name)) > 1 and (full.startswith(key) or key in full):
        return Match("suggest", 0.62, reason)
    if len(core(long.name)) > 1 and spells_out(key, long.name):
        return Match("suggest", 0.62, f"{short.name!r} takes its letters from {long.name!r} in order")
    if blends(key, long.name):
        return Match("suggest", 0.66, f"{short.name!r} blends the beginnings of {long.name!r}")
    return None


def spells_out(key: str, long: str) -> bool:
    """Whether the letters stand in the name in order, every word's first letter among them: TRS, TeleRadiology Solutions."""
    plain = core(long)
    in_order = _holds("".join(plain), key) and _holds(key, acronym(long))
    return in_order and key[0] == plain[0][0]


def _holds(word: str, letters: str) -> bool:
    """Whether the letters stand in the word, one behind the other."""
    rest = iter(word)
    return all(c in rest for c in letters)


def blends(key: str, long: str) -> bool:
    """Whether the key is beginnings of the words of the name, one after another: Nabisco, National Biscuit Company.

    Small words may be left out, and the last words where the beginnings are longer than initials.
    """
    tokens = [t for t in fold(long).split() if t != "and"]
    return _blend(key, tokens, 0)


def _blend(rest: str, tokens: Sequence[str], used: int) -> bool:
    if not rest:
        telling = [
            t
            for t in tokens
            if t not in words("small") and t not in words("trade") and t not in words("soft")
        ]
        return used > 1 and not [t for t in telling if not legal_ends(["x", t])]
    if not tokens:
        return False
    if used and tokens[0] in words("small") and _blend(rest, tokens[1:], used):
        return True
    shared = next(
        (i for i, (x, y) in enumerate(zip(rest, tokens[0], strict=False)) if x != y),
        min(len(rest), len(tokens[0])),
    )
    longest = min(shared, 5, len(tokens[0]) - 2 if len(tokens[0]) > 4 else len(tokens[0]))
    return any(_blend(rest[n:], tokens[1:], used + 1) for n in range(longest, 0, -1))


def is_upper(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) > len(letters) / 2


def camel_case_fits(short: str, long: str) -> bool:
    """Whether each camel-case part of the short name begins the next words of the long one: v-Rad, Virtual Radiologic."""
    pieces = [p.casefold() for p in re.findall(r"[A-Z][a-z]*|[a-z]+", short)]
    plain = core(long)
    return len(pieces) <= len(plain) and all(w.startswith(p) for p, w in zip(pieces, plain, strict=False))


# numbers


def _numbers_differ(a: Parts, b: Parts) -> Match | None:
    one, two = numbers_in(a.tokens), numbers_in(b.tokens)
    if one != two:
        return Match("different", 0.05, f"numbers differ: {_listed(one)} and {_listed(two)}")
    return None


def numbers(name: str) -> frozenset[str]:
    """The numbers in a name, numerals included: "Pier One" has 1."""
    return numbers_in(parts(name).tokens)


# words in common and words of one side


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words in both names (each as the left one writes it), and words of one side in their order."""

    shared: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    varied: bool  # whether a shared word is spelled in two ways


def _by_words(a: Parts, b: Parts) -> Match:
    found = _align(a, b)
    if not found.shared:
        return _nothing_shared(a, b)
    left, right = (_telling(ws) for ws in (found.left, found.right))
    if left and right:
        return _both_have_more(a, b, found, left, right)
    if left or right:
        mine, other = (a, b) if left else (b, a)
        own = found.right if left else found.left
        return _one_has_more(mine, other, found, left or right, own)
    return _differ_in_little(a, b, found)


def _nothing_shared(a: Parts, b: Parts) -> Match:
    from rapidfuzz.distance import JaroWinkler

    alike = JaroWinkler.similarity(a.keys[0], b.keys[0])
    return Match("different", round(0.45 * alike, 2), "no word in common")


def _telling(extra: Iterable[str]) -> list[str]:
    return [
        t for t in extra if t not in words("soft") and t not in words("small") and t not in words("house")
    ]


def _both_have_more(a: Parts, b: Parts, found: Alignment, left: Sequence[str], right: Sequence[str]) -> Match:
    telling = [t for t in found.shared if t not in little()]
    for short, long in ((left, right), (right, left)):
        if len(short) == 1 and len(long) > 1 and short[0] in ("".join(t[0] for t in long), blended(long)):
            return Match(
                "suggest",
                0.66,
                f"{short[0]!r} abbreviates {' '.join(long)!r}; both have {_listed(found.shared)}",
            )
        if len(short) == len(long) == 1 and telling and _takes_letters(short[0], long[0]):
            return Match(
                "suggest", 0.62, f"{short[0]!r} abbreviates {long[0]!r}; both have {_listed(found.shared)}"
            )
    if telling and (marks := _qualifiers([*left, *right])):
        return Match("different", 0.1, f"only one bears the qualifier {' '.join(marks)!r}")
    score = min(0.55, _share(found))
    return Match(
        "different",
        round(score, 2),
        f"share {_listed(found.shared)}; {_listed(left)} against {_listed(right)}",
    )


def blended(tokens: Sequence[str]) -> str:
    return "".join(t[:2] for t in tokens)


def _takes_letters(short: str, long: str) -> bool:
    return len(short) <= 3 < len(long) and short[0] == long[0] and _holds(long, short)


def _share(found: Alignment) -> float:
    common, rest = sum(map(weight, found.shared)), sum(map(weight, (*found.left, *found.right)))
    return common / (common + rest) if common else 0.0


def weight(token: str) -> float:
    """How much a word tells: ordinary words of company names tell little."""
    return 0.2 if token in words("soft") else 0.4 if token in little() else 1.0


def _one_has_more(
    long: Parts, short: Parts, found: Alignment, extra: Sequence[str], own: Sequence[str]
) -> Match:
    """One name holds the other and more: its full name, or a part of its house, or another house."""
    telling = [t for t in found.shared if t not in little()]
    shared = f"share {_listed(found.shared)}"
    if not telling:
        reason = f"only ordinary words in common: {_listed(found.shared)}"
        return Match("different", round(min(0.5, _share(found)), 2), reason)
    fore, after = _before_and_behind(long, found, extra)
    if after and _spells(found.shared, after):
        return Match("suggest", 0.8, f"{_listed(found.shared)} abbreviates {' '.join(after)!r} behind it")
    if marks := _qualifiers(extra):
        return Match("different", 0.1, f"only one bears the qualifier {' '.join(marks)!r}")
    if fore and not all(_is_fore(t) for t in fore):
        return Match("different", 0.45, f"{shared}; {_listed(fore)} stands before it")
    if own := [t for t in (*own, short.house) if t and t not in words("small")]:
        return Match("different", 0.5, f"{shared}; {_listed(own)} against {_listed(extra)}")
    if short.form and after:
        return Match(
            "different",
            0.58,
            f"{shared}; {short.name!r} is a full name, and only the other has {_listed(after)}",
        )
    if all(t in words("trade") for t in after):
        return Match(
            "suggest", 0.68 if len(telling) == 1 else 0.72, f"{shared}; only one has {_listed(extra)}"
        )
    return _more_of_a_name(long, telling, after, shared)


def _before_and_behind(long: Parts, found: Alignment, extra: Sequence[str]) -> tuple[list[str], list[str]]:
    tokens = _joined(long.tokens, found.shared)
    first = next((i for i, t in enumerate(tokens) if t not in extra), 0)
    return [t for t in tokens[:first] if t in extra], [t for t in tokens[first:] if t in extra]


def _spells(shared: Sequence[str], after: Sequence[str]) -> bool:
    """LVMH Moët Hennessy Louis Vuitton; H&M Hennes & Mauritz."""
    key = "".join(t for t in shared if t != "and")
    return len(after) > 1 and sorted(key) == sorted(t[0] for t in after)


def _qualifiers(extra: Sequence[str]) -> list[str]:
    """Words that tell the parts of one house apart: places, where there are none trades."""
    kept = [t for t in extra if t not in words("trade") and t not in words("fore")]
    return [t for t in kept if t in words("places")] or [t for t in kept if t in words("units")]


def _is_fore(token: str) -> bool:
    return len(token) <= 2 or token in words("fore") or token in words("given") or token in words("soft")


def _more_of_a_name(long: Parts, telling: Sequence[str], after: Sequence[str], shared: str) -> Match:
    reason = f"{shared}; only one has {_listed(after)}"
    if any(
        re.search(rf"\b{re.escape(t)}\b", fold(h)) for t in after for h in re.findall(r"-(\w+)", long.name)
    ):
        return Match("suggest", 0.66, reason + " behind a hyphen")
    if any(is_short_capital(t, long.name) for t in after):
        return Match("different", 0.5, reason)
    plain = any(is_ordinary(t) for t in after if t not in words("trade"))
    if len(telling) == 1 and (plain or not long.form):
        return Match("suggest", 0.6, reason if long.form else f"{reason}, as of a product or a unit")
    return Match("suggest", 0.62 if plain or len(telling) == 1 else 0.64, reason)


def is_short_capital(token: str, name: str) -> bool:
    return len(token) <= 4 and re.search(rf"\b{re.escape(token.upper())}\b", name) is not None


def _differ_in_little(a: Parts, b: Parts, found: Alignment) -> Match:
    extra = (*found.left, *found.right)
    telling = [t for t in found.shared if t not in little()]
    if not telling and not (len(found.shared) > 1 and words("house").issuperset(extra)):
        return Match("different", 0.5, f"only ordinary words in common: {_listed(found.shared)}")
    if (
        found.left
        and found.right
        and set(found.left) - set(words("small"))
        and set(found.right) - set(words("small"))
    ):
        return Match(
            "different",
            0.55,
            f"share {_listed(found.shared)}; {_listed(found.left)} against {_listed(found.right)}",
        )
    if set(extra) - set(words("small")) == set() and not _in_one_order(a, b):
        score = 0.62 if not extra else 0.55  # Washington University, University of Washington
        return Match("suggest" if score >= SUGGEST else "different", score, "the same words in another order")
    if extra:
        return Match("suggest", 0.75, f"differ only in {_listed(extra)}")
    if found.varied:
        return Match("suggest", 0.78, "the same words in another spelling")
    return Match("suggest", 0.9, "the same words")


def _in_one_order(a: Parts, b: Parts) -> bool:
    order = [b.tokens.index(t) for t in a.tokens if t in b.tokens]
    return order == sorted(order)


def _align(a: Parts, b: Parts) -> Alignment:
    """Each word of one name with at most one of the other; the same word first, then variants of it."""
    one, two = _joined(a.tokens, b.tokens), _joined(b.tokens, a.tokens)
    pairs = [(t, t) for t in one if t in two and one.count(t) == two.count(t) == 1]
    left, right = _less(one, [x for x, _ in pairs]), _less(two, [y for _, y in pairs])
    for token in list(left):
        near = [t for t in right if t == token] or [t for t in right if _is_variant(token, t, a, b)]
        if near:
            pairs.append((token, near[0]))
            left.remove(token)
            right.remove(near[0])
    shared = tuple(x for x, _ in pairs)
    return Alignment(shared, tuple(left), tuple(right), any(x != y for x, y in pairs))


def _joined(tokens: Sequence[str], other: Sequence[str]) -> list[str]:
    """Neighbours that the other name writes as one word, as one: Wal-Mart, Walmart."""
    found: list[str] = []
    for token in tokens:
        if found and found[-1] + token in other:
            found[-1] += token
        else:
            found.append(token)
    return found


def _less(tokens: Sequence[str], taken: Sequence[str]) -> list[str]:
    return [t for t in tokens if t not in taken]


def _is_variant(x: str, y: str, a: Parts, b: Parts) -> bool:
    """Whether two words are one: singular and plural, abbreviation, another language, a slip of the pen."""
    from rapidfuzz.distance import DamerauLevenshtein

    if _plain(x) == _plain(y):
        return True
    if x[0] != y[0] or len(a.tokens) == len(b.tokens) == 1:
        return False
    short, long = sorted((x, y), key=lambda t: (len(t), t))
    if short in a.dotted | b.dotted and len(short) > 1:
        return _holds(long, short)
    if _is_contraction(short, long):
        return True
    if len(short) >= 4 and long.startswith(short) and short not in little() and not is_ordinary(short):
        return True
    if not set(a.tokens) & set(b.tokens) - little():
        return False
    allowed = 0 if len(short) < 5 or (is_ordinary(x) and is_ordinary(y)) else 1 if len(short) < 8 else 2
    return DamerauLevenshtein.distance(x, y) <= allowed


def _is_contraction(short: str, long: str) -> bool:
    """Hlth, matls, fincl: vowels and more left out, from the first letter to the last."""
    kept = 3 <= len(short) <= len(long) - 2 and short[-1] == long[-1] and not set(short[2:]) & set("aeiou")
    return kept and _holds(long, short) and not is_ordinary(short)


def _plain(token: str) -> str:
    """A word in the singular, written out and in English."""
    token = variants("dotted").get(token, token)
    token = variants("translations").get(token, token)
    return token.removesuffix("s") if len(token) > 4 else token


def _listed(found: Iterable[str]) -> str:
    return ", ".join(repr(w) for w in sorted(found)) or "none"
