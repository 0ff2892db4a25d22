"""The encoder below both trained models: word pieces to states.

Its layers are nobody's own: the tagger of names and the model of pairs each go on from these states with layers that were trained
for them, so that what they share ships once.

>>> states(np.array([101, 2054, 102])).shape
(1, 3, 384)
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt


def states(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """The states of a window's pieces: one window, length of ``ids``, width of the encoder."""
    found: npt.NDArray[np.float32] = _lower().run(None, {"ids": ids[None]})[0]
    return found


@cache
def _lower() -> Any:
    return session(files("ingest.models").joinpath("encoder.onnx"))


def session(model: Traversable) -> Any:
    """An ONNX model on one thread: workers share the cores out among documents."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.read_bytes(), options, providers=["CPUExecutionProvider"])
