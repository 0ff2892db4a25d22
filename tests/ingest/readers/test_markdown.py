from __future__ import annotations

import pytest

from ingest.readers.documents import document
from ingest.readers.draft import Source
from ingest.readers.formats import format_of
from ingest.readers.markdown import plain_line

LINES = [
    ("[Rad AI](https://radai.com/a_(b)) and [vRad][1]", "Rad AI and vRad"),
    ("![logo](x.png) Acme [![badge](y.png)](z)", "Acme"),
    ("**Acme** _works_ with *Foo* and __Bar__", "Acme works with Foo and Bar"),
    ("snake_case_name and 3 * 4 * 5", "snake_case_name and 3 * 4 * 5"),
    ("Procter &amp; Gamble &lt;PG&gt;", "Procter & Gamble <PG>"),
    ("Foo<br>Bar <span class='x'>Baz</span>", "Foo Bar Baz"),
    ("<https://acme.example> `code` ~~old~~", "https://acme.example code old"),
    (r"\*not a star\* 1\. x", "*not a star* 1. x"),
    ("profit < 5 and > 3", "profit < 5 and > 3"),
]
RELEASE = """# Acme and Foo Join Forces

BERLIN, GERMANY, March 08, 2024 /24-7PressRelease/ -- **Acme** works with [Foo](https://foo.example).

## Partners

* Foo Inc.
* [Bar](x) GmbH

| Name | Country |
|------|---------|
| Foo  | Germany |

---

[Original/Source Press Release](https://wire.example/1)
"""


@pytest.mark.parametrize(("raw", "plain"), LINES)
def test_markup_is_dropped(raw: str, plain: str) -> None:
    assert plain_line(raw) == plain


def test_release_has_structure_and_dateline() -> None:
    found = document(Source("a.md", RELEASE.encode()), format_of("a.md"))
    under = ("Acme and Foo Join Forces", "Partners")
    assert [(b.kind, b.headings, found.text[b.start : b.end]) for b in found.blocks][:7] == [
        ("heading", (), "Acme and Foo Join Forces"),
        (
            "paragraph",
            under[:1],
            "BERLIN, GERMANY, March 08, 2024 /24-7PressRelease/ -- Acme works with Foo.",
        ),
        ("heading", under[:1], "Partners"),
        ("item", under, "Foo Inc."),
        ("item", under, "Bar GmbH"),
        ("row", under, "Name | Country"),
        ("row", under, "Foo | Germany"),
    ]
    assert (found.title, found.publisher) == (under[0], "24-7PressRelease")
    assert (found.published, found.url) == ("2024-03-08", "https://wire.example/1")
    assert "* Foo Inc.\n* Bar GmbH" in found.text, "markers stay in the text, outside of the spans"


def test_front_matter_is_metadata() -> None:
    source = "---\ntitle: Foo buys Bar\ndate: 2024-03-08\nlang: de\n---\nAcme ist da."
    found = document(Source("a.md", source.encode()), format_of("a.md"))
    assert (found.title, found.published, found.text) == ("Foo buys Bar", "2024-03-08", "Acme ist da.")
