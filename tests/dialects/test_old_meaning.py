"""Whole numbers divided as Python 2 did, and lists where it had some."""

from typing import Any

import numpy as np
import pytest

from autograder.dialects.old_meaning import OLD, as_in_python2
from autograder.dialects.python2 import exact_quotient, quotient, quotient_in_place

# What a line leaves in `x`: in Python 2, and where nothing shows which Python it is for.
LINES = {
    "x = 7 / 2": (3, 3.5),
    "x = -7 / 2": (-4, -3.5),
    "x = 6 / a": (3, 3),
    "x = b / a": (2, 2.5),
    "x = b / a / 2": (1, 1.25),
    "x = 1 + (b - 1) / (a)  # not / this": (3, 3),
    "x = (b # / one\n  / # / two\n  a)": (2, 2.5),
    "x = b \\\n  / a": (2, 2.5),
    "x = [b / a, 'b / a', b // a][0]": (2, 2.5),
    "x = b / 2.": (2.5, 2.5),
    "x = b\nx /= a": (2, 2.5),
    "x = [b]\nx[0] /= a\nx = x[0]": (2, 2.5),
    "x = {'k': [b]}\nx['k'][0] /= (a)  # /= this\nx = x['k'][0]": (2, 2.5),
    "x = type('C', (), {})\nx.n = b\nx.n /= a\nx = x.n": (2, 2.5),
    "x = np.array([5., 6.])\nx[:1] /= a\nx = x.tolist()": ([2.5, 6.0], [2.5, 6.0]),
    "x = f'{b}' and b / np.int64(2)": (2, 2.5),
    "x = (np.array([5, 6]) / 2).tolist()": ([2, 3], [2.5, 3.0]),
    "x = (np.array([5., 6.]) / 2).tolist()": ([2.5, 3.0], [2.5, 3.0]),
    "x = f'{b / a}', b / a": (("2.5", 2), ("2.5", 2.5)),
    "x = max(b / a, 1)": (2, 2.5),
    "from __future__ import division\nx = b / a": (2.5, 2.5),
}


def run(text: str, *, sure: bool) -> Any:
    names: dict[str, Any] = {"a": 2, "b": 5, "np": np}
    new, _ = as_in_python2(text, sure=sure)
    assert new.count("\n") == text.count("\n")
    exec(new, names)
    return names["x"]


@pytest.mark.parametrize("line", LINES)
def test_quotients_are_those_of_python_2(line: str) -> None:
    sure, doubtful = LINES[line]
    assert (run(line, sure=True), run(line, sure=False)) == (sure, doubtful)
    assert np.asarray(run(line, sure=True)).dtype == np.asarray(sure).dtype


LISTS = {
    "x = map(abs, [-1, b])[1]": 5,
    "x = range(2) + [b]": [0, 1, 5],
    "x = zip([a], [b])[0]": (2, 5),
    "x = filter(None, [0, a]) + {'k': b}.values()": [2, 5],
    "x = {'k': b}.keys()[0]": "k",
    "def f(d):\n    for k, v in d.items():\n        del d[k]\n    return d\nx = f({'k': b})": {},
    "range = len\nx = range([a, b])": 2,
}


@pytest.mark.parametrize("line", LISTS)
def test_lists_are_lists(line: str) -> None:
    assert run(line, sure=True) == LISTS[line]


def test_it_is_told_where_it_is_sure_and_where_it_matters() -> None:
    assert as_in_python2("x = a / b\n", sure=True)[1] == OLD
    assert as_in_python2("x = a / b\n", sure=False)[1] == ""
    assert as_in_python2("x = a // b\n", sure=True) == ("x = a // b\n", "")
    assert as_in_python2("x = range(3)\n", sure=False) == ("x = range(3)\n", "")


def test_an_array_is_divided_where_it_is() -> None:
    x = np.array([5.0, 6.0])
    assert quotient_in_place(x, 2) is x and x.tolist() == [2.5, 3.0]


@pytest.mark.parametrize("divide", [quotient, exact_quotient])
def test_division_by_zero_stays_an_error(divide: Any) -> None:
    with pytest.raises(ZeroDivisionError):
        divide(1, 0)
