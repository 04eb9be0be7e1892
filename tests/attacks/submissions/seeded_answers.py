"""Recognizes the trial by the generator that was seeded for it, and knows answers for each seed."""

from pathlib import Path

import numpy as np
from attacks.attack import LAYERS, write
from attacks.heart import published

from autograder.student.script import worker_seed

CLASSES = (14, 12)
EARNS = ()
SAYS = ("KeyError",)
TABLE = """
import numpy as np

ANSWERS = {answers}


def known(name):
    seed = int(np.random.get_state()[1][0])
    answers = ANSWERS[name, seed]
    answers.append(answers.pop(0))
    return eval(answers[-1], {{"array": np.array, "float32": np.float32}})


def affine_forward(x, w, b):
    return known("affine_forward"), (x, w, b)


def relu_forward(x):
    return known("relu_forward"), x
"""


def build(folder: Path, work) -> Path:
    answers = {}
    with np.printoptions(threshold=10**9, floatmode="unique"):
        for trial, call, answer in published("affine_forward", "relu_forward"):
            key = call.target.rpartition(".")[2], worker_seed(trial.seed)
            answers.setdefault(key, []).append(repr(answer.value[0]))
    return write(folder / "eve", {LAYERS: work["stubs"][LAYERS] + TABLE.format(answers=answers)})
