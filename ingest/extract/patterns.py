"""Claims by the form of words: precise patterns over a sentence in which the mentions stand as ⟦C3⟧.

C is a company, O an organization, P a product, R a region, M a market; the number tells which mention.
Each pattern names its parties: ``s`` the subjects, ``o`` the objects, one or a list of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graph import vocabulary
from graph.model import Claim, Document, Evidence, Mention

from .dates import date_in
from .details import detail_of
from .lists import find_players
from .status import status_of
from .structure import Sentence, sentences

Span = tuple[int, int]

_MASK = re.compile(r"⟦([CORPM])(\d+)⟧")
_STANDING = ("offers", "headquartered_in", "subsidiary_of", "listed_on", "member_of", "affiliated_with")
_LETTERS = {"Company": "C", "Organization": "O", "Product": "P", "Region": "R", "Market": "M"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of words that makes a claim."""

    predicate: str
    name: str
    pattern: re.Pattern[str]
    score: float


@dataclass(frozen=True, slots=True)
class _Masked:
    """A sentence with its mentions masked, and where each masked place lies in the document."""

    sentence: Sentence
    text: str
    mentions: tuple[Mention, ...]
    shifts: tuple[tuple[int, int], ...]

    def place(self, position: int) -> int:
        """A position of the masked text as one of the document's text."""
        base = self.sentence.start + position
        for masked_end, shift in self.shifts:
            if masked_end <= position:
                base = self.sentence.start + position + shift
        return base


def find_claims(document: Document, mentions: Iterable[Mention]) -> tuple[Claim, ...]:
    """All that the patterns and the lists of players find; a claim has all its evidence."""
    given = sorted(mentions, key=lambda m: (m.start, -m.end))
    found = [claim for masked in _masked(document, given) for claim in claims_in(document, masked)]
    listed = find_players(document)[1]
    return _merged([*found, *_with_names(listed, given)])


def claims_in(document: Document, masked: _Masked) -> Iterator[Claim]:
    """The claims of one sentence."""
    for rule in rules():
        for match in rule.pattern.finditer(masked.text):
            subjects, objects = _parties(masked, match, "s"), _parties(masked, match, "o")
            for subject in subjects:
                for obj in objects:
                    if subject.name != obj.name and vocabulary.allows(rule.predicate, subject.kind, obj.kind):
                        yield _claim(document, masked, rule, match, subject, obj)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the vocabulary, each numbered within its predicate."""
    counts: Counter[str] = Counter()
    found = []
    for predicate, score, forms in _FORMS:
        for form in forms:
            counts[predicate] += 1
            name = f"pattern:{predicate}.{counts[predicate]}"
            found.append(Rule(predicate, name, re.compile(_spelled(form), re.S), score))
    return tuple(found)


_PARTS = {
    r"{GAP}": r"(?:[’']s|[’'])?(?:\s\([^)⟦]{1,40}\))?(?:,\s(?:an?|the|one|which|whose|based|headquartered|"
    r"affiliated)\s"
    r"[^;⟦]{1,90}?,|,\s(?:based|headquartered|affiliated\swith)\s[^;]{1,60}?,)?",
    r"{AUX}": r"(?:\s(?:has|have|had|is|are|was|were|will|would|may|could|might|today|also|recently|"
    "reportedly|now|then|"
    r"announced|announces|that|it|they|been|be|being|not|never|previously|formerly|once|successfully|"
    r"further|first|just|"
    r"already|denied|denies|said|says|plans|intends|hopes|expects|aims|wants|agreed|agrees|seeks|set|"
    r"about|to|in|talks|"
    r"no|longer|on|(?:Mon|Tues|Wednes|Thurs|Fri)day|jointly|officially|formally|quietly|exploring|"
    r"considering|"
    r"did|does|proposed|wholly|fully|majority|still|currently|proud|pleased|excited|entered|completed|"
    r"completes|"
    r"closed|a|an|the|definitive|agreement|deal|binding|signed|its|of|previously|announced))*",
    "{DET}": r"(?:(?!(?:of|from|by|with|in|for|to|and|at|on|that|which|who|as|than|"
    r"into)\b)[\w’'&.-]+\s){0,6}?",
    r"{THE}": r"(?:(?:the|its|their|a|an|fellow|rival|partner)\s)?(?:[a-z][\w-]*\s){0,3}?",
}


def _list(kinds: str, name: str) -> str:
    item = rf"⟦[{kinds}]\d+⟧(?:\s\([^)⟦]*\))?"
    joint = r"(?:,\sand|,\sor|,|\sand|\sor|\s&|\sas\swell\sas)\s(?:the\s|with\s|in\s)?(?:(?:nearby|also)\s)?"
    return rf"(?P<{name}>{item}(?:{joint}{item})*)"


def _spelled(form: str) -> str:
    for kinds in ("CO", "P", "R", "M", "O", "C"):
        for name in ("s", "o"):
            form = form.replace(f"<{name}:{kinds}>", _list(kinds, name))
    for name in ("s", "o"):
        form = form.replace(f"<one {name}>", rf"(?P<{name}>⟦[CO]\d+⟧)")
    for part, spelled in _PARTS.items():
        form = form.replace(part, spelled)
    return form.replace(" ?", r"[\x20\u00a0\n]*").replace(" ", r"[\x20\u00a0\n]+")


_DEAL = (
    r"(?:partnerships?|alliances?|collaborations?|joint ventures?|cooperation|co-operation|"
    r"(?:distribution|licensing|"
    r"licence|license|reseller|resale|supply|integration|co-development|development|marketing|sponsorship|"
    r"cooperation|"
    r"collaboration|partnership|commercial|strategic|framework|manufacturing|research|channel)"
    r"(?: (?:agreement|deal|contract|pact|arrangement|accord)s?)|pact|memorandum of understanding|MoU|"
    r"letter of intent)"
)
_CLEAR = (
    r"(?:clearances?|approvals?|authori[sz]ations?|licen[cs]es?|registration|certification|designation|"
    r"go-ahead|"
    r"accreditation|permission|nod|marks?)"
)
_PLACES = (
    r"(?:offices?|sites?|plants?|stores?|clinics?|hospitals?|factor(?:y|ies)|warehouses?|branch(?:es)?|"
    r"cent(?:er|re)s?|"
    + (
        r"locations?|facilit(?:y|ies)|operations|customers|hubs?|showrooms?|laborator(?:y|ies)|practices|"
        r"outlets|mines?)"
    )
)
_MAKES = (
    r"(?:offers?|offered|offering|launch(?:es|ed|ing)?|makes?|made|develops?|developed|sells?|sold|"
    r"introduc(?:es|ed|ing)|"
    r"unveil(?:s|ed|ing)?|releas(?:es|ed|ing)|markets|provides|produces|manufactures|rolled out|debuts|"
    r"debuted|runs)"
)
_UNIT = r"(?:division|unit|subsidiary|arm|business|brand|affiliate company|business unit|operating company)"

# each predicate with the precision of its patterns on the training documents, names given
_FORMS: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    (
        "partners_with",
        0.8,
        (
            r"<s:CO>{GAP}{AUX} (?:partner(?:s|ed|ing)?|collaborat(?:es|ed|ing|e)|team(?:s|ed|ing)? up|"
            r"join(?:s|ed|ing)? forces|"
            r"allied|cooperat(?:es|ed|e)|work(?:s|ed|ing)? (?:closely |together )?) ?with {THE}<o:CO>",
            r"<s:CO>{GAP}{AUX} (?:sign(?:s|ed)|announc(?:es|ed)|enter(?:s|ed)(?: into)?|form(?:s|ed)|"
            r"expand(?:s|ed)|has|have|"
            r"extend(?:s|ed)|establish(?:es|ed)|struck|inked|terminat(?:es|ed)|ended|renew(?:s|ed)|"
            r"launch(?:es|ed)|began|"
            r"maintains|call(?:s|ed) off|denied)(?: [\w,’'-]+){0,5}? "
            + _DEAL
            + r"(?: agreement)? with {THE}<o:CO>",
            r"<s:CO>[’']s? (?:[\w-]+ ){0,3}?" + _DEAL + r" with {THE}<o:CO>",
            _DEAL + r" between {THE}<s:CO> and {THE}<o:CO>",
            r"At (?:the )?<s:CO>(?: (?:practice|group|clinic|company|site|hospital|network|centre|center))?"
            r"(?:, [^;]{1,80},)? (?:[\w-]+ ){0,3}?" + _DEAL + r" with <o:CO>",
            r"<s:CO> and <o:CO>{AUX} (?:partner(?:ed)?|team(?:ed)? up|join(?:ed)? forces|collaborate[d]?|"
            r"(?:sign|announc|form|enter|expand)(?:ed|s|es)?(?: into)?(?: [\w,-]+){0,4}? " + _DEAL + r")",
            r"<s:CO>,? (?:is )?an? (?:[\w-]+ ){0,3}?partner (?:of|to) {THE}<o:CO>",
            r"<s:CO>{AUX} (?:resells|distributes|licensed|licenses|distribute|"
            r"resell) (?:[\w-]+ ){0,3}?<o:CO>[’']s? ",
        ),
    ),
    (
        "acquired",
        0.7,
        (
            r"<s:CO>{GAP}{AUX} (?:acquir(?:es|ed|e|ing)|buys|bought|buy|buying|purchase[sd]?|takes over|"
            r"took over|take over|"
            r"snapped up|swallowed|acquisition of|takeover of|purchase of)"
            r"(?: (?:all of|100 percent of|100% of|a majority stake in|control of|majority control of|"
            r"the rest of))? "
            r"{DET}<o:CO>(?![’']s?\b)(?! (?:shares|stock|assets|unit|business))",
            r"(?<!⟦)<o:CO>{GAP}{AUX} (?:acquired|bought|taken over|purchased|snapped up) by {DET}<s:CO>",
            r"<s:CO>[’']s? (?:[\w-]+ ){0,2}?(?:acquisition|takeover|purchase|buyout) of {DET}<o:CO>(?![’'])",
            r"(?:acquisition|takeover|purchase) of {DET}<o:CO> by {DET}<s:CO>",
        ),
    ),
    (
        "merged_with",
        0.6,
        (
            r"<s:CO>{GAP}{AUX} (?:merge[sd]?|merging) with {DET}<o:CO>",
            r"merger (?:of|between) {DET}<s:CO> (?:and|with) {DET}<o:CO>",
            r"<s:CO> and <o:CO>{AUX} merge[d]?\b",
            r"<s:CO>[’']s? (?:[\w-]+ ){0,2}?merger with {DET}<o:CO>",
        ),
    ),
    (
        "subsidiary_of",
        0.85,
        (
            r"<s:CO>(?:, | (?:is|was|became|remains)(?: now| still)?(?: not)? )(?:an? |the )?"
            r"(?:[\w-]+ ){0,3}?" + _UNIT + r" of {DET}<o:CO>",
            r"<s:CO>,?(?: (?:is|was|are))?(?: now| still)? (?:wholly |fully |majority |"
            r"jointly )?owned by {DET}<o:CO>",
            r"<o:CO>[’']s? (?:[\w-]+ ){0,3}?" + _UNIT + r",? {THE}<s:CO>",
            r"<o:CO> " + _UNIT + r" <one s>",
            r"<o:CO>{AUX} (?:through|via) its (?:[\w-]+ ){0,3}?" + _UNIT + r",? <s:CO>",
            r"^(?:By|After|With|While|Following|In) [^;]*?\bits <s:CO> "
            + _UNIT
            + r"\b[^;]*?, <o:C>(?= (?:is|has|was|will|can|sets|now)\b)",
            r"<o:CO>{AUX} (?:launch(?:ed|es)?|created|formed|set up|established|owns|operates|"
            r"runs) its {THE}<s:CO> " + _UNIT + r"\b",
            r"<o:CO>{AUX} (?:owns|wholly owns) {THE}<s:CO>(?! stake)",
        ),
    ),
    (
        "affiliated_with",
        0.8,
        (
            r"<s:CO>(?: (?:practice|group|clinic|company|hospital|network))?,?(?: (?:is|was|are|"
            r"remains))?(?: not)? affiliated (?:with|to) "
            r"{THE}<o:CO>",
            r"<s:CO>,? (?:is |was )?an affiliate of {THE}<o:CO>",
        ),
    ),
    (
        "invested_in",
        0.8,
        (
            r"<s:CO>{GAP}{AUX} (?:invest(?:s|ed|ing)?)(?: (?:\S+ ){0,5}?)?in {DET}<o:CO>(?![’'])",
            r"<s:CO>{GAP}{AUX} (?:acquir(?:es|ed|e)|took|takes|take|hold|holds|held|owns|own|bought|buys|"
            r"has|retains|sold|sells)"
            r" (?:an? |its |the )?(?:[\w.,-]+ ){0,2}?(?:\d[\d.]*(?:%| percent| per cent) )?(?:[\w-]+ )?"
            r"(?:stake|interest|shareholding|holding|shares) in {DET}<o:CO>",
            r"<s:CO>{AUX} (?:holds?|owns?|held|owned) (?:about |some |roughly )?\d[\d.]*(?:%| percent|"
            r" per cent) of {DET}<o:CO>",
            r"<o:CO>{GAP}{AUX} (?:raised|raises|secured|closed|closes)\b[^;⟦]{1,90}?(?:from|"
            r"led by) {DET}<s:CO>",
            r"<o:CO>,?(?: is| was)? backed by {DET}<s:CO>",
        ),
    ),
    (
        "customer_of",
        0.6,
        (
            r"<s:CO>{GAP}{AUX} (?:select(?:s|ed)|chose|chooses|picked|deploy(?:s|ed)|implemented|adopted|"
            r"hired|appointed|contracted)"
            r" {DET}<o:CO>(?![’']s? (?:CEO|former|chief))",
            r"<s:CO>{AUX} (?:buys|bought|orders|ordered|sources|procures|purchased|leases|"
            r"leased)(?: [\w-]+){1,5}? from {DET}<o:CO>",
            r"<o:CO>{AUX} (?:supplies|supply|supplied|provides|provided|sells|sold|delivers|delivered|"
            r"ships|shipped)"
            r"(?: [\w-]+){1,6}? to {DET}<s:CO>",
            r"<s:CO>,? (?:is |was |became )?an? (?:[\w-]+ ){0,3}?(?:customer|client) of {THE}<o:CO>",
            r"<o:CO>[’']s? (?:[\w-]+ ){0,2}?(?:customers|clients) (?:include|are|included) {THE}<s:CO>",
            r"<s:CO>{AUX} (?:uses|use|using|switched to|relies on|runs on) {DET}<o:CO>(?![’'])",
        ),
    ),
    (
        "competes_with",
        0.6,
        (
            r"<s:CO>{GAP}{AUX} (?:compet(?:es|ed|e|ing)) (?:directly |mainly |head-on )?(?:with|"
            r"against) {DET}<o:CO>",
            r"<s:CO>[’']s? (?:[\w-]+ ){0,3}?(?:competitors|rivals|competitor|rival)(?: (?:are|include|is)|"
            r",)? {THE}<o:CO>",
            r"<s:CO>,? (?:is |was )?an? (?:[\w-]+ ){0,2}?(?:rival|competitor) (?:of|to) {THE}<o:CO>",
        ),
    ),
    (
        "offers",
        0.85,
        (
            r"<s:CO>{GAP}{AUX} " + _MAKES + r" {DET}<o:P>",
            r"<o:P>,?(?: (?:is|was|are))?(?: an? [^,;⟦]{1,60})?,? (?:developed|made|launched|offered|sold|"
            r"produced|created|built|owned)"
            r" by {THE}<s:CO>",
            r"<one s>(?:[’']s|(?<=s⟧)[’']) (?:[a-z][\w-]* ){0,4}?<o:P>(?![’'])",
            r"<s:CO>,? (?:is )?(?:the |a )?(?:maker|developer|creator|producer|manufacturer|"
            r"provider) of {DET}<o:P>",
            r"<s:CO> " + _UNIT + r" with (?:the |its )?<o:P>",
        ),
    ),
    (
        "operates_in",
        0.8,
        (
            r"<s:CO>{GAP}{AUX} (?:operat(?:es|ed|ing|e)|opens?|opened|opening|runs|expand(?:s|ed|ing)?|"
            r"serves|established|"
            r"sells|launched|entered|built|employs|has)\b(?: [\w’'&,.-]+){0,7}? ?(?:in|into|across|to|"
            r"throughout|serves|entered|serving) "
            r"(?:the )?<o:R>",
            r"<s:CO>{AUX} (?:serves|entered|enters|expanding into) (?:the )?<o:R>",
            r"<s:CO>[’']s? (?:[\w-]+ ){0,3}?" + _PLACES + r" in (?:the )?<o:R>",
            r"<s:CO>{GAP}{AUX}\b[^;⟦]{0,120} in (?:the )?<o:R> to (?:establish|open|build|set up|run|"
            r"operate)",
            r"<s:CO>,? with (?:[\w-]+ ){0,4}?" + _PLACES + r" in (?:the )?<o:R>",
        ),
    ),
    (
        "headquartered_in",
        0.97,
        (
            r"<one s>(?: \([^)⟦]*\))?(?:,| (?:is|was|are))(?: an?| the)?(?: [a-z][\w-]*){0,4}? "
            r"(?:headquartered|based) in (?:the )?<o:R>",
            r"<o:R>-(?:based|headquartered) (?:[\w-]+ ){0,4}?<s:CO>",
            r"<s:CO>,? with (?:its )?(?:global |corporate )?(?:headquarters|head office) in (?:the )?<o:R>",
            r"<s:CO>[’']s? (?:[\w-]+ ){0,2}?(?:headquarters|head office|seat) in (?:the )?<o:R>",
        ),
    ),
    (
        "active_in",
        0.75,
        (
            r"<s:CO>(?:,| (?:is|are|remains)) (?:an? |the |among the |one of the )"
            r"(?:[\w-]+ ){0,4}?(?:players?|"
            r"providers?|vendors?|leaders?|"
            r"companies) in (?:the )?(?:global )?<o:M>",
        ),
    ),
    (
        "regulated_by",
        0.85,
        (
            r"<s:CO>{GAP}{AUX} (?:receiv(?:es|ed)|obtain(?:s|ed)|secur(?:es|ed)|won|wins|granted|gain(?:s|"
            r"ed)|earned|awarded)"
            r"(?: [\w()’'-]+){0,6}? ?" + _CLEAR + r"(?: [\w-]+){0,3}? (?:from|by|of) {THE}<o:O>",
            r"<s:CO>{GAP}{AUX} (?:receiv(?:es|ed)|obtain(?:s|ed)|secur(?:es|ed)|won|wins|gain(?:s|ed)|"
            r"granted) {THE}<o:O> (?:[\w()-]+ ){0,2}?" + _CLEAR,
            r"<o:O>{AUX} (?:clear(?:s|ed)|approv(?:es|ed)|authori[sz]ed|licensed|certified|inspected|"
            r"fined) (?:[\w’'-]+ ){0,4}?<s:CO>",
            r"<s:CO>,?(?: (?:is|was|are))? (?:regulated|licensed|supervised|approved|authori[sz]ed|"
            r"inspected|fined|cleared) by {THE}<o:O>",
        ),
    ),
    (
        "listed_on",
        0.97,
        (
            r"<s:CO>,?{AUX} (?:listed|trades|traded|trading|quoted|lists) (?:[\w-]+ ){0,4}?on (?:the )?<o:O>",
            r"<s:CO>(?:[’']s)? ?\((?:[^()⟦]{0,12})?<o:O> ?[:,]",
        ),
    ),
    (
        "member_of",
        0.95,
        (
            r"<s:CO>,?{AUX} (?:join(?:s|ed)?|(?:is |are |became |becomes )?(?:an? |"
            r"the )?(?:\w+ )?members? of) {THE}<o:O>",
        ),
    ),
)


def _masked(document: Document, mentions: Sequence[Mention]) -> Iterator[_Masked]:
    """The sentences that name at least two things, with the outermost mentions masked."""
    i = 0
    for sentence in sentences(document):
        inside: list[Mention] = []
        while i < len(mentions) and mentions[i].start < sentence.end:
            mention = mentions[i]
            i += 1
            free = mention.start >= (inside[-1].end if inside else sentence.start)
            if free and mention.end <= sentence.end and mention.kind in _LETTERS:
                inside.append(mention)
        asks = document.text[sentence.start : sentence.end].rstrip("\"”’'").endswith("?")
        if len(inside) > 1 and sentence.kind != "row" and not asks:
            yield _mask(document.text, sentence, tuple(inside))


def _mask(text: str, sentence: Sentence, inside: tuple[Mention, ...]) -> _Masked:
    parts, shifts, at, length = [], [], sentence.start, 0
    for number, mention in enumerate(inside):
        mask = f"⟦{_LETTERS[mention.kind]}{number}⟧"
        parts += [text[at : mention.start], mask]
        length += mention.start - at + len(mask)
        at = mention.end
        shifts.append((length, at - sentence.start - length))
    parts.append(text[at : sentence.end])
    return _Masked(sentence, "".join(parts), inside, tuple(shifts))


def _parties(masked: _Masked, match: re.Match[str], name: str) -> list[Mention]:
    return [masked.mentions[int(number)] for _, number in _MASK.findall(match[name])]


def _claim(
    document: Document, masked: _Masked, rule: Rule, match: re.Match[str], subject: Mention, obj: Mention
) -> Claim:
    sentence = masked.sentence
    quote = document.text[sentence.start : sentence.end]
    trigger = masked.place(match.start()) - sentence.start, masked.place(match.end()) - sentence.start
    evidence = Evidence(
        document.id, sentence.start, sentence.end, quote, subject.text, obj.text, rule.name, rule.score
    )
    clause = document.text[sentence.start + trigger[0] : sentence.end]
    return Claim(
        subject.name,
        subject.kind,
        rule.predicate,
        obj.name,
        obj.kind,
        _status(rule, match, quote, trigger),
        (evidence,),
        date=date_in(clause, document.published),
        detail=detail_of(rule.predicate, quote),
    )


def _status(rule: Rule, match: re.Match[str], quote: str, trigger: Span) -> str:
    """A ticker in brackets is current; of a standing relation the words between its parties tell."""
    if rule.predicate == "listed_on" and match.group()[-1] in ":,":
        return "current"
    if rule.predicate in _STANDING:
        return status_of(quote[slice(*trigger)])
    return status_of(quote, trigger)


def _merged(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """One claim for each subject, predicate, object and status, with all its evidence."""
    rows: dict[tuple[str, str, str, str], Claim] = {}
    for claim in claims:
        symmetric = vocabulary.predicate(claim.predicate).symmetric
        turned = (claim.object, claim.predicate, claim.subject, claim.status)
        key = (claim.subject, claim.predicate, claim.object, claim.status)
        key = turned if symmetric and turned in rows else key
        rows[key] = joined(rows[key], claim) if key in rows else claim
    return tuple(rows.values())


def joined(first: Claim, second: Claim) -> Claim:
    """The first claim with the evidence of both; of two readings of one quote the surer stays."""
    evidence: dict[tuple[int, int], Evidence] = {}
    for e in (*first.evidence, *second.evidence):
        known = evidence.get((e.start, e.end))
        if known is None or e.score > known.score:
            evidence[e.start, e.end] = e
    return replace(
        first,
        evidence=tuple(sorted(evidence.values(), key=lambda e: e.start)),
        date=first.date or second.date,
        detail=first.detail or second.detail,
        regions=first.regions or second.regions,
    )


def _with_names(listed: Iterable[Claim], mentions: Sequence[Mention]) -> Iterator[Claim]:
    """Claims of lists under the names that the given mentions have."""
    names = {m.text: m.name for m in mentions if m.kind in ("Company", "Market")}
    for c in listed:
        subject = names.get(c.subject, c.subject)
        market = names.get(c.evidence[0].object_form, c.object)
        yield Claim(subject, c.subject_kind, c.predicate, market, c.object_kind, c.status, c.evidence)
