"""Forms of one entity inside a document, and the fullest of them.

Acme, Acme Inc. and Acme Corporation Ltd are one key without legal form; a short form is the beginning of
one longer name; an acronym is defined in brackets or made of a longer name's initials.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ingest.extract.surfaces import LEGAL_BEHIND, Ground, initials
from ingest.extract.tagging import gazetteer, words_of

Found = tuple[int, int, str, str]
GENERIC = words_of(
    "american national international global united first general new north south east west western "
    "central royal bank university institute department ministry college school hospital "
    "association the city state county saint st digital health medical capital data smart blue "
    "green red black white golden big great best one"
)
SAME_REGIONS = (
    ("United States", "U.S.", "US", "USA", "U.S.A.", "United States of America", "America"),
    ("United Kingdom", "U.K.", "UK", "Great Britain"),
    ("European Union", "EU", "E.U."),
    ("United Arab Emirates", "UAE", "U.A.E."),
    ("New York City", "NYC"),
    ("Washington, D.C.", "Washington, DC", "Washington D.C."),
)
LEGAL_END = re.compile(LEGAL_BEHIND.pattern + "$", re.I)
STATE_ROWS = (
    "=;AL=Alabama;AK=Alaska;AZ=Arizona;AR=Arkansas;CA=California;CO=Colorado;CT=Connecticut;"
    "DE=Delaware;FL=Florida;GA=Georgia;HI=Hawaii;ID=Idaho;IL=Illinois;IN=Indiana;IA=Iowa;"
    "KS=Kansas;KY=Kentucky;LA=Louisiana;ME=Maine;MD=Maryland;MA=Massachusetts;MI=Michigan;"
    "MN=Minnesota;MS=Mississippi;MO=Missouri;MT=Montana;NE=Nebraska;NV=Nevada;NH=New Hampshire;"
    "NJ=New Jersey;NM=New Mexico;NY=New York;NC=North Carolina;ND=North Dakota;OH=Ohio;"
    "OK=Oklahoma;OR=Oregon;PA=Pennsylvania;RI=Rhode Island;SC=South Carolina;SD=South Dakota;"
    "TN=Tennessee;TX=Texas;UT=Utah;VT=Vermont;VA=Virginia;WA=Washington;WV=West Virginia;"
    "WI=Wisconsin;WY=Wyoming;BC=British Columbia;ON=Ontario;QC=Quebec;Calif.=California;"
    "Colo.=Colorado;Conn.=Connecticut;Fla.=Florida;Ill.=Illinois;Ind.=Indiana;Mass.=Massachusetts;"
    "Md.=Maryland;Mich.=Michigan;Minn.=Minnesota;N.C.=North Carolina;N.J.=New Jersey;"
    "N.Y.=New York;Nev.=Nevada;Ore.=Oregon;Pa.=Pennsylvania;S.C.=South Carolina;Tenn.=Tennessee;"
    "Tex.=Texas;Va.=Virginia;Wash.=Washington;Wis.=Wisconsin;Ga.=Georgia;Ariz.=Arizona;"
    "D.C.=District of Columbia"
)
STATES = dict(row.split("=") for row in STATE_ROWS.split(";"))
ALWAYS_UNITS = (" ventures", " labs", " foundation", " academy")
UNITS = re.compile(
    r" (?:research|capital|studios|europe|asia|americas?|canada|uk|usa?|"
    r"india|china|japan|germany|"
    r"new markets|bank|media|pharma|academy)$"
)
KNOWN_AS = re.compile(
    r",?\s*\(?(?:(?:now|formerly|previously|also|then)\s+(?:known|called|named|trading)|formerly|d/b/a|dba|f/k/a|"
    r"doing business)(?:\s+as)?[:,]?\s+[“\"]?"
)
BETWEEN = re.compile(
    r"(?:,?\s*[^\s()]{0,12})?(?:\s*[(\[][A-Za-z. ]{2,20}:\s?[A-Z.]+[)\]])*"
    r"\s*[(\[]\s*(?:(?:collectively|together|hereinafter|hereafter|the|or|formerly|formally|a\.k\.a\.|aka|"
    r"“[^”]{1,40}”|\"[^\"]{1,40}\"|and|,|[A-Za-z]{2,8}(?: [A-Za-z]{2,8})?\s?:)[,\s]*)*[“\"'‘]?$"
)


def canonical(ground: Ground, found: Sequence[Found]) -> dict[tuple[str, str], str]:
    """For each form and kind the fullest form of its entity."""
    forms: dict[str, list[str]] = defaultdict(list)
    for _, _, form, kind in found:
        if form not in forms[kind]:
            forms[kind].append(form)
    names: dict[tuple[str, str], str] = {}
    for kind, own in forms.items():
        counts = Counter(form for _, _, form, of in found if of == kind)
        defined = list(_defined(ground, found, kind))
        short = {min(pair, key=len) for pair in defined}
        links = [*defined, *_shortened([form for form in own if form not in short], kind, counts)]
        for group in _groups(own, links):
            fullest = max(group, key=lambda form: (len(form), form))
            names.update({(form, kind): fullest for form in group})
    return names


def key(form: str) -> str:
    """A form without legal form, case, marks and punctuation."""
    bare, last = re.sub(r"[™®]|\((?:TM|R|tm|r)\)", "", form).strip(), ""
    while bare != last:
        last, bare = bare, LEGAL_END.sub("", bare)
    bare = re.sub(r"^(?:the|The|THE)\s+", "", bare).replace("&", " and ")
    return re.sub(r"[\W_]+", " ", bare).strip().lower()


def _shortened(forms: Sequence[str], kind: str, counts: Mapping[str, int]) -> Iterable[tuple[str, str]]:
    """Same key; beginning of exactly one longer name; initials of one."""
    keys = {form: _kind_key(form, kind) for form in forms}
    for form in forms:
        yield from ((form, other) for other in forms if other != form and keys[other] == keys[form])
    if kind == "Region":
        yield from _same_regions(forms)
    for form in forms if kind in ("Company", "Organization", "Product") else ():
        longer = {keys[o]: o for o in forms if _shortens(keys[form], keys[o], kind) or _stands_for(form, o)}
        fullest = max(longer.values(), key=len, default="")
        own_legal_form = LEGAL_END.search(form) or any(o != form and keys[o] == keys[form] for o in forms)
        famous = form in gazetteer() and not LEGAL_END.search(fullest) and not _stands_for(form, fullest)
        if fullest and _one_family(longer) and not (famous or own_legal_form or _unit(form, fullest, counts)):
            yield form, fullest


def _unit(short: str, long: str, counts: Mapping[str, int]) -> bool:
    """Acme Ventures is not Acme where Acme is named as often."""
    return long.lower().endswith(ALWAYS_UNITS) or (
        bool(UNITS.search(long.lower())) and counts[short] >= counts[long]
    )


def _kind_key(form: str, kind: str) -> str:
    bare = key(form)
    if kind == "Market":
        return re.sub(r"^global | (?:market|industry|sector|space)s?$", "", bare).removesuffix("s")
    return (
        re.sub(r"^(?:u s|us) (?=food|securities|fda|sec|department|centers)", "", bare)
        if kind == "Organization"
        else bare
    )


def _shortens(short: str, long: str, kind: str) -> bool:
    if not short or short == long or short in GENERIC:
        return False
    return long.startswith(short + " ") or (kind != "Organization" and long.endswith(" " + short))


def _stands_for(short: str, long: str) -> bool:
    """TRS for Teleradiology Solutions with or without its last initial; IBN for InvestorBrandNetwork."""
    letters = re.sub(r"\W", "", short)
    if not (2 <= len(letters) <= 6 and letters.isupper() and len(long) > len(short)):
        return False
    if " " not in long:
        return len(letters) > 2 and letters == "".join(c for c in long if c.isupper())
    made = initials(long)
    return letters == made or (len(made) > 3 and letters == made[:-1])


def _one_family(keys: Iterable[str]) -> bool:
    """Whether the longer names are all beginnings of the longest: else a short form could be any of them."""
    ordered = sorted(keys, key=len)
    return all(ordered[-1].startswith(k) for k in ordered)


def _defined(ground: Ground, found: Sequence[Found], kind: str) -> Iterable[tuple[str, str]]:
    """Teleradiology Solutions (TRS); Acme, Inc. (“Acme” or the “Company”)."""
    own = [row for row in found if row[3] == kind]
    for (_, end, form, _), (first, last, other, _) in pairwise(own):
        gap = ground.text[ground.words.ends[end - 1] : ground.words.starts[first]]
        if len(gap) > 75 or not (BETWEEN.match(gap) or KNOWN_AS.fullmatch(gap)) or form == other:
            continue
        behind = ground.text[ground.words.ends[last - 1] :][:1]
        enclosed = gap.strip() == "(" and behind == ")" and other[0] == form[0]
        if enclosed or KNOWN_AS.fullmatch(gap):
            yield form, other
        if behind in (")", "]", "”", '"', "’") and (
            _alike(form, other) or "“" in gap or '"' in gap or ":" in gap
        ):
            yield form, other


def _alike(form: str, other: str) -> bool:
    """Whether the letters of the short one occur in the long one, in order, from its first letter."""
    long, short = sorted(
        (re.sub(r"\W", "", form).lower(), re.sub(r"\W", "", other).lower()), key=len, reverse=True
    )
    at = 0
    for letter in short:
        at = long.find(letter, at) + 1
        if not at:
            return False
    return long[:1] == short[:1]


def _same_regions(forms: Sequence[str]) -> Iterable[tuple[str, str]]:
    for row in SAME_REGIONS:
        here = [form for form in forms if form in row]
        yield from pairwise(here)
    yield from ((form, STATES[form]) for form in forms if STATES.get(form) in forms)


def _groups(forms: Sequence[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Connected forms."""
    root: dict[str, str] = {form: form for form in forms}
    for one, other in links:
        a, b = _root(root, one), _root(root, other)
        root[max(a, b)] = min(a, b)
    found: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        found[_root(root, form)].append(form)
    return list(found.values())


def _root(root: Mapping[str, str], form: str) -> str:
    while root[form] != form:
        form = root[form]
    return form
