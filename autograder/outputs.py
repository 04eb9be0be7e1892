"""What a graded class leaves besides the store: reports, run notebooks, nbgrader's grade book."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from autograder import console
from autograder.assignment import Assignment
from autograder.gradebook.errors import demand_course
from autograder.grading.roster import RosterError
from autograder.reports import Places, check_folder
from autograder.reports.text import one_line


@dataclass(frozen=True)
class Outputs:
    """Where each goes; None for those that were not asked for.

    notebooks: a folder with one for each student. gradebook: the folder of nbgrader_config.py.
    """

    json: Path | None
    csv: Path | None
    html: Path | None
    notebooks: Path | None
    gradebook: Path | None

    @property
    def reports(self) -> Places:
        """Those that are made of the result document alone."""
        return Places(self.json, self.csv, self.html)

    def demand(
        self, assignment: Assignment, named: Sequence[Path], paths: Sequence[Path], store: Path
    ) -> None:
        """Make the folders, and try to write there, before anything is judged.

        named: what the command line says, in which the submissions at `paths` were found. Raises
        RosterError, ReportError, AssignmentError and BookError for what cannot be written.
        """
        if self.html and os.path.realpath(self.html) in map(os.path.realpath, (*named, *paths)):
            raise RosterError(f"{self.html}: holds submissions; choose another --html")
        self.reports.spare([*paths, store])
        self.reports.check()
        if self.notebooks:
            check_folder(self.notebooks, "each student's notebooks get a folder in it")
            console.released(assignment)
        if self.gradebook:
            demand_course(self.gradebook)

    def write(
        self,
        document: dict[str, Any],
        assignment: Assignment,
        paths: list[Path],
        dialect: str,
        jobs: int,
    ) -> None:
        """All that was asked for, and where it lies. Raises ReportError, NotIsolated, BookError."""
        console.show_and_write(document, self.reports)
        if self.notebooks:
            console.execute_watched(paths, assignment, dialect, jobs, self.notebooks)
        if self.gradebook:
            _write_book(self.gradebook, assignment, document, paths, self.notebooks)


def _write_book(
    course: Path,
    assignment: Assignment,
    document: dict[str, Any],
    paths: list[Path],
    executed: Path | None,
) -> None:
    # nbgrader takes seconds to import, and few write its grade book.
    from autograder.gradebook.book import write_book

    for line in write_book(course, assignment, document, paths, executed):
        typer.echo(one_line(line, 255), err=True)
    typer.echo(f"Grade book: {course}")
