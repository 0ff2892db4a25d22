"""The values that everything passes on: Document, Block, Mention, Evidence, Claim, Entity.

All are frozen. Spans are half-open and count code points of the document's one text:
``document.text[mention.start:mention.end] == mention.text``, for ever.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import vocabulary
from .errors import InvalidValue

BLOCK_KINDS = ("heading", "paragraph", "item", "row")
MENTION_FORMS = ("name", "nominal", "pronoun")


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row of a document's text.

    Attributes:
        start, end: half-open span in the document's text.
        page: page or slide, from 1, where the format has them.
        headings: the headings above it, outermost first.
    """

    kind: str
    start: int
    end: int
    page: int | None = None
    headings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(self.kind in BLOCK_KINDS, f"block kind {self.kind!r}, expected one of {BLOCK_KINDS}")
        _check_span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Document:
    """A text that never changes again, and what its file says about itself.

    Attributes:
        id: sha256 (hex) of the file's bytes.
        name: the file's name, for people.
        published: ISO date, as precise as known ("2024", "2024-03", "2024-03-08").
        language: two letters, where known.
    """

    id: str
    name: str
    text: str
    blocks: tuple[Block, ...]
    media_type: str = "text/plain"
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        _require(bool(self.id), "document without id")
        last = 0
        for block in self.blocks:
            _require(
                last <= block.start and block.end <= len(self.text),
                f"block {block.start}-{block.end} overlaps or leaves the text",
            )
            last = block.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text where an entity is named or referred to.

    Attributes:
        text: what stands at [start, end).
        name: the canonical name of the entity within this document (its fullest form).
        form: "name", "nominal" ("the company") or "pronoun" ("it").
        score: probability that the mention is right, 0..1.
        rule: what found it, for example "tagger", "list", "gazetteer".
    """

    start: int
    end: int
    text: str
    kind: str
    name: str
    score: float = 1.0
    form: str = "name"
    rule: str = ""

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        _require(len(self.text) == self.end - self.start, f"mention {self.text!r} does not fill its span")
        _require(self.form in MENTION_FORMS, f"mention form {self.form!r}, expected {MENTION_FORMS}")
        _check_score(self.score)
        vocabulary.check_kind(self.kind)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place in a document that makes a claim.

    Attributes:
        start, end: span of the quote in the document's text.
        quote: the text there, one sentence or two.
        subject_form, object_form: how the parties are called there.
        extractor: the rule or model that read it.
        score: calibrated probability that the quote makes the claim.
        speaker: who says so, when the text says.
    """

    document: str
    start: int
    end: int
    quote: str
    subject_form: str
    object_form: str
    extractor: str
    score: float
    page: int | None = None
    speaker: str | None = None

    def __post_init__(self) -> None:
        _check_span(self.start, self.end)
        _require(
            len(self.quote) == self.end - self.start, f"quote {self.quote[:40]!r} does not fill its span"
        )
        _check_score(self.score)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says of two entities, with the quotes that say it.

    Attributes:
        subject, object: canonical names within the document (``Mention.name``).
        date: when it began or ended, ISO as precise as known; the period as written where it resolves to none.
        detail: kind of partnership, figures as written ("16 sites live").
        regions: canonical names of the regions it covers.
    """

    subject: str
    subject_kind: str
    predicate: str
    object: str
    object_kind: str
    status: str
    evidence: tuple[Evidence, ...]
    date: str | None = None
    detail: str | None = None
    regions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.evidence), f"claim {self.subject} {self.predicate} {self.object} has no evidence")
        vocabulary.check_status(self.status)
        _require(
            vocabulary.allows(self.predicate, self.subject_kind, self.object_kind),
            f"{self.predicate} cannot join {self.subject_kind} and {self.object_kind}",
        )

    @property
    def score(self) -> float:
        """Of the best quote: one document is one source, however often it repeats itself."""
        return max(e.score for e in self.evidence)


@dataclass(frozen=True, slots=True)
class Entity:
    """What the names of many documents were resolved to.

    Attributes:
        id: readable and deterministic, "company:radiology-partners".
        name: canonical name.
        aliases: every other name, sorted.
        properties: what is known beside the names (ticker, website, …), from statements and reference lists.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()
    properties: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        vocabulary.check_kind(self.kind)


@dataclass(frozen=True, slots=True)
class Record:
    """All that one document yielded: the truth from which every graph is computed."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    extractor: str


def _require(ok: bool, what: str) -> None:
    if not ok:
        raise InvalidValue(what)


def _check_span(start: int, end: int) -> None:
    _require(0 <= start < end, f"span {start}-{end}, expected 0 <= start < end")


def _check_score(score: float) -> None:
    _require(0.0 <= score <= 1.0, f"score {score}, expected 0..1")
