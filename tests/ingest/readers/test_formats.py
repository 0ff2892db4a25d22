"""What each format gives: blocks with page and headings, and what the file says about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import UnknownFormat
from graph.model import Document
from ingest.readers import format_of, formats, read

from . import files
from .sound import assert_sound

LINES = [
    (24, 72, 720, "Partners of Acme"),
    (11, 72, 690, "Acme Corp. works with Foo Inc. and Bar GmbH in Germany and also sells"),
    (11, 72, 676, "its products through Baz Ltd. in the United Kingdom since 2021."),
    (11, 80, 640, "\u2022 Foo Inc."),
    (11, 80, 626, "\u2022 Bar GmbH"),
]
CELLS = (("Company", "Country", "Since"), ("Foo", "Germany", "2021"), ("Bar", "France", "2022"))
TABLE = [
    (11, x, 700 - 20 * line, words)
    for line, row in enumerate(CELLS)
    for x, words in zip((72, 220, 400), row, strict=True)
]
INFO = b"<< /Title (Market study) /CreationDate (D:20240308120000Z) >>"


def test_pdf_has_blocks_with_pages_and_its_own_title(tmp_path: Path) -> None:
    document = made(tmp_path, "a.pdf", files.pdf([LINES, TABLE], info=INFO))
    assert described(document) == ("Market study", None, "2024-03-08", "en", None)
    under = ("Partners of Acme",)
    assert blocks(document, pages=True) == [
        ("heading", 1, (), "Partners of Acme"),
        (
            "paragraph",
            1,
            under,
            "Acme Corp. works with Foo Inc. and Bar GmbH in Germany and also sells"
            " its products through Baz Ltd. in the United Kingdom since 2021.",
        ),
        ("item", 1, under, "Foo Inc."),
        ("item", 1, under, "Bar GmbH"),
        ("row", 2, under, "Company | Country | Since"),
        ("row", 2, under, "Foo | Germany | 2021"),
        ("row", 2, under, "Bar | France | 2022"),
    ]


def test_docx_has_headings_lists_and_tables_in_order(tmp_path: Path) -> None:
    document = made(tmp_path, "a.docx", files.docx())
    assert (document.title, document.published) == ("Memo on partners", "2024-03-08")
    assert blocks(document) == [
        ("heading", (), "Partners"),
        ("paragraph", ("Partners",), "Acme works with Foo."),
        ("item", ("Partners",), "Foo Inc."),
        ("item", ("Partners",), "Bar GmbH"),
        ("heading", ("Partners",), "In numbers"),
        ("row", ("Partners", "In numbers"), "Name | Country"),
        ("row", ("Partners", "In numbers"), "Foo | Germany"),
    ]


def test_pptx_has_a_page_a_slide(tmp_path: Path) -> None:
    document = made(tmp_path, "a.pptx", files.pptx())
    assert document.title == "Our partners"
    assert document.published is None, "the template's own date is no date of the deck"
    assert blocks(document, pages=True) == [
        ("heading", 1, (), "Our partners"),
        ("item", 1, ("Our partners",), "Foo Inc."),
        ("item", 1, ("Our partners",), "Bar GmbH"),
        ("paragraph", 1, ("Our partners",), "Foo left in 2020."),
        ("heading", 2, (), "Countries"),
        ("row", 2, ("Countries",), "Name | Country"),
        ("row", 2, ("Countries",), "Foo | Germany"),
    ]


def test_xlsx_has_its_header_as_a_row(tmp_path: Path) -> None:
    document = made(tmp_path, "a.xlsx", files.xlsx())
    assert described(document) == ("Deals of 2024", "Daily", "2024-03-08", None, None)
    assert blocks(document) == [
        ("heading", (), "Deals"),
        ("row", ("Deals",), "Company | Since | Stake"),
        ("row", ("Deals",), "Foo Inc. | 2021 | 0.5"),
        ("row", ("Deals",), "| 2024-03-08"),
    ]


def test_ods_is_read_as_xlsx_is(tmp_path: Path) -> None:
    assert blocks(made(tmp_path, "a.ods", files.ods()))[1] == ("row", ("Deals",), "Foo Inc. | Germany")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_with_any_delimiter(sign: str, tmp_path: Path) -> None:
    table = f'Company{sign}Country\n"Foo{sign} Inc."{sign}DE\nBar{sign}"FR\nParis"\n'
    document = made(tmp_path, "a.csv", table.encode("utf-8-sig"))
    words = [words for _, _, words in blocks(document)]
    assert words == ["Company | Country", f"Foo{sign if sign != chr(9) else ''} Inc. | DE", "Bar | FR Paris"]


def test_html_without_navigation_and_scripts(tmp_path: Path) -> None:
    document = made(tmp_path, "a.html", files.HTML)
    assert described(document) == (
        "Acme partners with Foo",
        "Daily",
        "2024-03-08",
        "en",
        "https://daily.example/foo",
    )
    under = ("Acme partners with Foo", "Partners")
    assert blocks(document) == [
        ("heading", (), "Acme partners with Foo"),
        ("paragraph", under[:1], "Acme Inc. partners with Foo."),
        ("paragraph", under[:1], "It is a long paragraph about everything that matters."),
        ("heading", under[:1], "Partners"),
        ("item", under, "Foo Inc."),
        ("item", under, "Sub & Co"),
        ("item", under, "Bar GmbH"),
        ("row", under, "Name | Country"),
        ("row", under, "Foo | Germany"),
    ]


def test_html_metadata_from_json_ld(tmp_path: Path) -> None:
    page = b"""<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Foo buys Bar",
      "datePublished": "2024-03-08T09:00", "publisher": {"name": "Daily"}}]}</script><p>Foo bought the firm Bar.</p>"""
    document = made(tmp_path, "a.html", page)
    assert described(document)[:3] == ("Foo buys Bar", "Daily", "2024-03-08")


@pytest.mark.parametrize("declared", ["utf-8", "windows-1252", "shift_jis", "gb2312", "utf-16"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", ["Zürich works with Łódź.", "東京は大阪と提携している。"])
def test_html_is_read_as_what_it_is_not_as_what_it_declares(
    words: str, encoding: str, declared: str, tmp_path: Path
) -> None:
    assert made(tmp_path, "a.html", _page(words, declared).encode(encoding)).text == words


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-2", "us-ascii", "utf-16", "utf-32"])
@pytest.mark.parametrize("words", ["Acme works with Foo.", "Zürich works with Łódź."])
def test_html_in_utf8_is_read_whatever_it_declares(words: str, declared: str, tmp_path: Path) -> None:
    assert made(tmp_path, "a.html", _page(words, declared).encode()).text == words


def _page(words: str, charset: str) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{words}</p></body></html>'


def test_html_in_a_declared_charset(tmp_path: Path) -> None:
    page = '<meta charset="iso-8859-2"><p>Škoda works with Łódź in Poland.</p>'.encode("iso-8859-2")
    assert made(tmp_path, "a.html", page).text == "Škoda works with Łódź in Poland."


def test_mail_has_its_subject_as_heading(tmp_path: Path) -> None:
    document = made(tmp_path, "a.eml", files.EML)
    assert described(document)[:3] == ("Partner für uns", "Jane Doe", "2024-03-08")
    under = ("Partner für uns",)
    assert blocks(document) == [
        ("heading", (), "Partner für uns"),
        ("paragraph", under, "Hi Bob,"),
        ("paragraph", under, "Acme works with Foo."),
        ("item", under, "Foo Inc."),
        ("item", under, "Bar GmbH"),
    ]


def test_mailbox_has_a_heading_a_message(tmp_path: Path) -> None:
    one = b"From a@b.c Fri Mar  8 10:00:00 2024\nFrom: a@b.c\nSubject: %s\n\nAcme works with %s.\n\n"
    document = made(tmp_path, "a.mbox", one % (b"One", b"Foo") + one % (b"Two", b"Bar"))
    assert [(block, under) for block, under, _ in blocks(document)] == [
        ("heading", ()),
        ("paragraph", ("One",)),
        ("heading", ()),
        ("paragraph", ("Two",)),
    ]


def test_feed_has_a_heading_an_entry(tmp_path: Path) -> None:
    document = made(tmp_path, "a.rss", files.RSS)
    assert described(document) == ("Daily", "Daily", "2024-03-08", "en", "https://daily.example")
    assert blocks(document) == [
        ("heading", (), "Foo buys Bar"),
        ("paragraph", ("Foo buys Bar",), "Foo bought Bar."),
        ("item", ("Foo buys Bar",), "One"),
        ("heading", (), "Baz & Co"),
        ("paragraph", ("Baz & Co",), "Baz ended it."),
    ]


def test_atom_is_read_as_rss_is(tmp_path: Path) -> None:
    document = made(tmp_path, "a.atom", files.ATOM)
    assert blocks(document)[1] == ("paragraph", ("Foo buys Bar",), "Foo bought Bar.")
    assert document.published == "2024-03-08"


def test_every_format_names_its_media_type() -> None:
    assert {".txt", ".md", ".html", ".pdf", ".docx", ".pptx", ".xlsx", ".csv", ".eml", ".rss"} <= set(
        formats()
    )
    assert all("/" in form.media_type for form in formats().values())


@pytest.mark.parametrize(
    ("name", "advice"), [("a.doc", "Save it as .docx"), ("a", "no suffix"), ("a.zip", "Known: ")]
)
def test_unknown_format_says_what_to_do(name: str, advice: str) -> None:
    with pytest.raises(UnknownFormat, match=advice):
        format_of(name)


def made(folder: Path, name: str, data: bytes) -> Document:
    path = folder / name
    path.write_bytes(data)
    document = read(path)
    assert_sound(document)
    return document


def blocks(document: Document, *, pages: bool = False) -> list[tuple[object, ...]]:
    return [
        (block.kind, *([block.page] if pages else []), block.headings, document.text[block.start : block.end])
        for block in document.blocks
    ]


def described(document: Document) -> tuple[str | None, ...]:
    return document.title, document.publisher, document.published, document.language, document.url
