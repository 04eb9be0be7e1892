"""What is mended, what is not, and what is said."""

import math
from collections.abc import Iterable

import numpy as np
import pytest

from autograder.assignment import NO_REPAIRS, Repairs
from autograder.salvage.removed import KEYWORDS, NOW
from autograder.salvage.salvage import TOO_LONG, salvage

from .slips import ASSIGNMENT, LAYERS, NET, REPAIRED, SOURCE
from .test_intact import run, told

KINDS = {
    "python2_print": "def f(x):\n    print x\n",
    "python2": "def f(x):\n    raise ValueError, x\n",
    "notebook_lines": "def f(x):\n    %time x\n    return x\n",
    "merge_conflicts": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> b\n",
    "tabs": "if 1:\n        x = 1\n\ty = 2\n",
    "empty_blocks": "def f(x):\n    if x:\n        # TODO\n    return x\n",
    "missing_imports": "x = np.pi\n",
    "wrong_packages": "from cs231n.layers import *\n",
    "removed_names": "import numpy as np\nx = np.float(3)\n",
}


def mended(text: str, path: str = LAYERS) -> str:
    return salvage(ASSIGNMENT, path, text, ASSIGNMENT.repairs).text


def test_all_kinds_are_tried() -> None:
    """Two need more than one file's text: tests/salvage/test_absent.py, tests/test_notebook.py."""
    assert {*KINDS, "absent_packages", "broken_notebooks"} == Repairs().kinds


@pytest.mark.parametrize("kind", KINDS)
def test_policy_decides_and_the_remark_stays(kind: str) -> None:
    repaired = salvage(ASSIGNMENT, LAYERS, KINDS[kind], Repairs())
    policy = Repairs(**{kind: False})
    left = salvage(ASSIGNMENT, LAYERS, KINDS[kind], policy)
    [remark] = repaired.remarks
    assert remark.kind == kind and str(remark).startswith(f"{remark.text} (repaired for grading")
    assert remark.text in {str(r) for r in left.remarks}
    assert repaired.text != left.text
    assert salvage(ASSIGNMENT, LAYERS, KINDS[kind], NO_REPAIRS).remarks == left.remarks


@pytest.mark.parametrize(("file", "old", "new", "remark"), REPAIRED.values(), ids=REPAIRED)
def test_lines_stay_where_they_are(file: str, old: str, new: str, remark: str) -> None:
    text = (SOURCE / file).read_text().replace(old, new)
    lines = mended(text, file).split("\n")
    same = [line for line in text.split("\n") if line in lines]
    assert len(lines) == text.count("\n") + 1
    assert lines[-40:] == same[-40:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print 'é', 1\n", "print('é', 1)\n"),
        ("print 'a',\n", "print('a',)\n"),
        ("if 1: print 'a %d' % (\n    3); x = 1\n", "if 1: print('a %d' % (\n    3)); x = 1\n"),
        ("if 1:\n    print\n    print x  # hi\n", "if 1:\n    print\n    print(x)  # hi\n"),
    ],
)  # fmt: skip
def test_print_statements(text: str, expected: str) -> None:
    assert mended(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print >>f\n", "print(file=f)\n"),
        ("print >>f, (\n    1,\n    2)\n", "print((\n    1,\n    2), file=f)\n"),
        ("print >>f, 1, \\\n    xrange(2)\n", "print(1, xrange(2), file=f\n)\n"),
        ("x = print\nx >> 3\n",) * 2,
    ],
)  # fmt: skip
def test_print_to_a_file(text: str, expected: str) -> None:
    assert mended(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("raise E, 'a;#,'; x = 1  # b\n", "raise E('a;#,'); x = 1  # b\n"),
        ("raise a.E, f(1, 2) % (\n    3)\n", "raise a.E(f(1, 2) % (\n    3))\n"),
        ("try: x\nexcept E, e: pass\n", "try: x\nexcept E as e: pass\n"),
        ("x = `1`, 'é`', `f(2)`\n", "x = repr(1), 'é`', repr(f(2))\n"),
        ("x = 0777, 0xFFL, 10l, 00L\n", "x = 0o777, 0xFF, 10, 0o0\n"),
        ("x = 1<>2\n", "x = 1!=2\n"),
        ("try: xrange\nexcept NameError: xrange = range\n",) * 2,
        ("class D:\n    def iteritems(self): pass\nD().iteritems()\n",) * 2,
        ("def f(unicode): return unicode\n",) * 2,
        ("'xrange', x.long, long_\n",) * 2,
        ("if not d.has_key(\n    1): pass\n", "if not d.__contains__(\n    1): pass\n"),
        ("class D:\n    def has_key(self): pass\nD().has_key()\n",) * 2,
        ("f'{xrange(2)}{d.iteritems()}'\n", None),
        ("from past.builtins import long, xrange as x\n",
         "from builtins import int as long, range as x\n"),
        ("from past.builtins import cmp\n",) * 2,
        ("from itertools import chain, izip as z\n", "from itertools import chain; z = zip\n"),
        ("from itertools import imap, izip\n", "imap = map; izip = zip\n"),
        ("import itertools\nitertools.izip(x)\n", "import itertools\nzip(x)\n"),
        ("try: from itertools import izip\nexcept ImportError: izip = zip\n",) * 2,
    ],
)  # fmt: skip
def test_python_2(text: str, expected: str | None) -> None:
    assert expected is None or mended(text) == expected


@pytest.mark.parametrize(
    "text", ["raise E, 'a', b\n", "try: x\nexcept E, ValueError: pass\n", "x = 0789\n", "x = `1\n"]
)
def test_what_python_2_did_not_mean(text: str) -> None:
    [remark] = told(text)
    assert remark.endswith("; this is left out")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In [3]: x = 1\n", "x = 1\n"),
        ("In [1]: def f(x):\nIn [1]:     return x\n", "def f(x):\n    return x\n"),
        ("Out[3]: [(1,\n 2)]\nx = 1\n", "\n\nx = 1\n"),
        ("Out[3]:\narray([1,\n  2])\nx = 1\n", "\n\n\nx = 1\n"),
        ("In [ ]:\nx = 1\n", "\nx = 1\n"),
        ("In [1]: def f(x):\n   ...:     return x\n   ...:\n", "def f(x):\n    return x\n\n"),
        ("Out[3]: 7 8\n", "\n"),
        (">>> x = 1\n", "x = 1\n"),
        ("```python\nx = 1\n```\n", "\nx = 1\n\n"),
        ("def f(x):\n    %time x\n!ls\n    return x\n", "def f(x):\n    pass\n\n    return x\n"),
        ('"""\n%time\n```\n<<<<<<< a\n"""\n', '"""\n%time\n```\n<<<<<<< a\n"""\n'),
        ("x = (7\n% 4)\n", "x = (7\n% 4)\n"),
    ],
)
def test_notebook_lines(text: str, expected: str) -> None:
    assert mended(text) == expected


TABBED = "def f(x):\n{0}for i in range(x):\n{1}y = 2 * i\n{2}x += y\n{0}return x\n"


@pytest.mark.parametrize(
    ("indents", "width"),
    [
        (["    ", "        ", "\t"], 8),
        (["    ", "\t", "        "], 8),
        (["    ", "        ", "\t\t"], 4),
        (["  ", "    ", "\t\t"], 2),
        (["   ", "      ", "\t\t"], 3),
    ],
)
def test_a_tab_is_as_wide_as_makes_it_python(indents: list[str], width: int) -> None:
    text = TABBED.format(*indents)
    [remark] = salvage(ASSIGNMENT, LAYERS, text, Repairs()).remarks
    assert remark.repaired and remark.how == f"a tab counts as {width} spaces"
    assert run(text)["f"](3) == 9  # type: ignore[operator]


@pytest.mark.parametrize(
    "indents", [["    ", "        ", "\t   "], ["    ", "         ", "\t       \t"]]
)
def test_tabs_of_no_width_are_not_called_repaired(indents: list[str]) -> None:
    [remark] = told(TABBED.format(*indents))
    assert remark.endswith("; f cannot be judged")


def test_what_is_lost_all_the_same_is_not_called_repaired() -> None:
    text = TABBED.format("    ", "        ", "\t").replace("return x", "return (x")
    mixed, lost = told(text)
    assert "mixes tabs and spaces" in mixed and "repaired" not in mixed
    assert lost.endswith("; f cannot be judged")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("if x:\n    # a\n\n    # b\nelse: y\n", "if x:\n    # a\n\n    pass  # b\nelse: y\n"),
        ("if x:\n    y\nelse:\n    # a\n# b\n", "if x:\n    y\nelse:\n    pass  # a\n# b\n"),
        ("for i in (x,\n  y):\n    # a\nz\n", "for i in (x,\n  y):\n    pass  # a\nz\n"),
        ("try:\n  # a\nexcept E:\n  # b\n", "try:\n  pass  # a\nexcept E:\n  pass  # b\n"),
        ("class A:\n    def f(self):\n        # a\n\n    def g(self): pass\n",
         "class A:\n    def f(self):\n        pass  # a\n\n    def g(self): pass\n"),
    ],
)  # fmt: skip
def test_a_block_of_comments_alone_does_nothing(text: str, expected: str) -> None:
    assert mended(text) == expected


@pytest.mark.parametrize("body", ["return x", "# a\n    return x"])
def test_a_block_that_was_not_indented_is_not_called_empty(body: str) -> None:
    [remark] = told(f"def f(x):\n    if x:\n    {body}\n")
    assert remark.endswith("; f cannot be judged")


CONFLICT = "def f(x):\n<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> b\n    return x\n"


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("    x = 1", "    x = 2", 0),
        ("    x = (", "    x = 2", 1),
        ("    x = 1", "    x = (", 0),
        ("    x = (", "    x = [", 0),
        ("", "    x = 2", 1),
        ('    raise NotImplementedError("f: replace")', "    x = 2", 1),
        ("    x = 1\n||||||| base\n    x = (", "    x = 2", 0),
    ],
)
def test_of_a_conflict_the_side_with_intact_work_is_kept(
    first: str, second: str, kept: int
) -> None:
    text = CONFLICT.format(first, second)
    [remark, *_] = salvage(ASSIGNMENT, LAYERS, text, Repairs()).remarks
    assert remark.how == f"with the {('first', 'second')[kept]} side"
    assert remark.text.startswith(f"lines 2 to {text.count(chr(10)) - 1} are an unresolved merge")


def test_every_conflict_is_decided_alone() -> None:
    one, two = CONFLICT.format("    x = (", "    x = 2"), CONFLICT.format("    x = 1", "    x = (")
    assert run(one + two.replace("f(x)", "g(x)"))["g"](0) == 1  # type: ignore[operator]
    assert [r.split("with ")[1] for r in told(one + two)] == ["the second side)", "the first side)"]


def test_unresolved_conflicts_cost_only_what_they_touch() -> None:
    one, two = "def f(x):\n    return x\n", "\ndef g(x):\n    pass\n"
    text = f"{one}<<<<<<< a\nx = 1\n=======\nx = 2\n>>>>>>> b\n{two}"
    left = salvage(ASSIGNMENT, LAYERS, text, NO_REPAIRS).text
    assert left == f"{one}\nx = 1\n\nx = 2\n\n{two}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from lib.optim import sgd\n", "from .optim import sgd\n"),
        ("from ..layers import *\n", "from .layers import *\n"),
        ("from layers import (  # all\n    relu_forward,\n)\n",
         "from .layers import (  # all\n    relu_forward,\n)\n"),
        ("from cs231n import layers, optim\n", "from . import layers, optim\n"),
        ("from deepnets.classifiers.cnn import *\n", "from .cnn import *\n"),
        ("import lib.layers as L, math\n", "import deepnets.layers as L, math\n"),
        ("import layers\n", "import deepnets.layers as layers\n"),
        ("import lib.layers\n", "import deepnets.layers, deepnets as lib\n"),
    ],
)  # fmt: skip
def test_imports_from_another_package(text: str, expected: str) -> None:
    assert mended(text, NET) == expected


@pytest.mark.parametrize(
    "text",
    [
        "from torch.optim import SGD\n",
        "import torch.optim as optim\n",
        "from deepnets.layers import *\n",
        "import deepnets.layers\n",
        "from deepnets import layers\n",
        "from . import optim\n",
        "from .layers import *\n",
        "from cs231n.vision import *\n",
    ],
)
def test_imports_that_are_left_alone(text: str) -> None:
    assert salvage(ASSIGNMENT, NET, text, Repairs()).remarks == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# hi\nx = np.pi\n", "import numpy as np; # hi\nx = np.pi\n"),
        ('"""Doc."""\n\nx = np.pi\n', '"""Doc."""; import numpy as np\n\nx = np.pi\n'),
        ("from __future__ import division\n\nclass A:\n    x = math.pi\n",
         "from __future__ import division; import math\n\nclass A:\n    x = math.pi\n"),
        ("def f(x):\n    return np.pi\n", "def f(x):\n    return np.pi\n\nimport numpy as np\n"),
        ("def f(x, np):\n    return np.pi\n", "def f(x, np):\n    return np.pi\n"),
        ("def f():\n    return np\ndef g():\n    global np\n    import numpy as np\n",) * 2,
        ("from .layers import *\nx = np.pi\n",) * 2,
        ("x = somebody\n",) * 2,
    ],
)  # fmt: skip
def test_missing_imports(text: str, expected: str) -> None:
    assert mended(text, NET) == expected


def test_what_the_released_file_imports_is_supplied() -> None:
    text = "\nx: Array = softmax_loss, np.pi, conv_forward_fast\n"
    assert told_of(NET, text) == [
        "`import numpy as np` and `from .arrays import Array` and `from .layers import"
        " softmax_loss` is missing: add it at the top (repaired for grading)"
    ]


def told_of(path: str, text: str) -> list[str]:
    return [str(remark) for remark in salvage(ASSIGNMENT, path, text, Repairs()).remarks]


def values(names: Iterable[str]) -> list[object]:
    return [eval(name, {"np": np, "math": math}) for name in names]


def test_the_names_are_gone_and_their_successors_there() -> None:
    assert not [name for name in NOW if name in vars(np)]
    assert None not in values(new.format("np") for new in NOW.values())
    for (function, old), new in KEYWORDS.items():
        getattr(np, function)(np.zeros(1, int), **{new: (1,)})
        with pytest.raises(TypeError, match=old):
            getattr(np, function)(np.zeros(1, int), **{old: (1,)})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import numpy\nx = numpy.product([2]) + numpy.NINF\n",
         "import numpy\nx = numpy.prod([2]) + (-numpy.inf)\n"),
        ("import numpy as N\nx = N.reshape(N.ones(2),\n    newshape=1)\n",
         "import numpy as N\nx = N.reshape(N.ones(2),\n    shape=1)\n"),
        ("from numpy import pi, product\n", "from numpy import pi, prod as product\n"),
        ("from numpy import (float as f,  # f\n    all)\n",
         "from numpy import all; from builtins import float as f\\\n\n"),
        ("from numpy import NINF, math\n",
         "NINF = (-__import__('numpy').inf); import math as math\n"),
        ("import numpy as np\nx = np.math.e\n", "import math; import numpy as np\nx = math.e\n"),
        ("import numpy as np\ny = 'é', np.float\n", "import numpy as np\ny = 'é', float\n"),
        ("import numpy as N\ny = (N.ones(2) + 1).ptp(\n    axis=0).ptp()\n",
         "import numpy as N\ny = N.ptp(N.ptp((N.ones(2) + 1), \n    axis=0))\n"),
        ("import numpy as np\ny = np.cast[(np.int)](np.product(x))\n",
         "import numpy as np\ny = (lambda x, dtype=int: np.array(x, dtype))(np.prod(x))\n"),
        ("import numpy as np\ny = np.linalg.linalg.norm(x)\n",
         "import numpy as np\ny = np.linalg.norm(x)\n"),
        ("import numpy as np\ny = np.array(x.ptp(), copy=False), np.array(x, copy=True)\n",
         "import numpy as np\ny = np.array(np.ptp(x), copy=None), np.array(x, copy=True)\n"),
        ("import numpy as np\ny = np.ptp(x), x.astype(int, copy=False), x.cast[3]\n",) * 2,
        ("class A:\n    def ptp(self): pass\nA().ptp()\n",) * 2,
        ("import numpy as np\nnp.float = float\nx = np.float(3)\n",) * 2,
        ("import numpy as np\nx = np.floats, np.bool_\n",) * 2,
    ],
)  # fmt: skip
def test_removed_names(text: str, expected: str) -> None:
    assert mended(text) == expected


def test_functions_that_are_gone_do_what_they_did() -> None:
    x = np.array([[3, 1], [0, 2]], np.float32)
    text = "import numpy as np\ndef f(x): return {}\n"
    calls = ["np.asfarray(x)", "np.asfarray(x, 'f')", "np.msort(x)", "np.cast[x.dtype](x + 0.5)"]
    single, ordered = x.astype("f8"), np.array([[0, 1], [3, 2]], "f4")
    for call, expected in zip(calls, [single, x, ordered, x + np.float32(0.5)], strict=True):
        got = run(text.format(call))["f"](x)  # type: ignore[operator]
        np.testing.assert_array_equal(got, expected, strict=True)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("def f(x):\n" + "    print x\n" * 1000, "and 31 remarks more"),
        ("def f(:\n" * 4000, "more than 100 places are no Python: nothing of it is judged"),
        ("x = np.float\n" * 4000, "and 3980 remarks more"),
        ("# data\n" * 6000, TOO_LONG),
    ],
    ids=["prints", "functions", "names", "lines"],
)  # fmt: skip
def test_a_flood_of_faults_is_given_up_soon(text: str, last: str) -> None:
    remarks = told(text)
    assert len(remarks) <= 21 and remarks[-1] == last
