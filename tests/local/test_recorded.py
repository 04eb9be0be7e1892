"""Recorded answers judge like the reference itself."""

from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.judge.case import Trial, cases_of, graded_trials, public_trials
from autograder.judge.trial import ReferenceExpected, run_trial
from autograder.local.recorded import FILE, RecordedExpected, RecordingError
from autograder.student.local import LocalChannel

EDITS = [
    ("", ""), ("@ w + b\n", "@ w - b\n"), ("db = dout.sum(axis=0)", "db = dout.sum(0)[None]"),
    ("loss = -log_p", "loss = 2 * -log_p"), ("np.maximum(x, 0)", "np.minimum(x, 0)"),
    ("np.sqrt(config[\"cache\"]) + config[\"epsilon\"]", "np.sqrt(config[\"cache\"] + 1e-8)"),
    ("scale=weight_scale", "scale=2 * weight_scale"), ("return loss, dx", "return loss"),
]  # fmt: skip


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_recorded_answers_judge_like_the_reference(
    edit: tuple[str, str], assignment: Assignment, library: dict[str, str],
    expected: ReferenceExpected, released: Path,
) -> None:  # fmt: skip
    recorded = RecordedExpected(released / FILE)
    assert not edit[0] or any(edit[0] in text for text in library.values())
    files = {n: t.replace(*edit) if edit[0] else t for n, t in library.items()}
    channel = LocalChannel(assignment.package, files)
    trials = [t for a in assignment.tasks for case in cases_of(a.id) for t in public_trials(case)]

    def shown(trial: Trial, source: ReferenceExpected | RecordedExpected) -> object:
        outcome = run_trial(trial, channel, source)
        return [f.text for f in outcome.findings], outcome.notes

    for trial in trials:
        assert shown(trial, recorded) == shown(trial, expected), trial.key


def test_hidden_trials_are_not_recorded(assignment: Assignment, released: Path) -> None:
    recorded = RecordedExpected(released / FILE)
    hidden = graded_trials(cases_of("adam")[0], "secret")[-1]
    assert not hidden.public
    with pytest.raises(RecordingError, match="no recorded answers"):
        recorded.of(Trial(hidden.case, 99, False, hidden.seed))


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff"])
def test_a_missing_or_broken_recording_is_explained(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(RecordingError, match=r"recorded\.json: cannot be read .* zip again"):
        RecordedExpected(tmp_path / FILE)
