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
    "print to a file": (
        LAYERS, LINE, f"{LINE}    if len(x) < 0: print >>x.log, 'out', w\n",
        f"line {HERE + 1} is a Python 2 print statement: write print('out', w, file=x.log)"
        " (repaired for grading)",
    ),
    "xrange": (
        LAYERS, LINE, f"    for i in xrange(1):\n    {LINE}",
        f"line {HERE}: xrange is Python 2: write range (repaired for grading)",
    ),
    "iteritems": (
        LAYERS, LINE, f"    for _, x in {{0: x}}.iteritems():\n    {LINE}",
        f"line {HERE}: .iteritems() is Python 2: write .items() (repaired for grading)",
    ),
    "reduce": (
        LAYERS, LINE, LINE.replace("w.shape[0]", "reduce(int.__mul__, x.shape[1:])"),
        f"line {HERE}: reduce is Python 2: write functools.reduce (repaired for grading)\n"
        "`import functools` is missing: add it at the top (repaired for grading)",
    ),
    "past": (
        LAYERS, "import numpy as np\n", "import numpy as np; from past.builtins import xrange\n",
        f"line {at(LAYERS, 'import numpy')}: `from past.builtins import ...` is Python 2: write"
        " range, str or int (repaired for grading)",
    ),
    "raise": (
        LAYERS, LINE, f"    if x is None: raise E, 'no x, %s' % (\n        w)  # why\n{LINE}",
        f"line {HERE} is Python 2: write raise E('no x, %s' % ( (repaired for grading)",
    ),
    "except": (
        LAYERS, LINE, f"    try:\n    {LINE}    except (KeyError, ValueError), e:\n        raise\n",
        f"line {HERE + 2} is Python 2: write except (KeyError, ValueError) as e:"
        " (repaired for grading)",
    ),
    "backticks": (
        LAYERS, LINE, f"    s = `len(x)` + '`' + `w`\n{LINE}",
        f"line {HERE} is Python 2: write s = repr(len(x)) + '`' + repr(w) (repaired for grading)",
    ),
    "octal": (
        LAYERS, LINE, f"    mode = 0644\n{LINE}",
        f"line {HERE} is Python 2: write 0o644 for 0644 (repaired for grading)",
    ),
    "long": (
        LAYERS, LINE, LINE.replace("[0]", "[0L]"),
        f"line {HERE} is Python 2: write 0 for 0L (repaired for grading)",
    ),
    "unequal": (
        LAYERS, LINE, f"    assert len(x) <> 0\n{LINE}",
        f"line {HERE} is Python 2: write != (repaired for grading)",
    ),
    "magic": (
        LAYERS, LINE, f"    %timeit x @ w\n{LINE}",
        f"line {HERE} is a command for a notebook: delete %timeit x @ w (repaired for grading)",
    ),
    "prompt": (
        LAYERS, "def affine_forward", "In [3]: def affine_forward",
        f"line {TOP} begins with a notebook's prompt: delete In [3]: (repaired for grading)",
    ),
    "prompt within": (
        LAYERS, LINE, f"In [4]: {LINE}",
        f"line {HERE} begins with a notebook's prompt: delete In [4]: (repaired for grading)",
    ),
    "prompt before a name": (
        LAYERS, LINE, f"    In [4]: {LINE.lstrip()}",
        f"line {HERE} begins with a notebook's prompt: delete In [4]: (repaired for grading)",
    ),
    "output": (
        LAYERS, LINE, f"Out[4]: array([[1., 2.],\n       [3., 4.]])\n{LINE}",
        f"line {HERE} begins with a notebook's prompt: delete Out[4]: (repaired for grading)",
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
    "from numpy": (
        LAYERS, LINE, f"    from numpy import (float as f, product,\n        zeros)\n"
        f"    f, zeros\n{LINE.replace('w.shape[0]', 'product(x.shape[1:])')}",
        f"line {HERE}: NumPy has no numpy.float any more: write float (repaired for grading)\n"
        f"line {HERE}: NumPy has no numpy.product any more: write numpy.prod"
        " (repaired for grading)",
    ),
    "numpy's math": (
        LAYERS, LINE, LINE.replace("len(x)", "np.math.floor(len(x))"),
        f"line {HERE}: NumPy has no np.math any more: write math (repaired for grading)\n"
        "`import math` is missing: add it at the top (repaired for grading)",
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
