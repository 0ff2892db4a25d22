"""What a database answers, as plain JSON-able values."""

from __future__ import annotations

from typing import Any

from neo4j.graph import Node, Path, Relationship


def plain(value: Any) -> Any:
    if isinstance(value, Node):
        return {"labels": sorted(value.labels), **_properties(value)}
    if isinstance(value, Relationship):
        ends = {"from": _id(value.start_node), "to": _id(value.end_node)}
        return {"type": value.type} | {k: v for k, v in ends.items() if v is not None} | _properties(value)
    if isinstance(value, Path):
        return {"nodes": [plain(n) for n in value.nodes], "edges": [plain(r) for r in value.relationships]}
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.iso_format() if hasattr(value, "iso_format") else str(value)


def _properties(found: Node | Relationship) -> dict[str, Any]:
    return {k: plain(v) for k, v in sorted(found.items()) if not k.startswith("ecomap")}


def _id(node: Node | None) -> Any:
    return None if node is None else node.get("id")
