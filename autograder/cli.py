"""One door to everything that staff and students do.

A command imports what it works with: the others, and the help, need not wait for it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from autograder.local.commands import app
from autograder.release.errors import ReleaseError

USAGE, FAULT, INTERRUPTED = 2, 1, 130
Folder = Annotated[
    Path | None,
    typer.Option("--assignment", help="Folder with assignment.toml; by default all in source/."),
]
Store = Annotated[Path, typer.Option(help="Database of results and training runs.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="File for points and verdicts per task.")]
Html = Annotated[Path | None, typer.Option("--html", help="Folder for the class report.")]
SOURCE = Path("source")


@contextmanager
def _clear_errors(failed: str = "No release was made") -> Iterator[None]:
    """Expected errors end in one clear sentence; anything else is a fault of ours."""
    try:
        yield
    except sqlite3.Error as error:
        text = f"results cannot be stored ({error}); nothing stored so far is lost: make room and "
        typer.echo(f"Error: {text}run the same command again", err=True)
        raise typer.Exit(FAULT) from None
    except ReleaseError as error:
        typer.echo(f"{failed}: {error}", err=True)
        raise typer.Exit(FAULT) from None
    except KeyboardInterrupt:
        text = "Interrupted. What was finished is stored: run the same command again to go on."
        typer.echo(text, err=True)
        raise typer.Exit(INTERRUPTED) from None
    except _usage_errors() as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(USAGE) from None


def _usage_errors() -> tuple[type[Exception], ...]:
    """Python asks for them only once something was raised."""
    from autograder.assignment import AssignmentError
    from autograder.gradebook.errors import BookError
    from autograder.grading.roster import RosterError
    from autograder.grading.store import StoreError
    from autograder.reports.document import ReportError
    from autograder.sandbox.errors import NotIsolated

    return AssignmentError, BookError, RosterError, StoreError, ReportError, NotIsolated


def _named(text: str) -> Path:
    """A path; an empty one, from an unset variable of a script, would be the current folder."""
    if not text:
        raise typer.BadParameter("the path is empty: name a folder or a zip")
    return Path(text)


def _folders(assignment: Path | None) -> list[Path]:
    """The folder named, or those of all assignments."""
    from autograder.assignment import find_assignments

    return [assignment] if assignment else [each.root for each in find_assignments(SOURCE)]


@app.command()
def release(
    assignment: Folder = None,
    to: Annotated[Path, typer.Option(help="Folder that releases are put into.")] = Path("release"),
    store: Store = Path("graded/results.db"),
) -> None:
    """Write the students' folder and zip, proved to hold no solution."""
    from autograder.release.release import release_assignment

    with _clear_errors():
        for each in _folders(assignment):
            folder = release_assignment(each, to, store)
            typer.echo(f"Released {folder} and {folder}.zip")


@app.command()
def solutions(
    assignment: Folder = None,
    to: Annotated[Path, typer.Option(help="Where solutions are put.")] = Path("solutions"),
    short: Annotated[bool, typer.Option("--short", help="A quick try; keeps nothing.")] = False,
) -> None:
    """Run all notebooks with their solutions, and write them to publish after the deadline."""
    from autograder.release.release import solve_assignment, try_assignment

    def told(name: str, seconds: float) -> None:
        typer.echo(f"{name}: {seconds:.0f} s")

    with _clear_errors("A notebook does not run" if short else "No solutions were made"):
        for each in _folders(assignment):
            if short:
                try_assignment(each, told)
            else:
                typer.echo(f"Solutions: {solve_assignment(each, to, told)}")


@app.command()
def grade(
    submissions: Annotated[
        list[Path], typer.Argument(parser=_named, help="Folders, zips, or folders of them.")
    ],
    assignment: Annotated[
        Path | None,
        typer.Option(
            help="Folder with assignment.toml; by default the one in source/ whose files "
            "most submissions hold."
        ),
    ] = None,
    task: Annotated[
        list[str] | None, typer.Option(help="Grade this task only; may be repeated.")
    ] = None,
    seed: Annotated[
        str, typer.Option(help="Seed of the hidden trials; kept secret in the store by default.")
    ] = "",
    jobs: Annotated[
        int, typer.Option(min=1, help="Submissions judged at the same time.")
    ] = os.cpu_count() or 1,
    json: Annotated[
        Path | None, typer.Option(help="File for the result document, which `report` reads.")
    ] = None,
    html: Html = None,
    csv: Csv = None,
    store: Store = Path("graded/results.db"),
    skip_experiments: Annotated[
        bool, typer.Option("--skip-experiments", help="Leave out training runs.")
    ] = False,
    dialect: Annotated[
        str,
        typer.Option(help="Whose names the files use: a course's; `own`; `auto`: what they tell."),
    ] = "auto",
    gradebook: Annotated[
        Path | None,
        typer.Option(help="nbgrader course, the folder of nbgrader_config.py, to write into."),
    ] = None,
    i_trust_this_code: Annotated[
        bool, typer.Option("--i-trust-this-code", help="Run students' code without isolation.")
    ] = False,
) -> None:
    """Grade submissions; after an interruption, run it again."""
    from autograder import console
    from autograder.assignment import find_assignments, load_assignment, siblings
    from autograder.grading.choice import choose
    from autograder.grading.grade import Job
    from autograder.grading.roster import RosterError, find_submissions, strangers
    from autograder.grading.run import faulty
    from autograder.reports import Places
    from autograder.reports.text import one_line
    from autograder.sandbox.tiers import Tier, probe

    with _clear_errors():
        named, places = assignment and load_assignment(assignment), Places(json, csv, html)
        known = siblings(named) if named else find_assignments(SOURCE)
        paths = find_submissions(submissions, known)
        loaded, why = choose(paths, [named] if named else known)
        if why:
            typer.echo(f"Assignment: {loaded.id} ({why})", err=True)
        tier = Tier.none() if i_trust_this_code else probe()
        folder, tasks = loaded.root.resolve(), tuple(task or ())
        experiments = not skip_experiments
        job = Job(folder, tier, seed, store.resolve(), tasks, experiments, dialect=dialect)
        if html and html.resolve() in {path.resolve() for path in (*submissions, *paths)}:
            raise RosterError(f"{html}: holds submissions; choose another --html")
        places.check()
        if gradebook:
            from autograder.gradebook.errors import demand_course

            demand_course(gradebook)
        if others := strangers(submissions, paths):
            why = "a submission is a .zip, or a folder with Python files or notebooks"
            names = ", ".join(one_line(name, 255) for name in others)
            typer.echo(f"Not graded: {names} ({why})", err=True)
        document = console.grade_watched(paths, loaded, job, jobs)
        console.show_and_write(document, places)
        if gradebook:
            from autograder.gradebook.book import write_book

            write_book(gradebook, loaded, document, paths)
            typer.echo(f"Grade book: {gradebook}")
    if any(faulty(entry) for entry in document["submissions"]):
        raise typer.Exit(FAULT)


@app.command()
def report(
    result: Annotated[Path, typer.Argument(help="Result document, as `grade --json` wrote it.")],
    html: Html = None,
    csv: Csv = None,
) -> None:
    """Make the reports again from a result document."""
    from autograder import console
    from autograder.reports import Places

    with _clear_errors():
        places = Places(None, csv, html)
        document = console.read_result(result)
        places.check()
        console.show_and_write(document, places)


@app.command()
def doctor() -> None:
    """Try how well this machine isolates students' code."""
    from autograder.sandbox.tiers import probe

    with _clear_errors():
        tier = probe()
    typer.echo(f"Isolation: {tier.name}")
