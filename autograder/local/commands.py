"""The student's commands: check and submit.

A command imports what it works with: the others, and the help, need not wait for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.local.lines import fitting

if TYPE_CHECKING:
    from autograder.assignment import Assignment, Task
    from autograder.local.report import Report

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
NOT_PASSED, USAGE = 1, 2


@contextmanager
def _clear_errors() -> Iterator[None]:
    try:
        yield
    except _usage_errors() as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(USAGE) from None


def _usage_errors() -> tuple[type[Exception], ...]:
    """Python asks for them only once something was raised."""
    from autograder.assignment import AssignmentError
    from autograder.local.recorded import RecordingError
    from autograder.local.submit import SubmitError

    return AssignmentError, RecordingError, SubmitError


@app.command()
def check(
    tasks: Annotated[list[str] | None, typer.Argument(help="Task ids; all by default.")] = None,
    skip_experiments: Annotated[
        bool, typer.Option("--skip-experiments", help="Leave out training runs.")
    ] = False,
) -> None:
    """Check the tasks in this folder with their public trials.

    Ends with status 0 if all of them pass, 1 if one does not, 2 if nothing can be checked.
    """
    from autograder.assignment import load_assignment
    from autograder.local.apart import check_apart
    from autograder.local.workplace import find_folder

    with _clear_errors():
        assignment = load_assignment(find_folder(Path.cwd()))
        chosen = _chosen(assignment, tasks or [], skip_experiments)
        passed = [_shown(report) for report in check_apart(assignment, chosen)]
    typer.echo(f"{sum(passed)} of {len(passed)} tasks pass their public trials.")
    if not all(passed):
        raise typer.Exit(NOT_PASSED)


def _chosen(assignment: "Assignment", names: list[str], skip_experiments: bool) -> "list[Task]":
    from autograder.assignment import AssignmentError

    tasks = [assignment.task(name) for name in dict.fromkeys(names)] or list(assignment.tasks)
    left = [task for task in tasks if task.has_cases or not skip_experiments]
    if not left:
        raise AssignmentError("--skip-experiments leaves nothing to check of these tasks")
    return left


def _shown(report: "Report") -> bool:
    typer.echo(fitting(report.text))
    return report.passed


@app.command()
def submit(
    to: Annotated[Path, typer.Option(help="The zip to write.")] = Path("submission.zip"),
) -> None:
    """Make the zip to hand in, or say what is missing.

    Tasks that are not implemented yet are listed, and packed all the same.
    """
    from autograder.assignment import load_assignment
    from autograder.local.submit import pack
    from autograder.local.workplace import find_folder

    with _clear_errors():
        assignment = load_assignment(find_folder(Path.cwd()))
        packed = pack(assignment, to)
    typer.echo(fitting(f"{to} holds {', '.join(packed.names)}. Hand it in."))
    for warning in packed.warnings:
        typer.echo(fitting(f"Warning: {warning}"), err=True)
