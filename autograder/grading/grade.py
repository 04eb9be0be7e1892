"""One submission from its folder to its entry in the result document."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Task, load_assignment
from autograder.diagnosis.explanation import diagnosed
from autograder.diagnosis.naming import Diagnostician
from autograder.dialects.dialect import CASES, all_tasks
from autograder.dialects.reading import read_in_dialect
from autograder.dialects.recognize import AUTO, OWN
from autograder.dialects.spoken import Spoken, solved
from autograder.grading.bench import SandboxBench
from autograder.grading.staff import (
    StaffTrainer,
    StandInServer,
    given_files,
    reference,
    staff_modules,
)
from autograder.grading.telling import in_words_of
from autograder.grading.trace import trace
from autograder.judge.case import Case, Trial, graded_trials, load_checks
from autograder.judge.challenge import Gallery
from autograder.judge.examine import Examination, examine, trials_in_order
from autograder.judge.finding import Finding
from autograder.judge.trial import ReferenceExpected
from autograder.judge.verdict import Result
from autograder.sandbox.errors import ZygoteDied
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote
from autograder.student.channel import Unreachable
from autograder.student.script import Paper
from autograder.student.worker import WARM_UP
from autograder.submission import Submission, submission_id
from datasets import unseen

Entry = dict[str, Any]
Seen = Callable[[Entry], None]
Results = dict[str, Result]
FAULT = "grader fault"
WORKERS = {
    "numpy": "autograder.student.worker:serve",
    "pytorch": "autograder.student.torch_worker:serve",
}
"""Where a worker of each environment starts."""
LEARN = "autograder.student.worker:learn"
PRELOAD = (*WARM_UP, "autograder.dialects.adapter")
MOST_COURSES = 8
"""Layouts of other courses that a judge remembers at the same time: each takes 2 MiB."""


def installed() -> tuple[str, ...]:
    """The environments that this machine has."""
    return tuple(name for name in WORKERS if name != "pytorch" or find_spec("torch"))


@dataclass(frozen=True)
class Job:
    """What is the same for all submissions of a run; plain data, so that processes can share it."""

    assignment: Path
    tier: Tier
    seed: str
    store: Path
    tasks: tuple[str, ...] = ()
    experiments: bool = True
    environments: tuple[str, ...] = field(default_factory=installed)
    dialect: str = AUTO


@dataclass(frozen=True)
class Course:
    """What is the same for all submissions in one dialect.

    `given` are the staff's texts for a worker, `papers` what it is to answer at once.
    """

    examination: Examination
    given: dict[str, str]
    papers: dict[str, Paper]
    tasks: list[Task]


class Judge:
    """Judges submissions one after the other with one zygote."""

    def __init__(self, job: Job) -> None:
        self.job, self.assignment = job, load_assignment(job.assignment)
        staff = reference(self.assignment, solved(self.assignment.package))
        load_checks(CASES)
        self._given = given_files(self.assignment)
        self._stand_ins = StandInServer(staff)
        self._diagnostician = Diagnostician(self.assignment.package, staff_modules(self.assignment))
        trainer = StaffTrainer(self.assignment, job.store) if job.experiments else None
        self._expected = ReferenceExpected(staff, self._diagnostician.alternatives)
        gallery = self._gallery if job.experiments else None
        self._examination = Examination(
            self.assignment, self._expected, self._trials, trainer, gallery
        )
        self._drawn: dict[Case, list[Trial]] = {}
        self._courses: dict[str, Course] = {}
        self._zygotes: dict[str, Zygote] = {}

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *_: object) -> None:
        for zygote in self._zygotes.values():
            zygote.close()

    def _zygote(self, papers: Mapping[str, Paper], environment: str) -> Zygote:
        """One for each environment, started when it is needed first, by a course whose paper its
        workers then know; those of others are sent."""
        if environment not in self._zygotes:
            data = papers.get(environment, Paper(())).data
            self._zygotes[environment] = Zygote(
                self.job.tier, WORKERS[environment], PRELOAD, data, ready=LEARN
            )
        return self._zygotes[environment]

    def _gallery(self, count: int) -> Gallery:
        seed = int.from_bytes(hashlib.sha256(f"{self.job.seed}/gallery".encode()).digest()[:8])
        return Gallery(*unseen(count, seed))

    def _trials(self, case: Case) -> list[Trial]:
        if case not in self._drawn:
            self._drawn[case] = graded_trials(case, self.job.seed)
        return self._drawn[case]

    def grade(self, path: Path, seen: Seen | None = None) -> Entry:
        """The entry of the submission at `path`; `seen` as in `judge`."""
        return self.judge(read_in_dialect(path, self.assignment, self.job.dialect), seen)

    def judge(self, submission: Submission, seen: Seen | None = None) -> Entry:
        """The entry of `submission`; `seen` gets what there is of it after each task."""
        spoken = _dialect(submission)
        results, told = self._results(submission, spoken, seen)
        for reading, other in spoken.in_other_words() if spoken else ():
            tried = {i: results[i] for i in reading.tasks if i in results}
            if not all(result.passed for result in tried.values()):
                again, _ = self._results(replace(submission, spoken=other), other)
                results |= _kept(tried, {i: again[i] for i in tried}, reading.note)
        return entry(told, results.values())

    def _results(
        self, submission: Submission, spoken: Spoken | None, seen: Seen | None = None
    ) -> tuple[Results, Submission]:
        """By task, in the order of the assignment, in the words of the course; and the submission
        with what its files were stopped by.

        What disturbs a worker or its zygote once, does so by chance. What the code does, it does
        again."""
        try:
            return self._examined(submission, spoken, seen, last=False)
        except (Unreachable, ZygoteDied):
            return self._examined(submission, spoken, seen, last=True)

    def _examined(
        self, submission: Submission, spoken: Spoken | None, seen: Seen | None, last: bool
    ) -> tuple[Results, Submission]:
        course = self._course(spoken)
        with SandboxBench(
            course.examination.assignment, submission, course.given,
            partial(self._zygote, course.papers), self._stand_ins, course.papers, last,
        ) as bench:  # fmt: skip
            told: Results = {}
            for result in examine(course.examination, bench, course.tasks):
                named = diagnosed(result, self._diagnostician)
                told[result.task.id] = in_words_of(spoken, named) if spoken else named
                if seen:
                    seen(entry(submission, told.values()))
            submission = submission.stopped(bench.stops())
        return {task.id: told[task.id] for task in course.tasks}, submission

    def _course(self, spoken: Spoken | None) -> Course:
        """As it was made, while it is one of the last: students' own folders make many of them."""
        key = spoken.key if spoken else ""
        course = self._courses.pop(key, None) or self._new_course(spoken)
        self._courses[key] = course
        if len(self._courses) > MOST_COURSES:
            del self._courses[next(iter(self._courses))]
        return course

    def _new_course(self, spoken: Spoken | None) -> Course:
        examination, given = self._examination, self._given
        if spoken:
            assignment, left_out = spoken.judging(self.assignment), spoken.dialect.left_out
            examination = replace(examination, assignment=assignment, left_out=frozenset(left_out))
            given = spoken.staff_files(self.assignment, given)
        tasks = self._tasks(examination.assignment)
        ahead = papers(examination, self._expected, tasks, given)
        return Course(examination, given, ahead, tasks)

    def _tasks(self, assignment: Assignment) -> list[Task]:
        """Those of the job that a course has."""
        chosen = {task.id for task in chosen_tasks(self.assignment, self.job)}
        return [task for task in assignment.tasks if task.id in chosen]


def papers(
    examination: Examination,
    expected: ReferenceExpected,
    tasks: Sequence[Task],
    given: Mapping[str, str],
) -> dict[str, Paper]:
    """What a worker of each environment is to answer at once."""
    return {
        name: Paper(
            tuple(
                trace(trial, expected.values(trial))
                for trial in trials_in_order(examination, chosen)
            ),
            given,
        )
        for name in WORKERS
        if (chosen := [task for task in tasks if task.environment == name])
    }


def chosen_tasks(assignment: Assignment, job: Job) -> list[Task]:
    """The tasks of the job, those that only other courses have last; AssignmentError for an unknown
    one."""
    known = all_tasks(assignment)
    wanted = {known.task(i).id for i in job.tasks} or {t.id for t in known.tasks}
    return [
        t
        for t in known.tasks
        if t.id in wanted and t.environment in job.environments and (job.experiments or t.has_cases)
    ]


def entry(submission: Submission, results: Iterable[Result]) -> Entry:
    """A submission's part of the result document; a fault of the grader costs no points.

    The dialect "own" is that of the assignment, as it is where it is chosen.
    """
    spoken = _dialect(submission)
    tasks = [_task(result) for result in results]
    counted = [task for task in tasks if task["verdict"] != FAULT]
    return {
        "id": submission.id,
        "dialect": spoken.dialect.name if spoken else OWN,
        "dialect_evidence": list(spoken.evidence) if spoken else [],
        "points": round(sum(task["points"] for task in counted), 2),
        "max_points": round(sum(task["max_points"] for task in counted), 2),
        "files": [vars(status) for status in submission.statuses],
        "tasks": tasks,
    }


def _kept(one: Results, other: Results, note: str) -> Results:
    """Those of the reading that gives more points in all, if it is the `other` with the note."""
    if _points(other) <= _points(one):
        return one
    return {i: replace(result, notes=(*result.notes, note)) for i, result in other.items()}


def _points(results: Results) -> float:
    return sum(result.points for result in results.values())


def _dialect(submission: Submission) -> Spoken | None:
    """Reading knows less of it than judging does."""
    return submission.spoken if isinstance(submission.spoken, Spoken) else None


def _task(result: Result) -> Entry:
    return {
        "id": result.task.id,
        "verdict": result.verdict,
        "points": result.points,
        "max_points": result.task.points,
        "stand_ins": list(result.stand_ins),
        "diagnosis": list(result.diagnosis),
        "notes": list(result.notes),
        "findings": [row for finding in result.findings for row in _findings(finding)],
    }


def _findings(finding: Finding) -> list[Entry]:
    """A hidden trial's expected values are for the staff alone."""
    row = {
        "quantity": finding.quantity,
        "message": finding.text if finding.public else finding.summary,
        "hint": finding.hint,
        "section": finding.section,
        "trial": finding.case,
        "visibility": "student",
    }
    if finding.public or not finding.detail:
        return [row]
    return [row, {**row, "message": finding.text, "visibility": "staff"}]


def faulty_entry(assignment: Assignment, path: Path, job: Job, fault: str) -> Entry:
    """The entry of a submission that the grader itself failed to judge: no points are lost."""
    results = [
        Result(task, FAULT, findings=(Finding("", "The grader failed here.", fault, public=False),))
        for task in chosen_tasks(assignment, job)
        if task in assignment.tasks
    ]
    return entry(Submission(submission_id(path), {}), results)
