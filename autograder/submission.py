"""A folder or a zip becomes a Submission: text only, nothing followed, nothing run."""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol

from autograder.assignment import NO_REPAIRS, Assignment, AssignmentError, Repairs, Task
from autograder.intake import Found, IntakeError, file_name, lies_at, take_in
from autograder.notebook import NotebookError, function_cells
from autograder.salvage.absent import LACKING, absent_packages
from autograder.salvage.decoding import decoded
from autograder.salvage.definitions import belonging, lacks
from autograder.salvage.edits import Source
from autograder.salvage.guise import guise
from autograder.salvage.helpers import Use, uses, within_package
from autograder.salvage.home import Home
from autograder.salvage.importable import own_name
from autograder.salvage.salvage import edited, salvage
from autograder.salvage.twice import twice, without_idle
from autograder.stubs import raises_stub, silenced
from autograder.student.tensors import MARK

PRELUDES = {
    "numpy": "import numpy as np\n",
    "pytorch": (
        "import numpy as np; import torch; import torch.nn as nn; import torch.nn.functional as F; "
        f"{MARK} = True\n"
    ),
}
"""What stands above the cell of a task: its own imports may stand in another cell."""

RIGHT_IN_CELLS = ("notebook_lines", "missing_imports")
"""What Jupyter understands, and what another cell may hold."""

MENDED, LOST = re.compile(r"line \d+(?= is )"), "cannot be judged"
MOST_HELPERS = 20


@dataclass(frozen=True)
class FileStatus:
    """What became of one file: ok, salvaged, missing, ignored or refused."""

    path: str
    status: str
    message: str = ""

    def stopped(self, reasons: Sequence[str]) -> "FileStatus":
        """The same of a file that was read, with the `reasons` why it stopped."""
        if not reasons or self.status not in ("ok", "salvaged"):
            return self
        told = [f"stopped with {reason}" for reason in reasons]
        return FileStatus(self.path, "salvaged", "\n".join(filter(None, [self.message, *told])))


class Spoken(Protocol):
    """The dialect of another course, as far as reading its files goes."""

    def reading(self, assignment: Assignment) -> Assignment:
        """`assignment` with the course's own tasks, files and places."""

    def reads(self, path: str) -> bool:
        """May the file `path` be of the homework that is judged?"""

    def repaired(self, text: str) -> tuple[str, str]:
        """`text` without slips of the handed-out text, and a remark if it had any."""

    def in_python3(self, text: str) -> tuple[str, str]:
        """`text` with the meaning that it has in its own Python, and a remark if that is old."""

    def unfilled(self, files: Mapping[str, str], task: str) -> bool:
        """Is `task` as it was handed out?"""


Recognize = Callable[[Mapping[str, bytes]], Spoken | None]


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    `files` holds the text of each student file, by the assignment's own path; `cells` the source of
    the notebook cell that defines what a task asks for, with its prelude, by task id; `weights` the
    files of trained weights, unread; `helpers` the places of modules of the student's own, which
    are among the `files` as modules of the package. In another course's dialect the paths of
    `files` are its own.
    """

    id: str
    files: Mapping[str, str]
    cells: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, bytes] = field(default_factory=dict)
    statuses: tuple[FileStatus, ...] = ()
    helpers: tuple[str, ...] = ()
    spoken: Spoken | None = None

    def modules(self, silent: Iterable[str] = ()) -> dict[str, str]:
        """All texts as importable files; the cell of task t is the module cell_t.

        The released stubs of the tasks `silent` are replaced by statements that do nothing.
        """
        cells = {f"cell_{name}.py": text for name, text in self.cells.items()}
        texts = {**self.files, **cells}
        for task in silent:
            texts = {path: silenced(text, task) for path, text in texts.items()}
        return texts

    def stub_left(self, task: Task) -> bool:
        """Does the text lack it, or raise the NotImplementedError that the release put there?"""
        if self.spoken:
            return self.spoken.unfilled(self.files, task.id)
        text = self.files.get(task.file, "") if task.file else self.cells.get(task.id, "")
        return lacks(text, task.id.partition(".")[0]) or raises_stub(text, task.id)

    def stopped(self, reasons: Mapping[str, Sequence[str]]) -> "Submission":
        """The same, with the `reasons` told why statements of its files failed, by path."""
        statuses = [status.stopped(reasons.get(status.path, ())) for status in self.statuses]
        return replace(self, statuses=tuple(statuses))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all that is judged."""
        digest = hashlib.sha256()
        texts = {**self.files, **self.cells}
        contents = {name: text.encode("utf-8", "replace") for name, text in texts.items()}
        for name, content in sorted({**contents, **self.weights}.items()):
            for part in (name.encode(), content):
                digest.update(len(part).to_bytes(8, "little") + part)
        return digest.hexdigest()


def read_submission(
    path: Path,
    assignment: Assignment,
    recognize: Recognize = lambda files: None,
    found: Found | None = None,
) -> Submission:
    """Read a folder or a zip; what cannot be used is told in the statuses, never raised.

    `recognize` tells from the files' contents if they are in another course's dialect; it raises
    IntakeError for what is not to be judged. `found` is what `take_in` found there, if it is known.
    """
    name, found = submission_id(path), found or take_in(path)
    try:
        spoken = None if found.unreadable else recognize(found.files)
    except IntakeError as error:
        found = Found(unreadable=str(error))
    if found.unreadable:
        return Submission(name, {}, statuses=(FileStatus(path.name, "refused", found.unreadable),))
    layout = spoken.reading(assignment) if spoken else assignment
    reader = _Reader(layout, found, assignment.repairs, found.files.get, spoken)
    reader.read()
    return reader.submission(name)


def read_workplace(assignment: Assignment) -> Submission:
    """Read the assignment's own folder: its files at their places, whatever else lies there.

    What the grader would repair is told, and left to the owner of the folder.

    Raises AssignmentError if a file is there and cannot be read.
    """
    names = (*assignment.student_files, *assignment.notebooks, *assignment.weights)
    there = [name for name in names if (assignment.root / name).is_file()]
    found = Found({name: _content(assignment.root / name) for name in there})

    def beside(place: str) -> bytes | None:
        file = assignment.root / place
        return _content(file) if file.is_file() else None

    reader = _Reader(assignment, found, NO_REPAIRS, beside)
    reader.read()
    return reader.submission(assignment.root.name)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise AssignmentError(f"{path}: cannot be read ({error.strerror})") from None


class _Reader:
    """`beside` gives the content of a file that may be a module of the student's own."""

    def __init__(
        self,
        assignment: Assignment,
        found: Found,
        repairs: Repairs,
        beside: Callable[[str], bytes | None],
        spoken: Spoken | None = None,
    ) -> None:
        self.assignment, self.found, self.repairs, self.beside = assignment, found, repairs, beside
        self.spoken, self.at_home = spoken, repairs is NO_REPAIRS
        self.helpers: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.cells: dict[str, str] = {}
        self.weights: dict[str, bytes] = {}
        self.statuses = [FileStatus(p, "refused", why) for p, why in found.refused.items()]

    def submission(self, name: str) -> Submission:
        """All that was read."""
        statuses, helpers = tuple(self.statuses), tuple(self.helpers.values())
        return Submission(
            name, self.files, self.cells, self.weights, statuses, helpers, self.spoken
        )

    def read(self) -> None:
        for path in self.assignment.student_files:
            self._student_file(path)
        for path in self.assignment.notebooks:
            self._notebook(path)
        for path in self.assignment.weights:
            self._weights(path)
        for path in self.assignment.given_files:
            if self._locate(path):
                self._say(path, "ignored", "the staff's copy of this given file is used")

    def _say(self, path: str, status: str, message: str = "") -> None:
        self.statuses.append(FileStatus(path, status, message))

    def _absent(self, path: str, message: str) -> None:
        """What was refused is not missing: the reason is told already."""
        if nearest(path, self.found.refused) is None:
            self._say(path, "missing", message)

    def _guess(self, path: str) -> str:
        """A question if a file may be the missing one under another name; it is not judged."""
        wanted = PurePosixPath(path)
        stems = {p.stem.casefold(): p for p in self._unexpected() if p.suffix == wanted.suffix}
        # 0.5 still finds cnn_final for cnn: short names share little with their longer forms.
        near = get_close_matches(wanted.stem.casefold(), stems, n=1, cutoff=0.5)
        return f"; is it {stems[near[0]]}? rename it" if near else ""

    def _unexpected(self) -> list[PurePosixPath]:
        """Files under names of their own, without the droppings of an operating system."""
        given = self.assignment.given_files
        due = (*self.assignment.student_files, *self.assignment.notebooks)
        expected = {file_name(path) for path in (*due, *given)}
        places = map(PurePosixPath, self.found.files)
        return [p for p in places if p.name not in expected and not p.name.startswith(".")]

    def _other_copies(self, path: str, place: str) -> list[str]:
        """A remark if files with other content could have been meant."""
        files = self.found.files
        others = [p for p in _matches(path, files) if files[p] != files[place]]
        return [f"{place} was read, but there is {others[0]} as well"] if others else []

    def _locate(self, path: str) -> str | None:
        files = self.found.files
        if self.spoken:
            files = {place: c for place, c in files.items() if self.spoken.reads(place)}
        return nearest(path, files)

    def _student_file(self, path: str) -> None:
        place = self._locate(path)
        if place is None:
            self._absent(path, f"the file is missing{self._guess(path)}")
            return
        remarks = self._read_file(path, self.found.files[place], package_folder(path, place))
        remarks += self._other_copies(path, place)
        hidden, notes = self._twice(path)
        status = "salvaged" if remarks or hidden else "ok"
        self._say(path, status, "\n".join([*remarks, *hidden, *notes]))

    def _twice(self, path: str) -> tuple[list[str], list[str]]:
        """What is told of work that a released stub hides, and of other second definitions. The
        work counts, but not where the student can still delete the stub."""
        source = Source(self.files[path])
        found = list(twice(source, belonging(self.assignment, path)))
        hidden = [str(each) for each in found if each.idle]
        if hidden and not self.at_home:
            self.files[path] = without_idle(source, found).text
            hidden = [f"{each} (the one above it was judged)" for each in hidden]
        return hidden, [str(each) for each in found if not each.idle]

    def _read_file(self, path: str, content: bytes, folder: PurePosixPath) -> list[str]:
        """Keep the text of the module `path` of the package in `folder`; what is wrong with it."""
        text, remark = decoded(content)
        names = belonging(self.assignment, path)
        other = guise(text) if names else ""
        if other or (remark and self.at_home):
            self.files[path] = ""
            return [other or remark]
        rescued = salvage(self.assignment, path, text, self.repairs)
        text, lacking = self._with_helpers(path, rescued.source, folder)
        text, handed_out = self.spoken.repaired(text) if self.spoken else (text, "")
        self.files[path], old = self._in_python3(text)
        above = [remark, handed_out, old, self._emptied(path, names)]
        return [*filter(None, above), *_once(map(str, rescued.remarks)), *lacking]

    def _in_python3(self, text: str) -> tuple[str, str]:
        return self.spoken.in_python3(text) if self.spoken and self.repairs.python2 else (text, "")

    def _emptied(self, path: str, names: Sequence[str]) -> str:
        """A remark if nothing of what belongs there is left; other courses have other names."""
        if self.spoken or not names or not all(lacks(self.files[path], name) for name in names):
            return ""
        return f"none of the functions that belong there can be read, such as {names[0]}"

    def _with_helpers(
        self, path: str, source: Source, folder: PurePosixPath, above: str = ""
    ) -> tuple[str, list[str]]:
        """The text, with the modules of the student's own that it imports taken along, and what
        is not there of its imports; `folder` is that of the package."""
        home, beside, lacking = Home(self.assignment, path), set(), []
        for use in uses(source, home):
            if self._helper(use, folder, path):
                beside |= set() if use.inside else {use.name}
            elif use.sure:
                lacking.append(LACKING.format(line=use.line, name=use.name))
        source = within_package(source, beside, home.dots)
        # The file itself will stop there, and say so; other courses give files of their own.
        if not self.repairs.absent_packages or self.spoken:
            return source.text, lacking
        absent = absent_packages(source, home, self.helpers, above)
        text, told = edited(source, list(absent), self.repairs)
        texts = {remark.text for remark in told}
        return text.text, [*map(str, told), *(text for text in lacking if text not in texts)]

    def _helper(self, use: Use, folder: PurePosixPath, by: str) -> bool:
        """Take the module along, if it is there and its name is free."""
        name, folders = use.name, [folder] if use.inside else [folder.parent, folder]
        places = [str(each / f"{name}.py") for each in folders]
        contents = {place: self.beside(place) for place in places}
        found = [(place, content) for place, content in contents.items() if content is not None]
        if name in self.helpers or not found or len(self.helpers) == MOST_HELPERS:
            return name in self.helpers
        if not own_name(name):
            return False
        place, content = found[0]
        self.helpers[name] = place
        remarks = self._read_file(f"{self.assignment.package}/{name}.py", content, folder)
        told = [f"no file of the assignment: taken along, since {by} imports it", *remarks]
        self._say(place, "salvaged" if remarks else "ok", "\n".join(told))
        return True

    def _notebook(self, path: str) -> None:
        tasks = [t for t in self.assignment.tasks if t.notebook == path and t.in_cell]
        place = self._locate(path)
        if place is None:
            self._absent(path, f"the notebook is missing{self._guess(path)}")
            return
        try:
            content, wanted = self.found.files[place], [task.id for task in tasks]
            cells, remarks = function_cells(content, wanted, self.repairs.kinds)
        except NotebookError as error:
            self._say(path, "refused", str(error))
            return
        for task in tasks:
            if task.id in cells:
                remarks += self._cell(task, cells[task.id], PurePosixPath(place).parent)
        self._say(path, "salvaged" if remarks else "ok", "\n".join(remarks))

    def _cell(self, task: Task, text: str, folder: PurePosixPath) -> list[str]:
        """Keep the cell, and tell what is not right in a notebook either."""
        name, above = f"the cell of {task.id}", PRELUDES[task.environment]
        allowed = self.repairs.model_copy(update=dict.fromkeys(RIGHT_IN_CELLS, True))
        rescued = salvage(self.assignment, name, text, allowed, above)
        package = folder / self.assignment.package
        text, lacking = self._with_helpers(name, rescued.source, package, above)
        self.cells[task.id] = above + text
        remarks = _once(str(r) for r in rescued.remarks if r.kind not in RIGHT_IN_CELLS)
        return [f"in {name}, {remark}" for remark in [*remarks, *lacking]]

    def _weights(self, path: str) -> None:
        place = self._locate(path)
        if place is None:
            self._absent(path, "the trained weights were not handed in")
        else:
            self.weights[path] = self.found.files[place]
            self._say(path, "ok")


def _once(remarks: Iterable[str]) -> list[str]:
    """Without the error of a line that is told how to be mended."""
    remarks = list(remarks)
    mended = {match[0] for remark in remarks if (match := MENDED.match(remark))}
    lost = [r for r in remarks if r.endswith(LOST) and r.partition(":")[0] in mended]
    return [remark for remark in remarks if remark not in lost]


def nearest(path: str, places: Mapping[str, object]) -> str | None:
    """The place of `path`, in the top folder or however deep: the shallowest one counts."""
    return min(_matches(path, places), key=lambda p: (len(PurePosixPath(p).parts), p), default=None)


def package_folder(path: str, place: str) -> PurePosixPath:
    """The folder that stands for the package of the module `path`, which was found at `place`."""
    depth = len(PurePosixPath(path).parts) - 1 if lies_at(place, path) else 1
    return PurePosixPath(place).parents[depth - 1]


def _matches(path: str, places: Mapping[str, object]) -> list[str]:
    """Places that end like `path`, or if there are none, have its name."""
    matches = [place for place in places if lies_at(place, path)]
    return matches or [place for place in places if file_name(place) == file_name(path)]


def submission_id(path: Path) -> str:
    """The name of a submission: its folder's, or its zip's without the ending.

    Bytes of it that are no text are written out, since no database or page could take them.
    """
    name = path.stem if path.suffix.lower() == ".zip" else path.name
    return os.fsencode(name).decode("utf-8", "backslashreplace")
