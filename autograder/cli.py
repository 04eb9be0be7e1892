"""One door to everything that staff and students do.

A command imports what it works with: the others, and the help, need not wait for it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from autograder.local.commands import app
from autograder.release.errors import ReleaseError

if TYPE_CHECKING:
    from datetime import datetime

    from autograder.assignment import Assignment
    from autograder.grading.grade import Job

USAGE, FAULT, INTERRUPTED = 2, 1, 130
Folder = Annotated[
    Path | None,
    typer.Option("--assignment", help="Folder with assignment.toml; by default all in source/."),
]
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
        typer.echo(f"{failed}: {_harmless(error)}", err=True)
        raise typer.Exit(FAULT) from None
    except KeyboardInterrupt:
        text = "Interrupted. What was finished is stored: run the same command again to go on."
        typer.echo(text, err=True)
        raise typer.Exit(INTERRUPTED) from None
    except _usage_errors() as error:
        typer.echo(f"Error: {_harmless(error)}", err=True)
        raise typer.Exit(USAGE) from None


def _harmless(error: Exception) -> str:
    """What it says, without what a terminal obeys. Lines are ours, but not where submissions are
    named, whose names could have some."""
    from autograder.collect.attempt import CollectError
    from autograder.grading.roster import RosterError
    from autograder.reports.text import LONGEST, clean, one_line

    text = str(error)
    return one_line(text, LONGEST) if isinstance(error, CollectError | RosterError) else clean(text)


def _usage_errors() -> tuple[type[Exception], ...]:
    """Python asks for them only once something was raised."""
    from autograder.assignment import AssignmentError
    from autograder.collect.attempt import CollectError
    from autograder.gradebook.errors import BookError
    from autograder.grading.cluster.errors import ClusterError
    from autograder.grading.judges import JudgesError
    from autograder.grading.roster import RosterError
    from autograder.grading.store import StoreError
    from autograder.reports.document import ReportError
    from autograder.sandbox.errors import SandboxError
    from autograder.spreadsheet import SheetError

    ours = (BookError, ClusterError, CollectError, JudgesError, SheetError, StoreError, ReportError)
    return AssignmentError, RosterError, SandboxError, *ours


def _named(text: str) -> Path:
    """A path; an empty one, from an unset variable of a script, would be the current folder."""
    if not text:
        raise typer.BadParameter("the path is empty: name a file or a folder")
    return Path(text)


Store = Annotated[Path, typer.Option(parser=_named, help="Database of results and training runs.")]
Csv = Annotated[
    Path | None,
    typer.Option("--csv", parser=_named, help="File for points and verdicts per task."),
]
Html = Annotated[
    Path | None, typer.Option("--html", parser=_named, help="Folder for the class report.")
]


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
    from autograder.assignment import load_assignment
    from autograder.release.entries import demand_importable

    with _clear_errors():
        demand_importable()
        from autograder.release.release import release_assignment

        for each in _folders(assignment):
            folder = release_assignment(each, to, store)
            tasks = load_assignment(each).tasks
            points = f"{sum(task.points for task in tasks):g} points"
            typer.echo(f"Released {folder} and {folder}.zip: {len(tasks)} tasks, {points}")


@app.command()
def solutions(
    assignment: Folder = None,
    to: Annotated[Path, typer.Option(help="Where solutions are put.")] = Path("solutions"),
    short: Annotated[bool, typer.Option("--short", help="A quick try; keeps nothing.")] = False,
) -> None:
    """Run all notebooks with their solutions, and write them to publish after the deadline."""
    from autograder.release.entries import demand_importable

    def told(name: str, seconds: float) -> None:
        typer.echo(f"{name}: {seconds:.0f} s")

    with _clear_errors("A notebook does not run" if short else "No solutions were made"):
        demand_importable()
        from autograder.release.release import solve_assignment, try_assignment

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
        Path | None,
        typer.Option(parser=_named, help="File for the result document, which `report` reads."),
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
    execute_notebooks: Annotated[
        Path | None,
        typer.Option(help="Folder for the students' notebooks, run in the sandbox with outputs."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(help="Judge on Dask workers: local:N, or a scheduler's tls://HOST:PORT."),
    ] = None,
    cluster_tls: Annotated[
        Path | None, typer.Option(help="Folder with the cluster's ca.pem, cert.pem and key.pem.")
    ] = None,
    cluster_wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait while the cluster has no worker.")
    ] = 600,
    i_trust_this_code: Annotated[
        bool, typer.Option("--i-trust-this-code", help="Run students' code without isolation.")
    ] = False,
) -> None:
    """Grade submissions; after an interruption, run it again."""
    from autograder import console
    from autograder.assignment import load_assignment
    from autograder.outputs import Outputs

    with _clear_errors():
        named = load_assignment(assignment) if assignment else None
        outputs = Outputs(json, csv, html, execute_notebooks, gradebook)
        elsewhere = console.cluster(cluster, cluster_tls, cluster_wait)
        loaded, paths = _handed_in(submissions, named)
        job = _job(loaded, i_trust_this_code, seed, store, task, skip_experiments, dialect)
        outputs.demand(loaded, submissions, paths, store)
        _tell_strangers(submissions, paths)
        document = console.grade_watched(paths, loaded, job, jobs, elsewhere)
        outputs.write(document, loaded, paths, dialect, jobs)
    _end_of(document)


def _handed_in(
    submissions: list[Path], named: "Assignment | None"
) -> "tuple[Assignment, list[Path]]":
    """The assignment and the submissions to it. Raises RosterError, and AssignmentError."""
    from autograder.grading.roster import find_submissions

    known = _known(named)
    paths = find_submissions(submissions, known)
    return _chosen(paths, named, known), paths


def _known(named: "Assignment | None") -> "list[Assignment]":
    """Those whose files tell that something is a submission. Raises AssignmentError."""
    from autograder.assignment import find_assignments, siblings

    return siblings(named) if named else find_assignments(SOURCE)


def _chosen(
    paths: list[Path], named: "Assignment | None", known: "list[Assignment]"
) -> "Assignment":
    """The one named, or that of most submissions, which is told. Raises RosterError."""
    from autograder.grading.choice import choose

    loaded, why = choose(paths, [named] if named else known)
    if why:
        typer.echo(f"Assignment: {loaded.id} ({why})", err=True)
    return loaded


def _job(
    loaded: "Assignment",
    trusted: bool,
    seed: str,
    store: Path,
    task: list[str] | None,
    skip_experiments: bool,
    dialect: str,
) -> "Job":
    """trusted: code runs without isolation. Raises NotIsolated."""
    from autograder.grading.grade import Job
    from autograder.sandbox.tiers import Tier, probe

    tier = Tier.none() if trusted else probe()
    folder, tasks = loaded.root.resolve(), tuple(task or ())
    kept, experiments = Path(os.path.realpath(store)), not skip_experiments
    return Job(folder, tier, seed, kept, tasks, experiments, dialect=dialect)


def _tell_strangers(submissions: list[Path], paths: list[Path]) -> None:
    from autograder.grading.roster import strangers
    from autograder.reports.text import one_line

    if others := strangers(submissions, paths):
        why = "a submission is a .zip, or a folder with Python files or notebooks"
        names = ", ".join(one_line(name, 255) for name in others)
        typer.echo(f"Not graded: {names} ({why})", err=True)


def _end_of(document: dict[str, Any]) -> None:
    """Ends with status 1 if the grader failed with a submission."""
    from autograder.grading.run import faulty

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
        places.spare([result])
        places.check()
        console.show_and_write(document, places)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="Result document of before.")],
    new: Annotated[Path, typer.Argument(help="Result document of now.")],
    csv: Annotated[Path | None, typer.Option("--csv", help="File for a row per change.")] = None,
) -> None:
    """Say who gained or lost points between two results, and why."""
    from autograder import console
    from autograder.reports import Places
    from autograder.reports.compare import changes, lines, table
    from autograder.reports.files import write_whole

    with _clear_errors():
        Places(csv=csv).spare([old, new])
        found = changes(console.read_result(old), console.read_result(new))
        if csv:
            write_whole(csv, table(found))
    for line in lines(found):
        typer.echo(line)
    students = len({change.student for change in found})
    typer.echo(f"{len(found)} changes of {students} students")


@app.command()
def adjust(
    result: Annotated[Path, typer.Argument(help="Result document, as `grade --json` wrote it.")],
    by: Annotated[Path, typer.Option(help="CSV with the columns student, task, points, comment.")],
    to: Annotated[Path, typer.Option(help="Result document to write.")],
) -> None:
    """Put points and comments of yours into a result document; the same table does for the next."""
    from autograder import console
    from autograder.reports import Places, write_json
    from autograder.reports.adjust import adjust as adjusted
    from autograder.reports.text import one_line

    with _clear_errors():
        Places(json=to).spare([by])
        document, absent = adjusted(console.read_result(result), by)
        write_json(document, to)
    if absent:
        typer.echo(f"No result of: {one_line(', '.join(absent), 2000)}", err=True)
    typer.echo(f"Written: {to}")


@app.command()
def bundle(
    kind: Annotated[Literal["gradescope", "github"], typer.Argument(help="For whom.")],
    to: Annotated[Path, typer.Option(help="The zip, or GitHub's workflow file, to write.")],
    assignment: Annotated[Path, typer.Option(help="Folder with assignment.toml.")],
    store: Store = Path("graded/results.db"),
    wheels: Annotated[
        Path | None, typer.Option(help="Gradescope: folder of wheels to install from.")
    ] = None,
    time_limit: Annotated[
        int, typer.Option(min=60, help="Gradescope: seconds that it gives a submission.")
    ] = 600,
    task: Annotated[
        list[str] | None, typer.Option(help="Gradescope: this task only; may be repeated.")
    ] = None,
    skip_experiments: Annotated[
        bool, typer.Option("--skip-experiments", help="Leave out training runs.")
    ] = False,
    pytorch: Annotated[bool, typer.Option("--pytorch", help="Install PyTorch as well.")] = False,
    i_trust_this_code: Annotated[
        bool, typer.Option("--i-trust-this-code", help="Run students' code without isolation.")
    ] = False,
) -> None:
    """Make what another program runs: Gradescope's autograder, or GitHub Classroom's workflow."""
    from autograder.assignment import load_assignment
    from autograder.exports.github import workflow
    from autograder.exports.gradescope.bundle import bundle as pack
    from autograder.exports.gradescope.bundle import settings_for
    from autograder.reports.files import write_whole

    with _clear_errors():
        if kind == "github":
            write_whole(to, workflow(load_assignment(assignment)))
        else:
            loaded, tasks = load_assignment(assignment), tuple(task or ())
            how = (time_limit, tasks, not skip_experiments, i_trust_this_code)
            pack(loaded, to, settings_for(loaded, store, *how), wheels, pytorch)
    typer.echo(f"Written: {to}")


@app.command()
def export(
    format: Annotated[Literal["canvas", "moodle", "github"], typer.Argument(help="For whom.")],
    result: Annotated[Path, typer.Argument(help="Result document, as `grade --json` wrote it.")],
    to: Annotated[Path, typer.Option(help="The file to write.")],
    table: Annotated[
        Path | None, typer.Option(help="Canvas's grade book or Moodle's worksheet, downloaded.")
    ] = None,
    column: Annotated[str, typer.Option(help="Canvas: the title of the assignment.")] = "",
    scale: Annotated[
        bool, typer.Option("--scale", help="Take points to the most that the table knows.")
    ] = False,
    roster: Annotated[Path | None, typer.Option(help="CSV that joins ids to names.")] = None,
) -> None:
    """Put results into the table of another program."""
    from autograder import console
    from autograder.exports.write import export as write
    from autograder.people import read_roster
    from autograder.reports.text import one_line

    with _clear_errors():
        document = console.read_result(result)
        people = read_roster(roster) if roster else None
        for line in write(document, format, to, table, column, scale, people):
            typer.echo(one_line(line, 2000))
    typer.echo(f"Written: {to}")


@app.command()
def collect(
    source: Annotated[
        Path, typer.Argument(parser=_named, help="What was downloaded: a folder, a zip, a table.")
    ],
    to: Annotated[Path, typer.Option(help="Folder for one zip per student.")] = Path("inbox"),
    roster: Annotated[Path | None, typer.Option(help="CSV of the class.")] = None,
    deadline: Annotated[
        str, typer.Option(help="Such as 2026-11-20T23:59, or with a zone +01:00.")
    ] = "",
    late: Annotated[
        Literal["accept", "mark", "refuse"], typer.Option(help="What to do with late work.")
    ] = "mark",
    of: Annotated[
        Literal["auto", "canvas", "folder", "git", "gradescope", "moodle", "nbgrader"],
        typer.Option("--from", help="Who made it; `auto`: as its names tell."),
    ] = "auto",
    name: Annotated[
        str, typer.Option(help="nbgrader: the assignment, as folders or files name it.")
    ] = "",
    meant: Annotated[
        list[str] | None, typer.Option("--is", help="Who is meant, as NAME=ID; may be repeated.")
    ] = None,
) -> None:
    """Make one folder to grade of what Canvas, Gradescope, Moodle, nbgrader or Git gave out.

    Ends with status 1 if somebody has to look at a submission first, which is not in the folder.
    """
    from autograder.collect.collect import collect as collect_all
    from autograder.collect.policy import Policy
    from autograder.collect.telling import told, waiting
    from autograder.people import read_roster

    with _clear_errors():
        people = read_roster(roster) if roster else None
        answers = _answers(meant or [])
        how = (Policy(_time(deadline), late), of, name, answers)
        found, kept, left_out = collect_all(source, to, people, *how)
        for line in told(found, kept, left_out, to):
            typer.echo(line)
    if waiting(kept):
        raise typer.Exit(FAULT)


def _answers(texts: list[str]) -> dict[str, str]:
    """Name -> id."""
    if wrong := [text for text in texts if not all(text.rpartition("="))]:
        raise typer.BadParameter(f"--is {wrong[0]}: write NAME=ID")
    return {name: id for name, _, id in (text.rpartition("=") for text in texts)}


def _time(text: str) -> "datetime | None":
    """A deadline, in this machine's zone if it names none."""
    from autograder.collect.attempt import moment

    if text and not moment(text):
        raise typer.BadParameter(
            f"--deadline {text}: write 2026-11-20T23:59, with +01:00 for a zone"
        )
    return moment(text)


@app.command()
def similarity(
    submissions: Annotated[
        list[Path], typer.Argument(parser=_named, help="Folders, zips, or folders of them.")
    ],
    html: Annotated[Path, typer.Option(help="Folder for the pages, one for each pair.")],
    earlier: Annotated[
        list[Path] | None,
        typer.Option(parser=_named, help="Folder of an earlier year's; may be repeated."),
    ] = None,
    given: Annotated[
        list[Path] | None,
        typer.Option(parser=_named, help="Folder of what else was handed out; may be repeated."),
    ] = None,
    assignment: Annotated[
        Path | None,
        typer.Option(help="Folder with assignment.toml; by default what most submissions are of."),
    ] = None,
    threshold: Annotated[int, typer.Option(min=1, help="Lines in common to be listed.")] = 10,
    csv: Annotated[Path | None, typer.Option("--csv", help="File for a row per pair.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Processes that read.")] = os.cpu_count() or 1,
) -> None:
    """Show what submissions have in common that was not handed out, side by side to be read."""
    from autograder import console
    from autograder.assignment import load_assignment
    from autograder.grading.roster import find_submissions, strangers
    from autograder.reports import Places
    from autograder.similarity.compare import find_earlier
    from autograder.similarity.pages import demand_folder, write_pages
    from autograder.similarity.starter import handed_out
    from autograder.similarity.table import write_table

    with _clear_errors("Nothing was compared"):
        named = load_assignment(assignment) if assignment else None
        known = _known(named)
        paths = find_submissions(submissions, known)
        older = find_earlier(earlier or [], paths, known)
        loaded = _chosen(paths, named, known)
        demand_folder(html, [*submissions, *paths, *(path for path, _ in older)])
        Places(csv=csv).check()
        starter = handed_out(loaded, given or [])
        comparison = console.compare_watched(paths, older, starter, threshold, jobs)
        if csv:
            write_table(comparison, csv)
            typer.echo(f"Pairs: {csv}")
        index = write_pages(comparison, loaded.title, html)
    for line in console.not_compared(comparison, strangers(submissions, paths)):
        typer.echo(line)
    count = len(comparison.pairs)
    pairs = f"{count} pair{'s' * (count != 1)}. Why, only a person can find out."
    typer.echo(f"{threshold} lines or more in common that few others have: {pairs}")
    typer.echo(f"Side by side: {index}")


@app.command()
def doctor(
    store: Store = Path("graded/results.db"),
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
) -> None:
    """Try what students' code could do on this machine, and tell what would make it safer.

    Ends with status 1 if a class cannot be graded here.
    """
    from json import dumps

    from rich.console import Console

    from autograder.doctor import diagnose, told

    found = diagnose(store)
    if json:
        typer.echo(dumps(found.as_data(), indent=2))
    else:
        Console(soft_wrap=True).print(told(found))
    if not found.fit:
        raise typer.Exit(FAULT)
