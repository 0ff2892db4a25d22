"""Real files, made by the tests: each function gives the bytes of one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

Placed = tuple[int, int, int, str]


def pdf(pages: Iterable[Iterable[Placed]], *, info: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of pages of lines; a line is its size, x, y and words."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", FONT]
    kids = []
    for page in pages:
        content = b"".join(_drawn(*line) for line in page)
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>"
            b" /Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if info:
        objects.append(info)
        trailer += b" /Info %d 0 R" % len(objects)
    return pdf_of(objects, trailer)


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf_of(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of the objects 1, 2, …, of which the first is the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, len(data))
    )


def encrypted_pdf() -> bytes:
    """A PDF whose password nobody knows."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<%s> <%s>]"
    return pdf([[(11, 72, 700, "Secret")]], trailer=lock % (b"a1" * 32, b"b2" * 32, b"c3" * 16, b"c3" * 16))


def _drawn(size: int, x: int, y: int, words: str) -> bytes:
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, escaped)


def docx() -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = "Memo on partners"
    document.core_properties.created = datetime(2024, 3, 8, 10, 0)
    document.add_heading("Partners", 1)
    document.add_paragraph("Acme works with Foo.")
    document.add_paragraph("Foo Inc.", style="List Bullet")
    document.add_paragraph("Bar GmbH", style="List Bullet")
    document.add_heading("In numbers", 2)
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ("Name", "Country", "Foo", "Germany"), strict=True):
        cell.text = words
    return _saved(document)


def pptx() -> bytes:
    import pptx

    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Our partners"
    first.placeholders[1].text = "Foo Inc.\nBar GmbH"
    first.notes_slide.notes_text_frame.text = "Foo left in 2020."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Countries"
    table = second.shapes.add_table(2, 2, 0, 0, 100, 100).table
    for cell, words in zip(table.iter_cells(), ("Name", "Country", "Foo", "Germany"), strict=True):
        cell.text = words
    return _saved(deck)


def xlsx() -> bytes:
    import xlsxwriter  # type: ignore[import-untyped]

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.set_properties({"title": "Deals of 2024", "company": "Daily", "created": datetime(2024, 3, 8)})
    sheet = book.add_worksheet("Deals")
    sheet.write_row(0, 0, ["Company", "Since", "Stake"])
    sheet.write_row(1, 0, ["Foo Inc.", 2021, 0.5])
    sheet.write_datetime(2, 1, datetime(2024, 3, 8), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    return stream.getvalue()


def ods(cell: str = "Foo Inc.") -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = f"""<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"
      xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body><office:spreadsheet>
      <table:table table:name="Deals"><table:table-row><table:table-cell office:value-type="string"><text:p>{cell}</text:p>
      </table:table-cell><table:table-cell office:value-type="string"><text:p>Germany</text:p></table:table-cell>
      </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f"""<manifest:manifest xmlns:manifest="{names}:manifest:1.0">
      <manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>"""
    return zipped(
        {"mimetype": kind, "content.xml": re.sub(r">\s+<", "><", content), "META-INF/manifest.xml": manifest}
    )


HTML = b"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Foo | Daily</title>
<meta property="og:title" content="Acme partners with Foo"><meta property="og:site_name" content="Daily">
<meta property="article:published_time" content="2024-03-08T10:00:00Z">
<link rel="canonical" href="https://daily.example/foo"></head><body><nav>Home About</nav><article>
<h1>Acme partners with Foo</h1><p>Acme <b>Inc.</b> partners with
<a href="/foo">Foo</a>.<br>It is a long paragraph about everything that matters.</p>
<h2>Partners</h2><ul><li>Foo Inc.<ul><li>Sub &amp; Co</li></ul></li><li><p>Bar GmbH</p></li></ul>
<table><tr><th>Name</th><th>Country</th></tr><tr><td>Foo</td><td>Germany</td></tr></table>
<script>var x = "never";</script></article><footer>Cookies</footer></body></html>"""

EML = (
    b"From: Jane Doe <jane@example.org>\r\nTo: bob@example.org\r\nSubject: =?utf-8?q?Partner_f=C3=BCr_uns?=\r\n"
    b"Date: Fri, 08 Mar 2024 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"Hi Bob,\r\n\r\nAcme works with Foo.\r\n\r\n- Foo Inc.\r\n- Bar GmbH\r\n"
)

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Daily</title><link>https://daily.example</link>
<language>en-us</language><item><title>Foo buys Bar</title><link>https://daily.example/1</link>
<description>&lt;p&gt;Foo bought &lt;b&gt;Bar&lt;/b&gt;.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;One&lt;/li&gt;&lt;/ul&gt;</description>
<pubDate>Fri, 08 Mar 2024 10:00:00 GMT</pubDate></item>
<item><title>Baz &amp; Co</title><description>Baz ended it.</description></item></channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily</title><updated>2024-03-08T10:00:00Z</updated>
<entry><title>Foo buys Bar</title><updated>2024-03-08T10:00:00Z</updated>
<content type="html">&lt;p&gt;Foo bought Bar.&lt;/p&gt;</content></entry></feed>"""


def zipped(entries: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in entries.items():
            container.writestr(name, content, None if name != "mimetype" else zipfile.ZIP_STORED)
    return stream.getvalue()


def with_entry(container: bytes, name: str, content: bytes) -> bytes:
    """The container with one entry more, or another in its place."""
    with zipfile.ZipFile(io.BytesIO(container)) as old:
        entries: dict[str, str | bytes] = {entry: old.read(entry) for entry in old.namelist()}
    return zipped({**entries, name: content})


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()
