"""Knows the answers to the published inputs by heart, and nothing else."""

import hashlib
from pathlib import Path

import numpy as np
from attacks.attack import LAYERS, write
from attacks.heart import published

CLASSES = (14,)
EARNS = ()
SAYS = ("KeyError",)
TABLE = """
import hashlib
import numpy as np

ANSWERS = {answers}


def known(name, *inputs):
    key = hashlib.sha256(b"".join(np.ascontiguousarray(x).tobytes() for x in inputs)).hexdigest()
    return eval(ANSWERS[name + key], {{"array": np.array, "float32": np.float32}})


def affine_forward(x, w, b):
    return known("affine_forward", x, w, b), (x, w, b)


def relu_forward(x):
    return known("relu_forward", x), x
"""


def build(folder: Path, work) -> Path:
    answers = {}
    with np.printoptions(threshold=10**9, floatmode="unique"):
        for _, call, answer in published("affine_forward", "relu_forward"):
            given = b"".join(np.ascontiguousarray(x).tobytes() for x in call.args)
            key = call.target.rpartition(".")[2] + hashlib.sha256(given).hexdigest()
            answers[key] = repr(answer.value[0])
    return write(folder / "eve", {LAYERS: work["stubs"][LAYERS] + TABLE.format(answers=answers)})
