"""Decisions of a person, written to judgements.jsonl with who, when and why."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .settings import Settings

if TYPE_CHECKING:
    from ingest.judgements import Judgement


def judge(chosen: Settings, kind: str, left: str, right: str = "", why: str = "") -> Judgement:
    """Write one judgement; a contradiction is refused with its chain."""
    from ingest.judgements import Judgement, append_judgement
    from ingest.records import Workspace

    judgement = Judgement(kind, left, right, who=_who(), when=_now(), why=why)
    return append_judgement(Workspace(chosen.workspace).judgements, judgement)


def _who() -> str:
    try:
        return os.environ.get("ECOMAP_WHO") or getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
