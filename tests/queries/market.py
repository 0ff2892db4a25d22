"""A small market by hand, as the rows that a resolution gives.

Alpha -- Beta (two documents), Beta -- Gamma, Alpha -- Delta (affiliated), Gamma -- Delta
Alpha acquired Epsilon; Alpha and Gamma compete; Alpha -- Gamma was denied; Beta -- Zeta ended
"""

from __future__ import annotations

from typing import Any

from graph.projection import Projection, Row

DOCUMENTS: tuple[Row, ...] = (
    {"id": "d1", "name": "report.txt", "title": "The market", "published": "2024-03-08", "copies": 1},
    {"id": "d2", "name": "wire.txt", "title": "Beta signs", "published": "2024-05-01", "copies": 2},
    {"id": "d3", "name": "denial.eml", "title": "No deal", "published": "2024-06-01", "copies": 1},
)


def _entity(id: str, name: str, *aliases: str) -> Row:
    kind = id.split(":")[0].capitalize()
    keys = sorted({n.lower() for n in (name, *aliases)})
    return {"id": id, "kind": kind, "name": name, "aliases": sorted(aliases), "keys": keys, "retired": []}


ENTITIES: tuple[Row, ...] = (
    _entity("company:alpha", "Alpha Imaging", "Alpha"),
    _entity("company:beta", "Béta Reads", "BR"),
    _entity("company:delta", "Delta Care"),
    _entity("company:epsilon", "Epsilon"),
    _entity("company:gamma", "Gamma O'Neil"),
    _entity("company:zeta", "Zeta"),
    _entity("market:teleradiology", "Teleradiology"),
    _entity("product:alphaos", "AlphaOS"),
    _entity("region:asia", "Asia"),
    _entity("region:europe", "Europe"),
    _entity("region:france", "France"),
    _entity("region:india", "India"),
)

# subject, predicate, object, status, score, document, more
STATED: tuple[tuple[str, str, str, str, float, str, dict[str, Any]], ...] = (
    (
        "company:alpha",
        "partners_with",
        "company:beta",
        "current",
        0.9,
        "d1",
        {"since": "2023", "detail": "distribution"},
    ),
    ("company:alpha", "partners_with", "company:gamma", "denied", 0.8, "d3", {"speaker": "Gamma O'Neil"}),
    ("company:alpha", "affiliated_with", "company:delta", "current", 0.7, "d1", {}),
    ("company:alpha", "acquired", "company:epsilon", "announced", 0.85, "d2", {"since": "2024-05"}),
    ("company:alpha", "competes_with", "company:gamma", "current", 0.6, "d1", {}),
    ("company:alpha", "offers", "product:alphaos", "current", 0.9, "d1", {}),
    ("company:alpha", "operates_in", "region:india", "current", 0.8, "d1", {"page": 4}),
    ("company:alpha", "active_in", "market:teleradiology", "current", 0.95, "d1", {}),
    ("company:beta", "partners_with", "company:gamma", "announced", 0.8, "d2", {"since": "2024-05-01"}),
    ("company:beta", "partners_with", "company:zeta", "ended", 0.75, "d2", {"until": "2024-04"}),
    ("company:beta", "active_in", "market:teleradiology", "current", 0.9, "d1", {}),
    ("company:delta", "partners_with", "company:gamma", "current", 0.5, "d1", {}),
    ("company:gamma", "headquartered_in", "region:france", "current", 0.9, "d1", {}),
)
PARTS = (("region:france", "region:europe"), ("region:india", "region:asia"))


def market() -> Projection:
    dates = {d["id"]: d["published"] for d in DOCUMENTS}
    names = {e["id"]: e["name"] for e in ENTITIES}
    claims, evidence, edges = [], [], []
    for n, (subject, predicate, obj, status, score, document, more) in enumerate(STATED):
        triple = {"subject": subject, "predicate": predicate, "object": obj, "status": status}
        told = {k: v for k, v in more.items() if k in ("since", "until", "detail")}
        known = {**triple, **told, "confidence": score, "sources": 1, "contested": status == "denied"}
        claim = f"claim:{n:02}"
        quote = f"{names[subject]} {predicate} {names[obj]}."
        claims.append({"id": claim, **known, "regions": [], "verdict": status})
        evidence.append(
            {
                "id": f"evidence:{n:02}",
                "claim": claim,
                "document": document,
                "startChar": n * 100,
                "endChar": n * 100 + len(quote),
                "quote": quote,
                "score": score,
                "extractor": "rule",
                "subjectForm": names[subject],
                "objectForm": names[obj],
                "published": dates[document],
                "copies": 1,
            }
            | {k: v for k, v in more.items() if k in ("speaker", "page")}
        )
        if status in ("current", "announced"):
            edges.append(
                {**known, "claims": [claim], "firstSeen": dates[document], "lastSeen": dates[document]}
            )
    edges += [
        {
            "subject": part,
            "predicate": "part_of",
            "object": whole,
            "status": "current",
            "confidence": 1.0,
            "sources": 0,
            "claims": [],
            "contested": False,
        }
        for part, whole in PARTS
    ]
    same = {
        "left": "company:alpha",
        "right": "company:zeta",
        "outcome": "suggest",
        "score": 0.6,
        "reason": "hand-made",
    }
    return Projection(DOCUMENTS, ENTITIES, tuple(claims), tuple(evidence), tuple(edges), (same,))
