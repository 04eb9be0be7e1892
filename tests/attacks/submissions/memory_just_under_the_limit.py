"""Takes nearly all of the memory that it may have, and answers rightly."""

import numpy as np

CLASSES = (22,)
ON = "right"
EARNS = "all"
SAYS = ("no memory is left",)

pile = []
try:
    while True:
        pile.append(np.empty(1 << 21))
except MemoryError:
    print("no memory is left")
    del pile[-3:]
assert len(pile) < 64
