"""A small projection by hand."""

from __future__ import annotations

from graph.projection import Projection


def entity(id: str, kind: str, name: str, *aliases: str, **more: object) -> dict[str, object]:
    return {"id": id, "kind": kind, "name": name, "aliases": list(aliases), "keys": [], "retired": [], **more}


def claim(id: str, subject: str, predicate: str, object: str, status: str = "current") -> dict[str, object]:
    return {
        "id": id, "subject": subject, "predicate": predicate, "object": object, "status": status,
        "confidence": 0.1 + 0.2, "sources": 1, "regions": [], "contested": False,
    }  # fmt: skip


def quote(id: str, claim: str, document: str, text: str, start: int = 0) -> dict[str, object]:
    return {
        "id": id, "claim": claim, "document": document, "startChar": start, "endChar": start + len(text),
        "quote": text, "score": 0.9, "extractor": "test",
    }  # fmt: skip


def edge(claim: dict[str, object]) -> dict[str, object]:
    kept = {k: claim[k] for k in ("subject", "predicate", "object", "status", "confidence", "sources")}
    return kept | {"claims": [claim["id"]], "contested": False}


VRAD = entity("company:vrad", "Company", "vRad", "Virtual Radiologic", retired=["company:virtual"])
AIDOC = entity("company:aidoc", "Company", "Aidoc")
RADIOLOGIA = entity("company:radiologia-unica", "Company", "Radiología Única, S.A.")
INDIA = entity("region:india", "Region", "India")
ASIA = entity("region:asia", "Region", "Asia")
PARTNERS = claim("k1", "company:aidoc", "partners_with", "company:vrad")
DENIED = claim("k2", "company:vrad", "partners_with", "company:radiologia-unica", "denied")
OPERATES = claim("k3", "company:vrad", "operates_in", "region:india")

SMALL = Projection(
    documents=(
        {"id": "d1", "name": "a.txt", "copies": 1},
        {"id": "d2", "name": "b.txt", "title": "", "copies": 2},
    ),
    entities=(VRAD, AIDOC, RADIOLOGIA, INDIA, ASIA),
    claims=(PARTNERS, DENIED, OPERATES),
    evidence=(
        quote("e1", "k1", "d1", "vRad uses Aidoc."),
        quote("e2", "k1", "d2", "Aidoc and vRad are partners."),
        quote("e3", "k2", "d2", "vRad denies it.", 40),
        quote("e4", "k3", "d2", "vRad reads in India.", 60),
    ),
    edges=(
        edge(PARTNERS),
        edge(OPERATES),
        {"subject": "region:india", "predicate": "part_of", "object": "region:asia"},
    ),
    same=(
        {"left": "company:aidoc", "right": "company:vrad", "outcome": "suggest", "score": 0.5, "reason": "-"},
    ),
)
