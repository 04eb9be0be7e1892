"""Right files, and slips to make in their middle."""

from pathlib import Path

from autograder.assignment import Assignment, load_assignment

LAYERS, NET = "deepnets/layers.py", "deepnets/fc_net.py"
LINE = "    out = x.reshape(len(x), w.shape[0]) @ w + b\n"
SOURCE = Path(__file__).parents[2] / "source" / "modular-nets"
ASSIGNMENT: Assignment = load_assignment(SOURCE)


def at(file: str, words: str) -> int:
    """The line where `words` stand."""
    before, found, _ = (SOURCE / file).read_text().partition(words)
    assert found
    return before.count("\n") + 1


HERE, TOP = at(LAYERS, LINE), at(LAYERS, "def affine_forward")
USE = at(NET, "from .layer_utils import")
CONFLICT = (
    f"lines {HERE} to {HERE + 4} are an unresolved merge: keep one side, delete the other and the"
    " marks (repaired for grading, with the {} side)"
)
MERGE = f"<<<<<<< HEAD\n    out = x.reshape(\n=======\n{LINE}>>>>>>> mine\n"
REPAIRED = {
    "print": (
        LAYERS, LINE, f'{LINE}    print "out %s" % out.mean(), w\n',
        f'line {HERE + 1} is a Python 2 print statement: write print("out %s" % out.mean(), w)'
        " (repaired for grading)",
    ),
    "magic": (
        LAYERS, LINE, f"    %timeit x @ w\n{LINE}",
        f"line {HERE} is a command for a notebook: delete %timeit x @ w (repaired for grading)",
    ),
    "prompt": (
        LAYERS, "def affine_forward", "In [3]: def affine_forward",
        f"line {TOP} begins with a notebook's prompt: delete In [3]: (repaired for grading)",
    ),
    "fence": (
        LAYERS, "def affine_forward", "```python\ndef affine_forward",
        f"line {TOP} is a Markdown fence: delete it (repaired for grading)",
    ),
    "merge": (
        LAYERS, LINE, MERGE,
        CONFLICT.format("second"),
    ),
    "tabs": (
        LAYERS, LINE, f"    if True:\n\t{LINE.lstrip()}",
        f"line {HERE + 1} mixes tabs and spaces in its indentation: use spaces alone"
        " (repaired for grading, a tab counts as 8 spaces)",
    ),
    "numpy": (
        LAYERS, LINE, LINE.replace("len(x), w.shape[0]", "-1, np.product(x.shape[1:])"),
        f"line {HERE}: NumPy has no np.product any more: write np.prod (repaired for grading)",
    ),
    "missing": (
        NET, "import numpy as np\n", "",
        "`import numpy as np` is missing: add it at the top (repaired for grading)",
    ),
    "missing names": (
        NET, "from .layer_utils import affine_relu_backward, affine_relu_forward\n", "",
        "`from .layer_utils import affine_relu_backward, affine_relu_forward` is missing:"
        " add it at the top (repaired for grading)",
    ),
    "package": (
        NET, "from .layer_utils import", "from cs231n.classifiers.layer_utils import",
        f"line {USE}: there is no cs231n.classifiers.layer_utils here:"
        " write `from .layer_utils import ...` (repaired for grading)",
    ),
}  # fmt: skip
"""By name: the file, what is replaced, by what, and the remark."""
