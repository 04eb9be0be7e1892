"""A notebook whose cells run programs before and beside what is graded."""

import json
from pathlib import Path

CLASSES = (33, 24)
EARNS = ()
SOURCE = """!echo impossible-and-yet-done > /tmp/magic
%load_ext evil
%run ../../staff/solutions.py
%%writefile deepnets/layers.py
get_ipython().system("true")
def two_layer_hyperparameters():
    return {"learning_rate": __import__("os").system("true")}
"""


def build(folder: Path, work) -> Path:
    place = folder / "eve"
    place.mkdir()
    cell = {"cell_type": "code", "source": SOURCE, "outputs": [], "metadata": {}}
    text = json.dumps({"cells": [cell] * 50, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    for name in ("1-FullyConnectedNets", "2-Optimizers"):
        (place / f"{name}.ipynb").write_text(text)
    (place / "layers.py").write_text(work["stubs"]["deepnets/layers.py"])
    return place
