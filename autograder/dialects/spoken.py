"""A submission in another course's dialect: how it is read, judged and brought to run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.assignment import Assignment, Task
from autograder.dialects.dialect import Dialect
from autograder.dialects.homework import lies_in
from autograder.dialects.old_meaning import as_in_python2
from autograder.dialects.slips import with_mode_as_key
from autograder.dialects.unfilled import unfilled

GIVEN = Path(__file__).parent / "given"
SOLVED = tuple(sorted((Path(__file__).parent / "solved").glob("*.py")))
SHIM = '''"""{file} as {title} has it, under the assignment's names; made by the autograder."""
from autograder.dialects.adapter import Door

__getattr__ = Door(__name__, {homes!r}, {conventions!r}, {below!r})
'''


@dataclass(frozen=True)
class Reading:
    """Another reading of what the files do not tell: `tasks` are judged by it too, and keep what
    it gives them, with the `note`, if that is more."""

    dialect: Dialect
    tasks: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Spoken:
    """The dialect of a submission and what tells so; `own` are extended files that it brings;
    `python2`: its text says that it is Python 2; `elsewhere` are folders of other homeworks.

    Checks speak the assignment's own dialect. A worker gets the student's files under their own
    names, and under the assignment's names modules that translate.
    """

    dialect: Dialect
    evidence: tuple[str, ...]
    own: tuple[str, ...] = ()
    python2: bool = False
    others: tuple[Reading, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def in_other_words(self) -> Iterator[tuple[Reading, "Spoken"]]:
        """Each other reading, and what this would be by it."""
        for reading in self.others:
            yield reading, replace(self, dialect=reading.dialect, others=())

    def reading(self, assignment: Assignment) -> Assignment:
        """`assignment` with this course's tasks, files and places, to read a submission by."""
        home = self.dialect.home
        tasks = [t.model_copy(update={"file": home(t.id)}) for t in self._tasks(assignment)]
        files = dict.fromkeys([*(task.file for task in tasks), *self.own])
        # What lies beside the package is imported by its full name, which is right as it is.
        inside = () if self.dialect.beside else self.dialect.given
        given = [f"{self.dialect.package}/{name}" for name in (*self.dialect.extended, *inside)]
        changes = {
            "package": self.dialect.package,
            "notebooks": (),
            "student_files": tuple(files),
            "given_files": tuple(name for name in given if name not in files),
            "tasks": tuple(tasks),
        }
        return assignment.model_copy(update=changes)

    def judging(self, assignment: Assignment) -> Assignment:
        """`assignment` with the tasks that this course has, to judge a submission by."""
        return assignment.model_copy(update={"tasks": tuple(self._tasks(assignment))})

    def _tasks(self, assignment: Assignment) -> list[Task]:
        there = self.dialect.task_ids
        known = {task.id: task for task in (*assignment.tasks, *self.dialect.own)}
        tasks = [task for task in known.values() if task.id in there and task.file]
        needs = {task.id: tuple(need for need in task.needs if need in there) for task in tasks}
        return [task.model_copy(update={"needs": needs[task.id]}) for task in tasks]

    def reads(self, path: str) -> bool:
        """May the file `path` be of the homework that is judged?"""
        return not lies_in(path, self.elsewhere)

    def repaired(self, text: str) -> tuple[str, str]:
        """`text` without the handed-out slips, and a remark if it had any."""
        return with_mode_as_key(text)

    def in_python3(self, text: str) -> tuple[str, str]:
        """`text` with the meaning it has in Python 2, if it is or may be that, and a remark."""
        if not self.python2 and self.dialect.python == 3:
            return text, ""
        return as_in_python2(text, sure=self.python2)

    def unfilled(self, files: Mapping[str, str], task: str) -> bool:
        """Is `task` as it was handed out?"""
        return unfilled(files.get(self.dialect.home(task), ""), task)

    def staff_files(self, assignment: Assignment, given: Mapping[str, str]) -> dict[str, str]:
        """What a worker gets besides the student's files: given files and translating modules.

        `given` are the assignment's own given files.
        """
        texts = _given_texts(self.dialect, assignment, given)
        packages = (self.dialect.package, *self.dialect.beside)
        files = {f"{package}/{name}": text for package in packages for name, text in texts.items()}
        own = {path: text for path, text in files.items() if path not in self.own}
        return {**own, **self._shims(assignment)}

    def _shims(self, assignment: Assignment) -> dict[str, str]:
        files = {task.id: str(task.file) for task in self._tasks(assignment)}
        places = (*assignment.student_files, *files.values())
        homes: dict[str, dict[str, str]] = {file: {} for file in places}
        below: dict[str, set[str]] = {file: set() for file in places}
        for task in self._tasks(assignment):
            homes[files[task.id]][task.id.partition(".")[0]] = module_of(self.dialect.home(task.id))
            below[files[task.id]] |= {files[need] for need in task.needs} - {files[task.id]}
        return {
            file: SHIM.format(
                file=file,
                title=self.dialect.title,
                homes=homes[file],
                conventions=self._conventions,
                below={module_of(other): homes[other] for other in sorted(below[file])},
            )
            for file in homes
        }

    @property
    def _conventions(self) -> dict[str, Any]:
        parts = {"p", "off", "momentum", "arguments", "words", "state", "handed_out"}
        parts |= {"transposed", "t_is_given"}
        return {"package": self.dialect.package, **self.dialect.model_dump(include=parts)}

    @property
    def key(self) -> str:
        """Equal keys promise equal files of the staff, tasks and cases."""
        return f"{self.own} {self.dialect.model_dump_json()}"


def solved(package: str) -> dict[str, str]:
    """The staff's solutions of what only other courses ask for, as modules of `package`."""
    return {f"{package}/{path.name}": path.read_text(encoding="utf-8") for path in SOLVED}


def module_of(path: str) -> str:
    """The dotted name of a file."""
    return ".".join(PurePosixPath(path).with_suffix("").parts)


def _given_texts(
    dialect: Dialect, assignment: Assignment, given: Mapping[str, str]
) -> dict[str, str]:
    """By name: the course's own where they differ from the assignment's, and what these import."""
    own = {path.name: path.read_text(encoding="utf-8") for path in sorted(GIVEN.glob("*.py"))}
    ours = {name: given.get(f"{assignment.package}/{name}", "") for name in dialect.given}
    renamed = {"arrays.py": "arrays.py", "own_fast_layers.py": "fast_layers.py"}
    renamed["own_solver.py"] = "solver.py"
    beneath = {n: given.get(f"{assignment.package}/{old}", "") for n, old in renamed.items()}
    # One that the student has extended must not take the other along.
    utils = dict.fromkeys(dialect.extended, own["layer_utils.py"])
    return {**ours, **beneath, **own, **utils}
