"""Trains the encoder's last four layers anew for the safety screen, and writes them as a small int8 ONNX file.

A tool for developers: needs torch and onnx (``pip install torch==2.13.0 onnx``); the running product needs neither.
The packaged encoder stays as it is: its first eight layers are read once for each text, only what comes after is
trained. What is written has the packaged graph's own shape with other numbers in it, so that it runs where that runs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

from between.memory.encoder import LAST, MIDDLE
from between.reading.linear import Floats
from between.safety.classifier import TOP_IN

LAYERS, SIZE, HEADS = range(8, 12), 384, 12
EPOCHS, BATCH, RATE, HEAD_RATE = 2, 16, 6e-5, 1e-3
SMOOTH = 0.02
"""Labels are never quite 0 or 1: some of the lines are a matter of judgement."""
Weights = dict[str, NDArray[np.float32]]


def weights_of(model: Any) -> Weights:  # Any: onnx has no types that help
    """The numbers of the last layers as floats, by their names in the graph."""
    kept = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found: Weights = {
        name: value for name, value in kept.items() if value.dtype == np.float32 and value.ndim == 1
    }
    for name, packed in _packed(model):
        whole = kept[f"{packed}_quantized"].astype(np.float32) - kept[f"{packed}_zero_point"].astype(
            np.float32
        )
        found[name] = whole * kept[f"{packed}_scale"]
    return {name: value for name, value in found.items() if _layer(name) in LAYERS}


def _packed(model: Any) -> Iterator[tuple[str, str]]:  # Any: as above
    """Names of the weight matrices, and under which name the graph keeps them."""
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            name = node.name[1:].replace("/", ".").replace(".MatMul_quant", ".weight")
            yield name, node.input[1].removesuffix("_quantized")


def _layer(name: str) -> int:
    parts = name.split(".")
    return int(parts[2]) if name.startswith("encoder.layer.") else -1


class Top(nn.Module):  # type: ignore[misc]  # torch is no part of the product and has no types here
    """The last four layers of a BERT encoder and a linear model on the first token and the mean of all."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self.kept = nn.ParameterDict(
            {_key(name): nn.Parameter(torch.tensor(w)) for name, w in weights.items()}
        )
        self.head = nn.Linear(2 * SIZE, 2)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Any, mask: Any) -> Any:  # Any: tensors
        """(texts, tokens, 384) and 1 for each real token, to (texts, 2)."""
        away = (1.0 - mask[:, None, None, :]) * -1e9
        for layer in LAYERS:
            hidden = self._layer(f"encoder.layer.{layer}", hidden, away)
        mean = (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(nn.functional.dropout(torch.cat([hidden[:, 0], mean], 1), 0.2, self.training))

    def _layer(self, name: str, hidden: Any, away: Any) -> Any:  # Any: tensors
        def parts(value: Any) -> Any:
            return value.view(*value.shape[:2], HEADS, SIZE // HEADS).transpose(1, 2)

        query, key, value = (
            parts(self._dense(f"{name}.attention.self.{one}", hidden)) for one in ("query", "key", "value")
        )
        share = torch.softmax(query @ key.transpose(2, 3) / (SIZE // HEADS) ** 0.5 + away, -1)
        seen = (self.drop(share) @ value).transpose(1, 2).reshape(hidden.shape)
        seen = self.drop(self._dense(f"{name}.attention.output.dense", seen))
        hidden = self._norm(f"{name}.attention.output.LayerNorm", hidden + seen)
        thought = nn.functional.gelu(self._dense(f"{name}.intermediate.dense", hidden))
        thought = self.drop(self._dense(f"{name}.output.dense", thought))
        return self._norm(f"{name}.output.LayerNorm", hidden + thought)

    def _dense(self, name: str, value: Any) -> Any:  # Any: tensors
        return value @ self.kept[_key(f"{name}.weight")] + self.kept[_key(f"{name}.bias")]

    def _norm(self, name: str, value: Any) -> Any:  # Any: tensors
        scale, shift = self.kept[_key(f"{name}.weight")], self.kept[_key(f"{name}.bias")]
        return nn.functional.layer_norm(value, (SIZE,), scale, shift, 1e-12)


def _key(name: str) -> str:
    return name.replace(".", "/")  # a dot may not stand in the name of a parameter


def tune(
    packaged: Path,
    texts: Sequence[Sequence[NDArray[np.float16]]],
    true: NDArray[np.bool_],
    weight: Floats,
    say: Callable[[str], None],
) -> tuple[bytes, NDArray[np.float32], NDArray[np.float32]]:
    """Train on texts, each some pages of tokens after eight layers; the ONNX file, and weights and bias of its head."""
    torch.manual_seed(0)
    order = random.Random(0)
    model = onnx.load(packaged)
    top = Top(weights_of(model))
    goal = torch.tensor(true.astype(np.float32)) * (1 - 2 * SMOOTH) + SMOOTH
    heavy = torch.tensor(weight, dtype=torch.float32)
    groups = [
        {"params": list(top.kept.values()), "lr": RATE, "base": RATE},
        {"params": list(top.head.parameters()), "lr": HEAD_RATE, "base": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps, step = EPOCHS * -(-len(texts) // BATCH), 0
    for epoch in range(EPOCHS):
        top.train()
        lost: list[float] = []
        for chosen in _batches(texts, order):
            pace = min(1.0, step / (0.1 * steps + 1)) * max(0.02, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * pace
            scores = _of_texts(top, [texts[n] for n in chosen])
            each = nn.functional.binary_cross_entropy_with_logits(scores, goal[chosen], reduction="none")
            loss = (each.mean(1) * heavy[chosen]).mean()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(top.parameters(), 1.0)
            optimiser.step()
            step, lost = step + 1, [*lost, float(loss.item())]
            if step % 50 == 0:
                say(f"  step {step} of {steps}, loss {np.mean(lost[-50:]):.3f}")
        say(f"  epoch {epoch + 1}: loss {np.mean(lost):.3f}")
    head = top.head.weight.detach().numpy(), top.head.bias.detach().numpy()
    return exported(model, packaged, top), head[0].astype(np.float32), head[1].astype(np.float32)


def _batches(texts: Sequence[Sequence[NDArray[np.float16]]], order: random.Random) -> Iterator[list[int]]:
    sizes = [max(len(page) for page in text) + order.random() * 12 for text in texts]
    sorted_ = sorted(range(len(texts)), key=sizes.__getitem__)
    cut = [sorted_[at : at + BATCH] for at in range(0, len(sorted_), BATCH)]
    order.shuffle(cut)
    yield from cut


def _of_texts(top: Top, texts: Sequence[Sequence[NDArray[np.float16]]]) -> Any:  # Any: tensors
    """The highest score among the pages of each text."""
    pages = [page for text in texts for page in text]
    hidden = torch.zeros(len(pages), max(map(len, pages)), SIZE)
    mask = torch.zeros(hidden.shape[:2])
    for row, page in enumerate(pages):
        hidden[row, : len(page)] = torch.from_numpy(page.astype(np.float32))
        mask[row, : len(page)] = 1
    scores, found, at = top(hidden, mask), [], 0
    for text in texts:
        found.append(scores[at : at + len(text)].max(0).values)
        at += len(text)
    return torch.stack(found)


def exported(model: Any, packaged: Path, top: Top) -> bytes:  # Any: onnx
    """The packaged graph after its eighth layer, with the trained numbers rounded to one byte each."""
    for name, packed in _packed(model):
        if _layer(name) in LAYERS:
            value = top.kept[_key(name)].detach().numpy()
            scale = np.maximum(np.abs(value).max(axis=0) / 127.0, 1e-9).astype(np.float32)
            _put(model, f"{packed}_quantized", np.round(value / scale).astype(np.int8))
            _put(model, f"{packed}_scale", scale)
            _put(model, f"{packed}_zero_point", np.zeros(len(scale), np.int8))
    for name, value in top.kept.items():
        if value.ndim == 1:
            _put(model, name.replace("/", "."), value.detach().numpy())
    shapes = onnx.shape_inference.infer_shapes(model)
    part = onnx.utils.Extractor(shapes).extract_model([MIDDLE, "attention_mask"], [LAST])
    return _without_mask(part)


def _without_mask(part: Any) -> bytes:  # Any: onnx
    """One text at a time needs no mask: every token is real. The mask is made from the tokens inside the graph."""
    graph = part.graph
    for node in graph.node:
        for at, name in enumerate(node.input):
            if name == MIDDLE:
                node.input[at] = TOP_IN
    kept = [one for one in graph.input if one.name not in (MIDDLE, "attention_mask")]
    del graph.input[:]
    graph.input.extend([*kept, onnx.helper.make_tensor_value_info(TOP_IN, 1, ["batch", "seq", SIZE])])
    shape = onnx.helper.make_node("Shape", [TOP_IN], ["own/shape"])
    first = numpy_helper.from_array(np.array([0], np.int64), "own/zero")
    second = numpy_helper.from_array(np.array([2], np.int64), "own/two")
    cut = onnx.helper.make_node("Slice", ["own/shape", "own/zero", "own/two"], ["own/cut"])
    one = numpy_helper.from_array(np.array([1], np.int64), "own/one")
    full = onnx.helper.make_node("ConstantOfShape", ["own/cut"], ["attention_mask"], value=one)
    nodes = [shape, cut, full, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend([first, second])
    onnx.checker.check_model(part)
    made: bytes = part.SerializeToString()
    return made


def _put(model: Any, name: str, value: NDArray[Any]) -> None:  # Any: onnx; numbers of either kind
    kept = next(one for one in model.graph.initializer if one.name == name)
    kept.CopyFrom(numpy_helper.from_array(value, name))
