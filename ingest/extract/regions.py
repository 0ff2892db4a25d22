"""The gazetteer: which names are regions, where they stand in a text, and what lies in what.

Exact look-ups only. The data: pycountry for countries and their parts, ``data/cities.tsv`` (GeoNames), and
our own ``data/regions.toml`` for the regions of trade that no list has.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry

from graph.model import Document, Mention

Span = tuple[int, int]

_SUBDIVIDED = {"US": "United States", "CA": "Canada", "AU": "Australia", "IN": "India"}
_MOST_WORDS = 7
_SHORT = (
    "us",
    "usa",
    "uk",
    "uae",
    "eu",
    "gcc",
    "ssa",
    "anz",
    "cee",
    "cis",
    "drc",
    "prc",
    "ksa",
    "uki",
    "nyc",
)
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w'’]*\.?")
_GAP = re.compile(r"[ \u00a0]+(?:&[ \u00a0]+)?|,[ \u00a0]+|[-/]")
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|from|to|across|throughout|within|of|near|outside|into|at|around|serving|and|or|between)"
    r"|[,(;/]|^|\n)[ \u00a0]*(?:the[ \u00a0]+)?$",
    re.I,
)
_NO_NAME = re.compile(
    r"(?:In|The|From|At|To|Of|For|By|With|And|Or|Across|Throughout|Within|Through|Near|Both|While|Although|But|"
    r"When|Where|Since|As|If|On|Under|Like|Between|Beyond|Outside|Into|Including|Is|Are|Has|Was|Will|Its|Our|"
    r"Greater|Northern|Southern|Eastern|Western|Central|Downtown|Suburban|Metro|Via|Key|Market|Markets|Region|"
    r"Regions|Offices?|Today|Throughout|Healthcare|Tariffs?|Driving|Growth|Services|Adjustments|Inc|Mr|Cumulative)"
)
_NAMED_AFTER = re.compile(
    r"\b(?:Bank|University|College|Department|Ministry|Museum|School|Church|Voice|Club|Chamber|Port|Institute|Academy|"
    r"Association|Society|Council|Court) (?:of|for)(?: the)? $"
)
_CODE_BEFORE = re.compile(r"(?:[^\W\d_][a-zß-ÿ]+|[A-Z]{4,}),[ \u00a0]*$")


@dataclass(slots=True)
class _Place:
    """A region under its canonical name."""

    name: str
    kind: str
    parents: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Gazetteer:
    places: dict[str, _Place] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    ambiguous: frozenset[str] = frozenset()
    shortened: frozenset[str] = frozenset()


def find_regions(document: Document, taken: Iterable[Span] = ()) -> tuple[Mention, ...]:
    """Every place where a region is named, outside the spans that are taken by longer names."""
    inside = sorted(taken)
    hits = [hit for hit in _hits(document.text) if not any(a < hit[1] and hit[0] < b for a, b in inside)]
    fullest: dict[str, str] = {}
    for start, end, name in hits:
        form = document.text[start:end]
        kept = fullest.get(name)
        if kept is None or form == name or (kept != name and len(form) > len(kept)):
            fullest[name] = form
    return tuple(
        Mention(start, end, document.text[start:end], "Region", fullest[name], score=0.95, rule="gazetteer")
        for start, end, name in hits
    )


def canonical_region(name: str) -> str | None:
    """The one name of a region, or None where it is none.

    >>> canonical_region("U.S."), canonical_region("APAC"), canonical_region("Indian")
    ('United States', 'Asia-Pacific', None)
    """
    gazetteer = _gazetteer()
    return gazetteer.names.get(_key(name)) or gazetteer.codes.get(name)


def parents(name: str) -> tuple[str, ...]:
    """All that a region is part of, the nearest first.

    >>> parents("Bavaria")[:3]
    ('Germany', 'European Union', 'Western Europe')
    >>> "EMEA" in parents("Germany")
    True
    """
    places = _gazetteer().places
    found: list[str] = []
    near = [canonical_region(name) or ""]
    while near:
        near = [p for n in near if n in places for p in places[n].parents if p not in found]
        near = list(dict.fromkeys(near))
        found += near
    return tuple(found)


def direct_parents(name: str) -> tuple[str, ...]:
    """What a region is part of with nothing between."""
    place = _gazetteer().places.get(canonical_region(name) or "")
    return tuple(place.parents) if place else ()


def _hits(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans with the region's canonical name; the longest name wins."""
    words = list(_WORD.finditer(text))
    i = 0
    while i < len(words):
        found = _longest(text, words, i) if words[i].group()[0].isupper() else None
        if found is None:
            i += 1
            continue
        end, count, name = found
        if _is_place(text, words[i].start(), end, name):
            yield words[i].start(), end, name
        i += count


def _longest(text: str, words: list[re.Match[str]], i: int) -> tuple[int, int, str] | None:
    gazetteer, start, last = _gazetteer(), words[i].start(), i
    found = None
    for k in range(i, min(i + _MOST_WORDS, len(words))):
        if k > i and not _GAP.fullmatch(text[words[last].end() : words[k].start()]):
            break
        last = k
        for end in _ends(words[k]):
            form = text[start:end]
            name = gazetteer.names.get(_key(form)) if _cased(form) else None
            if k == i and name is None and _CODE_BEFORE.search(text[max(0, start - 8) : start]):
                name = gazetteer.codes.get(form)
            if name and (found is None or end > found[0]):
                found = end, k - i + 1, name
    return found


def _ends(word: re.Match[str]) -> tuple[int, ...]:
    """Where a name can end: a full stop belongs to it only where it is an abbreviation."""
    form = word.group()
    if not form.endswith("."):
        return (word.end(),)
    shortened = "." in form[:-1] or form in _gazetteer().shortened
    return (word.end(),) if shortened else (word.end() - 1,)


def _cased(form: str) -> bool:
    """Whether a form is written as names are: "Us" and "usa" are not the country."""
    return form.isupper() or _key(form) not in _SHORT


def _is_place(text: str, start: int, end: int, name: str) -> bool:
    """Not part of a longer name, and with a sign of place where the name can be another's."""
    kind = _gazetteer().places[name].kind
    form, before = text[start:end], text[max(0, start - 24) : start]
    named_before = re.search(r"([A-Z][\w&.’']*)[ \u00a0]+$", before)
    if named_before and not _NO_NAME.fullmatch(named_before[1].rstrip(".")) and kind != "region":
        return False
    if _NAMED_AFTER.search(before) and kind in ("country", "city", "state"):
        return False
    if text[start - 1 : start] in ("-", "@", "/", "_") or text[end : end + 1] in ("@", "_"):
        return False
    after = re.match(r"[ \u00a0]+(?:&[ \u00a0]+)?([A-Z][\w’']*)", text[end : end + 30])
    if after and kind in ("city", "state") and not form.isupper() and not _NO_NAME.fullmatch(after[1]):
        return False
    if form.casefold() in _gazetteer().ambiguous:
        return _has_sign_of_place(text, start, end)
    return True


def _has_sign_of_place(text: str, start: int, end: int) -> bool:
    following = re.match(r",[ \u00a0]+((?:[A-Z][\w.]*)(?:[ \u00a0][A-Z][\w.]*)?)", text[end : end + 40])
    if following:
        word = following[1]
        return any(canonical_region(w) is not None for w in (word, word.rstrip("."), word.split()[0]))
    before = text[max(0, start - 24) : start]
    return re.search(
        r"\b(?:in|from|across|near|throughout|outside|based in)[ \u00a0]+$", before, re.I
    ) is not None or bool(
        _PLACE_BEFORE.search(before)
        and re.search(r"[^\W\d_]\w+(?:,| and| or)[ \u00a0]+$", before)
        and _lists_regions(before)
    )


def _lists_regions(before: str) -> bool:
    word = re.search(r"([A-Z][\w ]*?)(?:,| and| or|, and)[ \u00a0]+$", before)
    names = (word[1], word[1].split()[-1]) if word else ()
    return any(canonical_region(n) and n.casefold() not in _gazetteer().ambiguous for n in names)


def _key(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = (
        plain.replace("’", "'").replace("&", " and ").replace("/", " ").replace("-", " ").replace(",", " ")
    )
    return re.sub(r"\.(?=\w)|\.$", "", " ".join(plain.casefold().split()))


@cache
def _gazetteer() -> _Gazetteer:
    table: dict[str, Any] = tomllib.loads(_data("regions.toml"))
    found = _Gazetteer(ambiguous=frozenset(name.casefold() for name in table["ambiguous"]["names"]))
    found.shortened = frozenset(form for forms in table["states"].values() for form in forms)
    by_code = _countries(found, table["countries"])
    for name, row in table["regions"].items():
        _add(found, name, "region", [name, *row.get("aliases", ())])
    for name, row in table["regions"].items():
        for member in row["members"]:
            found.places[by_code.get(member, member)].parents.append(name)
    for name, code in table["parts"].items():
        _add(found, name, "state", [name], [by_code[code]])
    _subdivisions(found, table["states"])
    _cities(found, by_code, table["cities"])
    for place in found.places.values():
        place.parents = list(dict.fromkeys(place.parents))
    return found


def _countries(found: _Gazetteer, written: dict[str, list[str]]) -> dict[str, str]:
    by_code = {}
    for country in pycountry.countries:
        names = written.get(country.alpha_2) or [country.name]
        by_code[country.alpha_2] = names[0]
        _add(found, names[0], "country", [*names, country.name])
    by_code["XK"] = "Kosovo"
    _add(found, "Kosovo", "country", ["Kosovo"])
    return by_code


def _subdivisions(found: _Gazetteer, shortened: dict[str, list[str]]) -> None:
    for code, country in _SUBDIVIDED.items():
        for part in pycountry.subdivisions.get(country_code=code):  # type: ignore[no-untyped-call]
            name = part.name
            if _key(name) in found.names and name != "Georgia":
                continue
            found.names.pop(_key(name), None)
            _add(found, name, "state", [name, *shortened.get(name, ())], [country])
            if code in ("US", "CA"):
                found.codes[part.code.split("-")[1]] = name


def _cities(found: _Gazetteer, by_code: dict[str, str], written: dict[str, list[str]]) -> None:
    seen: dict[str, int] = {}
    for line in _data("cities.tsv").splitlines():
        if line.startswith("#"):
            continue
        name, code, state, people = line.split("\t")
        if len(name) < 4 or (_key(name) in found.names and seen.get(name, 10**9) >= int(people)):
            continue
        seen[name] = int(people)
        within = found.codes.get(state) or by_code.get(code)
        found.places.pop(name, None)
        found.names.pop(_key(name), None)
        forms = [form for form in (name, *written.get(name, ())) if _key(form) not in found.names]
        _add(found, name, "city", forms, [within] if within else [])


def _add(found: _Gazetteer, name: str, kind: str, forms: Iterable[str], within: Iterable[str] = ()) -> None:
    place = found.places.setdefault(name, _Place(name, kind))
    place.parents += [w for w in within if w != name]
    for form in forms:
        found.names.setdefault(_key(form), name)


def _data(name: str) -> str:
    return files("ingest.extract").joinpath("data", name).read_text("utf-8")
