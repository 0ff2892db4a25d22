"""Markdown: its lines without markup, then the structure of plain lines.

>>> plain_line("**Rad AI** works with [vRad](https://vrad.com) &amp; others ![logo](x.png)")
'Rad AI works with vRad & others'
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from .characters import clean, decode
from .dates import iso_date
from .draft import Draft, Source
from .languages import code
from .lines import mark_lines
from .text import add_dateline

SUFFIXES = {".md": "text/markdown", ".markdown": "text/markdown"}
PLAIN = frozenset(SUFFIXES)
MOST_BYTES = 20_000_000

HEADING = re.compile(r"[ \t]{0,3}(#{1,6})(?:[ \t]+|$)")
CLOSING_MARKS = re.compile(r"[ \t]#{1,40}$")
FENCE = re.compile(r"\s{0,10}(```|~~~)")
REFERENCE = re.compile(r"\s{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S")
IMAGE = re.compile(
    r"!\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
)
LINK = re.compile(
    r"\[([^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
)
AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>]{1,2000}|[\w.+-]{1,100}@[\w.-]{1,200})>")
TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>\n]{0,2000})?/?>")
BREAK = re.compile(r"<br\s{0,5}/?>", re.I)
STRONG = re.compile(
    r"(?<![\w*])\*\*\*?(?=[^\s*])|(?<=[^\s*])\*\*\*?(?!\*)|(?<![\w_])__(?=[^\s_])|(?<=[^\s_])__(?![\w_])"
)
EMPHASIS = re.compile(
    r"(?<![\w*])\*([^\s*](?:[^*\n]{0,1000}[^\s*])?)\*(?![\w*])|(?<![\w_])_([^\s_](?:[^_\n]{0,1000}[^\s_])?)_(?![\w_])"
)
CODE = re.compile(r"(?<!`)`{1,3}([^`\n]{1,1000})`{1,3}(?!`)")
STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,1000})~~")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
HIDDEN = 0xF0000
SHOWN_AGAIN = re.compile("[\U000f0021-\U000f007e]")
TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*){0,200}\|?[ \t]*$")
CELL_BORDER = re.compile(r"(?<!\\)\|")
ORIGINAL = re.compile(
    r"\[[^\[\]\n]{0,80}\b(?:original|source|permalink|read (?:more|the full))\b[^\[\]\n]{0,80}\]\((https?://[^\s()]{1,1000})\)",
    re.I,
)
FRONT = re.compile(r"([A-Za-z_]{2,20}):[ \t]*(\S.{0,1000})$")
FRONT_LINES = 60


def read(source: Source) -> Draft:
    raw = decode(source.data, source.name)
    front, body = _front_matter(raw)
    lines, levels = _plain(_without_comments(body))
    draft = mark_lines("\n".join(lines), levels)
    _describe(draft, front, body)
    add_dateline(draft)
    return draft


def plain_line(line: str) -> str:
    """A line without its markup."""
    if _is_free_of_markup(line):
        return line
    line = ESCAPE.sub(lambda found: chr(ord(found[1]) + HIDDEN), line)
    line = BREAK.sub(" ", line)
    line = AUTOLINK.sub(r"\1", line)
    line = IMAGE.sub("", line)
    line = LINK.sub(r"\1", LINK.sub(r"\1", line))
    line = TAG.sub("", line)
    line = CODE.sub(r"\1", line)
    line = STRONG.sub("", line)
    line = EMPHASIS.sub(lambda found: found[1] or found[2], line)
    line = STRUCK.sub(r"\1", line)
    line = SHOWN_AGAIN.sub(lambda found: chr(ord(found[0]) - HIDDEN), html.unescape(line))
    return clean(line).replace("\n", " ").strip()


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _is_free_of_markup(line: str) -> bool:
    return not any(mark in line for mark in "[<*_`~\\&!")


def _plain(body: str) -> tuple[list[str], dict[int, int]]:
    """The lines without markup, at most one blank line in a row, and which of them are headings."""
    lines: list[str] = []
    levels: dict[int, int] = {}
    for level, line in _unmarked(body):
        if not line and (not lines or not lines[-1]):
            continue
        if level and line:
            levels[len(lines)] = level
        lines.append(line)
    return lines, levels


def _unmarked(body: str) -> Iterator[tuple[int, str]]:
    for raw in body.split("\n"):
        if FENCE.match(raw) or REFERENCE.match(raw) or (TABLE_RULE.match(raw) and "|" in raw):
            continue
        heading = HEADING.match(raw)
        line = CLOSING_MARKS.sub("", raw[heading.end() :].strip()) if heading else raw.strip()
        line = _row(line) if line.startswith("|") else line
        yield (len(heading[1]) if heading else 0), plain_line(line)


def _row(line: str) -> str:
    cells = [cell.strip() for cell in CELL_BORDER.split(line.strip("|"))]
    return " | ".join(cells)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two rules at the very top, and the rest."""
    lines = text[:20_000].lstrip("\n").split("\n", FRONT_LINES)
    if lines[0].strip() != "---" or "---" not in (ends := [line.strip() for line in lines[1:FRONT_LINES]]):
        return {}, text
    last = ends.index("---") + 1
    found = (FRONT.match(line.strip()) for line in lines[1:last])
    fields = {match[1].lower(): match[2].strip(" '\"") for match in found if match}
    if not fields:
        return {}, text
    return fields, "\n".join(text.lstrip("\n").split("\n", last + 1)[last + 1 :])


def _describe(draft: Draft, front: dict[str, str], body: str) -> None:
    original = ORIGINAL.search(body)
    draft.title = front.get("title") or draft.first_heading()
    draft.publisher = front.get("publisher") or front.get("outlet") or front.get("site")
    draft.published = iso_date(front.get("date") or front.get("published"))
    draft.language = code(front.get("lang") or front.get("language"))
    draft.url = front.get("url") or front.get("canonical") or (original[1] if original else None)
