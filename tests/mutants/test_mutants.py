"""Small mistakes in the solution: all kinds are made, and a sample is noticed."""

import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from assignments import ROOT, every_assignment
from rich.console import Console

from autograder.assignment import Assignment
from autograder.grading.grade import Job
from autograder.grading.store import Store
from autograder.release.blocks import Block
from autograder.sandbox.tiers import probe
from autograder.submission import Submission, read_workplace
from mutants.__main__ import _watched
from mutants.equivalent import key_of, known
from mutants.mutant import Mutant, changed, mutants_of, program
from mutants.run import Fate, fates

EVERY = 400
SOURCE = ROOT / "source"


@pytest.fixture(scope="module")
def solution(assignment: Assignment) -> Submission:
    return read_workplace(assignment)


@pytest.fixture(scope="module")
def mutants(assignment: Assignment, solution: Submission) -> list[Mutant]:
    return list(mutants_of(assignment, solution))


@every_assignment
def test_there_are_mutants_of_every_task(assignment: Assignment, mutants: list[Mutant]) -> None:
    assert {mutant.task for mutant in mutants} == {t.id for t in assignment.tasks if t.has_cases}
    assert len(mutants) >= 20 * len({mutant.task for mutant in mutants})


@pytest.mark.parametrize(
    ("operator", "before", "after"),
    [
        ("arithmetic", "a * b @ c", ["(a / b) @ c", "(a * b * c)"]),
        ("arithmetic", "a += b", ["a -= b"]),
        ("plain_assignment", "a += b", ["a = b"]),
        ("dropped_operand", "a + b", ["a", "b"]),
        ("swapped_operands", "a - b * c", ["((b * c) - (a))"]),
        ("sign", "-a", ["a"]),
        ("comparison", "a < b", ["(a <= b)", "(a > b)"]),
        ("condition", "a if b else c", ["a if True else c", "a if False else c"]),
        ("constant", "f(2, 1e-8)", ["f(3, 1e-8)", "f(1, 1e-8)", "f(2, 2e-08)", "f(2, 5e-09)",
                                    "f(2, 0.0)"]),
        ("axis", "f(axis=(0, 2))", ["f(axis=None)", "f(axis=(2,))", "f(axis=(0,))"]),
        ("keepdims", "f(keepdims=True)", ["f(keepdims=False)"]),
        ("dropped_argument", "f(a, b, c=d)", ["f(a, b)"]),
        ("swapped_arguments", "f(a, b, c=d)", ["f(b, a, c=d)"]),
        ("swapped_results", "return a, b, c", ["return b, a, c", "return a, c, b"]),
        ("function", "np.maximum(a, b)", ["np.minimum(a, b)"]),
        ("dropped_call", "np.sqrt(a.copy()).T", ["np.sqrt(a.copy())", "a.copy().T",
                                                 "np.sqrt(a).T"]),
        ("dropped_statement", "a = b", ["pass"]),
        ("bounds", "a[b:]", ["a[:]", "a[b + 1:]"]),
        ("bounds", "range(a)", ["range(a - 1)"]),
        ("mode", "f('train', 'x')", ["f('test', 'x')", "f('train', 'x_')"]),
        ("dtype", "f(a.astype(b), dtype=c)", ["f(a.astype('float32'), dtype=c)",
                                              "f(a.astype(b), dtype='float32')"]),
        ("dtype", "f(a, b.dtype)", ["f(a, 'float32')"]),
        ("truth", "f(True)", ["f(False)"]),
    ],
)  # fmt: skip
def test_operators_make_these_mistakes(operator: str, before: str, after: list[str]) -> None:
    block = Block("task", 1, 3, (before,))
    found = {program(text) for name, text in changed(block) if name == operator}
    assert found == {program(text) for text in after}


@every_assignment
def test_every_mutant_is_another_program(solution: Submission, mutants: list[Mutant]) -> None:
    digests = Counter(mutant.submission.digest for mutant in mutants)
    assert solution.digest not in digests and max(digests.values()) == 1


@every_assignment
def test_what_is_explained_exists(assignment: Assignment, mutants: list[Mutant]) -> None:
    explained = known(assignment.id)
    assert explained.keys() <= set(map(key_of, mutants)) and all(explained.values())


@every_assignment
def test_no_mutant_of_a_sample_survives_unexplained(
    assignment: Assignment, mutants: list[Mutant], tmp_path: Path
) -> None:
    job = Job(assignment.root, probe(), "sample", tmp_path / "mutants.db", experiments=False)
    explained = known(assignment.id)
    sample = [mutant for mutant in mutants[::EVERY] if key_of(mutant) not in explained]
    assert [key_of(fate.mutant) for fate in fates(sample, job, 1) if not fate.killers] == []


def test_a_mutant_that_changes_nothing_survives(
    assignment: Assignment, solution: Submission, tmp_path: Path
) -> None:
    job = Job(assignment.root, probe(), "alive", tmp_path / "mutants.db", experiments=False)
    [fate] = fates([Mutant("relu_forward", "none", "", "", solution)], job, 1)
    assert (fate.share, fate.killers) == (1.0, ())


def test_an_interrupt_ends_it_at_once_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "source").symlink_to(SOURCE)
    run = subprocess.Popen(
        [sys.executable, "-m", "mutants", "2", "layer-objects"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not judged(tmp_path / "build" / "mutants.db"):
        assert run.poll() is None
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, errors = run.communicate(timeout=10)
    assert run.returncode == 130
    assert errors.endswith("stored: run the same command again to go on.\n"), errors
    assert "Traceback" not in errors
    assert judged(tmp_path / "build" / "mutants.db")


def judged(store: Path) -> int:
    """How many mutants are in `store`."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(store)) as database:
        [[count]] = database.execute("SELECT COUNT(*) FROM entries").fetchall()
        return int(count)
    return 0


def test_the_bar_tells_the_time_left_though_mutants_come_in_batches(
    solution: Submission,
) -> None:
    def two_of_four() -> Iterator[Fate]:
        time.sleep(0.3)
        yield from [Fate(Mutant("relu_forward", "none", "", "", solution), 1.0, (), ())] * 2

    shown = io.StringIO()
    assert len(_watched(two_of_four(), "modular-nets", 4, Console(file=shown, width=80))) == 2
    assert "50% 0:00:01" in shown.getvalue(), shown.getvalue()


def test_a_run_that_was_stopped_goes_on_where_it_was(
    assignment: Assignment, mutants: list[Mutant], tmp_path: Path
) -> None:
    """The store's points are believed, though they are not those that judging again would give."""
    store = tmp_path / "mutants.db"
    job = Job(assignment.root, probe(), "again", store, experiments=False)
    first, second, *_ = (mutant for mutant in mutants if mutant.task == "affine_backward")
    [before] = fates([first], job, 1)
    with closing(sqlite3.connect(store)) as database, Store(store) as kept:
        [(key,)] = database.execute("select key from entries").fetchall()
        earlier = kept.result(key)
        assert earlier
        kept.keep_result(key, earlier.entry | {"points": -7}, earlier.made_by)
    shares = {key_of(fate.mutant): fate.share for fate in fates([first, second], job, 1)}
    assert before.share >= 0 > shares[key_of(first)]
    assert shares[key_of(second)] >= 0
