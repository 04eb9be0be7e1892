"""Answers given ahead of the questions are those that the questions would have got."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sandbox.limits import Limits
from autograder.sandbox.tiers import probe
from autograder.sandbox.zygote import Zygote
from autograder.student.channel import (
    Call,
    Crashed,
    Missing,
    Raised,
    StudentError,
    TimedOut,
    Unreachable,
)
from autograder.student.proxy import Student
from autograder.student.sandboxed import Clock, SandboxedChannel
from autograder.student.script import Paper, Script, Slot, Step

Open = Callable[[str, Paper], SandboxedChannel]
COUNT = "import numpy as np\ncalls = 0\ndef f(x):\n    global calls; calls += 1\n"
F, G = Call("call", "m.f", None, (np.arange(3.0),)), Call("call", "m.g", None, (None,))


@pytest.fixture
def start(zygote: Zygote) -> Iterator[Open]:
    channels: list[SandboxedChannel] = []

    def channel(text: str, paper: Paper) -> SandboxedChannel:
        files, clock = {"net/m.py": text}, Clock(5.0, 60.0)
        channels.append(SandboxedChannel(zygote, "net", files, clock, Limits(), paper=paper))
        return channels[-1]

    yield channel
    for opened in channels:
        opened.close()


def paper(*steps: Step, seeds: int = 3) -> Paper:
    return Paper(tuple(Script(seed, steps) for seed in range(seeds)))


def result(channel: SandboxedChannel, call: Call) -> Any:
    try:
        return channel.invoke(call).value
    except StudentError as error:
        return type(error)


def test_answers_come_without_asking_again(start: Open) -> None:
    channel = start(COUNT + "    return calls\n", paper(Step(F)))
    got = []
    for seed in range(3):
        channel.begin(seed)
        got.append(result(channel, F))
    assert got == [1, 2, 3]


def test_a_trial_left_out_is_passed_over(start: Open) -> None:
    channel = start(COUNT + "    return calls\n", paper(Step(F)))
    channel.begin(2)
    assert result(channel, F) == 3


def test_an_earlier_answer_never_leaves_the_worker(start: Open) -> None:
    text = "def f(x): return object(), {'a': x}\ndef g(x): return str(type(x))\n"
    steps = Step(F), Step(G, {0: Slot(0, (0,))}), Step(G, {0: Slot(0, (1, "a"))})
    channel = start(text, paper(*steps))
    channel.begin(0)
    student = Student(channel)
    thing, found = student.m.f(np.arange(3.0))
    assert student.m.g(thing) == "<class 'object'>"
    assert student.m.g(found["a"]) == "<class 'numpy.ndarray'>"


def test_objects_are_there_again_for_a_question_outside_of_the_script(start: Open) -> None:
    text = (
        "class Net:\n    def __init__(self, x): self.x = x\n"
        "    def twice(self): return 2 * self.x\n"
    )
    make = Call("call", "m.Net", None, (np.arange(3.0),))
    channel = start(text, paper(Step(make)))
    channel.begin(1)
    net = Student(channel).m.Net(np.arange(3.0))
    assert net.twice().tolist() == [0, 2, 4]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("raise ValueError('no')", Raised),
        ("return np.zeros(10**6)[:10**6]", "Unusable"),
        ("import os; os._exit(3)", Crashed),
        ("time.sleep(1.5); return 7", 7),
        ("return [list(range(400))] * 300", "Unusable"),
    ],
)
def test_the_outcome_is_that_of_asking_call_by_call(start: Open, text: str, want: Any) -> None:
    source = f"import time\nimport numpy as np\ndef f(x):\n    {text}\n"
    outcomes = []
    for sent in (paper(Step(F)), paper()):
        channel = start(source, sent)
        channel.begin(1)
        outcomes.append(result(channel, F))
    assert outcomes[0] == outcomes[1]
    assert getattr(outcomes[0], "__name__", outcomes[0]) in (want, getattr(want, "__name__", want))


@pytest.mark.parametrize("body", ["return np.random.rand()", "x += 1; return 2.0"])
def test_the_whole_answer_is_that_of_asking(start: Open, body: str) -> None:
    text = f"import numpy as np\ndef f(x): {body}\n"
    answers = []
    for sent in (paper(Step(F)), paper()):
        channel = start(text, sent)
        for seed in (0, 1):
            channel.begin(seed)
            answers.append(channel.invoke(F))
    assert answers[:2] == answers[2:]
    assert answers[0] != answers[1] or answers[0].changed == (0,)


def test_time_used_ahead_is_used(start: Open, zygote: Zygote) -> None:
    text, clock = "import time\ndef f(x): time.sleep(0.3)\n", Clock(5.0, 0.5)
    channel = SandboxedChannel(
        zygote, "net", {"net/m.py": text}, clock, Limits(), paper=paper(Step(F))
    )
    for seed in range(3):
        channel.begin(seed)
    with pytest.raises(TimedOut, match=r"used all of its 0\.5 seconds"):
        channel.invoke(G)
    channel.close()


FORGED = """
import os, struct
def f(x):
    if x[0] == 0: os.write(3, struct.pack("!4sIQ", b"SBX1", 12, 0) + b'{"values":5}')
    return x
"""


def test_a_reply_that_cannot_be_read_is_asked_for_again(start: Open) -> None:
    calls = [Call("call", "m.f", None, (np.array([value]),)) for value in (0.0, 1.0, 2.0)]
    scripts = [Script(seed, (Step(call),)) for seed, call in enumerate(calls)]
    channel = start(FORGED, Paper(tuple(scripts)))
    got = []
    for seed, call in enumerate(calls[1:], start=1):
        channel.begin(seed)
        got.append(result(channel, call))
    assert got == [np.array([1.0]), np.array([2.0])]


def test_only_the_trial_that_ends_the_process_is_lost(start: Open) -> None:
    text = "import os\ndef f(x):\n    if x[0] < 0: os._exit(1)\n    return x\n"
    calls = [Call("call", "m.f", None, (np.array([float(value)]),)) for value in (1, -1, 2)]
    scripts = [Script(seed, (Step(call),)) for seed, call in enumerate(calls)]
    channel = start(text, Paper(tuple(scripts)))
    got = []
    for seed, call in enumerate(calls):
        channel.begin(seed)
        got.append(result(channel, call))
    assert got == [np.array([1.0]), Crashed, np.array([2.0])]


def test_an_answer_of_another_form_ends_the_script(start: Open) -> None:
    text = "def f(x): return 5.0\ndef g(x): return 6.0\n"
    channel = start(text, paper(Step(F), Step(G, {0: Slot(0, (1, "a"))})))
    channel.begin(0)
    assert [result(channel, F), result(channel, G)] == [5.0, 6.0]
    channel.begin(1)
    assert result(channel, Call("call", "m.nothing")) is Missing


def test_a_hanging_script_costs_a_second_at_most(start: Open) -> None:
    text = "def f(x):\n    while True: pass\ndef g(x): return 1\n"
    channel = start(text, paper(Step(F)))
    begun = time.monotonic()
    channel.begin(0)
    assert time.monotonic() - begun < 3
    assert result(channel, G) == 1


def test_a_fault_of_the_sandbox_is_nobodys_error() -> None:
    with Zygote(probe(), "sys:exit") as broken:
        clock = Clock(5.0, 60.0)
        channel = SandboxedChannel(broken, "net", {}, clock, Limits(), paper=paper(Step(F)))
        with pytest.raises(Unreachable):
            channel.begin(0)
        with pytest.raises(Unreachable):
            channel.invoke(F)


def test_equal_answers_are_known_by_their_digest_until_something_else_is_asked(start: Open) -> None:
    digests = []
    for body in ("x + 1", "1 + x", "x + 2", "x.astype('f4') + 1", "[x + 1]"):
        channel = start(f"def f(x): return {body}\ndef g(x): return 1\n", paper(Step(F)))
        told = channel.begin(0)
        assert told and not told.asked
        digests.append(told.digest)
        channel.invoke(F)
        assert not told.asked
        channel.invoke(G)
        assert told.asked
    assert digests[0] == digests[1] and len(set(digests)) == 4


def test_what_no_paper_asks_is_not_told_ahead(start: Open) -> None:
    assert start("def f(x): return x\n", paper()).begin(9) is None


def test_workers_of_a_zygote_may_know_the_paper(start: Open) -> None:
    text = "import numpy as np\nfrom .given import one\ndef f(x): x += one; return x.sum()\n"
    known = Paper(paper(Step(F)).scripts, {"net/given.py": "one = 1.0\n"})
    files = {"net/m.py": text, **known.given}
    with Zygote(
        probe(), "autograder.student.worker:serve", data=known.data,
        ready="autograder.student.worker:learn",
    ) as zygote:  # fmt: skip
        for sent in (known, paper(Step(F), seeds=2), known):
            channel = SandboxedChannel(zygote, "net", files, Clock(5.0, 60.0), Limits(), paper=sent)
            told = channel.begin(1)
            assert told and channel.invoke(F).value == 6.0 and not told.asked
            channel.close()
