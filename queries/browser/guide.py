"""The guide that walks a strategist through a graph, in both formats that Neo4j Browser knows.

HTML for the Browser that comes with Neo4j 5 (``:play URL``), AsciiDoc for the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from .examples import Example
from .saved import title


@dataclass(frozen=True, slots=True)
class Slide:
    """A page: what it is about, and the questions to run on it."""

    heading: str
    lead: str
    questions: tuple[str, ...] = ()


SLIDES = (
    Slide(
        "What is in here",
        "Companies and how they are joined, each edge with the sentences that say so. Click a statement, then run "
        "it. Start with the counts, the best connected companies, and the whole picture.",
        ("contents", "companies", "whole_ecosystem"),
    ),
    Slide(
        "Partner networks",
        "Who works with whom. An edge stands for what is current or announced; planned, rumoured, denied and "
        "ended are kept as claims and drawn only where asked for. On an edge stand its status and the number of "
        "independent sources.",
        ("partners", "partner_network", "network", "all_around"),
    ),
    Slide(
        "Shared partners",
        "Whom companies have in common: who could introduce you, and who is courted by several.",
        ("shared_partners", "partners_in_common"),
    ),
    Slide(
        "Paths",
        "How two companies are joined, over partners, owners, investors and customers.",
        ("path", "shortest_paths"),
    ),
    Slide(
        "Markets and white space",
        "Who is in a market, where they are, and where the others are and a company is not.",
        ("players", "market_players", "footprint", "places", "white_space", "places_of_others"),
    ),
    Slide(
        "How we know",
        "Every claim with its quote, document, date and speaker. Sources may disagree: no side is dropped.",
        ("evidence", "claims_and_documents", "conflicts", "contradictions", "timeline", "changes"),
    ),
    Slide(
        "Names",
        "Names that may mean the same are suggested, never joined without a decision: ecomap review.",
        ("same_company", "maybe_the_same"),
    ),
)
NONE = "This graph has no rows for it yet."


def html(shown: Mapping[str, Example]) -> str:
    slides = "\n".join(_html_slide(slide, shown) for slide in SLIDES)
    return f'<article class="guide">\n<carousel class="deck container-fluid">\n{slides}\n</carousel>\n</article>\n'


def asciidoc(shown: Mapping[str, Example]) -> str:
    return "= ecomap: a walk through the graph\n\n" + "\n".join(_adoc_slide(s, shown) for s in SLIDES)


def _html_slide(slide: Slide, shown: Mapping[str, Example]) -> str:
    steps = "\n".join(
        f"<h4>{escape(heading)}</h4>\n<p>{escape(words)}</p>\n"
        f'<figure><pre class="pre-scrollable code runnable">{escape(text)}</pre></figure>'
        for heading, words, text in _steps(slide, shown)
    )
    return (
        f'<slide class="row-fluid">\n<div class="col-sm-3">\n<h3>{escape(slide.heading)}</h3>\n'
        f'<p class="lead">{escape(slide.lead)}</p>\n</div>\n<div class="col-sm-9">\n{steps}\n</div>\n</slide>'
    )


def _adoc_slide(slide: Slide, shown: Mapping[str, Example]) -> str:
    steps = "\n".join(
        f"=== {_plain(heading)}\n\n{_plain(words)}\n\n[source,cypher]\n----\n{text}\n----\n"
        for heading, words, text in _steps(slide, shown)
    )
    return f"== {_plain(slide.heading)}\n\n{_plain(slide.lead)}\n\n{steps}"


def _steps(slide: Slide, shown: Mapping[str, Example]) -> Iterator[tuple[str, str, str]]:
    """Heading, words and statement of each question that this graph can be asked."""
    for name in slide.questions:
        if example := shown.get(name):
            about = ", ".join(example.names.values())
            heading = f"{title(name)}: {about}" if about else title(name)
            yield heading, f"{example.question.about}{'' if example.rows else f' {NONE}'}", example.text


def _plain(words: str) -> str:
    """Words that AsciiDoc takes for no markup of its own."""
    return re.sub(r"[^\w\s,.;]|_|(?<=\.)\.", lambda m: f"&#{ord(m[0])};", " ".join(words.split()))
