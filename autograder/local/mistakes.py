"""Known mistakes, recognized by what the release recorded of their answers: a few numbers each."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.diagnosis.evidence import Known, M
from autograder.diagnosis.fingerprints import Fingerprint, fingerprints, same
from autograder.judge.case import Trial, cases_of, public_trials
from autograder.judge.trial import Outcome
from autograder.local.recorded import RecordingError

FILE = "mistakes.json"


@dataclass(frozen=True, eq=False)
class Recorded:
    """A known mistake, and the fingerprints of its wrong answers in the public trials."""

    id: str
    hint: str
    section: str
    trials: Mapping[str, Mapping[str, Fingerprint]] = field(repr=False)


def record_mistakes(
    known: Mapping[str, Iterable[M]], outcome: Callable[[M, Trial], Outcome], file: Path
) -> None:
    """Write what `outcome` shows of the mistakes in each task to `file`."""
    entries = {
        task: [_entry(mistake, task, outcome) for mistake in mistakes]
        for task, mistakes in known.items()
    }
    file.write_text(json.dumps(entries, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


def _entry(mistake: Known, task: str, outcome: Callable[..., Outcome]) -> dict[str, object]:
    trials = [trial for case in cases_of(task) for trial in public_trials(case)]
    wrong = {trial.key: fingerprints(outcome(mistake, trial)) for trial in trials}
    told = {"id": mistake.id, "hint": mistake.hint, "section": mistake.section}
    return {**told, "trials": {key: found for key, found in wrong.items() if found}}


class RecordedMistakes:
    """The mistakes that a release recorded."""

    def __init__(self, file: Path) -> None:
        try:
            entries = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            text = f"{file}: cannot be read ({error}); take it from the assignment's zip again"
            raise RecordingError(text) from None
        self._taken: dict[str, tuple[Outcome, dict[str, Fingerprint]]] = {}
        self._known = {task: [Recorded(**each) for each in of] for task, of in entries.items()}

    def candidates(self, task: str) -> list[Recorded]:
        """The recorded mistakes in `task`."""
        return self._known.get(task, [])

    def wrong(self, mistake: Recorded, trial: Trial) -> frozenset[str]:
        """What is wrong in `trial` with that mistake."""
        return frozenset(mistake.trials.get(trial.key, {}))

    def agrees(self, mistake: Recorded, outcome: Outcome) -> bool:
        """Are just the same answers wrong, and wrong alike?"""
        theirs, mine = mistake.trials.get(outcome.trial.key, {}), self._mine(outcome)
        return mine.keys() == theirs.keys() and all(same(mine[q], theirs[q]) for q in mine)

    def agrees_in(self, mistake: Recorded, outcome: Outcome, quantity: str) -> bool:
        """Is this answer wrong in the same way?"""
        theirs, mine = mistake.trials.get(outcome.trial.key, {}), self._mine(outcome)
        return quantity in mine and quantity in theirs and same(mine[quantity], theirs[quantity])

    def together(self, pair: tuple[Recorded, Recorded], trial: Trial) -> None:
        """A recording has no text to make both in."""

    def _mine(self, outcome: Outcome) -> dict[str, Fingerprint]:
        """Taken once of each outcome, which is asked about every mistake."""
        taken_of, found = self._taken.get(outcome.trial.key, (None, {}))
        if taken_of is not outcome:
            found = fingerprints(outcome)
            self._taken[outcome.trial.key] = outcome, found
        return found
