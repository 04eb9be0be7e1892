"""One door to everything that staff and students do."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.assignment import AssignmentError, load_assignment
from autograder.grading.grade import Job, chosen_tasks
from autograder.grading.roster import RosterError, find_submissions
from autograder.grading.run import faulty, grade_class
from autograder.grading.staff import reference
from autograder.grading.store import StoreError
from autograder.local.commands import app
from autograder.release.errors import ReleaseError
from autograder.reports import ReportError, class_table, write_csv, write_html, write_json
from autograder.sandbox.errors import NotIsolated
from autograder.sandbox.tiers import Tier, probe

console = Console()
USAGE, FAULT = 2, 1
Folder = Annotated[Path, typer.Option("--assignment", help="Folder with assignment.toml.")]
Store = Annotated[Path, typer.Option(help="Database of results and training runs.")]
Source = Path("source/modular-nets")


@contextmanager
def _clear_errors(failed: str = "No release was made") -> Iterator[None]:
    """Expected errors end in one clear sentence; anything else is a fault of ours."""
    try:
        yield
    except (AssignmentError, RosterError, StoreError, ReportError, NotIsolated) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(USAGE) from None
    except sqlite3.Error as error:
        text = f"results cannot be stored ({error}); nothing stored so far is lost: make room and "
        typer.echo(f"Error: {text}run the same command again", err=True)
        raise typer.Exit(FAULT) from None
    except ReleaseError as error:
        typer.echo(f"{failed}: {error}", err=True)
        raise typer.Exit(FAULT) from None


@app.command()
def release(
    assignment: Folder = Source,
    to: Annotated[Path, typer.Option(help="Where releases are put.")] = Path("release"),
    store: Store = Path("graded/results.db"),
) -> None:
    """Strip the solutions, prove that nothing leaks, and write the students' folder and zip."""
    from autograder.release.release import release_assignment  # nbgrader takes seconds to import

    with _clear_errors():
        folder = release_assignment(assignment, to, store)
    console.print(f"Released {folder} and {folder}.zip")


@app.command()
def solutions(
    assignment: Folder = Source,
    to: Annotated[Path, typer.Option(help="Where solutions are put.")] = Path("solutions"),
    short: Annotated[bool, typer.Option("--short", help="A quick try; keeps nothing.")] = False,
) -> None:
    """Run all notebooks with their solutions, and write them to publish after the deadline."""
    from autograder.release.release import solve_assignment, try_assignment

    def told(name: str, seconds: float) -> None:
        console.print(f"{name}: {seconds:.0f} s", highlight=False)

    with _clear_errors("A notebook does not run" if short else "No solutions were made"):
        if short:
            try_assignment(assignment, told)
        else:
            console.print(f"Solutions: {solve_assignment(assignment, to, told)}")


@app.command()
def grade(
    submissions: Annotated[list[Path], typer.Argument(help="Folders, zips, or folders of them.")],
    assignment: Folder = Source,
    task: Annotated[list[str] | None, typer.Option(help="Only this task; repeatable.")] = None,
    seed: Annotated[str, typer.Option(help="Seed of the hidden trials; secret by default.")] = "",
    jobs: Annotated[int, typer.Option(min=1, help="Judges at work.")] = os.cpu_count() or 1,
    json_file: Annotated[Path | None, typer.Option("--json", help="Result document.")] = None,
    html: Annotated[Path | None, typer.Option(help="Folder for the HTML report.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Points and verdicts per task.")] = None,
    store: Store = Path("graded/results.db"),
    skip_experiments: Annotated[bool, typer.Option(help="Leave out training runs.")] = False,
    i_trust_this_code: Annotated[bool, typer.Option(help="Run without isolation.")] = False,
) -> None:
    """Grade submissions; run again after an interruption, and it continues."""
    with _clear_errors():
        loaded = load_assignment(assignment)
        tier = Tier.none() if i_trust_this_code else probe()
        folder, tasks = assignment.resolve(), tuple(task or ())
        job = Job(folder, tier, seed, store.resolve(), tasks, not skip_experiments)
        reference(loaded)
        if not chosen_tasks(loaded, job):
            raise AssignmentError("no task is left to grade: --task and --skip-experiments clash")
        paths = find_submissions(submissions, loaded)
        document = _with_progress(paths, loaded, job, jobs)
        _write(document, json_file, html, csv)
    if any(faulty(entry) for entry in document["submissions"]):
        raise typer.Exit(FAULT)


def _with_progress(paths: list[Path], loaded: Any, job: Job, jobs: int) -> dict[str, Any]:
    columns = (TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    speed = TextColumn("{task.fields[speed]}")
    with Progress(*columns, speed, console=Console(stderr=True)) as progress:
        bar = progress.add_task("", total=len(paths), speed="")

        def show(done: int, total: int) -> None:
            seconds = progress.tasks[0].elapsed or 1e-9
            progress.update(bar, completed=done, speed=f"{done / seconds:.1f} submissions/s")

        return grade_class(paths, loaded, job, jobs, show)


def _write(
    document: dict[str, Any], json_file: Path | None, html: Path | None, csv: Path | None
) -> None:
    console.print(class_table(document))
    console.print(f"Isolation: {document['run']['tier']}", highlight=False)
    if json_file:
        write_json(document, json_file)
        console.print(f"Result document: {json_file}", soft_wrap=True)
    if csv:
        write_csv(document, csv)
        console.print(f"Points per task: {csv}", soft_wrap=True)
    if html:
        index = write_html(document, html)[0]
        console.print(f"Class report: {index}", soft_wrap=True)
        console.print(f"Student pages: {html / 'students'}", soft_wrap=True)


@app.command()
def report(
    result: Annotated[Path, typer.Argument(help="Result document, as `grade --json` wrote it.")],
    html: Annotated[Path | None, typer.Option(help="Folder for the HTML report.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Points and verdicts per task.")] = None,
) -> None:
    """Make the reports again from a result document."""
    with _clear_errors():
        try:
            document = json.loads(result.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ReportError(f"{result}: is no result document ({error})") from None
        _write(document, None, html, csv)


@app.command()
def doctor() -> None:
    """Say how well this machine isolates students' code, by trying it."""
    with _clear_errors():
        tier: Tier = probe()
    console.print(f"Isolation: {tier.name}")
