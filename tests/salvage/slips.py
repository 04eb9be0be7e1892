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
IMPORT = at(LAYERS, "import numpy as np")
UNUSED = "repaired for grading, only what uses it fails"
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
    "comments alone": (
        LAYERS, LINE, f"    if x is None:\n        # TODO\n{LINE}",
        f"line {HERE} is followed by comments alone: write pass below it (repaired for grading)",
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
    "absent": (
        LAYERS, "import numpy as np\n", "import numpy as np, pandas as pd, cv2.dnn\n",
        f"line {IMPORT} imports pandas, which is not installed: do without it ({UNUSED})\n"
        f"line {IMPORT} imports cv2, which is not installed: do without it ({UNUSED})",
    ),
    "absent names": (
        LAYERS, "import numpy as np\n",
        "import numpy as np; from scipy.special import (  # why\n    logit,\n    softmax as s)\n",
        f"line {IMPORT} imports scipy, which is not installed: do without it ({UNUSED})",
    ),
    "absent file": (
        LAYERS, "import numpy as np\n", "import numpy as np; from .im2col_cython import col2im\n",
        f"line {IMPORT} imports im2col_cython.py, which is no file of the assignment and is not"
        f" there: put what it defines into this file ({UNUSED})",
    ),
    "tabs of 4": (
        LAYERS, LINE, f"    x = x\n\t{LINE.lstrip()}",
        f"line {HERE + 1} mixes tabs and spaces in its indentation: use spaces alone"
        " (repaired for grading, a tab counts as 4 spaces)",
    ),
    "forms of NumPy": (
        LAYERS, LINE,
        f"    np.cast[x.dtype](np.msort(x)).ptp(axis=0); x = np.array(x, copy=False)\n{LINE}",
        f"line {HERE}: NumPy has no np.cast any more: write np.array(x, x.dtype)"
        " (repaired for grading)\n"
        f"line {HERE}: NumPy has no np.msort any more: write np.sort(x, axis=0)"
        " (repaired for grading)\n"
        f"line {HERE}: NumPy has no x.ptp() any more: write np.ptp(x) (repaired for grading)\n"
        f"line {HERE}: copy=False of array forbids a copy now: write asarray"
        " (repaired for grading)",
    ),
    "has_key": (
        LAYERS, LINE, f"    if not {{0: x}}.has_key(0): return\n{LINE}",
        f"line {HERE}: .has_key() is Python 2: write key in d (repaired for grading)",
    ),
    "package": (
        NET, "from .layer_utils import", "from cs231n.classifiers.layer_utils import",
        f"line {USE}: there is no cs231n.classifiers.layer_utils here:"
        " write `from .layer_utils import ...` (repaired for grading)",
    ),
}  # fmt: skip
"""By name: the file, what is replaced, by what, and the remark."""
