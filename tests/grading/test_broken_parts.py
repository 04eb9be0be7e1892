"""No function can stand in for a part of a class: what builds on it says so, if it cannot pass."""

from itertools import product

import pytest

from .breaking import Workshop
from .conftest import lost
from .in_process import InThisProcess
from .subsets import ASSIGNMENT, Functions, covering, named, parts_below

pytestmark = pytest.mark.sampled(every=3)

BELOW = {task.id: parts_below(task) for task in ASSIGNMENT.tasks}
ALONE = [*covering(BELOW.values(), 1)][1:]
WAYS = ("wrong", "stub", "raise")
FUNCTIONS = (frozenset[str](), frozenset({"relu_forward"}))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = [*product(WAYS, FUNCTIONS, ALONE)]
    some = [
        each for each in every if each[:2] in ((WAYS[0], FUNCTIONS[0]), (WAYS[1], FUNCTIONS[1]))
    ]
    chosen = every if metafunc.config.getoption("--all-subsets") else some
    metafunc.parametrize(("way", "functions", "parts"), chosen, ids=named)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_builds_on_a_broken_part_passes_or_is_blocked(
    in_this_process: InThisProcess,
    workshop: Workshop,
    way: str,
    functions: Functions,
    parts: Functions,
) -> None:
    found = in_this_process(workshop.submitted(way, parts | functions))
    above = {name for name in found if BELOW[name] & parts}
    # What raises at the end of a method keeps the parts before it from answering.
    classes = {name.split(".")[0] for name in parts if way == "raise"}
    before = {name for name in found if name.split(".")[0] in classes} - above
    assert parts | functions <= lost(found) <= parts | functions | above | before
    for name in (lost(found) & above) - parts:
        below = ASSIGNMENT.foundations(ASSIGNMENT.task(name))
        first = next(part for part in below if "." in part and part in lost(found))
        told = found[name]["verdict"], found[name]["findings"][0]["message"]
        assert told == ("blocked", f"This part could not be judged before {first} is right.")
