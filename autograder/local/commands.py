"""The student's commands: check and submit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from autograder.assignment import AssignmentError, load_assignment
from autograder.local.check import run_checks
from autograder.local.recorded import RecordingError
from autograder.local.submit import SubmitError, pack
from autograder.local.workplace import find_folder

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
USAGE = 2


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
    """Check the tasks of the assignment in this folder with their public trials."""
    with _clear_errors():
        assignment = load_assignment(find_folder(Path.cwd()))
        chosen = [assignment.task(task) for task in tasks or [t.id for t in assignment.tasks]]
        chosen = [task for task in chosen if task.file or not skip_experiments]
        reports = run_checks(assignment, chosen)
    for report in reports:
        typer.echo(repr(report))
    passed = sum(report.passed for report in reports)
    typer.echo(f"{passed} of {len(reports)} tasks pass their public trials.")


@app.command()
def submit(
    to: Annotated[Path, typer.Option(help="The zip to write.")] = Path("submission.zip"),
) -> None:
    """Make the zip to hand in; refuses, with the reason, if something is missing."""
    with _clear_errors():
        assignment = load_assignment(find_folder(Path.cwd()))
        names = pack(assignment, to)
    typer.echo(f"{to} holds {', '.join(names)}. Hand it in.")
