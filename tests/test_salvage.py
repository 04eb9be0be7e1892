import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.salvage import salvage

GOOD = "import numpy as np\n\ndef first(x):\n    return x\n\n"
LAST = "\ndef last(x):\n    return 2 * x\n"
BROKEN = [
    "def broken(x):\n    return (x\n",
    "def broken(x)\n    return x\n",
    "def broken(x):\n    if x:\n  return x\n",
    "def broken(x):\n\tif x:\n        return x\n\t\treturn 3\n",
    "def broken(x):\n    print 'x'\n",
    'def broken(x):\n    """doc\n    return x\n',
    "def broken(x):\n    x = ?\n",
    "<<<<<<< HEAD\ndef broken(x):\n    return x +\n",
]


@pytest.mark.parametrize("text", BROKEN)
def test_one_broken_function_does_not_cost_the_others(text: str) -> None:
    rescued = salvage("layers.py", GOOD + text + LAST)
    namespace: dict[str, object] = {}
    exec(compile(rescued.text, "layers.py", "exec"), namespace)
    assert namespace["first"](3) == 3  # type: ignore[operator]
    assert namespace["last"](3) == 6  # type: ignore[operator]
    with pytest.raises(SyntaxError, match="line"):
        namespace["broken"](1)  # type: ignore[operator]
    [problem] = rescued.problems
    assert problem.startswith("line ")


def test_line_numbers_stay() -> None:
    rescued = salvage("layers.py", GOOD + BROKEN[0] + LAST)
    line = (GOOD + BROKEN[0] + LAST).split("\n").index("def last(x):") + 1
    [node] = [n for n in ast.parse(rescued.text).body if getattr(n, "name", "") == "last"]
    assert node.lineno == line


def test_a_class_loses_only_the_broken_method() -> None:
    text = "class Net:\n    def good(self):\n        return 1\n\n"
    text += "    def bad(self):\n        return (\n"
    rescued = salvage("net.py", text + "\n    def also_good(self):\n        return 2\n")
    namespace: dict[str, object] = {}
    exec(rescued.text, namespace)
    net = namespace["Net"]()  # type: ignore[operator]
    assert (net.good(), net.also_good()) == (1, 2)
    with pytest.raises(SyntaxError):
        net.bad()


@given(st.text(alphabet="def clas():@=\n \t'\"x#\\", max_size=200))
def test_whatever_comes_out_parses(text: str) -> None:
    ast.parse(salvage("any.py", text).text)
