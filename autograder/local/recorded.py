"""The expected answers of the public trials, as the release recorded them: data, no code."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from autograder.judge.case import Trial
from autograder.judge.claims import Claim
from autograder.judge.trial import Expectation, Expected

FILE = "recorded.json"


class RecordingError(Exception):
    """The recorded answers are missing or do not belong to these checks."""


def record(trials: Iterable[Trial], expected: Expected, file: Path) -> None:
    """Write the expectations of `trials` to `file`."""
    entries = {trial.key: _entry(expected.of(trial)) for trial in trials}
    file.write_text(json.dumps(entries, separators=(",", ":"), sort_keys=True) + "\n")


def _entry(expectation: Expectation) -> dict[str, Any]:
    return {
        "answers": _arrays(expectation.answers),
        "calls": [list(call) for call in expectation.calls],
        "accepted": [[note, _arrays(answers)] for note, answers in expectation.accepted],
    }


def _arrays(answers: dict[str, Any]) -> dict[str, Any]:
    found = {name: np.asarray(v) for name, v in answers.items() if not isinstance(v, Claim)}
    return {name: [a.dtype.str, list(a.shape), a.ravel().tolist()] for name, a in found.items()}


class RecordedExpected:
    """Expected answers from a recording."""

    def __init__(self, file: Path) -> None:
        try:
            self._entries = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            text = f"{file}: cannot be read ({error}); take it from the assignment's zip again"
            raise RecordingError(text) from None

    def of(self, trial: Trial) -> Expectation:
        """The recorded expectation of a public trial."""
        if trial.key not in self._entries:
            raise RecordingError(f"no recorded answers for {trial.key}: unpack the zip again")
        entry = self._entries[trial.key]
        return Expectation(
            _read(entry["answers"]),
            tuple((target, text) for target, text in entry["calls"]),
            tuple((note, _read(answers)) for note, answers in entry["accepted"]),
        )


def _read(answers: dict[str, Any]) -> dict[str, Any]:
    return {
        name: np.array(values, dtype=dtype).reshape(shape)
        for name, (dtype, shape, values) in answers.items()
    }
