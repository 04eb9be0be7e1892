"""Which course's dialect is it? Read off the files, each conclusion with its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from autograder.assignment import Assignment
from autograder.dialects.dialect import Dialect, load_dialect
from autograder.dialects.facts import (
    PACKAGES,
    Function,
    Text,
    arguments,
    default,
    defaults_of_state,
    meaning_of_p,
    package_of,
    read_text,
)
from autograder.dialects.spoken import Reading, Spoken
from autograder.intake import lies_at

TELLING = ("layers", "fc_net", "optim", "cnn", "conv_layers", "neural_net")
NET = "FullyConnectedNet"
AUTO, OWN = "auto", "own"
DROPOUT = ("dropout_forward", "dropout_backward", f"{NET}.dropout")
TWO_MOMENTA = (
    "the gradient is scaled on its way into the velocity, as up to 2019: accepted, since the files"
    " do not tell the year"
)
NO_DOCSTRING = "accepted, since no docstring says what it means"
HINT = "if that is wrong, name another with --dialect"


def recognized(files: Mapping[str, bytes], assignment: Assignment, chosen: str) -> Spoken | None:
    """The dialect of a submission; None: the assignment's own names and files.

    `chosen` is a dialect's name, "own", or "auto" for what the files tell. Raises AssignmentError
    for an unknown name.
    """
    if chosen == OWN:
        return None
    clues = _Clues(files, assignment)
    if chosen == AUTO:
        name = clues.dialect()
        if name is None or not load_dialect(name).fits(assignment):
            return None
    else:
        name, clues.told = chosen, ["chosen with --dialect"]
    dialect = clues.adjusted(load_dialect(name))
    others = tuple(clues.other_readings(dialect)) if chosen == AUTO else ()
    extended = (f"{dialect.package}/{file}" for file in dialect.extended)
    own = tuple(path for path in extended if any(lies_at(file, path) for file in files))
    python2 = clues.python2(dialect)
    return Spoken(dialect, tuple(clues.told), own, python2, others)


@dataclass
class _Clues:
    files: Mapping[str, bytes]
    assignment: Assignment
    told: list[str] = field(default_factory=list)
    two_momenta: bool = False

    def __post_init__(self) -> None:
        names = (self.assignment.package, *PACKAGES)
        self.places = {path: package_of(path, names) for path in self._telling()}
        # nndl's homeworks bring a folder cs231n along.
        self.folder = next((n for n in reversed(PACKAGES) if n in self.places.values()), "")

    @cached_property
    def texts(self) -> dict[str, Text]:
        """By stem, read only if the folders do not tell."""
        found: dict[str, Text] = {}
        for path in sorted(self.places, key=self._rank):
            text = read_text(path, self.files[path])
            if text is not None:
                found.setdefault(PurePosixPath(path).stem, text)
        return found

    def _rank(self, path: str) -> tuple[bool, int, str]:
        """The shallowest counts, as it does when the files are read to be judged."""
        return self.places[path] != self.folder, len(PurePosixPath(path).parts), path

    def _telling(self) -> list[str]:
        paths = map(PurePosixPath, self.files)
        return [str(p) for p in paths if p.suffix == ".py" and p.stem in TELLING]

    def _function(self, file: str, name: str, owner: str = "") -> Function | None:
        text = self.texts.get(file)
        return text.function(name, owner) if text else None

    @property
    def _net(self) -> tuple[str, ...]:
        return arguments(self._function("fc_net", "__init__", NET))

    def dialect(self) -> str | None:
        """The dialect's name; `told` says why."""
        if self.assignment.package in self.places.values():
            return None
        if {"dropout_keep_ratio", "initialization"} <= {*self._net}:
            return None
        match self._package():
            case "nndl":
                return self._of_nndl()
            case "deeplearning":
                return self._of_eecs182()
            case "cs231n":
                return self._of_cs231n()
        return None

    def _package(self) -> str:
        if self.folder:
            self.told.append(f"the files lie in a folder {self.folder}")
            return self.folder
        if not {"use_batchnorm", "dropout", "dropout_keep_ratio"} & {*self._net}:
            return ""
        imported = {name for text in self.texts.values() for name in text.imported()}
        package = next((name for name in reversed(PACKAGES) if name in imported), "")
        if package:
            self.told.append(f"the files import from {package}")
        return package or self._by_net()

    def _by_net(self) -> str:
        """Of files that lie in no package and import none: the older CS231n ones would."""
        self.told.append(f"the files lie in no package: known by the arguments of {NET}")
        if "use_batchnorm" not in self._net:
            return "cs231n"
        state = defaults_of_state(self._function("optim", "rmsprop"))
        return "nndl" if "conv_layers" in self.texts or "a" in state else "deeplearning"

    def _of_nndl(self) -> str:
        stems = {PurePosixPath(p).stem for p, folder in self.places.items() if folder == "nndl"}
        if "neural_net" not in stems:
            return "nndl"
        if "fc_net" in stems:
            self.told.append("neural_net.py is there as well: --dialect nndl-hw3 judges it")
            return "nndl"
        self.told.append("of the nets there is neural_net.py alone: homework 3")
        return "nndl-hw3"

    def _of_cs231n(self) -> str:
        if "dropout_keep_ratio" in self._net:
            self.told.append(f"{NET} takes dropout_keep_ratio: 2021 or later")
            return self._since_2021()
        if "normalization" in self._net:
            self.told.append(f"{NET} takes dropout and normalization: 2018-20")
            return "cs231n-2018"
        if "use_batchnorm" in self._net:
            self.told.append(f"{NET} takes use_batchnorm: 2016 or 2017")
            return self._before_2018()
        return self._without_net()

    def _without_net(self) -> str:
        """What layers.py alone says."""
        groups = self._function("layers", "spatial_groupnorm_forward")
        self.told.append(f"{NET} was not found")
        if groups is None:
            return self._before_2018()
        self.told.append("there is group normalization: 2018 or later")
        if self._function("layers", "svm_loss") is None:
            self.told.append("layers.py has no svm_loss: 2021 or later")
            return self._since_2021()
        self.told.append(f"layers.py has svm_loss: taken for 2018-20; {HINT}")
        return "cs231n-2018"

    def _since_2021(self) -> str:
        if any("START OF YOUR CODE" in text.source for text in self.texts.values()):
            self.told.append("'START OF YOUR CODE' marks the solutions: before 2025")
            return "cs231n-2021"
        self.told.append("no 'START OF YOUR CODE' is left: taken for 2025, which asks the same")
        return "cs231n-2025"

    def _before_2018(self) -> str:
        start = defaults_of_state(self._function("optim", "adam")).get("t")
        if start == 1:
            self.told.append("adam's t starts at 1: 2017")
            return "cs231n-2017"
        if start == 0:
            self.told.append("adam's t starts at 0: 2016")
            return "cs231n-2016"
        self.told.append(f"where adam's t starts cannot be read: taken for 2016; {HINT}")
        return "cs231n-2016"

    def _of_eecs182(self) -> str:
        self._tell_of_histories()
        scale = default(self._function("fc_net", "__init__", "TwoLayerNet"), "weight_scale")
        # All years' sgd_momentum takes dw.
        if "initialization" in self._net or scale == 1e-2 or "dw" in self._rules():
            self.told.append(f"{self._sign_of_2023(scale)}: spring 2023 or later")
            return "eecs182-2023"
        solvers = [self.files[path] for path in self.files if path.endswith("solver.py")]
        if any(b"record_histories_as_npz" in content for content in solvers):
            self.told.append("solver.py has record_histories_as_npz: 2021 or 2022")
        else:
            self.two_momenta = True
            text = "the files do not tell the year: taken for 2021, with either form of momentum"
            self.told.append(f"{text}; {HINT}")
        return "eecs182-2021"

    def _tell_of_histories(self) -> None:
        """Whoever can write them can write anything into them."""
        found = [path for path in self.files if path.endswith(".npz") and "_logs/" in path]
        if found:
            self.told.append(f"{len(found)} histories (.npz): written by the student, no proof")

    def _rules(self) -> tuple[str, ...]:
        """The arguments of the adaptive rules."""
        rules = (self._function("optim", name) for name in ("rmsprop", "adam"))
        return tuple(name for rule in rules for name in arguments(rule))

    def _sign_of_2023(self, scale: object) -> str:
        if "initialization" in self._net:
            return f"{NET} takes initialization"
        return "TwoLayerNet's weight_scale is 1e-2" if scale == 1e-2 else "adam takes dw"

    def python2(self, dialect: Dialect) -> bool:
        """Do the student's files say that they are Python 2? It is told, too."""
        found = [text.path for text in self.texts.values() if text.python2]
        if found:
            self.told.append(f"{found[0]} is Python 2: whole numbers are divided as there")
        elif dialect.python == 2:
            self.told.append("nothing shows which Python: quotients without a rest stay whole")
        return bool(found)

    def adjusted(self, dialect: Dialect) -> Dialect:
        """`dialect` as this student's copy has it: where it lies, what its docstrings say."""
        return self._of_first_homework(self._with_p(self._with_places(dialect)))

    def other_readings(self, dialect: Dialect) -> Iterator[Reading]:
        """What else the files may mean where they do not tell."""
        if self.two_momenta:
            form = dialect.model_copy(update={"momentum": "cs231n"})
            yield Reading(form, ("sgd_momentum",), TWO_MOMENTA)
        dropout = self._function("layers", "dropout_forward")
        if dropout and not meaning_of_p(dropout):
            self.told.append("no docstring says what p means: both readings are accepted")
            p = "keep" if dialect.p == "drop" else "drop"
            other = dialect.model_copy(update={"p": p})
            yield Reading(other, DROPOUT, f"p is read as `{p}`: {NO_DOCSTRING}")

    def _with_p(self, dialect: Dialect) -> Dialect:
        said = meaning_of_p(self._function("layers", "dropout_forward"))
        if not said:
            return dialect
        self.told.append(f"dropout_forward says: p {said}s")
        return dialect.model_copy(update={"p": said})

    def _of_first_homework(self, dialect: Dialect) -> Dialect:
        """Homework 1 of 2023 has neither initializations nor a solver to write."""
        if dialect.arguments[NET].get("initialization") != "initialization":
            return dialect
        if not self._net or "initialization" in self._net:
            return dialect
        names = ("he_initialization", "zero_initialization")
        cases = tuple(f"{NET}.init/{name}" for name in names)
        tasks = {file: t for file, t in dialect.tasks.items() if file != "solver.py"}
        return dialect.model_copy(
            update={"left_out": (*dialect.left_out, *cases), "tasks": tasks, "own": ()}
        )

    def _with_places(self, dialect: Dialect) -> Dialect:
        """Copies of a course move fc_net.py and cnn.py in and out of classifiers/."""
        tasks = {self._place(dialect.package, file): t for file, t in dialect.tasks.items() if t}
        return dialect.model_copy(update={"tasks": tasks})

    def _place(self, package: str, file: str) -> str:
        name = PurePosixPath(file).name
        found = [
            p for p in self.places if PurePosixPath(p).name == name and package in p.split("/")
        ]
        # A folder around the whole homework may have the package's name, too.
        inner = [f"/{p}".rpartition(f"/{package}/")[2] for p in found]
        return file if file in inner or not inner else min(inner, key=len)
