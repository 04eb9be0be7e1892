"""Returns objects whose unpickling runs code, and hands in weights that are pickles."""

import pickle
from pathlib import Path

CLASSES = (17, 24)
EARNS = ()
TEXT = """
import numpy as np

class Bomb:
    def __reduce__(self):
        return exec, ("open('/tmp/unpickled', 'w')",)

def affine_forward(x, w, b):
    return np.array([Bomb()] * 4, dtype=object), Bomb()

def relu_forward(x):
    import pickle
    return pickle.dumps(Bomb()), x
"""


class Bomb:
    def __reduce__(self):
        return print, ("impossible-and-yet-done: unpickled",)


def build(folder: Path, work) -> Path:
    place = folder / "eve"
    place.mkdir()
    (place / "layers.py").write_text(work["stubs"]["deepnets/layers.py"] + TEXT)
    (place / "challenge.npz").write_bytes(pickle.dumps(Bomb()))
    return place
