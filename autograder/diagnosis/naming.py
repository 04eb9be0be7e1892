"""Which known mistake did a student make? The one whose answers are the student's."""

from collections.abc import Mapping

import numpy as np

from autograder.diagnosis.agreement import agree, agree_in
from autograder.diagnosis.catalogue import (
    CatalogueError,
    Entry,
    Misconception,
    changed_statements,
    patched,
    patched_by_both,
    solved,
)
from autograder.diagnosis.evidence import wrong_in
from autograder.diagnosis.explanation import explain
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.variants import VARIANTS
from autograder.judge.case import Trial
from autograder.judge.trial import Outcome, ReferenceExpected, run_trial
from autograder.judge.verdict import Result
from autograder.student.local import LocalChannel
from autograder.student.statements import compiled

# Of pairs there are thousands, of which the last ones are kept.
MOST_PAIRS = 8000


class Diagnostician:
    """Runs the catalogue's implementations of a package on the trials that a student failed.

    `files` is the staff's library; entries about tasks that are not solved there are left out. An
    entry that does not fit raises CatalogueError here, before any submission is judged.
    """

    def __init__(self, package: str, files: Mapping[str, str]) -> None:
        self._package, self._files = package, files
        self._misconceptions = [m for m in MISCONCEPTIONS if solved(m, files)]
        self._variants = [v for v in VARIANTS if v.alternative and solved(v, files)]
        entries: tuple[Entry, ...] = (*self._misconceptions, *self._variants)
        self._texts = {entry.id: patched(files, entry) for entry in entries}
        self._channels: dict[str, LocalChannel] = {}
        self._expected = ReferenceExpected(LocalChannel(package, files, own=True))
        self._known: dict[tuple[str, str, int], Outcome] = {}
        self._pairs: dict[tuple[str, str, int], Outcome] = {}

    def name(self, result: Result) -> tuple[Misconception, ...]:
        """The mistakes that explain what failed, the one that explains most first."""
        found = explain(result, self)
        return (*found.made, *found.others)

    def alternatives(self, task: str) -> list[tuple[str, LocalChannel]]:
        """The accepted conventions of `task` besides the reference's: note and implementation."""
        return [(v.note, self._channel(v)) for v in self._variants if v.task == task]

    def candidates(self, task: str) -> list[Misconception]:
        """The catalogue's entries about `task`."""
        return [m for m in self._misconceptions if m.task == task]

    def wrong(self, mistake: Misconception, trial: Trial) -> frozenset[str]:
        """What is wrong in `trial` with that entry."""
        return wrong_in(self.outcome(mistake, trial))

    def agrees(self, mistake: Misconception, outcome: Outcome) -> bool:
        """Does the entry answer as in `outcome`?"""
        return agree(outcome, self.outcome(mistake, outcome.trial))

    def agrees_in(self, mistake: Misconception, outcome: Outcome, quantity: str) -> bool:
        """Does the entry give this one answer?"""
        return agree_in(outcome, self.outcome(mistake, outcome.trial), quantity)

    def outcome(self, mistake: Misconception, trial: Trial) -> Outcome:
        """What `trial` shows of that entry."""
        key = mistake.id, trial.key, trial.seed
        if key not in self._known:
            self._known[key] = self._run(trial, self._channel(mistake))
        return self._known[key]

    def together(self, pair: tuple[Misconception, Misconception], trial: Trial) -> Outcome | None:
        """What `trial` shows of the text with the edits of both; None if these collide.

        Cells are left out: a trial of PyTorch takes as long as ten others.
        """
        if not pair[0].file.startswith(f"{self._package}/"):
            return None
        key = " ".join(mistake.id for mistake in pair), trial.key, trial.seed
        if key not in self._pairs:
            try:
                texts = patched_by_both(self._files, *pair)
            except CatalogueError:
                return None
            channel = self._of_text(pair[0].file, texts)
            self._pairs[key] = self._run(trial, channel)
            channel.session.close()
            if len(self._pairs) > MOST_PAIRS:
                del self._pairs[next(iter(self._pairs))]
        return self._pairs[key]

    def _of_text(self, file: str, texts: dict[str, str]) -> LocalChannel:
        """To compile all of a long file again would take most of the time."""
        changed = changed_statements(self._files[file], texts[file])
        try:
            compiled(changed, file)
        except SyntaxError:
            return LocalChannel(self._package, texts, own=True)
        return LocalChannel(self._package, self._files, anew={file: changed}, own=True)

    def _run(self, trial: Trial, channel: LocalChannel) -> Outcome:
        with np.errstate(all="ignore"):
            return run_trial(trial, channel, self._expected)

    def _channel(self, entry: Entry) -> LocalChannel:
        if entry.id not in self._channels:
            self._channels[entry.id] = LocalChannel(self._package, self._texts[entry.id], own=True)
        return self._channels[entry.id]
