"""Is right for as many calls as the published trials make, and wrong in all later ones."""

from collections import Counter
from pathlib import Path

from attacks.attack import LAYERS, write
from attacks.heart import published

CLASSES = (12, 14, 34)
EARNS = ("affine_backward",)
# They are enough for the usual inputs, public and hidden ones, at which it is right.
PARTLY = ("affine_forward", "relu_forward")
SAYS = ("wrong from now on: affine_forward", "wrong from now on: relu_forward")
COUNTING = """
LEFT = {left}


def is_right(name):
    LEFT[name] -= 1
    if LEFT[name] == -1:
        print("wrong from now on:", name, flush=True)
    return LEFT[name] >= 0


def affine_forward(x, w, b):
    out = x.reshape(len(x), w.shape[0]) @ w + b
    return out * is_right("affine_forward"), (x, w, b)


def relu_forward(x):
    return np.maximum(x, 0) * is_right("relu_forward"), x
"""


def build(folder: Path, work) -> Path:
    calls = [call for _, call, _ in published("affine_forward", "relu_forward")]
    left = dict(Counter(call.target.rpartition(".")[2] for call in calls))
    return write(folder / "eve", {LAYERS: work["right"][LAYERS] + COUNTING.format(left=left)})
