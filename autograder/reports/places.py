"""Where reports go, tried before anything is judged: no class is graded for a typing error."""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.reports.document import ReportError
from autograder.reports.files import explained, forget_drafts


@dataclass(frozen=True)
class Places:
    """The files and the folder that were asked for; None for those that were not."""

    json: Path | None = None
    csv: Path | None = None
    html: Path | None = None

    def spare(self, inputs: Iterable[Path]) -> None:
        """Raises ReportError if one would take the place of another, or lie in one of `inputs`,
        which are read, or be one."""
        found = [_real(place) for place in (self.json, self.csv, self.html) if place]
        if double := [place for place in found if found.count(place) > 1]:
            raise ReportError(f"{double[0]}: two outputs have this place: name another for one")
        given = {_real(path) for path in inputs}
        for place in found:
            if given & {place, *place.parents}:
                raise ReportError(f"{place}: would be written over what is read: choose another")

    def check(self) -> None:
        """Make the folders and try to write there; ReportError says what cannot be written."""
        for file in (self.json, self.csv):
            if file:
                _check_file(file)
        if self.html:
            check_folder(self.html, "the HTML report is a folder of pages: choose another --html")
            check_folder(self.html / "students", "the students' pages lie in this folder")


def _real(path: Path) -> Path:
    """As `Path.resolve`, but a link that leads to itself stays where it is."""
    return Path(os.path.realpath(path))


def check_folder(folder: Path, why: str) -> None:
    """Make it and try to write there; ReportError says what cannot be, and `why` a folder."""
    if folder.exists() and not folder.is_dir():
        raise ReportError(f"{folder}: is a file, and {why}")
    _check_file(folder / "index.html")


def _check_file(file: Path) -> None:
    if file.is_dir():
        raise ReportError(f"{file}: is a folder: name a file, such as {file / 'results'}")
    if file.exists() and not file.is_file():
        raise ReportError(f"{file}: is a device or a pipe, and a file would take its place")
    with explained(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=file.parent).close()
    forget_drafts(file.parent)
