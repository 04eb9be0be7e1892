"""What a class page says of the whole class."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import fmean, mean, median

from autograder.reports.document import Document, Finding, Submission, Task, TaskResult
from autograder.reports.text import one_line

BINS = 10


@dataclass
class Mistake:
    """A mistake, and who made it (positions in the document's list of submissions).

    `named` if it is one of the catalogue, else only a wrong answer is known.
    """

    id: str
    name: str
    hint: str
    named: bool
    students: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Headline:
    """Points of a class; `full` is what one submission can earn."""

    mean: float
    median: float
    lowest: float
    highest: float
    full: float


@dataclass
class Overview:
    """What there is to say of a whole class; submissions are added one by one, and not kept.

    bins: number of settled ones (without a grader fault) per tenth of the points; full marks are
    in the last. faults: position -> its tasks that the grader failed to judge. ids: by position.
    """

    ids: list[str] = field(default_factory=list)
    full: float = 0.0
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    faults: dict[int, list[TaskResult]] = field(default_factory=dict)
    _points: list[float] = field(default_factory=list)
    _shares: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _mistakes: dict[tuple[str, str], Mistake] = field(default_factory=dict)

    def add(self, submission: Submission) -> None:
        """Count one more."""
        number = len(self.ids)
        self.ids.append(submission.id)
        self.full = max(self.full, submission.max_points)
        if faults := [task for task in submission.tasks if task.verdict == "grader fault"]:
            self.faults[number] = faults
        else:
            self._points.append(submission.points)
            part = share(submission.points, submission.max_points)
            self.bins[min(BINS - 1, int(BINS * part))] += 1
        for task in submission.tasks:
            if task.verdict not in ("grader fault", "skipped"):
                self._shares[task.id].append(share(task.points, task.max_points))
        self._count_mistakes(number, submission)

    def _count_mistakes(self, number: int, submission: Submission) -> None:
        """A student counts once for each."""
        for mistake in _mistakes(submission):
            known = self._mistakes.setdefault((mistake.id, mistake.name), mistake)
            if known.students[-1:] != [number]:
                known.students.append(number)

    @property
    def headline(self) -> Headline:
        """Points over all settled submissions; zeros if there are none."""
        points = self._points or [0.0]
        return Headline(mean(points), median(points), min(points), max(points), self.full)

    def task_share(self, task: Task) -> float | None:
        """Share of a task's points that the class earned, faults left out; None if nobody."""
        return fmean(self._shares[task.id]) if self._shares.get(task.id) else None

    @property
    def mistakes(self) -> list[Mistake]:
        """Every mistake, the named ones first, then the most common."""
        found = self._mistakes.values()
        return sorted(found, key=lambda mistake: (not mistake.named, -len(mistake.students)))


def overview(submissions: Iterable[Submission]) -> Overview:
    """That of a class."""
    whole = Overview()
    for submission in submissions:
        whole.add(submission)
    return whole


def work_done(view: Document) -> str:
    """How many were judged in this run and how long it took; the others were known before."""
    known, seconds = view.run.known, view.run.seconds.get("total")
    time = "" if seconds is None else f" in {seconds:.1f} s"
    graded = f"{len(view.submissions) - known} graded{time}"
    part = f" ({view.run.renewed} of them in part)" if view.run.renewed else ""
    return f"{graded}, {known} known from an earlier run{part}" if known else graded


def share(points: float, full: float) -> float:
    """points / full in [0, 1]; 0 where nothing can be earned."""
    return min(1.0, points / full) if full > 0 else 0.0


# Who has not tried a task, or could not be judged, has made no mistake in it.
UNTRIED = ("grader fault", "skipped", "blocked", "not attempted")


def _mistakes(submission: Submission) -> Iterator[Mistake]:
    for task in submission.tasks:
        if task.verdict in UNTRIED:
            continue
        hint = next((finding.hint for finding in task.findings if finding.hint), "")
        if task.diagnosis:
            yield from (Mistake(name, _in_words(name), hint, True) for name in task.diagnosis)
        elif task.findings:
            yield Mistake(task.id, _unnamed(task.findings[0]), "", False)


def _in_words(diagnosis: str) -> str:
    return diagnosis.rpartition(".")[2].replace("_", " ")


def _unnamed(finding: Finding) -> str:
    if finding.hint:
        return one_line(finding.hint, 160)
    return f"{finding.quantity} is wrong" if finding.quantity else one_line(finding.message, 80)


def staff_findings(submission: Submission) -> list[tuple[str, Finding]]:
    """(task, finding) of those that only staff may see."""
    found = ((task.id, finding) for task in submission.tasks for finding in task.findings)
    return [(task, finding) for task, finding in found if finding.visibility == "staff"]
