"""Which sets of functions are to be broken, taken from assignment.toml."""

from collections.abc import Collection, Iterator
from itertools import chain, combinations
from pathlib import Path

from autograder.assignment import Task, load_assignment

ASSIGNMENT = load_assignment(Path(__file__).parents[2] / "source" / "modular-nets")
Functions = frozenset[str]


def functions_below(task: Task) -> Functions:
    """What can be broken, and be stood in for, below `task`; no part of a class can."""
    return frozenset(n for n in ASSIGNMENT.foundations(task) if "." not in n)


def parts_below(task: Task) -> Functions:
    """The parts of its class, below `task`: nothing can stand in for them."""
    return frozenset(ASSIGNMENT.foundations(task)) - functions_below(task)


def subsets(names: Functions, largest: int) -> list[Functions]:
    """All those of at most `largest` names, the small ones first."""
    sizes = range(min(largest, len(names)) + 1)
    found = chain.from_iterable(combinations(sorted(names), size) for size in sizes)
    return [frozenset(each) for each in found]


def covering(below: Collection[Functions], largest: int) -> Iterator[Functions]:
    """Sets of functions such that each subset of each of `below`, up to that size, is what one of
    them has in common with it: what no task needs together is tried in one submission."""
    order = sorted({*below}, key=lambda names: (-len(names), sorted(names)))
    wanted = {names: dict.fromkeys(subsets(names, largest)) for names in order}
    while any(wanted.values()):
        chosen, decided = Functions(), Functions()
        for names in order:
            fitting = (s for s in wanted[names] if s & decided == chosen & names)
            if (found := next(fitting, None)) is not None:
                chosen, decided = chosen | found, decided | names
        for names in order:
            wanted[names].pop(chosen & names, None)
        yield chosen


def named(names: str | Functions) -> str:
    """How a test is called that breaks them."""
    return names if isinstance(names, str) else "+".join(sorted(names))[:200] or "nothing"
