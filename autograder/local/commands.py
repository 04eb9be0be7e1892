"""The student's commands: check and submit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from autograder.assignment import Assignment, AssignmentError, Task, load_assignment
from autograder.local.apart import check_apart
from autograder.local.recorded import RecordingError
from autograder.local.report import Report
from autograder.local.submit import Packed, SubmitError, pack
from autograder.local.workplace import find_folder

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
NOT_PASSED, USAGE = 1, 2


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except (AssignmentError, RecordingError, SubmitError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(USAGE) from None


@app.command()
def check(
    tasks: Annotated[list[str] | None, typer.Argument(help="Task ids; all by default.")] = None,
    skip_experiments: Annotated[bool, typer.Option(help="Leave out training runs.")] = False,
) -> None:
    """Check the tasks of the assignment in this folder with their public trials.

    Ends with status 0 if all of them pass, 1 if one does not, 2 if nothing can be checked.
    """
    with _clear_errors():
        assignment = load_assignment(find_folder(Path.cwd()))
        chosen = _chosen(assignment, tasks or [], skip_experiments)
        passed = [_shown(report) for report in check_apart(assignment, chosen)]
    typer.echo(f"{sum(passed)} of {len(passed)} tasks pass their public trials.")
    if not all(passed):
        raise typer.Exit(NOT_PASSED)


def _chosen(assignment: Assignment, names: list[str], skip_experiments: bool) -> list[Task]:
    tasks = [assignment.task(name) for name in dict.fromkeys(names)] or list(assignment.tasks)
    left = [task for task in tasks if task.has_cases or not skip_experiments]
    if not left:
        raise AssignmentError("--skip-experiments leaves nothing to check of these tasks")
    return left


def _shown(report: Report) -> bool:
    typer.echo(repr(report))
    return report.passed


@app.command()
def submit(
    to: Annotated[Path, typer.Option(help="The zip to write.")] = Path("submission.zip"),
) -> None:
    """Make the zip to hand in; refuses, with the reason, if something is missing.

    Tasks that are not implemented yet are listed, and packed all the same.
    """
    with _clear_errors():
        assignment = load_assignment(find_folder(Path.cwd()))
        packed = pack(assignment, to)
    typer.echo(f"{to} holds {', '.join(packed.names)}. Hand it in.")
    if packed.unfinished:
        typer.echo(_warning(packed, len(assignment.tasks)), err=True)


def _warning(packed: Packed, total: int) -> str:
    tasks = ", ".join(packed.unfinished)
    return f"Warning: {len(packed.unfinished)} of {total} tasks are not implemented yet: {tasks}"
