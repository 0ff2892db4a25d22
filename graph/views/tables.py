"""The graph as tables for other programs: GraphML, Kumu, and JSON Lines of claims and mentions."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

import networkx as nx  # type: ignore[import-untyped]

from .. import vocabulary
from ..model import Record
from ..projection import Projection, Row
from .networkx import entities


def graphml(projection: Projection, path: Path) -> None:
    """Entities and direct edges for Gephi, yEd, Cytoscape; lists as JSON texts, since GraphML has none."""
    graph = entities(projection)
    for data in [d for _, d in graph.nodes(data=True)] + [d for _, _, d in graph.edges(data=True)]:
        for key, value in data.items():
            data[key] = (
                json.dumps(value, ensure_ascii=False) if isinstance(value, list) else _printable(value)
            )
    nx.write_graphml(graph, path, infer_numeric_types=True)


def _printable(value: Any) -> Any:
    """XML has no control characters."""
    return "".join(c for c in value if c >= " " or c in "\t\n") if isinstance(value, str) else value


def kumu(projection: Projection, folder: Path) -> tuple[Path, Path]:
    """Kumu's spreadsheet form: elements (Label, Type, ...) and connections (From, To, Type, ...)."""
    folder.mkdir(parents=True, exist_ok=True)
    labels = _labels(projection)
    elements = [
        {
            "Label": labels[r["id"]],
            "Type": r["kind"],
            "Aliases": "|".join(r.get("aliases", ())),
            "Id": r["id"],
        }
        for r in projection.entities
    ]
    connections = [
        {
            "From": labels[r["subject"]],
            "To": labels[r["object"]],
            "Direction": "mutual" if vocabulary.predicate(r["predicate"]).symmetric else "directed",
            "Type": r["predicate"],
            "Status": r.get("status", ""),
            "Confidence": r.get("confidence", ""),
            "Sources": r.get("sources", ""),
            "Since": r.get("since", ""),
            "Description": r.get("detail", ""),
        }
        for r in projection.edges
    ]
    return _sheet(folder / "elements.csv", elements), _sheet(folder / "connections.csv", connections)


def _labels(projection: Projection) -> dict[str, str]:
    """Kumu joins by label: two entities of one name bear their id too."""
    names = [r["name"] for r in projection.entities]
    twice = {n for n in names if names.count(n) > 1} if len(set(names)) < len(names) else set()
    return {
        r["id"]: f"{r['name']} ({r['id']})" if r["name"] in twice else r["name"] for r in projection.entities
    }


def _sheet(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]) if rows else ["Label"], lineterminator="\n")
        table.writeheader()
        table.writerows({k: _unformula(v) for k, v in r.items()} for r in rows)
    return path


def _unformula(value: Any) -> Any:
    """A spreadsheet would run a name that begins like a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def write_lines(rows: Iterable[Row], file: TextIO) -> None:
    """JSON Lines."""
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def claim_lines(records: Iterable[Record], projection: Projection) -> Iterator[Row]:
    """A line for each quote of each claim, with the names the graph knows the parties by."""
    entity = {r["id"]: r for r in projection.entities}
    claim = {r["id"]: r for r in projection.claims}
    names: dict[str, Any] = {r["id"]: r.get("name", r["id"]) for r in projection.documents} | {
        r.document.id: r.document.name for r in records
    }
    shown = {c for r in projection.edges for c in r.get("claims", ())}
    for quote in sorted(projection.evidence, key=lambda e: (names[e["document"]], e["startChar"], e["id"])):
        yield _claim_line(quote, claim[quote["claim"]], entity, names, shown)


def _claim_line(
    quote: Row, claim: Row, entity: Mapping[str, Row], names: Mapping[str, str], shown: set[str]
) -> Row:
    subject, object = entity[claim["subject"]], entity[claim["object"]]
    return {
        "document": names[quote["document"]],
        "subject": subject["name"],
        "subjectKind": subject["kind"],
        "predicate": claim["predicate"],
        "object": object["name"],
        "objectKind": object["kind"],
        "status": claim["status"],
        "confidence": claim.get("confidence"),
        "shown": claim["id"] in shown,
        "quote": quote["quote"],
        "startChar": quote["startChar"],
        "endChar": quote["endChar"],
        "date": quote.get("date") or claim.get("since") or claim.get("until"),
        "detail": claim.get("detail"),
        "rule": quote.get("extractor"),
    }


def mention_lines(records: Iterable[Record], projection: Projection) -> Iterator[Row]:
    """A line for each mention, with the entity that bears its name."""
    known = _known(projection)
    for record in records:
        for m in record.mentions:
            yield {
                "document": record.document.name,
                "text": m.text,
                "kind": m.kind,
                "startChar": m.start,
                "endChar": m.end,
                "entity": known.get((m.kind, m.name)),
                "score": m.score,
            }


def _known(projection: Projection) -> dict[tuple[str, str], str]:
    aliases = {(r["kind"], a): r["id"] for r in projection.entities for a in r.get("aliases", ())}
    return aliases | {(r["kind"], r["name"]): r["id"] for r in projection.entities}
