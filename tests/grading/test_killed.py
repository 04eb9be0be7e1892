"""What the machine does to the sandbox costs nobody points."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Entry, Job, Judge
from autograder.sandbox.tiers import probe
from autograder.submission import Submission
from chaos.processes import below

TASKS = ("affine_forward", "relu_forward", "dropout_forward")
WRONG = "def affine_forward(x, w, b):\n    return x, None\n"
# Still at work on the second task when the first has been judged.
SLOW = """
def relu_forward(x):
    import time
    time.sleep(0.2)
    return x.clip(0), x
"""


def zygotes() -> list[int]:
    """Programs that this process has started in sessions of their own."""
    return [p.pid for p in below(os.getpid()) if p.parent == os.getpid() and p.session == p.pid]


def workers() -> list[int]:
    """What they have started in others."""
    begun = zygotes()
    return [p.pid for zygote in begun for p in below(zygote) if p.session != zygote]


@pytest.mark.parametrize("role", [workers, zygotes])
@pytest.mark.parametrize("work", ["right", "wrong"])
def test_a_submission_is_judged_again(
    assignment: Assignment, library: dict[str, str], tmp_path: Path, role: Any, work: str
) -> None:
    layers = library["deepnets/layers.py"] if work == "right" else WRONG
    files = {"deepnets/layers.py": layers + SLOW}
    job = Job(assignment.root, probe(), "seed", tmp_path / "r.db", TASKS, False, ("numpy",))
    killed, seen = list[int](), list[Entry]()

    def kill_once(entry: Entry) -> None:
        seen.append(entry)
        if not killed:
            killed.extend(role())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    with Judge(job) as judge:
        undisturbed = judge.judge(Submission("s", files))
        assert judge.judge(Submission("s", files), kill_once) == undisturbed
    assert killed and len(seen) > len(TASKS)
