"""Whether two names are the same company: tokens, features, a small score, an outcome with its reason.

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
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from graph.ids import entity_id, fold

from .legal_forms import legal_ends

SUGGEST = 0.6

NUMERALS = {
    word: str(n)
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {
    "first": "1",
    "1st": "1",
    "second": "2",
    "2nd": "2",
    "third": "3",
    "3rd": "3",
    "ii": "2",
    "iii": "3",
    "iv": "4",
}

# words that tell the parts of one house apart: with them and without them are two entities
PLACES = frozenset(
    [
        "america",
        "american",
        "americas",
        "usa",
        "us",
        "uk",
        "europe",
        "european",
        "emea",
        "apac",
        "asia",
        "asian",
        "pacific",
        "africa",
        "african",
        "india",
        "indian",
        "china",
        "chinese",
        "japan",
        "japanese",
        "korea",
        "korean",
        "germany",
        "german",
        "deutschland",
        "france",
        "french",
        "italy",
        "italia",
        "spain",
        "iberia",
        "canada",
        "canadian",
        "mexico",
        "brazil",
        "brasil",
        "latam",
        "australia",
        "australian",
        "zealand",
        "singapore",
        "malaysia",
        "thailand",
        "vietnam",
        "indonesia",
        "philippines",
        "hong",
        "kong",
        "taiwan",
        "nordic",
        "nordics",
        "scandinavia",
        "sweden",
        "norway",
        "denmark",
        "finland",
        "poland",
        "netherlands",
        "belgium",
        "switzerland",
        "swiss",
        "austria",
        "ireland",
        "scotland",
        "wales",
        "england",
        "british",
        "britain",
        "israel",
        "turkey",
        "russia",
        "russian",
        "saudi",
        "arabia",
        "gulf",
        "middle",
        "east",
        "eastern",
        "west",
        "western",
        "north",
        "northern",
        "south",
        "southern",
        "central",
        "california",
        "texas",
        "florida",
        "york",
        "london",
        "boston",
        "chicago",
        "pakistan",
        "egypt",
        "nigeria",
        "kenya",
        "caribbean",
        "alaska",
        "hawaii",
        "greece",
        "portugal",
        "colombia",
        "chile",
        "peru",
        "argentina",
    ]
)
UNITS = frozenset(
    [
        "capital",
        "ventures",
        "venture",
        "foundation",
        "insurance",
        "bank",
        "banking",
        "finance",
        "financial",
        "credit",
        "energy",
        "power",
        "oil",
        "gas",
        "motors",
        "motor",
        "aerospace",
        "aviation",
        "marine",
        "rail",
        "logistics",
        "express",
        "cargo",
        "freight",
        "retail",
        "stores",
        "hotels",
        "resorts",
        "airlines",
        "air",
        "lines",
        "pharma",
        "pharmaceuticals",
        "pharmaceutical",
        "chemicals",
        "biologics",
        "biotech",
        "vaccines",
        "diagnostics",
        "genomics",
        "imaging",
        "dental",
        "vision",
        "optical",
        "animal",
        "veterinary",
        "consumer",
        "materials",
        "steel",
        "mining",
        "metals",
        "foods",
        "beverage",
        "beverages",
        "entertainment",
        "music",
        "records",
        "pictures",
        "studios",
        "games",
        "gaming",
        "sports",
        "media",
        "news",
        "publishing",
        "books",
        "press",
        "radio",
        "television",
        "cable",
        "mobile",
        "wireless",
        "telecom",
        "broadband",
        "satellite",
        "cloud",
        "robotics",
        "research",
        "laboratories",
        "labs",
        "institute",
        "university",
        "college",
        "school",
        "hospital",
        "hospitals",
        "clinic",
        "clinics",
        "children",
        "womens",
        "veterans",
        "realty",
        "properties",
        "property",
        "reit",
        "estate",
        "homes",
        "construction",
        "engineering",
        "consulting",
        "advisors",
        "advisory",
        "securities",
        "investments",
        "investment",
        "asset",
        "management",
        "funds",
        "fund",
        "trust",
        "pay",
        "payments",
        "card",
        "life",
        "mutual",
        "re",
        "reinsurance",
        "assist",
        "kids",
        "baby",
        "professional",
        "defense",
        "defence",
        "security",
        "semiconductor",
        "displays",
        "display",
        "electronics",
        "electric",
        "appliances",
        "lighting",
        "solar",
        "wind",
        "nuclear",
        "water",
        "renewables",
        "spirits",
        "wines",
        "breweries",
        "coffee",
        "tobacco",
        "cosmetics",
        "beauty",
        "fashion",
        "sportswear",
        "footwear",
        "eyewear",
        "jewelry",
        "watches",
        "toys",
        "marketplace",
        "web",
        "services",
        "ads",
        "business",
        "enterprise",
        "federal",
        "government",
        "alumni",
        "association",
        "union",
        "federation",
        "council",
        "heavy",
        "industries",
        "stationery",
        "instruments",
        "tools",
        "trucks",
        "truck",
        "bus",
        "tires",
        "tyre",
        "cycles",
        "motorcycles",
        "labs",
        "healthineers",
        "digital",
        "interactive",
        "outdoor",
        "home",
        "living",
        "garden",
        "biosciences",
    ]
)
# of these, words that a house's full name says of its trade and leaves out in daily use
TRADE = frozenset(
    [
        "motor",
        "motors",
        "laboratories",
        "pharmaceutical",
        "pharmaceuticals",
        "industries",
        "financial",
        "services",
        "insurance",
        "wireless",
        "retail",
        "airlines",
        "air",
        "lines",
        "holdings",
        "video",
    ]
)
# words that a name often gains or loses without becoming another company
SOFT = frozenset(
    [
        "group",
        "holdings",
        "holding",
        "international",
        "global",
        "worldwide",
        "technologies",
        "technology",
        "systems",
        "solutions",
        "services",
        "enterprises",
        "companies",
        "partners",
        "associates",
        "industries",
        "networks",
        "software",
        "therapeutics",
        "brands",
        "the",
        "and",
        "of",
        "co",
        "platforms",
        "corporation",
        "company",
        "incorporated",
        "gruppe",
        "groupe",
        "grupo",
        "com",
        "ai",
    ]
)
COMMON = (
    SOFT
    | UNITS
    | PLACES
    | frozenset(
        [
            "health",
            "healthcare",
            "medical",
            "care",
            "national",
            "united",
            "general",
            "standard",
            "first",
            "new",
            "data",
            "smart",
            "best",
            "great",
            "city",
            "state",
            "radiology",
            "teleradiology",
            "bio",
            "tech",
            "net",
        ]
    )
)


@dataclass(frozen=True, slots=True)
class Match:
    """Outcome (same, suggest, different) with the score and the one-line reason."""

    outcome: str
    score: float
    reason: str

    def __str__(self) -> str:
        return f"{self.outcome} {self.score:.2f}: {self.reason}"


def compare(
    left: str,
    right: str,
    *,
    facts: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    rarity: Mapping[str, float] | None = None,
) -> Match:
    """Judge two names; the first rule that has something to say decides.

    Args:
        facts: what is known of each side beside the name: ticker ("NASDAQ: RDNT"), website.
        rarity: weight of a token, 0..1; by default ordinary words weigh little.
    """
    return (
        _by_facts(left, right, *facts)
        or _same_key(left, right)
        or _known(left, right)
        or _abbreviated(left, right)
        or _numbers_differ(left, right)
        or _short_for(left, right)
        or _qualified(left, right)
        or _by_tokens(left, right, rarity)
    )


def comparison_key(name: str) -> str:
    """What is left of a name without case, accents, punctuation, spaces and legal form.

    >>> comparison_key("Radiology Partners, Inc.") == comparison_key("radiology partners")
    True
    """
    return "".join(core(name))


@lru_cache(maxsize=400_000)
def core(name: str) -> tuple[str, ...]:
    """Folded tokens without article and legal form; never empty while the name has a letter or digit."""
    name = re.sub(r"\.com\b", "", name, flags=re.I)
    name = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda m: m.group().replace(".", ""), name)
    tokens = fold(name).split()
    if len(tokens) > 1 and tokens[0] == "the":
        tokens = tokens[1:]
    while (cut := legal_ends(tokens)) and cut < len(tokens):
        tokens = tokens[:-cut]
        if len(tokens) > 1 and tokens[-1] == "and":
            tokens = tokens[:-1]
    return tuple(tokens)


def readable_key(name: str) -> str:
    """The core of a name with its spaces, from which an id is made."""
    return " ".join(core(name)) or fold(name) or name


def node_id(kind: str, name: str) -> str:
    """The id that a name would have as an entity of its own, legal form left out."""
    return entity_id(kind, readable_key(name))


def acronym(name: str) -> str:
    """Initials of the core, small words left out.

    >>> acronym("International Business Machines Corporation")
    'ibm'
    """
    return "".join(t[0] for t in core(name) if t not in ("and", "of", "the", "for", "de"))


def _same_key(left: str, right: str) -> Match | None:
    key = comparison_key(left)
    if key and key == comparison_key(right):
        return Match("same", 1.0, f"both are {readable_key(left)!r} without legal form, case and punctuation")
    return None


def _known(left: str, right: str) -> Match | None:
    from .known_names import house

    a, b = house(comparison_key(left)), house(comparison_key(right))
    if a is None or b is None:
        return None
    if a == b:
        return Match("same", 0.98, f"known names of one company: {a}")
    return Match("different", 0.03, f"known names of two companies: {a} and {b}")


def _by_facts(left: str, right: str, known: Mapping[str, str], other: Mapping[str, str]) -> Match | None:
    ticker, other_ticker = known.get("ticker"), other.get("ticker")
    if ticker and ticker == other_ticker:
        return Match("same", 1.0, f"the same ticker, {ticker}")
    if ticker and other_ticker and _exchange(ticker) == _exchange(other_ticker):
        return Match("different", 0.05, f"tickers differ: {ticker} and {other_ticker}")
    site = domain(known.get("website"))
    if site and site == domain(other.get("website")) and set(core(left)) & set(core(right)) - COMMON:
        return Match("same", 0.97, f"the same web domain, {site}, and agreeing names")
    return None


def domain(website: str | None) -> str | None:
    """The host of a web address without "www."."""
    found = re.match(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", (website or "").strip().casefold())
    return found.group(1) if found else None


def _exchange(ticker: str) -> str:
    return ticker.partition(":")[0].strip().casefold()


def _numbers_differ(left: str, right: str) -> Match | None:
    a, b = numbers(left), numbers(right)
    if a != b:
        return Match("different", 0.05, f"numbers differ: {_listed(a)} and {_listed(b)}")
    return None


def numbers(name: str) -> frozenset[str]:
    """The numbers in a name, numerals included: "Pier One" has 1."""
    tokens = core(name)
    return frozenset(NUMERALS.get(t, "") or d for t in tokens for d in re.findall(r"\d+", NUMERALS.get(t, t)))


def _qualified(left: str, right: str) -> Match | None:
    a, b = set(core(left)), set(core(right))
    if not a & b:
        return None
    for words in (PLACES, UNITS):
        marks = [t for t in (*core(left), *core(right)) if t in words and (t in a) != (t in b)]
        if marks and not _spelled_alike(a - b, b - a):
            return Match("different", 0.1, f"only one bears the qualifier {' '.join(marks)!r}")
    return None


def _short_for(left: str, right: str) -> Match | None:
    """A house's one telling word for its full name: Toyota, Toyota Motor; Disney, The Walt Disney Company."""
    short, long = sorted((core(left), core(right)), key=lambda c: (len(c), c))
    if len(short) != 1 or len(short[0]) < 4 or short[0] in COMMON or not 1 < len(long) <= 4:
        return None
    extra = [t for t in long if t != short[0]]
    if long[0] == short[0] and not any(t in PLACES or t in UNITS - TRADE for t in extra):
        return Match("suggest", 0.68, f"{short[0]!r} begins the longer name; only one has {_listed(extra)}")
    if long[-1] == short[0] and len(long) < 4 and not any(t in COMMON for t in extra):
        return Match("suggest", 0.65, f"{short[0]!r} ends the longer name; only one has {_listed(extra)}")
    return None


def _spelled_alike(a: set[str], b: set[str]) -> bool:
    """Singular and plural of one word, or a word and its abbreviation, are no qualifier."""
    return len(a) == len(b) == 1 and (min(a)[:4] == min(b)[:4] or min(a | b, key=len) in max(a | b, key=len))


def _abbreviated(left: str, right: str) -> Match | None:
    short, long = sorted((left, right), key=lambda n: (len(comparison_key(n)), n))
    key = comparison_key(short)
    if all(len(t) == 1 or t == "and" for t in core(short)):
        key = key.replace("and", "")
    elif len(core(short)) != 1:
        return None
    if not 2 <= len(key) <= 8 or len(core(long)) < 2:
        return None
    reason = f"{short!r} abbreviates the initials of {long!r}"
    full = acronym(long)
    if _upper(short) and key in (full, _initials_with_all(long), _initials_with_legal(long)):
        return Match("suggest", 0.8 if len(key) > 2 else 0.7, reason)
    if re.search(r"[a-z][A-Z]|[A-Z][a-z]+[A-Z]", short) and camel_case_fits(short, long):
        return Match("suggest", 0.72, reason)
    if _upper(short) and len(key) > 2 and (full.startswith(key) or (key in full)):
        return Match("suggest", 0.62, reason)
    if _upper(short) and len(key) > 2 and spells_out(key, long):
        return Match("suggest", 0.62, f"{short!r} takes its letters from {long!r} in order")
    return None


def spells_out(key: str, long: str) -> bool:
    """Whether the letters stand in the name in order, every word's first letter among them: TRS, TeleRadiology Solutions."""
    words = core(long)
    letters = iter("".join(words))
    return all(c in letters for c in key) and key[0] == words[0][0] and set(acronym(long)) <= set(key)


def _upper(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    return sum(c.isupper() for c in letters) > len(letters) / 2


def _initials_with_all(name: str) -> str:
    return "".join(t[0] for t in core(name))


def _initials_with_legal(name: str) -> str:
    return "".join(t[0] for t in fold(name).split() if t not in ("and", "of", "the"))


def camel_case_fits(short: str, long: str) -> bool:
    """Whether each camel-case part of the short name begins the next words of the long one: v-Rad, Virtual Radiologic."""
    parts = [p.casefold() for p in re.findall(r"[A-Z][a-z]*|[a-z]+", short)]
    words = core(long)
    return len(parts) <= len(words) and all(w.startswith(p) for p, w in zip(parts, words, strict=False))


def _by_tokens(left: str, right: str, rarity: Mapping[str, float] | None) -> Match:
    from rapidfuzz.distance import JaroWinkler

    a, b = core(left), core(right)
    shared, extra = _aligned(a, b)
    weigh = weight if rarity is None else lambda t: rarity.get(t, 1.0)
    common, left_over = sum(map(weigh, shared)), sum(map(weigh, extra))
    if not shared:
        alike = JaroWinkler.similarity(comparison_key(left), comparison_key(right))
        return Match("different", round(0.45 * alike, 2), "no word in common")
    score = common / (common + left_over) if common else 0.0
    if not any(t not in COMMON for t in shared):
        score = min(score, 0.5)
        reason = f"only ordinary words in common: {_listed(shared)}"
    elif not extra:
        score, reason = 0.9, "the same words in another order or spelling"
    elif all(t in SOFT for t in extra):
        score, reason = max(score, 0.75), f"differ only in {_listed(extra)}"
    else:
        reason = f"share {_listed(shared)}; only one has {_listed(extra)}"
    a_only = [t for t in a if t in extra]
    b_only = [t for t in b if t in extra]
    if a_only and b_only and not all(t in SOFT for t in extra):
        score = min(score, 0.55)
        reason = f"share {_listed(shared)}; {_listed(a_only)} against {_listed(b_only)}"
    return Match("suggest" if score >= SUGGEST else "different", round(score, 2), reason)


def weight(token: str) -> float:
    """How much a word tells: ordinary words of company names tell little."""
    return 0.2 if token in SOFT else 0.4 if token in COMMON else 1.0


def _aligned(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Words in both (spelling variants included) and words in one."""
    from rapidfuzz.distance import DamerauLevenshtein

    rest = sorted(set(b))
    shared, extra = [], []
    for token in sorted(set(a)):
        near = [t for t in rest if t == token] or [
            t
            for t in rest
            if min(len(t), len(token)) >= 4
            and (
                DamerauLevenshtein.distance(t, token) <= (1 if min(len(t), len(token)) < 8 else 2)
                or (t.startswith(token) or token.startswith(t))
            )
            and t[0] == token[0]
        ]
        if near:
            shared.append(token)
            rest.remove(near[0])
        else:
            extra.append(token)
    return shared, extra + rest


def _listed(words: object) -> str:
    return ", ".join(repr(w) for w in sorted(words)) or "none"  # type: ignore[call-overload]
