"""Submissions with broken functions, and whose functions must stand in for them."""

import re
from collections.abc import Collection, Mapping
from functools import cache

from autograder.assignment import Assignment, Task
from autograder.diagnosis.catalogue import Misconception, patched
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.judge.case import cases_of, public_trials
from autograder.judge.examine import layer_of
from autograder.judge.trial import Expected, run_trial
from autograder.release.strip import CODE_STUB
from autograder.student.local import LocalChannel

from .subsets import Functions, functions_below

Files = Mapping[str, str]

VERDICTS = {
    "wrong": {"failed", "partial", "crashed"},
    "stub": {"not attempted"},
    "raise": {"crashed"},
    "end": {"crashed"},
    "hang": {"timed out"},
    "gone": {"not attempted"},
}
"""The ways in which a function may be broken, and what it is then called itself."""
CNN = "deepnets/cnn.py"
LINES = {
    "stub": CODE_STUB,
    "raise": "1 / 0",
    "end": "import os; os._exit(1)",
    "hang": "while True: pass",
}
DEADLY = ("end", "hang")
# The staff's net convolves by the given fast layers; this one feels all that the task needs.
LOOPS = """
from .layers import (conv_backward_naive, conv_forward_naive, max_pool_backward_naive,
                     max_pool_forward_naive, relu_backward, relu_forward)

def conv_relu_pool_forward(x, w, b, conv_param, pool_param):
    out, conv_cache = conv_forward_naive(x, w, b, conv_param)
    out, relu_cache = relu_forward(out)
    out, pool_cache = max_pool_forward_naive(out, pool_param)
    return out, (conv_cache, relu_cache, pool_cache)

def conv_relu_pool_backward(dout, cache):
    dout = relu_backward(max_pool_backward_naive(dout, cache[2]), cache[1])
    return conv_backward_naive(dout, cache[0])
"""


class Workshop:
    """Breaks functions of the staff's library; `expected` is what it answers."""

    def __init__(self, assignment: Assignment, library: Files, expected: Expected) -> None:
        net = library[CNN].replace("\n\n\nclass", f"\n{LOOPS}\n\nclass", 1)
        self._assignment, self._library = assignment, {**library, CNN: net}
        self._expected = expected
        self.mistake = cache(self._mistake)
        self.calls, self.feels = cache(self._calls), cache(self._feels)

    def submitted(self, way: str, names: Collection[str]) -> dict[str, str]:
        """What a student hands in, with all of `names` broken in that way."""
        files = self._library
        for name in sorted(names):
            files = self._broken(files, way, name)
        return {path: files[path] for path in self._assignment.student_files}

    def stand_ins(self, way: str, broken: Functions, task: Task) -> Functions:
        """Whose functions stand in for the student's when `task` is judged: all broken ones, and
        those that share a cache with them, as far as it calls them. None if it feels nothing."""
        below = functions_below(task)
        if not any(self._suffers(task.id, name, way) for name in broken & below):
            return Functions()
        layers = {layer_of(name) for name in broken & below}
        related = (name for name in below if layer_of(name) in layers)
        return frozenset(name for name in related if self.calls(task.id, name))

    def _suffers(self, task: str, name: str, way: str) -> bool:
        """Whatever ends or hangs the process is not even tried."""
        if way in DEADLY:
            return True
        return self.feels(task, name) if way == "wrong" else self.calls(task, name)

    def _mistake(self, name: str) -> Misconception:
        """The first known one that is felt by the last task which calls the function."""
        known = [m for m in MISCONCEPTIONS if m.task == name]
        callers = [t.id for t in self._assignment.tasks if name in functions_below(t)]
        felt = (
            mistake
            for task in reversed(callers)
            if self.calls(task, name)
            for mistake in known
            if self._fails(task, patched(self._library, mistake))
        )
        return next(felt, known[0])

    def _calls(self, task: str, name: str) -> bool:
        return self._fails(task, self._broken(self._library, "stub", name))

    def _feels(self, task: str, name: str) -> bool:
        return self._fails(task, self._broken(self._library, "wrong", name))

    def _fails(self, task: str, files: Files) -> bool:
        """Judged with nothing but what was handed in, in this process."""
        channel = LocalChannel(self._assignment.package, files)
        trials = (trial for case in cases_of(task) for trial in public_trials(case))
        failed = any(not run_trial(trial, channel, self._expected).passed for trial in trials)
        channel.session.close()
        return failed

    def _broken(self, files: Files, way: str, name: str) -> Files:
        path = self._assignment.task(name).file or ""
        if way == "wrong":
            return patched(files, self.mistake(name))
        if way == "gone":
            return {**files, path: files[path].replace(f"def {name}(", f"def other_{name}(")}
        line = LINES[way].format(task=name)
        block = rf"( *)### BEGIN SOLUTION {re.escape(name)}\n.*?### END SOLUTION"
        return {**files, path: re.sub(block, rf"\g<1>{line}", files[path], flags=re.DOTALL)}
