"""assignment.toml, read and checked: what a student must do and what it is worth."""

import hashlib
import tomllib
from contextlib import suppress
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationError,
    model_validator,
)


class AssignmentError(Exception):
    """assignment.toml cannot be used; the message says where and what to do."""


class Model(BaseModel):
    """Base of all parts: frozen, and an unknown key is a typing error of the author."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LayerBounds(Model):
    """Bounds of a list of layer widths."""

    max_layers: int
    max_width: int


# Two integers bound a whole number.
Bound = LayerBounds | list[str] | tuple[StrictInt, StrictInt] | tuple[float, float]


class Difference(Model):
    """What replaces the keys of the same names in an experiment."""

    threshold: float | None = None
    bounds: dict[str, Bound] = {}


class Experiment(Model):
    """A training run judged by one of its measures.

    `train` names a function of the library's experiments.py; `bounds` names every hyper-parameter
    that the student's function must return, with the range (or the words) allowed. `cifar10` says
    what is different where CIFAR-10 has been downloaded.
    """

    train: str
    measure: str
    threshold: float
    bounds: dict[str, Bound]
    cifar10: Difference | None = None

    @model_validator(mode="after")
    def _known(self) -> "Experiment":
        if self.cifar10 and (unknown := sorted(set(self.cifar10.bounds) - set(self.bounds))):
            raise ValueError(f"cifar10.bounds has names that bounds has not: {unknown}")
        return self

    def on(self, source: str) -> "Experiment":
        """As it applies to the data set `source`, in the words of `datasets.chosen_source`."""
        if self.cifar10 is None or not source.startswith("CIFAR-10"):
            return self
        other = self.cifar10.threshold
        changes = {
            "threshold": self.threshold if other is None else other,
            "bounds": {**self.bounds, **self.cifar10.bounds},
            "cifar10": None,
        }
        return self.model_copy(update=changes)


class Challenge(Model):
    """A model of the student's own, judged by its accuracy on images that nobody has seen.

    `weights` names the file with its trained weights, which the student hands in. The accuracy on
    `images` images must reach `threshold` less `margin`, which allows for chance.
    """

    weights: str
    images: int
    threshold: float
    margin: float


class TrainingDifference(Model):
    """What replaces the keys of the same names in a training."""

    epochs: int | None = None
    validation_accuracy: float | None = None


class Training(Model):
    """A training in a notebook that earns no points: what to expect, and after how many epochs.

    The notebook's given code reads it. `cifar10` says what is different there.
    """

    epochs: int
    validation_accuracy: float
    cifar10: TrainingDifference = TrainingDifference()


class Task(Model):
    """What earns points: a part of a file, or else the cell of a notebook that defines `id`."""

    id: str
    title: str
    points: float = Field(gt=0)
    notebook: str
    needs: tuple[str, ...] = ()
    file: str | None = None
    experiment: Experiment | None = None
    challenge: Challenge | None = None
    environment: Literal["numpy", "pytorch"] = "numpy"

    @property
    def in_cell(self) -> bool:
        """Does the student write it in the notebook?"""
        return self.file is None

    @property
    def has_cases(self) -> bool:
        """Is it judged by what its functions answer, not by training?"""
        return self.experiment is None and self.challenge is None


class Limits(Model):
    """Bounds on a submission; times in seconds of wall clock, for each call and for each file."""

    call_seconds: float = 5.0
    file_seconds: float = 120.0
    memory_mb: int = 512


class Repairs(Model):
    """Which slips are repaired before a submission is judged; the others are only remarked on."""

    python2_print: StrictBool = True
    python2: StrictBool = True
    notebook_lines: StrictBool = True
    merge_conflicts: StrictBool = True
    tabs: StrictBool = True
    empty_blocks: StrictBool = True
    missing_imports: StrictBool = True
    wrong_packages: StrictBool = True
    removed_names: StrictBool = True
    absent_packages: StrictBool = True
    broken_notebooks: StrictBool = True

    @property
    def kinds(self) -> frozenset[str]:
        """The names of those that are repaired."""
        return frozenset(name for name, repaired in self if repaired)


NO_REPAIRS = Repairs(**dict.fromkeys(Repairs.model_fields, False))
"""In a student's own folder: the student is to mend the file."""


class Conventions(Model):
    """What is meant where the files of another course do not tell; else any meaning is accepted."""

    p: Literal["keep", "drop"] | None = None
    momentum: Literal["cs231n", "pytorch"] | None = None


class Assignment(Model):
    """One assignment.toml and the folder it lies in."""

    schema_version: int = Field(alias="schema")
    id: str
    title: str
    package: str
    notebooks: tuple[str, ...]
    student_files: tuple[str, ...]
    given_files: tuple[str, ...]
    checks: tuple[str, ...]
    credit: dict[str, float]
    limits: Limits = Limits()
    repairs: Repairs = Repairs()
    conventions: Conventions = Conventions()
    trainings: dict[str, Training] = {}
    tasks: tuple[Task, ...]
    root: Path

    @model_validator(mode="after")
    def _consistent(self) -> "Assignment":
        ids = [task.id for task in self.tasks]
        if doubles := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"two tasks have the same id: {', '.join(doubles)}")
        for task in self.tasks:
            if unknown := set(task.needs) - set(ids):
                raise ValueError(f"task {task.id} needs unknown tasks: {sorted(unknown)}")
            if sum(x is not None for x in (task.file, task.experiment, task.challenge)) > 1:
                raise ValueError(f"task {task.id} can have one of file, experiment and challenge")
            self._acyclic(task, ())
            if task.notebook not in self.notebooks:
                raise ValueError(f"task {task.id}: {task.notebook} is not among the notebooks")
            if task.file is not None and task.file not in self.student_files:
                raise ValueError(f"task {task.id}: {task.file} is not among the student_files")
        if abs(sum(self.credit.values()) - 1) > 1e-9 or "main" not in self.credit:
            raise ValueError("[credit] must hold 'main', and its shares must add up to 1")
        return self

    def _acyclic(self, task: Task, above: tuple[str, ...]) -> None:
        if task.id in above:
            raise ValueError(f"tasks need one another in a circle: {' -> '.join(above)}")
        for need in task.needs:
            below = next(t for t in self.tasks if t.id == need)
            self._acyclic(below, (*above, task.id))

    def task(self, task_id: str) -> Task:
        """The task of that id; AssignmentError names the known ones."""
        for task in self.tasks:
            if task.id == task_id:
                return task
        known = {task.id.lower(): task.id for task in self.tasks}
        near = [known[name] for name in get_close_matches(f"{task_id}".lower(), known)]
        guess = f" Did you mean {' or '.join(near)}?" if near else ""
        text = f"There is no task '{task_id}'.{guess} The tasks are: {', '.join(known.values())}"
        raise AssignmentError(text)

    def foundations(self, task: Task) -> tuple[str, ...]:
        """All that `task` builds on, directly or not, what is needed first."""
        below = [(*self.foundations(self.task(need)), need) for need in task.needs]
        return tuple(dict.fromkeys(name for names in below for name in names))

    @property
    def weights(self) -> tuple[str, ...]:
        """The files of trained weights that students hand in."""
        return tuple(task.challenge.weights for task in self.tasks if task.challenge)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over assignment.toml, the library and the notebooks."""
        return self._digest((self.root / "assignment.toml").read_bytes())

    @cached_property
    def digest_of_verdicts(self) -> str:
        """The same without the titles and points of tasks, on which no verdict depends."""
        worth = {"title": "", "points": 0.0}
        tasks = tuple(task.model_copy(update=worth) for task in self.tasks)
        described = self.model_copy(update={"tasks": tasks}).model_dump_json(exclude={"root"})
        return self._digest(described.encode())

    def _digest(self, description: bytes) -> str:
        names = (*self.student_files, *self.given_files, *self.notebooks)
        paths = [self.root / name for name in names]
        contents = [path.read_bytes() if path.exists() else b"" for path in paths]
        digest = hashlib.sha256()
        for content in (description, *contents):
            digest.update(len(content).to_bytes(8, "little") + content)
        return digest.hexdigest()


TABLES: dict[str, type[Model]] = {
    "conventions": Conventions,
    "limits": Limits,
    "repairs": Repairs,
    "tasks": Task,
}


def load_assignment(folder: Path) -> Assignment:
    """Read `folder`/assignment.toml; every fault raises AssignmentError with file and key."""
    path = folder / "assignment.toml"
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        if "root" in data:
            raise AssignmentError(f"{path}: 'root' is not a key of assignment.toml")
        return Assignment(**data, root=folder)
    except OSError as error:
        raise AssignmentError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AssignmentError(f"{path}: is not valid TOML: {error}") from None
    except ValidationError as error:
        lines = [_line(each, data) for each in error.errors()]
        raise AssignmentError(f"{path}:\n" + "\n".join(lines)) from None


def find_assignments(folder: Path) -> list[Assignment]:
    """Those in the folders of `folder`, by name; AssignmentError if one is faulty, or if none."""
    folders = sorted(file.parent for file in folder.glob("*/assignment.toml"))
    if not folders:
        raise AssignmentError(f"{folder}: holds no assignment; name one with --assignment")
    return [load_assignment(each) for each in folders]


def siblings(assignment: Assignment) -> list[Assignment]:
    """`assignment`, and those beside it that can be read."""
    root, found = assignment.root.resolve(), [assignment]
    for file in sorted(root.parent.glob("*/assignment.toml")):
        if file.parent != root:
            with suppress(AssignmentError):
                found.append(load_assignment(file.parent))
    return found


def _line(error: Any, data: dict[str, Any]) -> str:
    where = _where(error["loc"], data)
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        what = f"unknown key{_known_keys(error['loc'])}"
    return f"  {where}: {what}" if where else f"  {what}"


def _where(loc: tuple[str | int, ...], data: dict[str, Any]) -> str:
    """Path of a key; a task is called by its id, if it has one."""
    match loc:
        case ("tasks", int(number), *rest):
            task = data["tasks"][number]
            name = task.get("id") if isinstance(task, dict) else None
            first = f"task {name}" if name else f"task number {number + 1}"
            return ": ".join([first, *([".".join(map(str, rest))] if rest else [])])
    return ".".join(map(str, loc))


def _known_keys(loc: tuple[str | int, ...]) -> str:
    match loc:
        case (table, _) | (table, int(), _) if table in TABLES:
            return f"; the keys of {table} are {', '.join(TABLES[str(table)].model_fields)}"
    return ""
