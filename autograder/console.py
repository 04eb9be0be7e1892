"""What the staff see in their terminal: the progress, the class, and where the reports lie."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    track,
)
from rich.text import Text

from autograder.assignment import Assignment, AssignmentError
from autograder.dialects.recognize import AUTO
from autograder.grading.cluster.address import read_address
from autograder.grading.cluster.errors import ClusterError
from autograder.grading.grade import Job, chosen_tasks
from autograder.grading.run import Maker, grade_class
from autograder.reports import (
    Places,
    ReportError,
    class_summary,
    read_document,
    write_csv,
    write_html,
    write_json,
)
from autograder.reports.text import one_line
from autograder.submission import submission_id

if TYPE_CHECKING:
    from autograder.similarity.compare import Comparison
    from autograder.similarity.reading import Handed

MOST_REASONS = 5
CROWD = 4
"""Judges for each core that are too many, whatever they wait for."""


class Rate(ProgressColumn):
    """Submissions judged per second; `known` ones, from an earlier run, are none of them."""

    def render(self, task: Task) -> Text:
        """The figure of the whole run so far."""
        judged, seconds = task.completed - task.fields["known"], task.elapsed
        return Text(f"{judged / seconds:.1f} submissions/s" if judged and seconds else "")


def left_out(assignment: Assignment, job: Job) -> str:
    """A sentence about the tasks that this machine cannot judge; "" if there are none."""
    lost = [task for task in assignment.tasks if task.environment not in job.environments]
    points = sum(task.points for task in lost)
    what = f"{len(lost)} tasks of {points:g} points are left out"
    todo = "`make release` installs it, or pip, as the README says"
    return f"PyTorch is not installed, so {what}: {todo}." if lost else ""


def crowded(judges: int, option: str = "--jobs") -> str:
    """A sentence if so many judges at the same time, as the option says, are far more than this
    machine has cores."""
    cores = os.cpu_count() or judges
    if judges <= CROWD * cores:
        return ""
    why = "they only wait for one another, and their memory may not suffice"
    return f"{judges} judges on {cores} cores: {why}; see {option}."


def asked_less(entries: Iterable[dict[str, Any]], assignment: Assignment, job: Job) -> str:
    """A sentence if a whole class was asked less than there is; the report tells of single ones."""
    asked = {(entry["dialect"], entry["max_points"], len(entry["tasks"])) for entry in entries}
    tasks = [task for task in chosen_tasks(assignment, job) if task in assignment.tasks]
    if len(asked) != 1 or job.dialect != AUTO:
        return ""
    [(dialect, points, count)] = asked
    if count >= len(tasks):
        return ""
    all_points = sum(task.points for task in tasks)
    what = f"{points:g} of {all_points:g} points asked"
    return f"All were judged as {dialect}, by what their files tell: {what}; see --dialect."


def cluster(text: str | None, tls: Path | None, wait: float) -> Maker | None:
    """The workers that --cluster names; None to judge here. Raises ClusterError."""
    # An empty address, from an unset variable of a script, must not judge here unnoticed.
    if text is None and tls is None:
        return None
    address = read_address(text or "", tls)
    if find_spec("distributed") is None:
        raise ClusterError("--cluster needs the extra `cluster`: pip install -e '.[cluster]'")
    from autograder.grading.cluster.client import Cluster

    _warn(crowded(address.workers, "--cluster"))
    return Cluster(address, wait, lambda text: print(text, file=sys.stderr))


def grade_watched(
    paths: list[Path], assignment: Assignment, job: Job, jobs: int, elsewhere: Maker | None = None
) -> dict[str, Any]:
    """The result document; a bar on the error stream shows how far the class is."""
    _warn(left_out(assignment, job))
    _warn(crowded(0 if elsewhere else min(jobs, len(paths))))
    columns = TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), Rate(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=len(paths), known=0)

        def show(done: int, total: int, known: int) -> None:
            progress.update(bar, completed=done, known=known)

        document = grade_class(paths, assignment, job, jobs, show, elsewhere)
    _warn(asked_less(document["submissions"], assignment, job))
    return document


def _warn(remark: str) -> None:
    if remark:
        Console(stderr=True).print(remark, style="yellow", soft_wrap=True)


def not_compared(comparison: "Comparison", others: list[str]) -> Iterator[str]:
    """A line for each submission that has files of which nothing is known; `others` are none."""
    for work in comparison.left_out:
        why = [one_line(text, 200) for text in work.left_out[:MOST_REASONS]]
        more = len(work.left_out) - len(why)
        yield f"Not compared of {one_line(work.name)}: " + "; ".join(
            [*why, *([f"{more} more"] if more else [])]
        )
    if others:
        yield f"Not compared: {', '.join(one_line(name, 255) for name in others)}"


def read_result(file: Path) -> dict[str, Any]:
    """The result document in `file`; ReportError if it holds none."""
    try:
        document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ReportError(f"{file}: is no result document ({error})") from None
    return document


def show_and_write(document: dict[str, Any], places: Places) -> None:
    """Print the class, write what was asked for, and say where it lies."""
    console, view = Console(), read_document(document)
    console.print(class_summary(view))
    console.print(f"Isolation: {document['run']['tier']}", highlight=False)
    if places.json:
        write_json(document, places.json)
        console.print(f"Result document: {places.json}", soft_wrap=True)
    if places.csv:
        write_csv(view, places.csv)
        console.print(f"Points per task: {places.csv}", soft_wrap=True)
    if places.html:
        index = write_html(view, places.html)[0]
        console.print(f"Class report: {index}", soft_wrap=True)
        console.print(f"Student pages: {places.html / 'students'}", soft_wrap=True)


def compare_watched(
    paths: list[Path], earlier: "list[Handed]", starter: frozenset[str], threshold: int, jobs: int
) -> "Comparison":
    """What the submissions have in common; a bar on the error stream shows how many are read."""
    from autograder.similarity.compare import compare

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=len(paths) + len(earlier))

        def show(done: int, total: int) -> None:
            progress.update(bar, completed=done)

        return compare(paths, earlier, starter, threshold, jobs, show)


def released(assignment: Assignment) -> Path:
    """Where its release lies; AssignmentError if there is none."""
    folder = Path("release") / assignment.id
    if not folder.is_dir():
        text = "is not there, and notebooks run beside what students were given: `make release`"
        raise AssignmentError(f"{folder}: {text}")
    return folder


def execute_watched(
    paths: list[Path], assignment: Assignment, dialect: str, jobs: int, to: Path
) -> None:
    """Run all notebooks in the sandbox, into `to`/STUDENT, beside what the release gives.

    Raises NotIsolated.
    """
    from autograder.kernel.whole_class import execute_class

    runs = execute_class(paths, assignment, to, released(assignment), dialect, jobs)
    bar = track(runs, "Running notebooks", total=len(paths), console=Console(stderr=True))
    for path, remarks in sorted(bar):
        for remark in remarks:
            print(f"{one_line(submission_id(path))}: {one_line(remark, 300)}")
    print(f"Executed notebooks: {to}")
