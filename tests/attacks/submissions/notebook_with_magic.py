"""A notebook whose cells run programs before and beside what is graded."""

from pathlib import Path

from attacks.attack import LAYERS, notebook, write

CLASSES = (33, 24)
EARNS = ()
TASKS = ("affine_forward", "relu_forward", "two_layer_hyperparameters")
SAYS = ("the graded function was called",)
SOURCE = """!echo impossible-and-yet-done: a shell
%load_ext evil
%run {secret}
!cat {secret}
%%writefile deepnets/layers.py
get_ipython().system("echo impossible-and-yet-done: the kernel")
def two_layer_hyperparameters():
    print("the graded function was called", flush=True)
    import os
    return {{"learning_rate": os.system("echo impossible-and-yet-done: a shell in a cell")}}
"""


def build(folder: Path, work) -> Path:
    source = SOURCE.format(secret=folder.parents[1] / "staff" / "solutions.py")
    text = notebook(*[source] * 50)
    names = ("1-FullyConnectedNets.ipynb", "2-Optimizers.ipynb")
    return write(folder / "eve", {**dict.fromkeys(names, text), LAYERS: work["stubs"][LAYERS]})
