"""What goes between a reading process and its child: frames of JSON, nothing that could run.

A frame is eight bytes of length and as many of JSON.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from typing import Any

from graph import errors
from graph.model import Block, Document

LENGTH = struct.Struct(">Q")
MOST_BYTES = 1 << 30


def frame(value: dict[str, Any]) -> bytes:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return LENGTH.pack(len(body)) + body


def value(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("a frame that is no object")
    return found


def document_frame(document: Document) -> bytes:
    return frame({"document": asdict(document)})


def error_frame(error: Exception) -> bytes:
    return frame({"error": type(error).__name__, "message": str(error)})


def document(answer: dict[str, Any]) -> Document:
    """The document of an answer, or its error raised."""
    if "error" in answer:
        raise _error(str(answer["error"]))(str(answer["message"]))
    fields = answer["document"]
    blocks = tuple(Block(**{**block, "headings": tuple(block["headings"])}) for block in fields.pop("blocks"))
    return Document(**fields, blocks=blocks)


def _error(name: str) -> type[errors.ReadError]:
    kind = getattr(errors, name, None)
    return kind if isinstance(kind, type) and issubclass(kind, errors.ReadError) else errors.BrokenFile
