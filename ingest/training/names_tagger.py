"""Train the name tagger: what is above the encoder's lower layers, whose states are computed once.

Needs torch and transformers, which never ship; everything that looks at text comes from
ingest.extract.tagging, so that training and run time see the same words.
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
from transformers import BertModel

from ingest.extract import tagging
from ingest.training import data
from ingest.training.encoder import FROZEN, Lower, load_bert, through, write_int8

BATCH_PIECES = 2048
UPPER_RATE, NEW_RATE = 3e-4, 1e-3


@dataclass(slots=True)
class Example:
    """One window: states below the trained layers, features, and the tag of each piece (-100 where none)."""

    states: torch.Tensor
    features: torch.Tensor
    tags: torch.Tensor


class Upper(nn.Module):
    """What is trained: what shape says is added to the lower states, five layers, a tag a piece."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        width = bert.config.hidden_size
        self.tables = nn.ModuleList(nn.Embedding(size, width) for size in tagging.FEATURES.values())
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.02)
        self.layers = nn.ModuleList(bert.encoder.layer[FROZEN:])
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(tagging.TAGS))

    def forward(
        self, states: torch.Tensor, features: torch.Tensor, mask: torch.Tensor | None = None
    ) -> torch.Tensor:
        for column, table in enumerate(self.tables):
            states = states + table(features[..., column])
        logits: torch.Tensor = self.head(self.drop(through(self.layers, states, mask)))
        return logits


def word_tags(words: tagging.Words, document: data.Annotated) -> list[int]:
    tags = [0] * len(words)
    first = np.asarray(words.starts)
    for start, end, entity in data.occurrences(document):
        a, b = int(np.searchsorted(first, start)), int(np.searchsorted(first, end))
        if a < b and words.starts[a] == start and words.ends[b - 1] == end:
            kind = 1 + 2 * tagging.KINDS.index(entity.kind)
            tags[a:b] = [kind] + [kind + 1] * (b - a - 1)
    return tags


@torch.no_grad()
def examples(document: data.Annotated, lower: Lower) -> list[Example]:
    lines = tagging.text_lines(document.text)
    words = tagging.read_words(document.text, lines, tagging.tokenizer())
    tags = np.asarray(word_tags(words, document))
    found = []
    for window in tagging.windows(words, lines):
        ids, table = tagging.window_arrays(words, window)
        first = tagging.first_pieces(words, window).astype(bool)
        target = np.full(len(ids), -100)
        owners = np.asarray(words.piece_words[window.first : window.end])
        target[1:-1][first] = tags[owners[first]]
        states = lower(torch.from_numpy(ids)[None])[0].half()
        found.append(Example(states, torch.from_numpy(table), torch.from_numpy(target)))
    return found


def batches(rows: Sequence[Example], order: random.Random) -> list[list[Example]]:
    """Windows of near lengths together, batches in random order."""
    shuffled = sorted(rows, key=lambda row: len(row.tags) + order.random() * 24)
    found: list[list[Example]] = [[]]
    for row in shuffled:
        if found[-1] and (len(found[-1]) + 1) * len(row.tags) > BATCH_PIECES:
            found.append([])
        found[-1].append(row)
    order.shuffle(found)
    return found


def collate(rows: list[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor | None]:
    longest = max(len(row.tags) for row in rows)
    states = torch.zeros(len(rows), longest, rows[0].states.shape[-1])
    table = torch.zeros(len(rows), longest, len(tagging.FEATURES), dtype=torch.long)
    tags = torch.full((len(rows), longest), -100)
    mask = torch.zeros(len(rows), 1, 1, longest)
    for at, row in enumerate(rows):
        size = len(row.tags)
        states[at, :size], table[at, :size], tags[at, :size] = row.states.float(), row.features, row.tags
        mask[at, ..., size:] = -1e4
    return states, table, tags, mask


def train(rows: Sequence[Example], seed: int, epochs: int, begin: Path | None = None) -> Upper:
    """From the encoder's weights, or from a saved state."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = Upper(load_bert()).train()
    if begin is not None:
        model.load_state_dict(torch.load(begin))
    new = [*model.tables.parameters(), *model.head.parameters()]
    groups = [{"params": list(model.layers.parameters()), "lr": UPPER_RATE}, {"params": new, "lr": NEW_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    plan = [batch for _ in range(epochs) for batch in batches(rows, order)]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(plan)))
    loss_of = nn.CrossEntropyLoss(ignore_index=-100)
    begun, running = time.time(), 0.0
    for step, batch in enumerate(plan, 1):
        states, table, tags, mask = collate(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(states, table, mask)
        loss = loss_of(logits.float().flatten(0, 1), tags.flatten())
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
    warm = max(1, total // 15)
    return min((step + 1) / warm, max(0.02, (total - step) / (total - warm)))


def export(upper: Upper, target: Path) -> None:
    """Write the int8 ONNX model: from the encoder's lower states and the features to logits of the tags."""
    states = torch.zeros(1, 8, upper.head.in_features)
    table = torch.zeros(1, 8, len(tagging.FEATURES), dtype=torch.long)
    axes = {"states": {0: "batch", 1: "length"}, "features": {0: "batch", 1: "length"}}
    write_int8(upper, (states, table), target, inputs=["states", "features"], outputs=["logits"], axes=axes)
