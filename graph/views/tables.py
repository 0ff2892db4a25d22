"""The graph as tables for other programs: neo4j-admin import, GraphML, Kumu, and JSON Lines of claims and mentions."""

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


def neo4j_admin(projection: Projection, folder: Path) -> list[Path]:
    """One CSV file a node label and edge type, with typed headers; gives the files.

    Load with ``neo4j-admin database import full --nodes=... --relationships=...  --array-delimiter=U+001F``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_csv(folder / f"{name}.csv", ids, rows) for name, ids, rows in _import_tables(projection) if rows]


ARRAY = "\x1f"


def _import_tables(p: Projection) -> Iterator[tuple[str, list[str], list[Row]]]:
    for kind in vocabulary.kinds():
        rows = [
            r | {":ID(Entity)": r["id"], ":LABEL": f"Entity;{kind}"} for r in p.entities if r["kind"] == kind
        ]
        yield f"nodes-{kind}", [":ID(Entity)", ":LABEL"], rows
    yield (
        "nodes-Document",
        [":ID(Document)", ":LABEL"],
        [r | {":ID(Document)": r["id"], ":LABEL": "Document"} for r in p.documents],
    )
    claims = [_without(r, "subject", "object") | {":ID(Claim)": r["id"], ":LABEL": "Claim"} for r in p.claims]
    yield "nodes-Claim", [":ID(Claim)", ":LABEL"], claims
    for side in ("subject", "object"):
        rows = [_edge("Claim", r["id"], "Entity", r[side], side.upper()) for r in p.claims]
        yield f"edges-{side.upper()}", list(_edge("Claim", "", "Entity", "", "")), rows
    ends = list(_edge("Claim", "", "Document", "", ""))
    yield (
        "edges-EVIDENCED_BY",
        ends,
        [
            _without(r, "claim", "document")
            | _edge("Claim", r["claim"], "Document", r["document"], "EVIDENCED_BY")
            for r in p.evidence
        ],
    )
    ends = list(_edge("Entity", "", "Entity", "", ""))
    for name, predicate in vocabulary.predicates().items():
        yield (
            f"edges-{predicate.edge}",
            ends,
            [
                _without(r, "subject", "predicate", "object")
                | _edge("Entity", r["subject"], "Entity", r["object"], predicate.edge)
                for r in p.edges
                if r["predicate"] == name
            ],
        )
    yield (
        "edges-MAYBE_SAME",
        ends,
        [
            _without(r, "left", "right") | _edge("Entity", r["left"], "Entity", r["right"], "MAYBE_SAME")
            for r in p.same
        ],
    )


def _edge(left: str, start: str, right: str, end: str, type: str) -> Row:
    return {f":START_ID({left})": start, f":END_ID({right})": end, ":TYPE": type}


def _csv(path: Path, ids: list[str], rows: list[Row]) -> Path:
    properties = sorted({k for r in rows for k in r} - set(ids))
    typed = {k: f"{k}:{_type(rows, k)}" for k in properties}
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*ids, *typed.values()])
        table.writerows([_cell(r, k) for k in (*ids, *properties)] for r in rows)
    return path


def _type(rows: list[Row], key: str) -> str:
    value = [r[key] for r in rows if key in r]
    if any(isinstance(v, list) for v in value):
        return "string[]"
    if all(isinstance(v, bool) for v in value):
        return "boolean"
    if all(isinstance(v, int) and not isinstance(v, bool) for v in value):
        return "long"
    return (
        "double" if all(isinstance(v, int | float) and not isinstance(v, bool) for v in value) else "string"
    )


def _cell(row: Row, key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ARRAY.join(value) if isinstance(value, list) else str(value)


def read_neo4j_admin(folder: Path) -> Projection:
    """The rows of the files that ``neo4j_admin`` wrote; an empty list or text is no value there."""
    rows: dict[str, list[Row]] = {
        k: [] for k in ("documents", "entities", "claims", "evidence", "edges", "same")
    }
    parties: dict[str, Row] = {}
    for path in sorted(folder.glob("*.csv")):
        what = path.stem.split("-", 1)[1]
        for ends, row in _read_csv(path):
            if what in ("SUBJECT", "OBJECT"):
                parties.setdefault(ends[0], {})[what.lower()] = ends[1]
            else:
                part, row = _home(what, ends, row)
                rows[part].append(row)
    rows["claims"] = [r | parties[r["id"]] for r in rows["claims"]]
    return Projection(**{part: tuple(found) for part, found in rows.items()})


def _home(what: str, ends: list[str], row: Row) -> tuple[str, Row]:
    nodes = {"Document": "documents", "Claim": "claims"} | dict.fromkeys(vocabulary.kinds(), "entities")
    if what in nodes:
        return nodes[what], row
    if what == "EVIDENCED_BY":
        return "evidence", row | {"claim": ends[0], "document": ends[1]}
    if what == "MAYBE_SAME":
        return "same", row | {"left": ends[0], "right": ends[1]}
    return "edges", row | {"subject": ends[0], "predicate": what.lower(), "object": ends[1]}


def _read_csv(path: Path) -> Iterator[tuple[list[str], Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.reader(file)
        header = [column.rsplit(":", 1) for column in next(table)]
        for cells in table:
            named = [(n, t, c) for (n, t), c in zip(header, cells, strict=True)]
            ends = [c for n, t, c in named if not n]
            yield ends, {n: _value(t, c) for n, t, c in named if n and c}


def _value(type: str, cell: str) -> Any:
    casts = {
        "long": int,
        "double": float,
        "boolean": lambda c: c == "true",
        "string[]": lambda c: c.split(ARRAY),
    }
    return casts.get(type, str)(cell)  # type: ignore[operator]


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


def _without(row: Row, *keys: str) -> Row:
    return {k: v for k, v in row.items() if k not in keys}
