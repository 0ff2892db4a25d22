"""A small workspace by hand: three documents on who works with whom, as records."""

from __future__ import annotations

import hashlib
from pathlib import Path

from graph.model import Block, Claim, Document, Evidence, Mention, Record
from ingest.records import Workspace, write_record

PARTNERS = "Alpha Imaging partners with Béta Reads."
PLANS = "Alpha Imaging plans to work with Gamma Health."
ENDED = "Alpha Imaging and Béta Reads ended their partnership."
SHORT = "Alpha Imaging Inc operates in India."


def record(name: str, published: str, sentence: str, *claims: tuple[str, str, str, str]) -> Record:
    """A document of one sentence, with claims (subject, predicate, object, status) on the names in it."""
    document = Document(
        hashlib.sha256(sentence.encode()).hexdigest(),
        name,
        sentence,
        (Block("paragraph", 0, len(sentence)),),
        published=published,
    )
    kinds = {n: k for s, p, o, _ in claims for n, k in ((s, "Company"), (o, _kind(p)))}
    mentions = (Mention(sentence.index(n), sentence.index(n) + len(n), n, k, n) for n, k in kinds.items())
    return Record(
        document,
        tuple(sorted(mentions, key=lambda m: m.start)),
        tuple(_claim(document, *claim) for claim in claims),
        "by-hand",
    )


def _kind(predicate: str) -> str:
    return "Region" if predicate == "operates_in" else "Company"


def _claim(document: Document, subject: str, predicate: str, object: str, status: str) -> Claim:
    quote = document.text
    evidence = Evidence(document.id, 0, len(quote), quote, subject, object, "by-hand", 0.9)
    return Claim(subject, "Company", predicate, object, _kind(predicate), status, (evidence,))


def fill(folder: Path) -> Workspace:
    workspace = Workspace(folder)
    alpha, beta, gamma = "Alpha Imaging", "Béta Reads", "Gamma Health"
    for made in (
        record("signed.txt", "2023-02-01", PARTNERS, (alpha, "partners_with", beta, "current")),
        record("plans.txt", "2023-06-01", PLANS, (alpha, "partners_with", gamma, "planned")),
        record("ended.txt", "2024-05-01", ENDED, (alpha, "partners_with", beta, "ended")),
        record("sites.txt", "2023-03-01", SHORT, ("Alpha Imaging Inc", "operates_in", "India", "current")),
    ):
        write_record(workspace, made)
    return workspace
