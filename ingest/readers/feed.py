"""RSS and Atom: one heading an entry, its summary or content below it."""

from __future__ import annotations

import io
import re
from typing import Any

from graph.errors import BrokenFile, UnknownFormat

from .bounds import refuse_entities
from .characters import clean, kind_of_bytes
from .dates import iso_date
from .draft import Draft, Source
from .html import add_fragment
from .languages import code

SUFFIXES = {".rss": "application/rss+xml", ".atom": "application/atom+xml", ".xml": "application/xml"}
MOST_BYTES = 50_000_000

MARKUP = re.compile(r"<[a-zA-Z/!]")


def read(source: Source) -> Draft:
    what = kind_of_bytes(source.data)
    if what:
        raise BrokenFile(f"its content is {what}, which its name does not say. Give it its right suffix.")
    refuse_entities(source.data)
    found = _parsed(source)
    draft = Draft()
    _describe(draft, found)
    for entry in found.entries:
        _add_entry(draft, entry)
    return draft


def _parsed(source: Source) -> Any:
    import feedparser  # type: ignore[import-untyped]

    found = feedparser.parse(io.BytesIO(source.data), resolve_relative_uris=False)
    if found.version:
        return found
    if source.suffix == ".xml":
        raise UnknownFormat("it is XML, and neither RSS nor Atom. Save what it shows as .html or .txt.")
    raise BrokenFile("it is neither RSS nor Atom. Download the feed anew.")


def _describe(draft: Draft, found: Any) -> None:
    feed = found.feed
    dates = [_date(feed), *(_date(entry) for entry in found.entries)]
    draft.title = feed.get("title")
    draft.publisher = feed.get("publisher") or feed.get("title") or feed.get("author")
    draft.published = max((day for day in dates if day), default=None)
    draft.language = code(feed.get("language"))
    draft.url = feed.get("link")


def _date(thing: Any) -> str | None:
    for name in ("published", "updated"):
        parsed = thing.get(f"{name}_parsed")
        day = f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else thing.get(name)
        if day and (iso := iso_date(day)):
            return iso
    return None


def _add_entry(draft: Draft, entry: Any) -> None:
    draft.leave_headings()
    draft.add("heading", _without_markup(str(entry.get("title") or "")))
    contents = [content.get("value") for content in entry.get("content") or ()]
    words = max((str(value) for value in [*contents, entry.get("summary")] if value), key=len, default="")
    if MARKUP.search(words):
        add_fragment(draft, words)
    else:
        draft.add("paragraph", clean(words))


def _without_markup(title: str) -> str:
    if not MARKUP.search(title):
        return title
    draft = Draft()
    add_fragment(draft, title)
    return draft.text.replace("\n", " ")
