"""Returns objects whose unpickling runs code, and hands in weights that are pickles."""

from pathlib import Path

import numpy as np
from attacks.attack import LAYERS, notebook, write

CLASSES = (17, 24)
EARNS = ()
TASKS = ("affine_forward", "relu_forward", "build_model")
SAYS = ("returns a bomb", "returns a pickle", "the file of weights cannot be read")
TEXT = """
import numpy as np

class Bomb:
    def __reduce__(self):
        return print, ("impossible-and-yet-done: unpickled",)

def affine_forward(x, w, b):
    print("returns a bomb", flush=True)
    return np.array([Bomb()] * 4, dtype=object), Bomb()

def relu_forward(x):
    import pickle
    print("returns a pickle", flush=True)
    return pickle.dumps(Bomb()), x
"""
CELL = "def build_model():\n    return nn.Linear(3072, 10)"


class Bomb:
    def __reduce__(self):
        return print, ("impossible-and-yet-done: unpickled",)


def build(folder: Path, work) -> Path:
    stubs = work["stubs"][LAYERS]
    place = write(folder / "eve", {LAYERS: stubs + TEXT, "6-PyTorch.ipynb": notebook(CELL)})
    bomb = np.array(Bomb(), dtype=object)
    np.savez(place / "challenge.npz", weight=bomb, bias=bomb)
    return place
