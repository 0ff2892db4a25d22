"""Hostile files, made by families: a name, a file name, what makes the bytes, and the errors expected.

Where no error is named, any ReadError will do, and so will a valid Document.
"""

from __future__ import annotations

import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial

from graph.errors import BrokenFile, EmptyFile, EncryptedFile, HostileFile, ReadError, TooLarge, UnknownFormat

from . import files

Case = tuple[str, str, Callable[[], bytes], tuple[type[ReadError], ...] | None]

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">%s]><l>&z;</l>""" % b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (n, *[n - 1] * 8)
    for n in range(ord("b"), ord("z") + 1)
)
FOREIGN = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>"""
LOOP = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>"]
KINDS: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: files.pdf([[(11, 72, 700 - 14 * line, "Acme works with Foo.") for line in range(40)]]),
    "docx": files.docx,
    "pptx": files.pptx,
    "xlsx": files.xlsx,
    "ods": files.ods,
    "html": lambda: files.HTML,
    "eml": lambda: files.EML,
    "rss": lambda: files.RSS,
}


def truncated() -> Iterator[Case]:
    for kind, make in KINDS.items():
        for number in range(3):
            yield (
                f"truncated-{kind}-{number}",
                f"a.{kind}",
                partial(lambda m, k, n: _cut(m(), k, n), make, kind, number),
                None,
            )


def damaged() -> Iterator[Case]:
    for kind in ("pdf", "docx", "pptx", "xlsx", "ods"):
        for number in range(3):
            yield (
                f"damaged-{kind}-{number}",
                f"a.{kind}",
                partial(lambda k, n: _hit(KINDS[k](), k, n), kind, number),
                None,
            )


def wrong_suffix() -> Iterator[Case]:
    for suffix in ("txt", "md", "html", "csv", "docx", "xlsx", "eml", "rss"):
        yield f"pdf-named-{suffix}", f"a.{suffix}", KINDS["pdf"], (BrokenFile,)
    for suffix in ("pdf", "txt", "csv", "html", "xlsx", "pptx"):
        yield f"docx-named-{suffix}", f"a.{suffix}", files.docx, (BrokenFile,)
    for suffix in ("pdf", "docx", "pptx", "xlsx", "ods", "xls"):
        yield f"html-named-{suffix}", f"a.{suffix}", lambda: files.HTML, (BrokenFile,)


def nothing() -> Iterator[Case]:
    for suffix in ("txt", "md", "html", "pdf", "docx", "pptx", "xlsx", "csv", "eml", "rss"):
        yield f"empty-{suffix}", f"a.{suffix}", lambda: b"", (EmptyFile,)
    yield "blank-txt", "a.txt", lambda: b" \n\t\r\n" * 50, (EmptyFile,)
    yield "nuls-txt", "a.txt", lambda: b"\0" * 5000, (EmptyFile,)
    yield "rules-md", "a.md", lambda: b"---\n***\n", (EmptyFile,)
    yield "scripts-html", "a.html", lambda: b"<html><script>x()</script></html>", (EmptyFile,)
    yield "scan-pdf", "a.pdf", lambda: files.pdf([[], []]), (EmptyFile,)
    yield "feed-without-entries", "a.rss", lambda: b'<rss version="2.0"><channel/></rss>', (EmptyFile,)


def noise() -> Iterator[Case]:
    for suffix in ("txt", "md", "csv", "html", "pdf", "docx", "pptx", "xlsx", "xls", "ods", "eml", "rss"):
        yield (
            f"random-{suffix}",
            f"a.{suffix}",
            partial(lambda s: random.Random(s).randbytes(50_000), suffix),
            (BrokenFile,),
        )


def secret() -> Iterator[Case]:
    yield "encrypted-pdf", "a.pdf", files.encrypted_pdf, (EncryptedFile,)
    for suffix in ("docx", "pptx", "xlsx"):
        yield f"encrypted-{suffix}", f"a.{suffix}", _ole_with_package, (EncryptedFile,)
    yield "zip-with-password", "a.docx", lambda: _with_flag(files.docx()), (EncryptedFile,)
    yield "sealed-mail", "a.eml", lambda: SEALED, (EncryptedFile,)


def bombs() -> Iterator[Case]:
    zeros = b"\0" * 60_000_000
    for kind, make, entry in (
        ("docx", files.docx, "word/media/x.bin"),
        ("pptx", files.pptx, "ppt/media/x.bin"),
        ("xlsx", files.xlsx, "xl/media/x.bin"),
        ("ods", files.ods, "Pictures/x.bin"),
    ):
        yield (
            f"zip-bomb-{kind}",
            f"a.{kind}",
            partial(lambda m, e: files.with_entry(m(), e, zeros), make, entry),
            (HostileFile,),
        )
        yield (
            f"leaving-{kind}",
            f"a.{kind}",
            partial(lambda m: files.with_entry(m(), "../../x", b"x"), make),
            (HostileFile,),
        )
    yield "leaving-absolute", "a.docx", lambda: files.with_entry(files.docx(), "/etc/x", b"x"), (HostileFile,)
    yield "leaving-windows", "a.docx", lambda: files.with_entry(files.docx(), "C:\\x", b"x"), (HostileFile,)
    yield (
        "many-entries",
        "a.docx",
        lambda: files.zipped({f"word/{n}": b"" for n in range(10_050)}),
        (TooLarge,),
    )
    yield "lying-size", "a.xlsx", lambda: _with_small_sizes(files.xlsx()), (BrokenFile, HostileFile)
    yield "far-cell", "a.xlsx", far_cell, (TooLarge,)
    for name, entry in (
        ("a.docx", "word/document.xml"),
        ("a.pptx", "ppt/presentation.xml"),
        ("a.xlsx", "xl/workbook.xml"),
    ):
        make = KINDS[name[2:]]
        laughing = partial(lambda m, e: files.with_entry(m(), e, LAUGHS), make, entry)
        yield f"laughs-{name}", name, laughing, (HostileFile,)
    yield "laughs-ods", "a.ods", lambda: files.with_entry(files.ods(), "content.xml", LAUGHS), (HostileFile,)
    for suffix in ("rss", "atom", "xml"):
        yield f"laughs-{suffix}", f"a.{suffix}", lambda: LAUGHS, (HostileFile,)
    yield "laughs-svg", "a.svg", lambda: LAUGHS, (UnknownFormat,)
    yield "laughs-html", "a.html", lambda: LAUGHS, None
    yield "foreign-rss", "a.rss", lambda: FOREIGN, (HostileFile,)
    yield (
        "foreign-docx",
        "a.docx",
        lambda: files.with_entry(files.docx(), "word/document.xml", FOREIGN),
        (HostileFile,),
    )


def deep() -> Iterator[Case]:
    yield "deep-div", "a.html", lambda: b"<div>" * 100_000 + b"x", (HostileFile,)
    yield "deep-b", "a.html", lambda: b"<b>" * 5_000 + b"Acme works with Foo.", (HostileFile,)
    yield "deep-list", "a.html", lambda: b"<ul><li>" * 50_000 + b"x", (HostileFile,)
    yield "deep-table", "a.html", lambda: b"<table><tr><td>" * 50_000 + b"x", (HostileFile,)
    yield "deep-but-read", "a.html", lambda: b"<div>" * 900 + b"Acme works with Foo.", None
    yield "deep-json-ld", "a.html", lambda: _json_ld(b"[" * 100_000), None
    yield "deep-feed", "a.rss", lambda: b'<rss version="2.0"><channel>' + b"<item>" * 3_000, None
    yield "deep-docx", "a.docx", lambda: _document(b"<w:sdt>" * 20_000), (BrokenFile,)
    yield "deep-pdf", "a.pdf", lambda: files.pdf_of([b"[" * 200_000]), (BrokenFile,)
    yield "deep-mail", "a.eml", _deep_mail, None
    yield "deep-quotes", "a.md", lambda: b">" * 200_000 + b" Acme", None
    yield "deep-brackets", "a.md", lambda: b"[" * 200_000 + b"](x)" * 1000 + b" Acme", None


def long() -> Iterator[Case]:
    yield "one-line-txt", "a.txt", lambda: b"Acme works with Foo. " * 200_000, None
    yield "one-line-md", "a.md", lambda: b"**Acme** works [with](x) " * 40_000, None
    yield "one-line-csv", "a.csv", lambda: b"x" * 3_000_000, (BrokenFile,)
    yield "one-line-html", "a.html", lambda: b"<p>" + b"Acme works with Foo. " * 100_000, None
    yield "one-word-txt", "a.txt", lambda: b"A" * 900_000, None
    yield "stars-md", "a.md", lambda: b"*" * 300_000 + b"a", None
    yield "underscores-md", "a.md", lambda: b"a_" * 300_000, None
    yield "images-md", "a.md", lambda: b"![" * 200_000, None
    yield "links-md", "a.md", lambda: b"[a](" * 100_000, None
    yield "tags-md", "a.md", lambda: b"<a " * 200_000, None
    yield "comments-md", "a.md", lambda: b"<!--" * 200_000, None
    yield "spaces-txt", "a.txt", lambda: b"A" + b" " * 900_000 + b"B", None
    yield "dashes-txt", "a.txt", lambda: b"- " * 400_000 + b"B", None
    yield "capitals-txt", "a.txt", lambda: b"A, " * 300_000 + b"March 3, 2024", None
    yield "many-lines-txt", "a.txt", lambda: b"a\n" * 210_000, (TooLarge,)
    yield "many-items-md", "a.md", lambda: b"- a\n" * 25_000, None
    yield "tags-html", "a.html", lambda: b"<" * 2_000_000, None
    yield "attributes-html", "a.html", lambda: b"<p " + b"a=b " * 500_000 + b">Acme", None
    yield "header-eml", "a.eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nAcme", None
    yield "addresses-eml", "a.eml", lambda: b"From: " + b"a@b.c, (" * 20_000 + b"\n\nAcme works.", None
    yield "quotes-csv", "a.csv", lambda: b'"' * 900_001, None
    yield "huge-txt", "a.txt", lambda: b"Acme works with Foo.\n" * 1_000_000, (TooLarge,)


def loops() -> Iterator[Case]:
    yield "page-loop-pdf", "a.pdf", lambda: files.pdf_of([*LOOP, b"null"]), None
    yield "own-parent-pdf", "a.pdf", lambda: files.pdf_of([b"<< /Type /Catalog /Pages 1 0 R >>"]), None
    yield "many-pages-pdf", "a.pdf", lambda: _page_count(5_000_000), None
    yield "no-xref-pdf", "a.pdf", lambda: KINDS["pdf"]().replace(b"xref", b"xerf"), None
    yield "bomb-pdf", "a.pdf", _stream_bomb, (TooLarge,)
    yield "form-loop-pdf", "a.pdf", _form_loop, (TooLarge,)
    yield "huge-page-pdf", "a.pdf", lambda: KINDS["pdf"]().replace(b"612 792", b"9e9 9e9"), None


def encodings() -> Iterator[Case]:
    for name, data in (
        ("half-utf8", "Zürich works.".encode()[:-1] + b"\xc3"),
        ("bad-utf8", b"Acme \xff\xfe\xfa works with Foo. " * 20),
        ("bad-utf16", b"\xff\xfe" + b"A\0c\0m\0e\0\x00\xd8"),
        ("odd-utf16", b"\xfe\xff\0A\0c\0"),
        ("utf32", "Acme works with Foo.".encode("utf-32")),
        ("bare-utf16", "Acme works with Foo in Europe.".encode("utf-16-le")),
        ("some-nuls", b"Acme works\0 with Foo and also with others in Europe. " * 5),
        ("controls", b"Acme \x01\x02 works with Foo, as it has for many years in all of Europe. " * 3),
    ):
        yield f"{name}-txt", "a.txt", partial(bytes, data), None
    for charset in (b"utf-7", b"idna", b"punycode", b"zip", b"x" * 30, b"utf-16"):
        page = b'<meta charset="%s"><p>Acme works with Foo and Bar.</p>' % charset
        yield f"charset-{charset.decode()}", "a.html", partial(bytes, page), None
    yield "unknown-charset-eml", "a.eml", lambda: files.EML.replace(b"charset=utf-8", b"charset=none"), None


def _cut(data: bytes, kind: str, number: int) -> bytes:
    return data[: random.Random(f"{kind}{number}").randrange(1, len(data))]


def _hit(data: bytes, kind: str, number: int) -> bytes:
    """Bytes overwritten here and there."""
    chance, hurt = random.Random(f"{kind}{number}"), bytearray(data)
    for _ in range(len(data) // 100):
        hurt[chance.randrange(len(hurt))] = chance.randrange(256)
    return bytes(hurt)


def _ole_with_package() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1000
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 4000
    )


def _with_flag(container: bytes) -> bytes:
    """Each entry of the directory marked as encrypted."""
    return re.sub(rb"(PK\x01\x02.{4}).", lambda found: found[1] + b"\x01", container, flags=re.S)


def _with_small_sizes(container: bytes) -> bytes:
    """Each entry says that it unfolds to ten bytes."""
    return re.sub(
        rb"(PK\x01\x02.{20}).{4}", lambda found: found[1] + struct.pack("<I", 10), container, flags=re.S
    )


def far_cell() -> bytes:
    """A sheet with one cell in each corner, which unfolds to seventeen thousand million."""
    sheet = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
      <row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"""
    return files.with_entry(files.xlsx(), "xl/worksheets/sheet1.xml", sheet)


def _document(body: bytes) -> bytes:
    start = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    return files.with_entry(files.docx(), "word/document.xml", start + body)


def _json_ld(data: bytes) -> bytes:
    return b'<script type="application/ld+json">%s</script><p>Acme works with Foo and Bar.</p>' % data


def _deep_mail() -> bytes:
    levels = range(150)
    heads = (b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in levels)
    return b"Subject: x\nMIME-Version: 1.0\n" + b"".join(heads) + b"\nAcme works with Foo.\n"


def _page_count(count: int) -> bytes:
    return files.pdf_of(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count %d >>" % count]
    )


def _stream_bomb() -> bytes:
    """A content stream of a few kilobytes that unfolds to half a gigabyte, twice packed."""
    packer, piece, inner = zlib.compressobj(1), b" " * 1_000_000, []
    for _ in range(500):
        inner.append(packer.compress(piece))
    packed = zlib.compress(b"".join([*inner, packer.flush()]), 9)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return files.pdf_of([*_one_page(), page, stream])


def _form_loop() -> bytes:
    """A form that draws itself, twice."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>"
    content = b"<< /Length 5 >>\nstream\n/X Do\nendstream"
    return files.pdf_of([*_one_page(), page, content, form + b"\nstream\n/X Do /X Do\nendstream"])


def _one_page() -> list[bytes]:
    return [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]


SEALED = b"From: a@b.c\nSubject: x\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIA\n"


CASES = [
    case
    for family in (
        truncated,
        damaged,
        wrong_suffix,
        nothing,
        noise,
        secret,
        bombs,
        deep,
        long,
        loops,
        encodings,
    )
    for case in family()
]
