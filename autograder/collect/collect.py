"""From what another program gave out to the folder of submissions that grading takes."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from autograder.collect import canvas, folders, gradescope, moodle, nbgrader, repositories
from autograder.collect.attempt import Attempt, CollectError
from autograder.collect.inbox import Kept, fill
from autograder.collect.policy import Policy, decide
from autograder.collect.unpack import unpack
from autograder.people import Roster

Format = Literal["auto", "canvas", "folder", "git", "gradescope", "moodle", "nbgrader"]
LOOKS = {
    "gradescope": gradescope.looks,
    "moodle": moodle.looks,
    "canvas": canvas.looks,
    "nbgrader": nbgrader.looks,
}


def collect(
    source: Path,
    inbox: Path,
    roster: Roster | None,
    policy: Policy,
    of: Format = "auto",
    name: str = "",
    answers: Mapping[str, str] | None = None,
) -> tuple[str, list[Kept], list[str]]:
    """Fill `inbox` from `source`, a folder, a zip of one, or a table of repositories.

    Returns the format it is in, what became of each attempt, and what was left out of the zip.
    Raises CollectError, for an answer of no use too, and SheetError for a table.
    """
    if inbox.resolve().is_relative_to(source.resolve()):
        raise CollectError(f"{inbox}: lies in what is collected: choose another --to")
    with TemporaryDirectory() as place:
        left_out: list[str] = []
        if of == "git" or (of == "auto" and source.suffix.lower() == ".csv"):
            found, told = "git", list(repositories.read(source, Path(place)))
        else:
            folder = source
            if source.is_file():
                folder = Path(place) / source.stem
                folder.mkdir()
                left_out = unpack(source, folder)
            found, told = _read(folder, of, name)
        if not told:
            raise CollectError(f"{source}: holds no submission" + (f" of {name}" if name else ""))
        _demand_use(answers or {}, told, roster)
        return found, fill(inbox, decide(told, roster, policy, answers)), left_out


def _demand_use(answers: Mapping[str, str], told: Sequence[Attempt], roster: Roster | None) -> None:
    called = {name for attempt in told for name in (*attempt.names, attempt.source)}
    for name, student in answers.items():
        if name not in called:
            raise CollectError(f"--is {name}={student}: nothing is from {name}")
        if roster and not roster.find([student]):
            raise CollectError(f"--is {name}={student}: the roster does not know {student}")


def _read(folder: Path, of: Format, name: str) -> tuple[str, list[Attempt]]:
    try:
        wrapped = folders.entries(folder)
        tops = [folder, *(wrapped if len(wrapped) == 1 and wrapped[0].is_dir() else [])]
        formats = [key for key in LOOKS if of in ("auto", key)]
        known = ((top, key) for top in tops for key in formats if LOOKS[key](top))
        plain = tops[-1] if tops[-1].name == folder.name else folder
        top, found = next(known, (plain, "folder" if of == "auto" else of))
        return found, list(_attempts(top, found, name))
    except OSError as error:
        raise CollectError(f"{folder}: cannot be read ({error.strerror})") from None


def _attempts(folder: Path, of: str, name: str) -> Iterable[Attempt]:
    if of == "nbgrader":
        return nbgrader.read(folder, name)
    readers = {"canvas": canvas.read, "gradescope": gradescope.read, "moodle": moodle.read}
    return readers.get(of, folders.read)(folder)
