"""The pair model: one encoder pass over a window with its mentions marked, then a judgement of every pair.

Needs torch and transformers, which never ship. The states of the encoder's lower layers are computed once.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from transformers import BertModel

from graph import vocabulary
from ingest.evaluation import core_pairs
from ingest.extract import pairs
from ingest.training.encoder import FROZEN, Lower, load_bert, through, write_int8
from ingest.training.relations_labels import Labels

WIDTH = 192
BATCH_PIECES = 2048
UPPER_RATE, NEW_RATE = 2.5e-4, 1e-3
DROPPED = 0.06  # share of the mentions that are hidden in a pass, as a tagger would miss them
POSITIVE = 1.5
STATUS_SHARE = 0.5
CORE_SHARE = 1.0


# Logits of directions, of statuses and of CORE's classes, by pair.
Judged = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(slots=True)
class Example:
    """A window with its lower states and what is true of its pairs; of CORE's, which of its classes (else -1)."""

    states: torch.Tensor
    marks: torch.Tensor
    spans: torch.Tensor
    traits: torch.Tensor
    allowed: torch.Tensor
    directions: torch.Tensor
    status: torch.Tensor
    core: torch.Tensor


class Marked(nn.Module):
    """The trained layers: what is known of the mentions is added to the lower states."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.tables = nn.ModuleList(nn.Embedding(size, width) for size in pairs.MARKS.values())
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.02)
        self.layers = nn.ModuleList(bert.encoder.layer[FROZEN:])

    def forward(
        self, states: torch.Tensor, marks: torch.Tensor, mask: torch.Tensor | None = None
    ) -> torch.Tensor:
        for column, table in enumerate(self.tables):
            states = states + table(marks[..., column])
        return through(self.layers, states, mask)


class Judge(nn.Module):
    """From the states of all pieces and the places of the pairs to logits of directions and statuses."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.first = nn.Linear(2 * hidden, WIDTH)
        self.second = nn.Linear(2 * hidden, WIDTH)
        self.key = nn.Linear(hidden, WIDTH)
        self.value = nn.Linear(hidden, WIDTH)
        self.middle = nn.Linear(hidden, WIDTH)
        self.query = nn.Linear(3 * WIDTH, WIDTH)
        self.tables = nn.ModuleList(nn.Embedding(size, 24) for size in pairs.TRAITS.values())
        size = 5 * WIDTH + 24 * len(pairs.TRAITS)
        self.deep = nn.Sequential(nn.Dropout(0.15), nn.Linear(size, 384), nn.GELU(), nn.Dropout(0.15))
        self.directions = nn.Linear(384, len(pairs.directions()))
        self.status = nn.Linear(384, len(vocabulary.statuses()))
        self.core = nn.Linear(384, len(core_pairs.classes()))
        nn.init.constant_(self.directions.bias, -3.0)

    def forward(self, states: torch.Tensor, spans: torch.Tensor, traits: torch.Tensor) -> Judged:
        a = self.first(torch.cat([states[spans[:, 0]], states[spans[:, 1]]], -1))
        b = self.second(torch.cat([states[spans[:, 2]], states[spans[:, 3]]], -1))
        query = self.query(torch.cat([a, b, a * b], -1))
        weights = query @ self.key(states).T / WIDTH**0.5
        place = torch.arange(states.shape[0])[None]
        held = self._within(place, spans[:, 4], spans[:, 5]) | self._within(place, spans[:, 6], spans[:, 7])
        around = torch.softmax(weights.masked_fill(~held, -1e4), -1) @ self.value(states)
        gap = (self._within(place, spans[:, 1] + 1, spans[:, 2]) & held).float()
        between = self.middle(gap @ states / (gap.sum(-1, keepdim=True) + 1e-3))
        known = [table(traits[:, column]) for column, table in enumerate(self.tables)]
        vector = self.deep(torch.cat([a, b, a * b, around, between, *known], -1))
        return self.directions(vector), self.status(vector), self.core(vector)

    @staticmethod
    def _within(place: torch.Tensor, start: torch.Tensor, end: torch.Tensor) -> torch.Tensor:
        return (place >= start[:, None]) & (place < end[:, None])


class PairModel(nn.Module):
    """Trained layers and judge together."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.marked = Marked(bert)
        self.judge = Judge(bert.config.hidden_size)

    def forward(
        self,
        states: torch.Tensor,
        marks: torch.Tensor,
        spans: torch.Tensor,
        traits: torch.Tensor,
        mask: torch.Tensor | None = None,
    ) -> Judged:
        found: Judged = self.judge(self.marked(states, marks, mask).flatten(0, 1), spans, traits)
        return found


class Together(nn.Module):
    """As they ship: the mean of what several say."""

    def __init__(self, models: Sequence[PairModel]) -> None:
        super().__init__()
        self.models = nn.ModuleList(models)

    def forward(
        self, states: torch.Tensor, marks: torch.Tensor, spans: torch.Tensor, traits: torch.Tensor
    ) -> Judged:
        said = [model(states, marks, spans, traits) for model in self.models]
        directions, status, core = (torch.stack(part).mean(0) for part in zip(*said, strict=True))
        return directions, status, core


@torch.no_grad()
def example(window: pairs.Window, labels: Labels, lower: Lower) -> Example:
    states = lower(torch.from_numpy(window.ids)[None])[0].half()
    allowed = np.array([pairs.allowed(p.first.kind, p.second.kind) for p in window.pairs])
    return Example(
        states,
        torch.from_numpy(window.marks),
        torch.from_numpy(window.spans),
        torch.from_numpy(window.traits),
        torch.from_numpy(allowed),
        torch.from_numpy(labels.directions.astype(np.int64)),
        torch.from_numpy(labels.status),
        torch.full((len(window.pairs),), -1),
    )


@torch.no_grad()
def core_example(window: pairs.Window, number: int, lower: Lower) -> Example:
    """A window with one pair of CORE, of which only its class is judged."""
    states = lower(torch.from_numpy(window.ids)[None])[0].half()
    silent = torch.zeros((1, len(pairs.directions())), dtype=torch.long)
    return Example(
        states,
        torch.from_numpy(window.marks),
        torch.from_numpy(window.spans),
        torch.from_numpy(window.traits),
        silent.bool(),
        silent,
        torch.full((1,), -1),
        torch.full((1,), number),
    )


@dataclass(slots=True)
class Batch:
    states: torch.Tensor
    marks: torch.Tensor
    mask: torch.Tensor
    spans: torch.Tensor
    traits: torch.Tensor
    allowed: torch.Tensor
    directions: torch.Tensor
    status: torch.Tensor
    core: torch.Tensor


def collate(rows: Sequence[Example], draw: torch.Generator | None) -> Batch:
    longest = max(len(row.marks) for row in rows)
    states = torch.zeros(len(rows), longest, rows[0].states.shape[-1])
    marks = torch.zeros(len(rows), longest, len(pairs.MARKS), dtype=torch.long)
    mask = torch.zeros(len(rows), 1, 1, longest)
    spans, allowed = [], []
    for at, row in enumerate(rows):
        size = len(row.marks)
        hidden = _hidden(row, draw)
        states[at, :size] = row.states.float()
        marks[at, :size] = row.marks * ~hidden[:, None]
        mask[at, ..., size:] = -1e4
        spans.append(row.spans + at * longest)
        seen = ~(hidden[row.spans[:, 0]] | hidden[row.spans[:, 2]])
        allowed.append(row.allowed & seen[:, None])
    return Batch(
        states,
        marks,
        mask,
        torch.cat(spans),
        torch.cat([r.traits for r in rows]),
        torch.cat(allowed),
        torch.cat([r.directions for r in rows]),
        torch.cat([r.status for r in rows]),
        torch.cat([r.core for r in rows]),
    )


def _hidden(row: Example, draw: torch.Generator | None) -> torch.Tensor:
    """Pieces of the mentions that this pass does not mark."""
    if draw is None:
        return torch.zeros(len(row.marks), dtype=torch.bool)
    begins = row.marks[:, 0] % 2 == 1
    number = begins.cumsum(0)
    lost = torch.rand(int(number[-1]) + 1, generator=draw) < DROPPED
    hidden: torch.Tensor = lost[number] & (row.marks[:, 0] > 0)
    return hidden


def loss_of(model: PairModel, batch: Batch) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits, status, core = model(batch.states, batch.marks, batch.spans, batch.traits, batch.mask)
    logits, status, core = logits.float(), status.float(), core.float()
    judged = batch.allowed & (batch.directions >= 0)
    target = batch.directions.clamp(min=0).float()
    each = functional.binary_cross_entropy_with_logits(
        logits, target, reduction="none", pos_weight=torch.tensor(POSITIVE)
    )
    loss = (each * judged).sum() / max(1, len(target))
    told = (batch.status >= 0) & (batch.allowed & (batch.directions > 0)).any(-1)
    if told.any():
        loss = loss + STATUS_SHARE * functional.cross_entropy(
            status[told], batch.status[told], reduction="sum"
        ) / max(1, len(target))
    classed = batch.core >= 0
    if classed.any():
        loss = loss + CORE_SHARE * functional.cross_entropy(
            core[classed], batch.core[classed], reduction="sum", label_smoothing=0.05
        ) / max(1, len(target))
    return loss


def batches(rows: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """Windows of near lengths together, batches in random order."""
    shuffled = sorted(rows, key=lambda row: len(row.marks) + order.random() * 24)
    found: list[list[Example]] = [[]]
    for row in shuffled:
        if found[-1] and (len(found[-1]) + 1) * len(row.marks) > BATCH_PIECES:
            found.append([])
        found[-1].append(row)
    order.shuffle(found)
    return found


def train(
    sets: Sequence[Sequence[Example]],
    extra: Sequence[Example],
    *,
    seed: int,
    epochs: int,
    begin: Path | None = None,
) -> PairModel:
    """The sets by turns, the first of them last; of the extra ones another half in each epoch; from a saved state or from the encoder's."""
    torch.manual_seed(seed)
    order, draw = random.Random(seed), torch.Generator().manual_seed(seed)
    model = PairModel(load_bert()).train()
    if begin is not None:
        model.load_state_dict(torch.load(begin))
    upper = list(model.marked.layers.parameters())
    new = [*model.marked.tables.parameters(), *model.judge.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": upper, "lr": UPPER_RATE}, {"params": new, "lr": NEW_RATE}], weight_decay=0.01
    )
    plan = [
        b
        for e in range(epochs)
        for b in batches([*sets[(epochs - 1 - e) % len(sets)], *extra[e % 2 :: 2]], order)
    ]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(plan)))
    begun, running = time.time(), 0.0
    for step, rows_now in enumerate(plan, 1):
        loss = loss_of(model, collate(rows_now, draw))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        running += loss.item()
        if step % 50 == 0:
            print(f"step {step}/{len(plan)} loss {running / 50:.4f} {time.time() - begun:.0f}s", flush=True)
            running = 0.0
    return model.eval()


def _rate(step: int, total: int) -> float:
    warm = max(1, total // 12)
    return min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))


def save(model: PairModel, target: Path) -> None:
    """Keep the state, for a further course or for what ships."""
    torch.save(model.state_dict(), target)


def load(state: Path) -> PairModel:
    model = PairModel(load_bert())
    model.load_state_dict(torch.load(state))
    return model.eval()


def export(models: Sequence[PairModel], target: Path) -> None:
    """Write the int8 ONNX model: from the encoder's lower states, marks and pairs to what the models say, in the mean."""
    states = torch.zeros(1, 12, models[0].judge.key.in_features)
    marks = torch.zeros(1, 12, len(pairs.MARKS), dtype=torch.long)
    spans = torch.tensor([[1, 2, 4, 5, 0, 12, 0, 12]] * 3)
    traits = torch.zeros(3, len(pairs.TRAITS), dtype=torch.long)
    outputs = ["directions", "status", "core"]
    axes = {"states": {1: "length"}, "marks": {1: "length"}}
    axes |= {name: {0: "pairs"} for name in ("spans", "traits", *outputs)}
    write_int8(
        Together(models),
        (states, marks, spans, traits),
        target,
        inputs=["states", "marks", "spans", "traits"],
        outputs=outputs,
        axes=axes,
    )
