"""Bytes to characters, and the few characters that no text may hold.

>>> decode("Zürich".encode("cp1252"), "a.txt")
'Zürich'
>>> clean("a\\r\\nb\\x00c")
'a\\nbc'
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from graph.errors import BrokenFile

NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
SURROGATES = re.compile("[\ud800-\udfff]")
KANA = re.compile("[\u3040-\u30ff]")
BLANKS = re.compile("[ \t\n\u3000]+")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip container, as Office files are"),
    (b"PK\x05\x06", "an empty zip container"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF file"),
)
SAFE_CODECS = re.compile(
    r"(?i)(utf.?(8|16|32)|iso.?(8859|2022)|latin|cp\d|windows|us.ascii|ascii|shift|sjis|euc|gb|big5|koi8|mac)"
)
ONE_BYTE = re.compile(r"(?i)(iso.?8859|latin|cp125|windows|us.ascii|ascii|koi8|mac)")
WIDE = re.compile(r"(?i)utf.?(16|32)")
MOST_CONTROLS = 0.02


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The characters of `data`, cleaned; BrokenFile where they are no text in any encoding tried.

    The byte order mark decides, then what is declared where the bytes can be that, then what they look like.
    """
    refuse_binary(data, name)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return clean(_or_broken(data[len(bom) :], encoding, name))
    for encoding in _candidates(data, declared):
        text = _try(data, encoding)
        if text is not None and _looks_like_text(text):
            return clean(text)
    raise BrokenFile(
        f"{name}: its bytes are no text in UTF-8, UTF-16, Shift-JIS or Windows-1252. Save it as UTF-8."
    )


def clean(text: str) -> str:
    """Newlines as \\n, no control characters but \\n and \\t, nothing that UTF-8 cannot hold."""
    text = NEWLINES.sub("\n", text)
    text = CONTROLS.sub("", text)
    return SURROGATES.sub("\ufffd", text)


def squeeze(text: str) -> str:
    """White space as single blanks; a no-break space stays what it is."""
    return BLANKS.sub(" ", text).strip()


def kind_of_bytes(data: bytes) -> str | None:
    """What the first bytes betray, in words."""
    return next((what for magic, what in MAGIC if data.startswith(magic)), None)


def refuse_binary(data: bytes, name: str) -> None:
    """Text cannot begin as other kinds of file do."""
    what = kind_of_bytes(data)
    if what:
        raise BrokenFile(
            f"{name}: its content is {what}, which its name does not say. Give it its right suffix."
        )


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    if declared and SAFE_CODECS.match(declared) and not _is_misdeclared(data, declared):
        yield declared
    yield from _utf16_by_nuls(data)
    yield "utf-8"
    if _is_shift_jis(data):
        yield "shift_jis"
    yield from ("cp1252", "latin-1")


def _is_misdeclared(data: bytes, declared: str) -> bool:
    """Whether UTF-8 bears another label: beyond ASCII no other text is valid UTF-8 by chance."""
    if WIDE.match(declared):
        return b"\0" not in data and _try(data, "utf-8") is not None
    return bool(ONE_BYTE.match(declared)) and not data.isascii() and _try(data, "utf-8") is not None


def _utf16_by_nuls(data: bytes) -> list[str]:
    """Western text in UTF-16 has a NUL in nearly every other place, a page in any language beside its first <."""
    head = data[:4000]
    half = max(len(head) // 2, 1)
    if head.startswith(b"<\0") or head[1::2].count(0) > 0.6 * half > 10 * head[0::2].count(0):
        return ["utf-16-le"]
    if head.startswith(b"\0<") or head[0::2].count(0) > 0.6 * half > 10 * head[1::2].count(0):
        return ["utf-16-be"]
    return []


def _is_shift_jis(data: bytes) -> bool:
    text = _try(data[:200_000], "shift_jis") or _try(data[:199_999], "shift_jis")
    if not text:
        return False
    return len(KANA.findall(text)) > 0.05 * len(text)


def _looks_like_text(text: str) -> bool:
    strange = len(CONTROLS.findall(text[:100_000]))
    return strange <= MOST_CONTROLS * min(len(text), 100_000) or (strange < 4 and len(text) > 2 * strange)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _or_broken(data: bytes, encoding: str, name: str) -> str:
    text = _try(data, encoding)
    if text is None:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") > 0.01 * len(text):
            raise BrokenFile(f"{name}: it begins as {encoding} text and is not. Save it as UTF-8.")
    if not _looks_like_text(text):
        raise BrokenFile(
            f"{name}: it begins as {encoding} text and holds binary data. Save it as UTF-8 text."
        )
    return text
