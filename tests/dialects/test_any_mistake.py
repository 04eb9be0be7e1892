"""Mistakes and variants drawn from the catalogue get the same verdicts and names in every dialect.

`--seeds` draws more of them.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from autograder.diagnosis.catalogue import CatalogueError, Entry, patched
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.variants import VARIANTS
from autograder.dialects.dialect import Dialect, load_dialect
from autograder.dialects.spoken import Spoken, solved
from autograder.grading.grade import Judge
from autograder.judge.examine import layer_of
from autograder.submission import Submission

from .conftest import Grade, named
from .rendering import RENDERED, Files, in_python2, rendered

Verdicts = dict[str, tuple[str, list[str], list[str]]]
AT_ONCE = 16
UNLIKE = ("eecs182-2023", "nndl", "nndl-hw3")
PYTHON_2 = ("eecs182-2019", "cs231n-2016")
SIZES = [m for m in MISCONCEPTIONS if m.id.endswith("size_not_whole")]
# Whose name hangs on what was tossed, and the tosses of two dialects differ.
TOSSED = (
    "dropout_backward.new_mask",
    "dropout_backward.masked_in_the_test",
    "TwoLayerNet.init.random_biases",
    "FullyConnectedNet.init.random_biases",
    "ThreeLayerConvNet.init.random_biases",
)
WORDS = {
    "pool_cache[": lambda entry, dialect: False,
    'dropout_param["p"]': lambda entry, dialect: dialect.p == "keep",
    "layernorm": lambda entry, dialect: "layernorm_forward" in dialect.task_ids,
    "seed": lambda entry, dialect: not entry.task.endswith(".init"),
}
"""What a student of another course could not have written so: caches of our given layers, p in a
cache of ours, functions and arguments that the course has not."""


def drawn(files: Files, dialect: Dialect, draw: Random) -> tuple[list[Entry], Files]:
    """Entries of different layers and nets, as many as fit into one submission, and it."""
    entries, used = [], set()
    for entry in draw.sample([*MISCONCEPTIONS, *VARIANTS], 300):
        part = layer_of(entry.task).partition(".")[0]
        if len(entries) == AT_ONCE or part in used or entry.task not in dialect.task_ids:
            continue
        if entry.id in TOSSED:
            continue
        for changed in renderable(files, entry, dialect):
            files = changed
            entries.append(entry)
            used.add(part)
    return entries, files


def renderable(files: Files, entry: Entry, dialect: Dialect) -> Iterator[Files]:
    """`files` with the entry, if nothing else stands in its place in this dialect."""
    foreign = [word for word, known in WORDS.items() if not known(entry, dialect)]
    try:
        changed = patched(files, entry)
        rendered(changed, dialect)
    except (CatalogueError, AssertionError):
        return
    if entry not in SIZES and not any(word in new for word in foreign for _, new in entry.edits):
        yield changed


def in_our_words(judge: Judge, files: Files, dialect: Dialect) -> Verdicts:
    """What the assignment's own student gets who is asked what this course asks."""
    course = judge._course(Spoken(dialect, ()))
    given = {**judge._given, **solved(judge.assignment.package)}
    judge._courses[""] = replace(course, given=given)
    try:
        return named(judge.judge(Submission("ada", files)))
    finally:
        del judge._courses[""]


def agree(judge: Judge, grade: Grade, files: Files, dialect: Dialect, theirs: Files) -> None:
    """In all tasks but those that only the other course has."""
    own = {task.id for task in judge.assignment.tasks}
    ours, others = in_our_words(judge, files, dialect), named(grade(theirs, dialect.name))
    assert ours.keys() == others.keys()
    assert {id: others[id] for id in own & others.keys()} == {
        id: ours[id] for id in own & ours.keys()
    }


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> range:
    return range(1 + int(request.config.getoption("--seeds")) // 5)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The usual run tries dialects that have little in common."""
    if "any_dialect" in metafunc.fixturenames:
        many = int(metafunc.config.getoption("--seeds")) >= 5
        metafunc.parametrize("any_dialect", RENDERED if many else UNLIKE)


def test_the_same_verdicts_in_every_dialect(
    judge: Judge, grade: Grade, files: Files, rounds: range, any_dialect: str
) -> None:
    name, dialect = any_dialect, load_dialect(any_dialect)
    for number in rounds:
        entries, changed = drawn(files, dialect, Random(f"{name} {number}"))
        print(name, number, [entry.id for entry in entries])
        agree(judge, grade, changed, dialect, rendered(changed, dialect))


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("name", PYTHON_2)
def test_the_same_verdicts_for_python_2(
    judge: Judge, grade: Grade, files: Files, rounds: range, name: str
) -> None:
    dialect = load_dialect(name)
    agree(judge, grade, files, dialect, in_python2(rendered(files, dialect)))
    for number in rounds:
        _, changed = drawn(files, dialect, Random(f"Python 2 {name} {number}"))
        agree(judge, grade, changed, dialect, in_python2(rendered(changed, dialect)))


@pytest.mark.parametrize("mistake", SIZES, ids=lambda mistake: mistake.task)
def test_a_size_by_division_is_right_where_python_2_was_used(
    grade: Grade, files: Files, mistake: Entry
) -> None:
    """Where nothing shows which Python a file is for, only quotients without a rest are right."""

    def verdict(texts: Files) -> str:
        return named(grade(texts, "auto"))[mistake.task][0]

    old, new = (
        rendered(patched(files, mistake), load_dialect(f"cs231n-{y}")) for y in (2016, 2017)
    )
    assert [verdict(texts) for texts in (in_python2(old), old, new)] == [
        "passed",
        "partial",
        "crashed",
    ]
