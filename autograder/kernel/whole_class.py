"""The notebooks of a class, run by several processes at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from autograder.assignment import Assignment
from autograder.intake import IntakeError
from autograder.kernel.execute import execute_notebooks
from autograder.sandbox.errors import NotIsolated, SandboxError
from autograder.submission import submission_id


def execute_class(
    paths: Sequence[Path], assignment: Assignment, to: Path, given: Path, dialect: str, jobs: int
) -> Iterator[tuple[Path, list[str]]]:
    """Run the notebooks of the submissions at `paths` into `to`/STUDENT, see `execute_notebooks`.

    Yields each path, as it is done, with what befell its notebooks. A submission that cannot be
    read, or whose kernel cannot be started, says so and stops nobody else. Raises NotIsolated.
    """
    workers = ProcessPoolExecutor(min(jobs, len(paths)), mp_context=get_context("spawn"))
    with workers as pool:
        work = {pool.submit(_run, path, assignment, to, given, dialect): path for path in paths}
        for done in as_completed(work):
            yield work[done], done.result()


def _run(path: Path, assignment: Assignment, to: Path, given: Path, dialect: str) -> list[str]:
    try:
        runs = execute_notebooks(path, assignment, to / submission_id(path), given, dialect=dialect)
    except NotIsolated:
        raise
    except (IntakeError, SandboxError) as error:
        return [str(error)]
    return [f"{run.notebook}: {remark}" for run in runs for remark in run.remarks]
