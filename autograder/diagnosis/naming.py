"""Which known mistake did a student make? The one whose answers are the student's."""

from collections.abc import Mapping

import numpy as np

from autograder.diagnosis.agreement import agree
from autograder.diagnosis.catalogue import Entry, Misconception, patched
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.variants import VARIANTS
from autograder.judge.case import Trial
from autograder.judge.trial import Outcome, ReferenceExpected, run_trial
from autograder.judge.verdict import Result
from autograder.student.channel import Crashed, NotAttempted, TimedOut
from autograder.student.local import LocalChannel

# What no entry of the catalogue does: it need not be run to see that it differs.
NO_ANSWER = (NotAttempted, Crashed, TimedOut)


class Diagnostician:
    """Runs the catalogue's implementations of a package on the trials that a student failed.

    `files` is the staff's library; entries about files that it lacks are left out. An entry that
    does not fit raises CatalogueError here, before any submission is judged.
    """

    def __init__(self, package: str, files: Mapping[str, str]) -> None:
        self._package = package
        self._misconceptions = [m for m in MISCONCEPTIONS if m.file in files]
        self._variants = [v for v in VARIANTS if v.alternative and v.file in files]
        entries: tuple[Entry, ...] = (*self._misconceptions, *self._variants)
        self._texts = {entry.id: patched(files, entry) for entry in entries}
        self._channels: dict[str, LocalChannel] = {}
        self._expected = ReferenceExpected(LocalChannel(package, files))
        self._known: dict[tuple[str, str, int], Outcome] = {}

    def name(self, result: Result) -> tuple[Misconception, ...]:
        """The mistakes that explain the first failed trial, the one that explains most first."""
        failed = [outcome for outcome in result.outcomes if not outcome.passed]
        if not failed or isinstance(failed[0].error, NO_ANSWER):
            return ()
        candidates = [m for m in self._misconceptions if m.task == result.task.id]
        fitting = [m for m in candidates if self._explains(m, failed[0])]
        fitting = [m for m in fitting if not self._refuted(m, result)]
        scores = {m.id: sum(self._explains(m, o) for o in failed) for m in fitting}
        return tuple(sorted(fitting, key=lambda m: scores[m.id], reverse=True))

    def alternatives(self, task: str) -> list[tuple[str, LocalChannel]]:
        """The accepted conventions of `task` besides the reference's: note and implementation."""
        return [(v.note, self._channel(v)) for v in self._variants if v.task == task]

    def _refuted(self, entry: Misconception, result: Result) -> bool:
        """Whoever makes that mistake cannot be right where it is wrong."""
        right = (outcome.trial for outcome in result.outcomes if outcome.passed)
        return any(not self._outcome(entry, trial).passed for trial in right)

    def _explains(self, entry: Misconception, outcome: Outcome) -> bool:
        wrong = self._outcome(entry, outcome.trial)
        return not wrong.passed and agree(outcome, wrong)

    def _outcome(self, entry: Misconception, trial: Trial) -> Outcome:
        key = entry.id, trial.key, trial.seed
        if key not in self._known:
            with np.errstate(all="ignore"):
                self._known[key] = run_trial(trial, self._channel(entry), self._expected)
        return self._known[key]

    def _channel(self, entry: Entry) -> LocalChannel:
        if entry.id not in self._channels:
            self._channels[entry.id] = LocalChannel(self._package, self._texts[entry.id])
        return self._channels[entry.id]
