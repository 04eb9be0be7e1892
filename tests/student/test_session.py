"""Loading a submission and calling it, in this process."""

import random
from typing import Any

import numpy as np
import pytest
import torch

from autograder.student.chance import seed_all
from autograder.student.channel import (
    Call,
    Handle,
    Missing,
    NotAttempted,
    Raised,
    StudentError,
    Unusable,
)
from autograder.student.local import LocalChannel
from autograder.student.proxy import RemoteObject, Student

HALF = (
    "@njit\ndef fast():\n    return 1\n\ndata = load()\nx = data['x']\n"
    "def good():\n    return 2\ndef bad():\n    return x\n"
)


def student(**files: str) -> Student:
    texts = {f"net/{name}.py": text for name, text in files.items()}
    return Student(LocalChannel("net", {"net/__init__.py": "", **texts}))


def error(call: Any, *args: Any) -> StudentError:
    with pytest.raises(StudentError) as caught:
        call(*args)
    return caught.value


def test_a_statement_that_fails_costs_only_what_it_defines() -> None:
    half = student(m=HALF)
    assert half.m.good() == 2
    text = str(error(half.m.fast))
    assert "m has no 'fast', because the file stopped with NameError: name 'njit'" in text
    assert text.endswith("(net/m.py, line 1, in <module>: @njit)")
    assert str(error(half.m.absent)) == "m has no 'absent'"
    text = str(error(half.m.bad))
    assert "name 'x' is not defined, because the file stopped with NameError: name 'data'" in text
    assert text.endswith("net/m.py, line 10, in bad: return x")


def test_a_lost_name_does_not_cost_what_is_imported_beside_it() -> None:
    other = "from .m import fast, good as nice, bad; import os, absent, sys\nfrom .m import *\n"
    other += "def f():\n    return nice() if os and sys else fast()\n"
    one = student(m=HALF, other=f"from __future__ import annotations\n{other}def g(x: E): pass\n")
    assert one.other.f() == 2
    assert one.other.g(1) is None
    assert "cannot import name 'fast'" in str(error(one.other.fast))
    assert "No module named 'absent'" in str(error(one.other.absent))


def test_a_name_may_be_lost_with_a_star() -> None:
    one = student(m="from absent import *\ndef f():\n    return g()\n")
    assert "name 'g' is not defined, because the file stopped with ModuleNotFound" in str(
        error(one.m.f)
    )


@pytest.mark.parametrize("line", ["import sys; sys.exit()", "raise SystemExit(3)", "exit()"])
def test_leaving_at_import_stops_only_that_file(line: str) -> None:
    text = f"def good():\n    return 1\n{line}\ndef late(): pass\n"
    one = student(m=text, n="def f():\n    return 3\n")
    assert (one.m.good(), one.n.f()) == (1, 3)
    assert "SystemExit" in str(error(one.m.late))


def test_missing_files_and_functions_are_named() -> None:
    one = student(m="x = 1\n")
    assert isinstance(error(one.absent.f), Missing) and "absent.py" in str(error(one.absent.f))
    assert isinstance(error(one.m.f), Missing) and "m has no 'f'" in str(error(one.m.f))


def test_places_in_a_cell_are_those_of_the_notebook() -> None:
    cell = "import numpy as np\ndef f():\n    return np.ones(2)[3]\n"
    channel = LocalChannel("net", {"cell_f.py": cell, "cell_g.py": "import a\ndef g(:\n"})
    one = Student(channel)
    assert "the cell of f, line 2, in f: return np.ones(2)[3]" in str(error(one.cell_f.f))
    text = str(error(one.cell_g.g))
    assert "SyntaxError: invalid syntax (the cell of g, line 1)" in text and "cell_g" not in text
    assert str(error(one.cell_h.h)) == "there is no cell that defines h"


def test_modules_have_the_names_that_the_student_gave_them() -> None:
    one = student(a="from .absent import f\n", b="from .a import g\n")
    assert "No module named 'net.absent' (net/a.py" in str(error(one.a.f))
    assert "cannot import name 'g' from 'net.a' (net/b.py" in str(error(one.b.g))


@pytest.mark.parametrize(
    ("message", "task"), [("f: replace this", "f"), ("Net.init: replace", "Net.init"), ("", None)]
)
def test_the_released_stub_is_told_from_other_errors(message: str, task: str | None) -> None:
    found = error(student(m=f"def f(): raise NotImplementedError({message!r})").m.f)
    assert isinstance(found, NotAttempted if task else Raised)
    assert getattr(found, "task", None) == task


def test_an_exception_says_where_it_happened() -> None:
    found = error(student(m="def f(x):\n    y = x + 1\n    return y[3]\n").m.f, np.zeros(2))
    assert isinstance(found, Raised) and found.kind == "IndexError"
    assert "net/m.py, line 3, in f: return y[3]" in str(found)


@pytest.mark.parametrize(
    ("use", "advice"),
    [("itemset(0, 1.0)", "x[index] = value"), ("newbyteorder()", "x.view("), ("ptp()", "np.ptp")],
)
def test_what_numpy_has_removed_of_its_arrays_is_named(use: str, advice: str) -> None:
    found = error(student(m=f"def f(x): return x.{use}\n").m.f, np.zeros(2))
    assert f"NumPy 2 has removed it, write {advice}" in str(found)
    text = f"class A: pass\ndef f(): return A().{use}\n"
    assert "NumPy" not in str(error(student(m=text).m.f))


def test_an_exception_that_cannot_be_printed_is_reported() -> None:
    text = "class E(Exception):\n    def __str__(self): return 1 / 0\ndef f(): raise E\n"
    assert "cannot be printed" in str(error(student(m=text).m.f))


def test_an_attribute_that_raises_is_the_students_error() -> None:
    text = (
        "def __getattr__(name):\n    if name == 'f': raise ValueError\n    raise AttributeError\n"
    )
    assert isinstance(error(student(m=text).m.f), Raised)


def test_changed_arguments_are_noticed_and_never_reach_the_caller() -> None:
    text = "def f(x, y, z):\n    x += 1\n    z.shape = (4, 1)\n"
    one, arrays = student(m=text), [np.zeros(3), np.zeros(3), np.zeros((2, 2))]
    one.m.f(*arrays)
    assert one.log[0].changed == (0, 2)
    assert not arrays[0].any() and arrays[2].shape == (2, 2)


def test_writing_what_was_there_before_is_no_change() -> None:
    one = student(m="def f(x):\n    x[0] = x[0]\n")
    one.m.f(np.array([np.nan, 1.0]))
    assert one.log[0].changed == ()


def test_caches_and_nets_stay_and_can_be_passed_back() -> None:
    text = (
        "class Net:\n    def __init__(self): self.params = {'w': 1.0}\n"
        "    def loss(self, k=2): return k * self.params['w']\n"
        "def a_forward(x): return x, {1, 2}\ndef a_backward(cache): return len(cache)\n"
    )
    one = student(m=text)
    net, (_, cache) = one.m.Net(), one.m.a_forward(1.0)
    assert isinstance(net, RemoteObject) and isinstance(cache, RemoteObject)
    assert one.m.a_backward(cache) == 2
    net.update("params", {"w": 5.0})
    assert (net.loss(k=3), net.get("params")) == (15.0, {"w": 5.0})
    assert isinstance(error(net.get, "weights"), Missing)
    assert isinstance(error(net.train), Missing)


def test_an_object_with_a_verify_method_stays_an_object() -> None:
    text = "class Claim:\n    def verify(self, q): return None\ndef f(): return Claim()\n"
    assert isinstance(student(m=text).m.f(), RemoteObject)


@pytest.mark.parametrize("number", [0, 5, 10**6])
def test_unknown_handles_are_refused(number: int) -> None:
    channel = LocalChannel("net", {"net/m.py": "def f(x): return x\n"})
    channel.begin(1)
    with pytest.raises(Unusable, match="unknown handle"):
        channel.invoke(Call("call", "m.f", None, (Handle(number),)))


def test_a_trial_starts_with_seeded_generators_and_no_objects() -> None:
    text = (
        "import numpy as np, random, torch\n"
        "def f():\n"
        "    new = np.random.default_rng().random(), np.random.RandomState().rand()\n"
        "    return [np.random.rand(), random.random(), torch.rand(1).item(), *new]\n"
    )
    channel = LocalChannel("net", {"net/m.py": text})

    def draw(seed: int) -> Any:
        channel.begin(seed)
        return channel.invoke(Call("call", "m.f")).value

    first, again, other = draw(2**63 + 5), draw(2**63 + 5), draw(6)
    assert first == again and not set(first) & set(other)


def test_the_generators_of_the_caller_go_on_as_if_nothing_was_drawn() -> None:
    text = (
        "import random, numpy as np, torch\n"
        "def f():\n"
        "    return [random.random(), torch.rand(1).item(), np.random.default_rng().random()]\n"
    )
    channel = LocalChannel("net", {"net/m.py": text})

    def draws(*, meanwhile: bool) -> list[float]:
        seed_all(3)
        if meanwhile:
            channel.begin(7)
            channel.invoke(Call("call", "m.f"))
        unseeded = np.random.default_rng()
        return [random.random(), np.random.rand(), torch.rand(1).item(), unseeded.random()]  # noqa: NPY002

    assert draws(meanwhile=True) == draws(meanwhile=False)


def test_two_submissions_do_not_meet() -> None:
    first, second = student(m="x = []\ndef f(): x.append(1); return len(x)\n"), student(m="")
    assert (first.m.f(), first.m.f()) == (1, 2)
    assert isinstance(error(second.m.f), Missing)


def test_absolute_imports_of_the_package_work_too() -> None:
    one = student(a="def f(): return 4\n", b="from .a import *\ndef g(): return f()\n")
    assert one.b.g() == 4


def test_what_is_held_can_be_changed_and_read() -> None:
    one = student(m="def f(x, param):\n    param['sum'] = param.get('sum', 0.0) + x\n")
    mine = {"size": np.ones(2)}
    param = one.hold("param", mine)
    one.m.f(1.5, param)
    one.m.f(2.0, param)
    assert param.read("param")["sum"] == 3.5
    assert mine.keys() == {"size"} and mine["size"] is not param.read("param")["size"]
