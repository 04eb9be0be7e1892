"""What a class page says of the whole class."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import mean, median

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


def settled(view: Document) -> list[Submission]:
    """The submissions without a grader fault: the points of the others are not final."""
    faulty = grader_faults(view)
    return [each for number, each in enumerate(view.submissions) if number not in faulty]


def work_done(view: Document) -> str:
    """How many were judged in this run and how long it took; the others were known before."""
    known, seconds = view.run.known, view.run.seconds.get("total")
    time = "" if seconds is None else f" in {seconds:.1f} s"
    graded = f"{len(view.submissions) - known} graded{time}"
    part = f" ({view.run.renewed} of them in part)" if view.run.renewed else ""
    return f"{graded}, {known} known from an earlier run{part}" if known else graded


def headline(view: Document) -> Headline:
    """Points over all settled submissions; zeros if there are none."""
    points = [submission.points for submission in settled(view)] or [0.0]
    full = max((submission.max_points for submission in view.submissions), default=0.0)
    return Headline(mean(points), median(points), min(points), max(points), full)


def distribution(view: Document) -> list[int]:
    """Number of settled submissions per tenth of the points; full marks are in the last."""
    counts = [0] * BINS
    for submission in settled(view):
        counts[min(BINS - 1, int(BINS * share(submission.points, submission.max_points)))] += 1
    return counts


def share(points: float, full: float) -> float:
    """points / full in [0, 1]; 0 where nothing can be earned."""
    return min(1.0, points / full) if full > 0 else 0.0


def task_share(view: Document, task: Task) -> float | None:
    """Share of a task's points that the class earned, grader faults left out; None if nobody."""
    results = [submission.result(task.id) for submission in view.submissions]
    judged = [r for r in results if r and r.verdict not in ("grader fault", "skipped")]
    return mean(share(r.points, r.max_points) for r in judged) if judged else None


def mistakes(view: Document) -> list[Mistake]:
    """Every mistake, the named ones first, then the most common; a student counts once for each."""
    found: dict[tuple[str, str], Mistake] = {}
    for number, submission in enumerate(view.submissions):
        for mistake in _mistakes(submission):
            known = found.setdefault((mistake.id, mistake.name), mistake)
            if number not in known.students:
                known.students.append(number)
    return sorted(found.values(), key=lambda mistake: (not mistake.named, -len(mistake.students)))


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


def grader_faults(view: Document) -> dict[int, list[TaskResult]]:
    """Position of a submission -> its tasks that the grader failed to judge."""
    faults: dict[int, list[TaskResult]] = defaultdict(list)
    for number, submission in enumerate(view.submissions):
        for task in submission.tasks:
            if task.verdict == "grader fault":
                faults[number].append(task)
    return dict(faults)


def staff_findings(view: Document) -> dict[int, list[tuple[str, Finding]]]:
    """Position of a submission -> (task, finding) that only staff may see."""
    kept: dict[int, list[tuple[str, Finding]]] = defaultdict(list)
    for number, submission in enumerate(view.submissions):
        for task in submission.tasks:
            shown = (finding for finding in task.findings if finding.visibility == "staff")
            kept[number].extend((task.id, finding) for finding in shown)
    return {number: findings for number, findings in kept.items() if findings}
