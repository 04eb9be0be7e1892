"""The staff's two-layer net as one file of UCLA's homework 3: weights have a row for each unit."""

import ast
from collections.abc import Collection, Iterator
from textwrap import indent

from .examples_of import example

PARTS = ("affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss")
HELPERS = """
def affine_relu_forward(x, w, b):
    out, cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(out)
    return out, (cache, relu_cache)


def affine_relu_backward(dout, cache):
    return affine_backward(relu_backward(dout, cache[1]), cache[0])
"""
TURNED = "{name: x.T if name[0] == 'W' else x for name, x in %s.items()}"
NAMES = {
    "input_dim": "input_size",
    "hidden_dim": "hidden_size",
    "num_classes": "output_size",
    "weight_scale": "std",
}


def neural_net(fc_net: str, layers: str) -> str:
    """The net of `fc_net`, with the functions of `layers` that it calls; it trains as the example
    that was written by hand."""
    net = fc_net.partition("class TwoLayerNet:")[2].partition("class FullyConnectedNet:")[0]
    head, _, loss = net.partition("    def loss")
    [by_hand] = example("lena").values()
    methods = [indent(method, "    ") for method in _cut(by_hand, ("train", "predict"))]
    parts = [*_cut(layers, PARTS), HELPERS, f"class TwoLayerNet:{_init(head)}    def loss"]
    return "\n\n".join(["import numpy as np", *parts]) + "\n".join([_loss(loss), *methods])


def _cut(text: str, names: Collection[str]) -> Iterator[str]:
    """The functions and methods of these names."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name in names:
            yield ast.unparse(node)


def _init(text: str) -> str:
    reg, dtype = "        reg: float = 0.0,\n", "        dtype: DTypeLike = np.float64,\n"
    for gone in (
        reg,
        dtype,
        "        seed: int | None = None,\n",
        "        self.reg = float(reg)\n",
    ):
        assert gone in text
        text = text.replace(gone, "")
    for ours, theirs in NAMES.items():
        text = text.replace(ours, theirs)
    text = text.replace("np.dtype(dtype)", "float").replace("default_rng(seed)", "default_rng()")
    return f"{text.rstrip()}\n        self.params = {TURNED % 'self.params'}\n\n"


def _loss(text: str) -> str:
    first = "        X = X.astype(self.dtype)\n"
    told, late = "y: Labels | None = None", "return loss, grads"
    assert all(old in text for old in (first, told, late))
    text = text.replace("self.params", "params").replace("self.reg", "reg")
    text = text.replace(first, f"{first}        params = {TURNED % 'self.params'}\n")
    text = text.replace(told, f"{told}, reg: float = 0.0")
    return text.replace(late, f"return loss, {TURNED % 'grads'}")
