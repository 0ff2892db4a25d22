"""What people decided: ``judgements.jsonl``, append-only, with who, when and why.

A row is never changed; ``undo`` retracts an earlier one by its id. Rows mean the same in any order, so that two
people's files are joined by concatenation.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import JudgementError
from graph.ids import digest

from .names import node_id

PAIR_KINDS = ("same", "different", "unsure")
CLAIM_KINDS = ("accept", "reject")
KINDS = (*PAIR_KINDS, *CLAIM_KINDS, "undo")


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """One decision.

    Attributes:
        kind: same, different, unsure (a pair), accept, reject (a claim), undo (an earlier judgement).
        left, right: entity ids, or names of `entity_kind`; `left` alone is the claim's or the judgement's id.
        when: ISO time.
    """

    kind: str
    left: str
    right: str = ""
    entity_kind: str = ""
    who: str = ""
    when: str = ""
    why: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise JudgementError(f"judgement {self.kind!r}, expected one of {', '.join(KINDS)}")
        if not self.left or (self.kind in PAIR_KINDS) != bool(self.right):
            raise JudgementError(f"{self.kind} needs {'two sides' if self.kind in PAIR_KINDS else 'one id'}")

    @property
    def id(self) -> str:
        """The same decision by the same person at the same time is one judgement, however often it is written."""
        sides = sorted((self.left, self.right)) if self.kind in PAIR_KINDS else [self.left, self.right]
        return "judgement:" + digest(self.kind, *sides, self.entity_kind, self.who, self.when)


def read_judgements(path: Path) -> list[Judgement]:
    """All rows of the file; none where there is no file. A last line cut by a crash is left out."""
    if not path.exists():
        return []
    text = path.read_text("utf-8")
    lines = text.split("\n")
    whole = lines[:-1] if not text.endswith("\n") and not _is_json(lines[-1]) else lines
    return [_parse(line, path, number) for number, line in enumerate(whole, 1) if line.strip()]


def append_judgement(path: Path, judgement: Judgement) -> Judgement:
    """Write one row and make sure that it is on the disk; a contradiction is refused.

    Raises:
        JudgementError: with the chain of judgements that it contradicts.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        check_judgements([*read_judgements(path), judgement])
        row = {k: v for k, v in asdict(judgement).items() if v}
        file.seek(0)
        content = file.read()
        gap = b"" if not content or content.endswith(b"\n") else b"\n"
        if gap and not _is_json(content.rpartition(b"\n")[2].decode("utf-8", "replace")):
            file.truncate(content.rfind(b"\n") + 1)
            gap = b""
        file.seek(0, os.SEEK_END)
        file.write(gap + json.dumps({"id": judgement.id, **row}, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return judgement


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that no undo retracts, each once, in an order of their own.

    Of two decisions on the same claim or pair by undo and again, all that stand count; an undo can be undone.
    """
    known = {j.id: j for j in judgements}
    undone_by: dict[str, list[str]] = defaultdict(list)
    for j in known.values():
        if j.kind == "undo":
            undone_by[j.left].append(j.id)

    def stands(id: str, above: frozenset[str] = frozenset()) -> bool:
        return not any(u not in above and stands(u, above | {id}) for u in undone_by[id])

    return sorted(j for id, j in known.items() if j.kind != "undo" and stands(id))


def check_judgements(judgements: Iterable[Judgement]) -> None:
    """Refuse a = b, b = c, a != c, and a claim that is both accepted and rejected."""
    valid = standing(judgements)
    links: dict[str, set[str]] = defaultdict(set)
    for j in valid:
        if j.kind == "same":
            links[_side(j, j.left)].add(_side(j, j.right))
            links[_side(j, j.right)].add(_side(j, j.left))
    for j in valid:
        if j.kind == "different" and (chain := _chain(links, _side(j, j.left), _side(j, j.right))):
            raise JudgementError(
                f"{j.left} != {j.right} contradicts {' = '.join(chain)}. Undo one of these judgements first."
            )
    accepted = {j.left for j in valid if j.kind == "accept"}
    both = sorted(accepted & {j.left for j in valid if j.kind == "reject"})
    if both:
        raise JudgementError(f"{both[0]} is both accepted and rejected. Undo one of the two first.")


def judged_pairs(judgements: Iterable[Judgement]) -> set[frozenset[str]]:
    """The two ids of each pair that a standing judgement is about."""
    return {frozenset((_side(j, j.left), _side(j, j.right))) for j in standing(judgements) if j.right}


def _side(judgement: Judgement, side: str) -> str:
    """A name with its kind and the id made of it are one side."""
    if not judgement.entity_kind:
        return side
    return node_id(judgement.entity_kind, side)


def _chain(links: dict[str, set[str]], start: str, goal: str) -> list[str]:
    """The shortest chain of same-judgements between two sides, or nothing."""
    if start == goal:
        return []
    queue = deque([[start]])
    seen = {start}
    while queue:
        path = queue.popleft()
        if path[-1] == goal:
            return path
        for near in sorted(links[path[-1]] - seen):
            seen.add(near)
            queue.append([*path, near])
    return []


def _parse(line: str, path: Path, number: int) -> Judgement:
    try:
        row = json.loads(line)
        return Judgement(**{k: v for k, v in row.items() if k != "id"})
    except (ValueError, TypeError, AttributeError, JudgementError) as broken:
        raise JudgementError(f"{path.name}, line {number}: not a judgement ({broken}).") from None


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
