"""A script holds the calls of a case, and nothing that an answer could have told."""

from typing import Any

import numpy as np
import pytest
from assignments import ASSIGNMENTS

from autograder.grading.staff import reference
from autograder.grading.trace import trace
from autograder.judge.case import Case, Trial, cases_of, graded_trials
from autograder.judge.trial import ask
from autograder.student.channel import Answer, Call, Channel
from autograder.student.local import LocalChannel
from autograder.student.script import Paper, Script, Slot

REFERENCES = {each.id: reference(each) for each in ASSIGNMENTS}
TRIALS = [
    (REFERENCES[each.id], graded_trials(case, "trace")[-1])
    for each in ASSIGNMENTS
    for task in each.tasks
    for case in cases_of(task.id)
]


class Distorted:
    """The reference with other numbers in all its answers."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def begin(self, seed: int) -> None:
        self._channel.begin(seed)

    def invoke(self, call: Call) -> Answer:
        return Answer(distorted(self._channel.invoke(call).value))


class Listed:
    """The reference, with a list of what it was asked, answered or not."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.asked: list[str] = []

    def begin(self, seed: int) -> None:
        self._channel.begin(seed)

    def invoke(self, call: Call) -> Answer:
        self.asked.append(call.target)
        return self._channel.invoke(call)


def distorted(tree: Any) -> Any:
    match tree:
        case list() | tuple():
            return type(tree)(distorted(item) for item in tree)
        case dict():
            return {key: distorted(item) for key, item in tree.items()}
        case bool() | str() | None:
            return tree
        case int() | float() | np.ndarray():
            return tree * 2 + 1
    return tree


def traced(channel: Channel, trial: Trial) -> Script:
    _, student = ask(channel, trial)
    return trace(trial, [logged.value for logged in student.log])


@pytest.mark.parametrize(("expected", "trial"), TRIALS, ids=[trial.key for _, trial in TRIALS])
def test_the_script_holds_the_first_calls_of_a_case(expected: Channel, trial: Trial) -> None:
    channel, steps = Listed(expected), traced(expected, trial).steps
    ask(channel, trial)
    assert steps and [step.call.target for step in steps] == channel.asked[: len(steps)]


def test_no_number_of_an_answer_is_in_a_script() -> None:
    honest = Paper(tuple(traced(channel, trial) for channel, trial in TRIALS))
    other = Paper(tuple(traced(Distorted(channel), trial) for channel, trial in TRIALS))
    assert honest.frame == other.frame


def script_of(question: Any, text: str) -> Script:
    channel: Channel = LocalChannel("net", {"net/m.py": text})
    return traced(channel, Trial(Case("task", "name", question), 0, True, 1))


PAIR = "def f(*args, key=None): return {'a': 1.0, 'b': [2.0, 3.0]}, object()\n"


def test_whole_answers_parts_and_objects_go_by_their_place() -> None:
    def question(student: Any, draw: Any) -> Any:
        found, thing = student.m.f()
        student.m.f(found, found["b"], found["a"], thing, key=found["b"][1])
        return {}

    [_, second] = script_of(question, PAIR).steps
    assert second.slots == {
        0: Slot(0, (0,)), 1: Slot(0, (0, "b")), 2: Slot(0, (0, "a")), 3: Slot(0, (1,)),
        "key": Slot(0, (0, "b", 1)),
    }  # fmt: skip


@pytest.mark.parametrize(
    "use",
    [lambda x: x["a"] + 1, lambda x: float(x["a"]), lambda x: np.ones(3) * x["a"],
     lambda x: 1 if x["a"] else 2, lambda x: x["a"] == 1.0, lambda x: np.shape(x["a"]),
     lambda x: {**x, "a": 5.0}, lambda x: {"a": x["a"]}, lambda x: [x["a"], np.ones(2)]],
)  # fmt: skip
def test_a_script_ends_where_a_value_is_needed(use: Any) -> None:
    def question(student: Any, draw: Any) -> Any:
        found, _ = student.m.f()
        student.m.f(use(found))
        return {}

    assert len(script_of(question, PAIR).steps) == 1


def test_no_seed_of_a_trial_is_in_a_script() -> None:
    header, _ = Paper(tuple(traced(channel, trial) for channel, trial in TRIALS)).frame
    assert not [trial.key for _, trial in TRIALS if str(trial.seed) in str(header)]
