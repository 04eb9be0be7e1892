"""One submission from its folder to its entry in the result document."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Task, load_assignment
from autograder.diagnosis.explanation import diagnosed
from autograder.diagnosis.naming import Diagnostician
from autograder.grading.bench import SandboxBench
from autograder.grading.staff import (
    StaffTrainer,
    StandInServer,
    given_files,
    reference,
    staff_modules,
)
from autograder.grading.trace import trace
from autograder.judge.case import Case, Trial, graded_trials
from autograder.judge.challenge import Gallery
from autograder.judge.examine import Examination, examine, trials_in_order
from autograder.judge.finding import Finding
from autograder.judge.trial import ReferenceExpected
from autograder.judge.verdict import Result
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote
from autograder.student.script import Paper
from autograder.student.worker import WARM_UP
from autograder.submission import Submission, read_submission, submission_id
from datasets import unseen

Entry = dict[str, Any]
FAULT = "grader fault"
WORKERS = {
    "numpy": "autograder.student.worker:serve",
    "pytorch": "autograder.student.torch_worker:serve",
}
"""Where a worker of each environment starts."""


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


class Judge:
    """Judges submissions one after the other with one zygote."""

    def __init__(self, job: Job) -> None:
        self.job, self.assignment = job, load_assignment(job.assignment)
        staff = reference(self.assignment)
        self._given = given_files(self.assignment)
        self._stand_ins = StandInServer(staff)
        self._diagnostician = Diagnostician(self.assignment.package, staff_modules(self.assignment))
        trainer = StaffTrainer(self.assignment, job.store) if job.experiments else None
        expected = ReferenceExpected(staff, self._diagnostician.alternatives)
        gallery = self._gallery if job.experiments else None
        self._examination = Examination(self.assignment, expected, self._trials, trainer, gallery)
        self._papers = papers(self._examination, expected, chosen_tasks(self.assignment, job))
        self._zygotes: dict[str, Zygote] = {}

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *_: object) -> None:
        for zygote in self._zygotes.values():
            zygote.close()

    def _zygote(self, environment: str) -> Zygote:
        """One for each environment, started when it is needed first."""
        if environment not in self._zygotes:
            entry = WORKERS[environment]
            self._zygotes[environment] = Zygote(self.job.tier, entry, preload=WARM_UP)
        return self._zygotes[environment]

    def _gallery(self, count: int) -> Gallery:
        seed = int.from_bytes(hashlib.sha256(f"{self.job.seed}/gallery".encode()).digest()[:8])
        return Gallery(*unseen(count, seed))

    def _trials(self, case: Case) -> list[Trial]:
        return graded_trials(case, self.job.seed)

    def grade(self, path: Path) -> Entry:
        """The entry of the submission at `path`."""
        return self.judge(read_submission(path, self.assignment))

    def judge(self, submission: Submission) -> Entry:
        """The entry of `submission`."""
        wanted = chosen_tasks(self.assignment, self.job)
        with SandboxBench(
            self.assignment, submission, self._given, self._zygote, self._stand_ins, self._papers
        ) as bench:
            results = {r.task.id: r for r in examine(self._examination, bench, wanted)}
        told = [diagnosed(results[task.id], self._diagnostician) for task in wanted]
        return entry(self.assignment, submission, told)


def papers(
    examination: Examination, expected: ReferenceExpected, tasks: Sequence[Task]
) -> dict[str, Paper]:
    """What a worker of each environment is to answer at once."""
    return {
        name: Paper(
            tuple(
                trace(trial, expected.values(trial))
                for trial in trials_in_order(examination, chosen)
            )
        )
        for name in WORKERS
        if (chosen := [task for task in tasks if task.environment == name])
    }


def chosen_tasks(assignment: Assignment, job: Job) -> list[Task]:
    """The tasks of the job, in the assignment's order; AssignmentError for an unknown one."""
    wanted = {assignment.task(i).id for i in job.tasks} or {t.id for t in assignment.tasks}
    return [
        t
        for t in assignment.tasks
        if t.id in wanted and t.environment in job.environments and (job.experiments or t.has_cases)
    ]


def entry(assignment: Assignment, submission: Submission, results: Iterable[Result]) -> Entry:
    """A submission's part of the result document; a fault of the grader costs no points."""
    tasks = [_task(result) for result in results]
    counted = [task for task in tasks if task["verdict"] != FAULT]
    return {
        "id": submission.id,
        "dialect": assignment.dialect,
        "dialect_evidence": ["fixed by assignment.toml"],
        "points": round(sum(task["points"] for task in counted), 2),
        "max_points": round(sum(task["max_points"] for task in counted), 2),
        "files": [vars(status) for status in submission.statuses],
        "tasks": tasks,
    }


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
    ]
    return entry(assignment, Submission(submission_id(path), {}), results)
