"""Train the linear models of wording: which direction a pair's words claim, and which status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from graph import vocabulary
from ingest.evaluation.gold import document_of
from ingest.extract import pairs, phrasing
from ingest.training import data, relations_labels

RAREST = 3


def train(documents: Iterable[data.Annotated], corpus: Path, folder: Path) -> None:
    """Write both models into the folder."""
    rows, marks, statuses, weights = collect(documents, corpus)
    index, table = counted(rows)
    _save(folder / "relations-directions.npz", index, *_directions(table, np.array(marks), np.array(weights)))
    told = np.flatnonzero(np.array(statuses) >= 0)
    plain = [[w for w in rows[n] if not w.startswith(("mk:", "all:", "kinds:", "roles:"))] for n in told]
    index, table = counted(plain)
    _save(folder / "relations-status.npz", index, *_status(table, np.array(statuses)[told]))


def collect(
    documents: Iterable[data.Annotated], corpus: Path
) -> tuple[list[list[str]], list[npt.NDArray[np.int8]], list[int], list[float]]:
    """Phrases, marks of directions, status and weight of every candidate pair."""
    rows: list[list[str]] = []
    marks: list[npt.NDArray[np.int8]] = []
    statuses: list[int] = []
    weights: list[float] = []
    for gold in documents:
        reading = pairs.read(document_of(gold), relations_labels.seen_mentions(gold, noise=True))
        _add(
            reading,
            relations_labels.labels(gold, reading, reading.pairs),
            2.0 if data.is_written(gold.id) else 1.0,
            rows,
            marks,
            statuses,
            weights,
        )
    for row in data.core(corpus):
        read = relations_labels.core_reading(row)
        if read is not None:
            _add(*read, 0.5, rows, marks, statuses, weights)
    return rows, marks, statuses, weights


def _add(
    reading: pairs.Reading,
    labels: relations_labels.Labels,
    weight: float,
    rows: list[list[str]],
    marks: list[npt.NDArray[np.int8]],
    statuses: list[int],
    weights: list[float],
) -> None:
    for n, pair in enumerate(reading.pairs):
        allowed = pairs.allowed(pair.first.kind, pair.second.kind)
        rows.append(phrasing.phrases(reading, pair))
        marks.append(np.where(allowed, labels.directions[n], -1).astype(np.int8))
        statuses.append(int(labels.status[n]))
        weights.append(weight)


def counted(rows: Sequence[Sequence[str]]) -> tuple[list[str], csr_matrix]:
    """The words that occur in enough pairs, and which pair holds which."""
    counts = Counter(w for row in rows for w in set(row))
    words = sorted(w for w, n in counts.items() if n >= RAREST and "\n" not in w)
    index = {w: n for n, w in enumerate(words)}
    held = [[index[w] for w in set(row) if w in index] for row in rows]
    ends = np.cumsum([0, *map(len, held)])
    columns = np.concatenate([np.array(sorted(h), dtype=np.int32) for h in held])
    table = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(rows), len(words)))
    return words, table


def _directions(
    table: csr_matrix, marks: npt.NDArray[np.int8], weights: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """One model a direction, over the pairs whose kinds allow it and whose truth is known."""
    size = len(pairs.directions())
    found, bias = np.zeros((table.shape[1], size), np.float32), np.full(size, -6.0, np.float32)
    for column in range(size):
        judged = np.flatnonzero(marks[:, column] >= 0)
        target = marks[judged, column]
        if target.sum() < 5:
            continue
        fitted = LogisticRegression(C=0.3, solver="liblinear", random_state=0, max_iter=60)
        fitted.fit(table[judged], target, sample_weight=weights[judged])
        found[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    return found, bias


def _status(
    table: csr_matrix, target: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    size = len(vocabulary.statuses())
    found, bias = np.zeros((table.shape[1], size), np.float32), np.zeros(size, np.float32)
    for column in range(size):
        fitted = LogisticRegression(C=0.3, solver="liblinear", random_state=0, max_iter=60)
        fitted.fit(table, target == column)
        found[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    return found, bias


def _save(
    target: Path, words: list[str], weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]
) -> None:
    """Words whose weights are next to nothing are left out."""
    kept = np.flatnonzero(np.abs(weights).max(1) > 0.04)
    packed = np.frombuffer("\n".join(words[n] for n in kept).encode(), dtype=np.uint8)
    np.savez_compressed(target, words=packed, weights=weights[kept].astype(np.float16), bias=bias)
