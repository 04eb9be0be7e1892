"""A student's code in the real sandbox."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.limits import Limits
from autograder.sandbox.zygote import Zygote
from autograder.student.channel import (
    Call,
    Crashed,
    Handle,
    Missing,
    NotAttempted,
    Raised,
    StudentError,
    TimedOut,
    Unreachable,
    Unusable,
)
from autograder.student.proxy import RemoteObject, Student
from autograder.student.sandboxed import UNEXPLAINED, Clock, SandboxedChannel
from chaos.processes import below

Open = Callable[..., SandboxedChannel]


@pytest.fixture
def start(zygote: Zygote) -> Iterator[Open]:
    channels: list[SandboxedChannel] = []

    def channel(call_seconds: float = 5.0, file_seconds: float = 60.0, **options: Any) -> Any:
        names = ("stand_ins", "answer", "skip", "last")
        chosen = {name: options.pop(name) for name in names if name in options}
        files = {f"net/{name}.py": text for name, text in options.items()}
        clock = Clock(call_seconds, file_seconds)
        channels.append(SandboxedChannel(zygote, "net", files, clock, Limits(), **chosen))
        channels[-1].begin(1)
        return channels[-1]

    yield channel
    for opened in channels:
        opened.close()


def error(channel: SandboxedChannel, target: str, *args: Any) -> StudentError:
    with pytest.raises(StudentError) as caught:
        channel.invoke(Call("call", target, None, args))
    return caught.value


def test_arrays_go_there_and_back_unchanged(start: Open) -> None:
    channel = start(m="def f(*a): return a\n")
    sent = (np.array([np.nan, -0.0, np.inf]), np.zeros((0, 3)), np.array(2.5, "<f4"),
            np.array([True]), np.arange(3, dtype=np.uint8))  # fmt: skip
    got = channel.invoke(Call("call", "m.f", None, sent)).value
    assert [(a.dtype, a.shape, a.tobytes()) for a in got] == [
        (a.dtype, a.shape, a.tobytes()) for a in sent
    ]


def test_errors_keep_their_kind_on_the_way(start: Open) -> None:
    channel = start(
        m="def stub(): raise NotImplementedError('stub: replace')\ndef bad(): return [][1]\n"
        "x = 1 / 0\ndef late(): return 3\n"
    )
    assert isinstance(error(channel, "m.stub"), NotAttempted)
    assert isinstance(error(channel, "m.bad"), Raised)
    assert "ZeroDivisionError" in str(error(channel, "m.x"))
    assert channel.invoke(Call("call", "m.late")).value == 3
    assert isinstance(error(channel, "absent.f"), Missing)


@pytest.mark.parametrize("odd", ["KeyboardInterrupt", "GeneratorExit", "SystemExit", "E"])
def test_what_is_no_exception_ends_no_worker(start: Open, odd: str) -> None:
    channel = start(m=f"class E(BaseException): pass\ndef f(): raise {odd}\n")
    found = error(channel, "m.f")
    assert isinstance(found, Raised) and odd in str(found) and "net/m.py, line 2" in str(found)


def test_changed_arguments_are_reported(start: Open) -> None:
    channel = start(m="def f(x, y): y *= 2\n")
    assert channel.invoke(Call("call", "m.f", None, (np.ones(2), np.ones(2)))).changed == (1,)


def test_objects_stay_with_the_student_until_the_next_trial(start: Open) -> None:
    channel = start(m="class Net:\n    def name(self): return 'net'\n")
    net = Student(channel).m.Net()
    assert isinstance(net, RemoteObject) and net.name() == "net"
    channel.begin(2)
    channel.invoke(Call("call", "m.Net"))
    with pytest.raises(Unusable, match="unknown handle"):
        channel.invoke(Call("call", "name", Handle(1)))


def test_a_dead_worker_is_replaced(start: Open) -> None:
    channel = start(
        m="import os\nn = []\ndef die(): os._exit(0)\n"
        "def f():\n    n.append(1)\n    return len(n)\n"
    )
    assert channel.invoke(Call("call", "m.f")).value == 1
    assert isinstance(error(channel, "m.die"), Crashed)
    assert channel.invoke(Call("call", "m.f")).value == 1
    assert not channel.fatal


def test_an_import_that_kills_is_not_tried_again(start: Open) -> None:
    channel = start(m="import os\nos._exit(1)\n", n="def f(): return 1\n")
    first = error(channel, "m.f")
    begin = time.monotonic()
    assert error(channel, "m.g") is first and time.monotonic() - begin < 0.01
    assert isinstance(first, Crashed) and str(first).startswith("importing m.py: ")
    assert channel.invoke(Call("call", "n.f")).value == 1


def test_an_import_that_hangs_is_stopped(start: Open) -> None:
    channel = start(call_seconds=0.3, m="while True: pass\n")
    assert isinstance(error(channel, "m.f"), TimedOut)
    assert isinstance(channel.fatal["m"], TimedOut)


def test_the_clock_of_a_submission_runs_out(start: Open) -> None:
    channel = start(call_seconds=5, file_seconds=0.4, m="def f():\n    while True: pass\n")
    assert isinstance(error(channel, "m.f"), TimedOut)
    assert str(error(channel, "m.f")) == "the file m.py used all of its 0.4 seconds"


def test_a_slow_file_leaves_the_others_their_time(start: Open) -> None:
    slow = "import time\nclass Net:\n    def f(self): time.sleep(9)\n"
    channel = start(call_seconds=0.4, file_seconds=0.5, m=slow, n="def f(): return 1\n")
    for seed in range(3):
        channel.begin(seed)
        with suppress(StudentError):
            Student(channel).m.Net().f()
    assert "the file m.py used all" in str(error(channel, "m.Net"))
    channel.begin(3)
    Student(channel).hold("param", {"x": 1.0})
    assert channel.invoke(Call("call", "n.f")).value == 1


def test_a_flood_of_output_is_stopped(start: Open) -> None:
    channel = start(m="def f():\n    while True: print('x' * 10000)\n")
    assert "printed more than 1 MiB before it answered" in str(error(channel, "m.f"))


def test_prints_of_one_call_are_not_charged_to_another(start: Open) -> None:
    channel = start(m="def f():\n    print('x' * 300_000)\n    return 1\n")
    assert [channel.invoke(Call("call", "m.f")).value for _ in range(8)] == [1] * 8


def test_some_output_is_no_fault(start: Open) -> None:
    channel = start(m="print('hello')\ndef f():\n    print('x' * 1000)\n    return 1\n")
    assert channel.invoke(Call("call", "m.f")).value == 1


@pytest.mark.parametrize(
    "value",
    ["np.zeros(10**9)", "[0] * 10**9", "'x' * 10**9", "float('nan')", "object()", "10**500"],
)
def test_monstrous_answers_harm_nobody(start: Open, value: str) -> None:
    channel = start(m=f"import numpy as np\ndef f(): return {value}\ndef g(): return 1\n")
    with suppress(StudentError):
        channel.invoke(Call("call", "m.f"))
    assert channel.invoke(Call("call", "m.g")).value == 1


FORGERY = """
from autograder.sandbox import connection
import gc

def f():
    [link] = [x for x in gc.get_objects() if type(x) is connection.Connection]
    link.send({header}, [])
    return 1
"""


@pytest.mark.parametrize(
    "header",
    [
        {}, {"value": None}, {"value": {"h": []}}, {"error": 5},
        {"error": {"kind": {}, "task": []}}, {"value": {"v": 10**300}},
        {"value": {"v": 1}, "changed": 3}, {"ask": "os.system"},
        {"ask": ["m.g"], "args": None}, {"value": {"a": ["<f8", [2**40]]}},
    ],
    ids=str,
)  # fmt: skip
def test_forged_replies_are_the_students_error(start: Open, header: dict[str, Any]) -> None:
    channel = start(m=FORGERY.format(header=header))
    assert "not enough values" not in str(error(channel, "m.f"))


def served(name: str, args: Any, kwargs: Any) -> Any:
    assert name == "lib.double"
    return args[0] * 2 + kwargs.get("plus", 0) + np.zeros(3)


LIB = {"lib": "def double(x): return None\n", "stand_ins": ("lib.double",), "answer": served}


def test_a_stand_in_answers_inside_the_students_code(start: Open) -> None:
    text = "from .lib import double\ndef f(x): return double(x, plus=1) + 0.5\n"
    channel = start(m=text, **LIB)
    got = channel.invoke(Call("call", "m.f", None, (np.arange(3.0),))).value
    assert got.tolist() == [1.5, 3.5, 5.5]


def count(name: str, args: Any, kwargs: Any) -> Any:
    for found in (args[0], kwargs["more"]):
        found["calls"] = found.get("calls", 0) + 1


def test_a_stand_in_may_change_the_dicts_it_is_given(start: Open) -> None:
    text = (
        "from .lib import double\na, b = {}, {'calls': 5, 'x': 1.5}\n"
        "def f():\n    double(a, more=b)\n    double(a, more=b)\n    return a, b\n"
    )
    channel = start(m=text, **{**LIB, "answer": count})
    got = channel.invoke(Call("call", "m.f")).value
    assert got == ({"calls": 2}, {"calls": 7, "x": 1.5})


def test_what_is_held_in_the_worker_can_be_changed_and_read(start: Open) -> None:
    student = Student(start(m="def f(param):\n    param['mean'] += 1\n"))
    param = student.hold("param", {"mean": np.zeros(2)})
    student.m.f(param)
    assert param.read("param")["mean"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("junk", "kind"),
    [("np.zeros(7)", "ValueError"), ("'text'", "ValueError"), ("", "ValueError"),
     ("object()", "TypeError"), ("np.array([None])", "TypeError")],
)  # fmt: skip
def test_junk_arguments_of_a_stand_in_raise_inside(start: Open, junk: str, kind: str) -> None:
    text = (
        "import numpy as np\nfrom .lib import double\ndef f():\n"
        f"    try: double({junk})\n    except Exception as e: return type(e).__name__\n"
    )
    assert start(m=text, **LIB).invoke(Call("call", "m.f")).value == kind


def test_endless_calls_of_a_stand_in_are_stopped(start: Open) -> None:
    text = "from .lib import double\nimport numpy as np\ndef f():\n    while True: double(1.0)\n"
    channel = start(m=text, file_seconds=2.0, **LIB)
    assert isinstance(error(channel, "m.f"), Unusable | TimedOut)


def test_a_skipped_file_holds_its_stand_ins_alone(start: Open) -> None:
    options = {**LIB, "lib": "import os\nos._exit(1)\n"}
    channel = start(m="from .lib import double\ndef f(): return double(1.0)\n",
                    skip=frozenset({"lib"}), **options)  # fmt: skip
    assert channel.invoke(Call("call", "m.f")).value.tolist() == [2, 2, 2]


@pytest.mark.parametrize(("last", "kind"), [(False, Unreachable), (True, Crashed)])
def test_a_worker_that_is_killed_may_have_been_so_by_chance(
    start: Open, zygote: Zygote, last: bool, kind: type[Exception]
) -> None:
    channel = start(m="def f(): return 1\n", last=last)
    for ask in (lambda: channel.invoke(Call("call", "m.f")), channel.stops):
        channel.invoke(Call("call", "m.f"))
        [worker] = [p.pid for p in below(zygote.pid) if p.session != zygote.pid]
        os.kill(worker, signal.SIGKILL)
        if last and ask == channel.stops:
            assert ask() == {}
        else:
            with pytest.raises(kind, match=re.escape(UNEXPLAINED[0])):
                ask()
