"""What the sandbox costs: the same trials of the same submission, in process and isolated.

`python -m benchmarks.sandbox` prints medians of wall time per submission, and how many submissions
a second two judges grade. Training runs are left out. A judge remembers right answers, so that the
sandbox is timed twice: with answers that it has not seen, and with such that it has.
"""

import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from autograder.assignment import Assignment, Task, load_assignment
from autograder.grading.grade import Job, Judge, chosen_tasks
from autograder.grading.run import grade_class
from autograder.grading.staff import given_files, reference
from autograder.judge import trial
from autograder.judge.case import graded_trials
from autograder.judge.examine import Examination, examine
from autograder.judge.trial import ReferenceExpected
from autograder.sandbox.tiers import probe
from autograder.student.channel import Answer, Call, error_from
from autograder.student.local import LocalChannel
from autograder.student.session import Failure
from autograder.submission import Submission, read_submission
from benchmarks.classes import SOURCE as CLASSES
from benchmarks.classes import write, write_class
from benchmarks.peers.course import TWELVE
from benchmarks.timing import seconds

SOURCES = Path("source/modular-nets"), Path("source/layer-objects")
COPIES = 100


class Bare(LocalChannel):
    """Calls and nothing else: the caller's random numbers are not kept apart."""

    def begin(self, seed: int) -> None:
        self.session.begin(seed)

    def invoke(self, call: Call) -> Answer:
        try:
            return Answer(*self.session.execute(call))
        except Failure as failure:
            raise error_from(failure.info) from None


class InProcess:
    """A bench that calls the submission in this process, without any isolation."""

    def __init__(self, assignment: Assignment, submission: Submission) -> None:
        files = {**given_files(assignment), **submission.modules()}
        self._channel = Bare(assignment.package, files)

    def own(self, task: Task) -> Bare:
        return self._channel

    def weights(self, name: str) -> None:
        return None

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> None:
        return None

    def stub_left(self, task: Task) -> bool:
        return False

    def untouched(self, task: Task) -> bool:
        return False


def main() -> None:
    """Print the figures."""
    tier = probe()
    print(f"isolation: {tier.name}; a class of {COPIES} is judged by two judges")
    print("tasks           in process  new answers  known answers  allowed  a second")
    for source in SOURCES:
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "results.db"
            job = Job(source.resolve(), tier, "benchmark", store, experiments=False)
            _show(load_assignment(source), job)


def _show(assignment: Assignment, whole: Job) -> None:
    for name, job in _parts(assignment, whole):
        bare, new, known = (1e3 * each for each in _one_submission(assignment, job))
        rate = _throughput(assignment, job)
        times = f"{bare:7.1f} ms {new:9.1f} ms {known:11.1f} ms {1.2 * bare + 10:5.1f} ms"
        print(f"{name:15} {times} {rate:9.1f}")


def _parts(assignment: Assignment, job: Job) -> Iterable[tuple[str, Job]]:
    """Of a course with PyTorch twelve functions, the first two notebooks and all that needs none;
    then everything."""
    if any(task.environment == "pytorch" for task in assignment.tasks):
        yield "twelve", replace(job, tasks=TWELVE, environments=("numpy",))
        first = tuple(t.id for t in assignment.tasks if t.has_cases and t.notebook[0] in "12")
        yield "notebooks 1, 2", replace(job, tasks=first, environments=("numpy",))
        yield "notebooks 1-5", replace(job, environments=("numpy",))
    yield assignment.id, job


def _one_submission(assignment: Assignment, job: Job) -> tuple[float, float, float]:
    expected = ReferenceExpected(reference(assignment))
    examination = Examination(assignment, expected, lambda case: graded_trials(case, job.seed))
    # Those of other courses' files are among the chosen ones.
    tasks = [task for task in chosen_tasks(assignment, job) if task in assignment.tasks]

    def in_process() -> None:
        bench = InProcess(assignment, read_submission(assignment.root, assignment))
        assert all(result.passed for result in examine(examination, bench, tasks))

    with Judge(job) as judge:
        with patch.object(trial, "MOST_RIGHT", 0):
            new = seconds(lambda: judge.grade(assignment.root))
        return seconds(in_process), new, seconds(lambda: judge.grade(assignment.root))


def _throughput(assignment: Assignment, job: Job) -> float:
    with tempfile.TemporaryDirectory() as folder:
        paths = _class(assignment, Path(folder))
        start = time.perf_counter()
        grade_class(paths, assignment, replace(job, seed="throughput"), 2, lambda *_: None)
        return COPIES / (time.perf_counter() - start)


def _class(assignment: Assignment, folder: Path) -> list[Path]:
    """A drawn class where there is one, else copies of the solution."""
    names = [name for name in assignment.student_files if name.endswith(".py")]
    if assignment.id == CLASSES.name:
        write_class(folder, COPIES, 1, files=names)
        return sorted(folder.iterdir())
    texts = {name: (assignment.root / name).read_text("utf-8") for name in names}
    return write(folder, {f"s{number:03}": texts for number in range(COPIES)})


if __name__ == "__main__":
    main()
