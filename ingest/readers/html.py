"""Web pages: the article without navigation by trafilatura, else all text of the body by selectolax.

Metadata from <meta>, Open Graph and JSON-LD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from graph.errors import HostileFile

from .characters import decode, squeeze
from .dates import iso_date
from .draft import Draft, Source
from .languages import code
from .text import add_dateline

SUFFIXES = {".html": "text/html", ".htm": "text/html", ".xhtml": "application/xhtml+xml"}
MOST_BYTES = 20_000_000


def words(names: str) -> frozenset[str]:
    return frozenset(names.split())


DEEPEST = 1000
CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
TAGS = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})[^<>]{0,5000}?(/?)>")
UNNESTED = words(
    "area base br col embed hr img input link meta param source track wbr p li td th tr option dt dd"
)
SKIPPED = words("script style noscript template svg math iframe object nav footer form button select head")
INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr"
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ENOUGH = 0.5
MOST_META = 300
PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "citation_publication_date",
    "parsely-pub-date",
)
PUBLISHER = ("publisher", "dc.publisher", "citation_publisher", "application-name")


def read(source: Source) -> Draft:
    found = CHARSET.search(source.data[:4000])
    page = decode(source.data, source.name, found[1].decode("ascii") if found else None)
    return draft_of(page)


def draft_of(page: str) -> Draft:
    """The draft of a page's source."""
    refuse_deep(page)
    whole = Draft()
    add_fragment(whole, page)
    article = _article(page)
    draft = article if len(article.text) >= ENOUGH * len(whole.text) else whole
    _describe(draft, page)
    add_dateline(draft)
    return draft


def add_fragment(draft: Draft, fragment: str) -> None:
    """Append all text of a page or of a piece of one, without its navigation."""
    from selectolax.lexbor import LexborHTMLParser

    refuse_deep(fragment)
    body = LexborHTMLParser(fragment).body
    if body is not None:
        Page(draft).walk(body)


def refuse_deep(page: str) -> None:
    """Parsers recurse; a page of a hundred thousand open elements is an attack."""
    depth = 0
    for tag in TAGS.finditer(page):
        if tag[3] or tag[2].lower() in UNNESTED:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEEPEST:
            raise HostileFile(
                f"its elements are nested deeper than {DEEPEST}. Save the page anew from a browser."
            )


class Page:
    """A walk over a page's elements that gathers running text into blocks."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.words: list[str] = []
        self.kinds: list[tuple[str, int]] = [("paragraph", 1)]

    def walk(self, root: Any) -> None:
        """Without recursion: a page may be deeper than Python's stack."""
        stack: list[tuple[Any, bool]] = [(root, True)]
        while stack:
            node, entering = stack.pop()
            if not entering:
                self._leave(node.tag)
            elif node.tag == "-text":
                self.words.append(_in_one_line(node))
            elif self._enter(node):
                stack.append((node, False))
                stack.extend((child, True) for child in reversed(list(node.iter(include_text=True))))
        self._flush()

    def _enter(self, node: Any) -> bool:
        """Whether to go on into the element."""
        tag = str(node.tag)
        if tag in SKIPPED or tag.startswith(("-", "!", "_")):
            return False
        if tag == "br":
            self.words.append("\n")
            return False
        if tag in INLINE:
            return True
        self._flush()
        if tag == "tr" and (cells := _cells(node)):
            self.draft.add("row", cells)
            return False
        if tag in HEADINGS:
            self.kinds.append(("heading", int(tag[1])))
        elif tag == "li":
            self.kinds.append(("item", 1))
        return True

    def _leave(self, tag: str) -> None:
        if tag in INLINE:
            return
        self._flush()
        if tag in HEADINGS or tag == "li":
            self.kinds.pop()

    def _flush(self) -> None:
        kind, level = self.kinds[-1]
        text = "".join(self.words).strip()
        self.words.clear()
        if text:
            self.draft.add(kind, text, level=level)


def _cells(row: Any) -> str:
    """The cells of a row that holds data; nothing for one that only places things on the page."""
    if row.css_first("table") is not None:
        return ""
    cells = [squeeze(cell.text(deep=True, separator=" ")) for cell in row.iter() if cell.tag in ("td", "th")]
    return " | ".join(cells) if len(cells) > 1 and any(cells) else ""


def _in_one_line(node: Any) -> str:
    """The line breaks of a page's source are blanks, save in <pre>."""
    words = str(node.text_content or "")
    return words if node.parent is not None and node.parent.tag == "pre" else words.replace("\n", " ")


def _article(page: str) -> Draft:
    """What trafilatura takes for the article; empty where it finds none."""
    import trafilatura

    draft = Draft()
    article = trafilatura.extract(
        page, output_format="html", include_comments=False, include_tables=True, favor_recall=True
    )
    add_fragment(draft, article or "")
    return draft


def _describe(draft: Draft, page: str) -> None:
    """Open Graph before JSON-LD before plain <meta>: what is shown to people is kept best."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(page)
    meta = _meta(tree)
    data = _linked_data(tree)
    heading = tree.css_first("title")
    draft.title = meta.get("og:title") or data.get("headline") or (heading.text() if heading else None)
    draft.publisher = meta.get("og:site_name") or data.get("publisher") or _first(meta, PUBLISHER)
    draft.published = iso_date(_first(meta, PUBLISHED) or data.get("datePublished") or _time(tree))
    draft.language = code(_attribute(tree, "html", "lang") or data.get("inLanguage"))
    draft.url = _attribute(tree, "link[rel=canonical]", "href") or meta.get("og:url") or data.get("url")


def _meta(tree: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta")[:MOST_META]:
        name = (
            node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop")
        )
        content = node.attributes.get("content")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: Iterable[str]) -> str | None:
    return next((meta[name] for name in names if meta.get(name)), None)


def _time(tree: Any) -> str | None:
    return _attribute(tree, "time[datetime]", "datetime")


def _attribute(tree: Any, selector: str, name: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get(name) if node is not None else None


def _linked_data(tree: Any) -> dict[str, str]:
    """The strings of the first JSON-LD object that describes an article."""
    for node in tree.css('script[type="application/ld+json"]')[:MOST_META]:
        for thing in _things(node.text()):
            if "headline" in thing or "datePublished" in thing:
                return dict(_strings(thing))
    return {}


def _things(source: str) -> Iterator[dict[str, Any]]:
    try:
        waiting = [json.loads(source)]
    except (ValueError, RecursionError):
        return
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(reversed(thing))
        elif isinstance(thing, dict):
            yield thing
            waiting.append(thing.get("@graph"))


def _strings(thing: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in thing.items():
        name = value.get("name") if isinstance(value, dict) else value
        if isinstance(name, str):
            yield key, name
