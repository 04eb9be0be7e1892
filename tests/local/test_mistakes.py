"""The check names known mistakes by their recorded fingerprints alone."""

from collections import defaultdict
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from assignments import each_entry, every_assignment

from autograder import check
from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Misconception, patched
from autograder.diagnosis.explanation import explain
from autograder.diagnosis.fingerprints import fingerprints, same
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.naming import Diagnostician
from autograder.judge.case import cases_of, public_trials
from autograder.judge.finding import Finding
from autograder.judge.trial import Outcome
from autograder.judge.verdict import Result, verdict_of
from autograder.local.mistakes import FILE, RecordedMistakes
from autograder.local.recorded import RecordingError

LAYERS = "deepnets/layers.py"
DB = "db = dout.sum(axis=0)"


def _sample() -> list[Misconception]:
    """Every eighth mistake of each file of the library, the first one included."""
    of_file = defaultdict(list)
    for mistake in MISCONCEPTIONS:
        if not mistake.file.startswith("cell_"):
            of_file[mistake.file].append(mistake)
    return [mistake for mistakes in of_file.values() for mistake in mistakes[::8]]


@pytest.fixture(scope="module")
def recorded(released: Path) -> RecordedMistakes:
    return RecordedMistakes(released / FILE)


def _result(mistake: Misconception, diagnostician: Diagnostician, assignment: Assignment) -> Result:
    cases = cases_of(mistake.task)
    trials = [trial for case in cases for trial in public_trials(case)]
    outcomes = [diagnostician.outcome(mistake, trial) for trial in trials]
    groups = frozenset(case.group for case in cases)
    return verdict_of(assignment.task(mistake.task), outcomes, assignment.credit, groups)


@pytest.mark.sampled(every=20)
@each_entry(*MISCONCEPTIONS)
def test_every_mistake_is_named_first(
    entry: Misconception,
    diagnostician: Diagnostician,
    recorded: RecordedMistakes,
    assignment: Assignment,
) -> None:
    found = explain(_result(entry, diagnostician, assignment), recorded)
    assert [known.id for known in found.made] == [entry.id]


@pytest.mark.sampled(every=3)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@each_entry(*_sample())
def test_the_check_shows_the_hint_and_where_to_read(
    entry: Misconception, folder: Path, library: dict[str, str]
) -> None:
    (folder / entry.file).write_text(patched(library, entry)[entry.file])
    report = check(entry.task)
    assert not report.passed
    assert report.result.diagnosis[0] == entry.id
    for shown in (report.text, unescape(report._repr_html_())):
        assert entry.hint in shown
        assert entry.section in shown


@pytest.mark.parametrize("words", ["np.ones(len(x)) @ dout / len(x)", "dout.cumsum(0)[-1] / 5"])
def test_other_words_for_a_mistake_get_its_hint(folder: Path, words: str) -> None:
    text = (folder / LAYERS).read_text()
    (folder / LAYERS).write_text(text.replace(DB, f"db = {words}"))
    [found, *_] = check("affine_backward").result.findings
    assert "1-FullyConnectedNets.ipynb: Affine layer: backward" in found.section


def test_two_mistakes_in_two_answers_get_both_hints(folder: Path) -> None:
    text = (folder / LAYERS).read_text()
    text = text.replace(DB, "db = dout.mean(axis=0)").replace(".reshape(x.shape)\n", "\n")
    (folder / LAYERS).write_text(text)
    names = {"affine_backward.db_averaged", "affine_backward.dx_not_reshaped"}
    assert {*check("affine_backward").result.diagnosis} == names


def test_an_unknown_mistake_gets_the_hint_of_its_numbers(folder: Path) -> None:
    text = (folder / LAYERS).read_text()
    (folder / LAYERS).write_text(text.replace(DB, "db = -7 * dout.sum(axis=0)"))
    result = check("affine_backward").result
    assert result.diagnosis == ()
    assert "7 times too large and of the wrong sign" in result.findings[0].hint


def test_a_fingerprint_survives_rounding_and_no_more(
    diagnostician: Diagnostician, assignment: Assignment
) -> None:
    def taken(away: float) -> Outcome:
        finding = Finding("out", "wrong", actual=expected + away * noise, expected=expected)
        return replace(outcome, findings=[finding], answers={})

    outcome = _result(MISCONCEPTIONS[0], diagnostician, assignment).outcomes[0]
    noise, expected = np.sin(np.arange(12.0)), np.cos(np.arange(12.0))
    [mine] = fingerprints(taken(1e-3)).values()
    [rounded] = fingerprints(taken(1e-3 * (1 + 1e-6))).values()
    [other] = fingerprints(taken(1e-3 * 1.01)).values()
    assert same(mine, rounded) and not same(mine, other)


@every_assignment
def test_a_recording_holds_no_answer_and_no_code(assignment: Assignment, released: Path) -> None:
    """Of each wrong answer a handful of numbers, however long it is."""
    tasks = {task.id for task in assignment.tasks}
    mistakes = [mistake for mistake in MISCONCEPTIONS if mistake.task in tasks]
    known = [m for found in RecordedMistakes(released / FILE)._known.values() for m in found]
    assert {mistake.id for mistake in known} == {mistake.id for mistake in mistakes}
    for mistake in known:
        for wrong in mistake.trials.values():
            assert all(len(numbers) <= 4 for _, numbers in wrong.values())
    text = (released / FILE).read_text()
    edits = [new for mistake in mistakes for _, new in mistake.edits if len(new) > 12]
    assert [new for new in edits if new in text] == []


@pytest.mark.parametrize("content", [None, b"{", b"\xff"])
def test_a_broken_recording_is_explained(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(RecordingError, match=r"mistakes\.json: cannot be read .* zip again"):
        RecordedMistakes(tmp_path / FILE)
