"""What is intact stays: whatever else stands in the file, at the line where it stood."""

import ast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder.assignment import NO_REPAIRS, Repairs
from autograder.salvage.salvage import salvage
from autograder.salvage.syntax import syntax_error, tree_of

from .slips import ASSIGNMENT, LAYERS, NET, SOURCE

GOOD = "import numpy as np\n\ndef first(x):\n    return x\n\n"
LAST = "\ndef last(x):\n    return 2 * x\n"
BROKEN = [
    "def broken(x):\n    return (x\n",
    "def broken(x)\n    return x\n",
    "def broken(x):\n    if x:\n  return x\n",
    'def broken(x):\n    """doc\n    return x\n',
    "def broken(x):\n    x = ?\n",
    "def broken(x):\n    return x +\n# a remark at the margin\n",
    "def broken(x):\nreturn x\n    y = 3\n",
    "@staticmethod\ndef broken(x):\n    return (\n",
    "async def broken(x):\n    return (\n",
    "class broken:\n    ?\n",
]


def told(text: str, repairs: Repairs = ASSIGNMENT.repairs) -> list[str]:
    return [str(remark) for remark in salvage(ASSIGNMENT, LAYERS, text, repairs).remarks]


def run(text: str) -> dict[str, object]:
    namespace: dict[str, object] = {}
    exec(compile(salvage(ASSIGNMENT, LAYERS, text, ASSIGNMENT.repairs).text, "", "exec"), namespace)
    return namespace


@pytest.mark.parametrize("text", BROKEN)
def test_one_broken_function_does_not_cost_the_others(text: str) -> None:
    namespace = run(GOOD + text + LAST)
    assert namespace["first"](3) == 3  # type: ignore[operator]
    assert namespace["last"](3) == 6  # type: ignore[operator]
    with pytest.raises(SyntaxError, match=r"deepnets/layers.py, line \d+: "):
        namespace["broken"](1)  # type: ignore[operator]
    [remark] = told(GOOD + text + LAST)
    assert remark.startswith("line ") and remark.endswith("; broken cannot be judged")


def test_every_broken_part_is_told() -> None:
    text = "def one(x):\n    return (\n\n" + LAST + "x = ?\n\ndef two(x):\n    y = x]\n"
    assert told(text) == [
        "line 2: '(' was never closed; one cannot be judged",
        "line 7: invalid syntax; this is left out",
        "line 10: unmatched ']'; two cannot be judged",
    ]


@pytest.mark.parametrize("tail", ["return x\n", "?\n", "(\n", "x = (1,\n"])
def test_lines_at_the_margin_do_not_cost_the_function_above(tail: str) -> None:
    assert run(GOOD + tail + LAST)["first"](3) == 3  # type: ignore[operator]


def test_a_definition_within_a_string_is_none() -> None:
    text = 'def first(x):\n    """\ndef inner(x):\n    ?\nx = 3\n    """\n    return x\n'
    namespace = run(f"{text}\ndef broken(x):\n    return (\n")
    assert namespace["first"](3) == 3 and "inner" not in namespace  # type: ignore[operator]


def test_a_class_loses_only_the_broken_method() -> None:
    text = (
        'class Net:\n    """Attributes:\n    x: 3\n    """\n\n'
        "    def good(self):\n        return 1\n\n"
        "    def bad(self):\n        return (\n\n    def also_good(self):\n        return 2\n"
    )
    net = run(text)["Net"]()  # type: ignore[operator]
    assert (net.good(), net.also_good()) == (1, 2)
    with pytest.raises(SyntaxError, match="line 10"):
        net.bad()


@given(st.text(alphabet="def clas():@=\n \t'\"x#\\%!<>`In[1]", max_size=200))
def test_whatever_comes_out_compiles(text: str) -> None:
    assert syntax_error(salvage(ASSIGNMENT, LAYERS, text, ASSIGNMENT.repairs).text) is None


def functions(text: str) -> dict[str, ast.FunctionDef]:
    """All functions and methods of a text."""
    body = [(node, f"{getattr(node, 'name', '')}.") for node in tree_of(text).body]
    inner = [(m, name) for node, name in body for m in getattr(node, "body", [])]
    outer = [(node, "") for node, _ in body]
    found = [(f"{name}{f.name}", f) for f, name in outer + inner if isinstance(f, ast.FunctionDef)]
    return dict(found)


TEXTS = {file: (SOURCE / file).read_text() for file in (LAYERS, NET)}
BITS = [*"()[]{}'\"\t @?$\\:=,#%!`", '"""', "return", "else:", "print x", "=======", ">>> ", ""]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([LAYERS, NET]), st.data(), st.sampled_from([Repairs(), NO_REPAIRS]))
def test_a_broken_line_costs_no_more_than_its_function(
    file: str, data: st.DataObject, repairs: Repairs
) -> None:
    """Wherever it is in the body, unless it begins a definition at the margin."""
    intact = functions(TEXTS[file])
    name, function = data.draw(st.sampled_from(sorted(intact.items(), key=lambda item: item[0])))
    lines = TEXTS[file].split("\n")
    index = data.draw(st.integers(function.body[0].lineno, function.end_lineno or 0)) - 1
    line, new = lines[index], "".join(data.draw(st.lists(st.sampled_from(BITS), max_size=4)))
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    lines[index] = line[:start] + new + line[end:]
    assume(not lines[index].startswith(("def", "class", "async")))
    left = functions(salvage(ASSIGNMENT, file, "\n".join(lines), repairs).text)
    for other in intact.keys() - {name}:
        assert ast.dump(left[other]) == ast.dump(intact[other])
        assert left[other].lineno == intact[other].lineno
