"""Which course's dialect is it? Read off the files, each conclusion with its evidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.assignment import Assignment
from autograder.dialects.clues import NET, Clues
from autograder.dialects.conventions import adjusted, as_fixed, other_readings, python2
from autograder.dialects.dialect import Dialect, load_dialect
from autograder.dialects.facts import PACKAGES, arguments, default, defaults_of_state, words
from autograder.dialects.slips import mode_as_key
from autograder.dialects.spoken import Reading, Spoken
from autograder.intake import lies_at

AUTO, OWN = "auto", "own"
HINT = "if that is wrong, name another with --dialect"
TELLING_NET = {"use_batchnorm", "dropout", "dropout_keep_ratio"}
RECORD, NORMS = HISTORIES = (b"record_histories_as_npz", b"log_grad_norm_history")
LOOK_LIKE = "the files look like"
SAME = {"name", "title", "momentum", "either_momentum"}
"""What no file tells, and what does not matter, between the years of a course."""


def recognized(files: Mapping[str, bytes], assignment: Assignment, chosen: str) -> Spoken | None:
    """The dialect of a submission; None: the assignment's own names and files.

    `chosen` is a dialect's name, "own", or "auto" for what the files tell. Raises AssignmentError
    for an unknown name.
    """
    if chosen == OWN:
        return None
    clues = Clues(files, assignment)
    if chosen != AUTO:
        clues.told += ["chosen with --dialect", *_objections(files, assignment, chosen)]
        return _spoken(adjusted(load_dialect(chosen), clues), clues)
    name = _Course(clues).dialect()
    if name is None or not load_dialect(name).fits(assignment):
        return None
    dialect = as_fixed(adjusted(load_dialect(name), clues), assignment.conventions, clues)
    return _spoken(dialect, clues, tuple(other_readings(dialect, clues)))


def _spoken(dialect: Dialect, clues: Clues, others: tuple[Reading, ...] = ()) -> Spoken:
    extended = (f"{dialect.package}/{file}" for file in dialect.extended)
    own = tuple(path for path in extended if any(lies_at(file, path) for file in clues.files))
    old = python2(dialect, clues)
    return Spoken(dialect, tuple(clues.told), own, old, others, clues.elsewhere)


def _objections(files: Mapping[str, bytes], assignment: Assignment, chosen: str) -> list[str]:
    """A sentence if the files tell another course, without a hint at `chosen`, and it differs."""
    clues = Clues(files, assignment)
    name = _Course(clues).dialect()
    if name == chosen or any("--dialect" in text for text in clues.told):
        return []
    if name is None:
        return [f"{LOOK_LIKE} the assignment's own"] if _is_own(clues) else []
    theirs, ours = (load_dialect(each).model_dump(exclude=SAME) for each in (name, chosen))
    return [] if theirs == ours else [f"{LOOK_LIKE} {name}: {', '.join(clues.told)}"]


def _is_own(clues: Clues) -> bool:
    """By the package's folder, or by what the net of no other course takes."""
    # The folder first: for the net, all files have to be read.
    if clues.assignment.package in clues.places.values():
        return True
    return {"dropout_keep_ratio", "initialization"} <= {*clues.net}


@dataclass
class _Course:
    clues: Clues

    def _tell(self, text: str) -> None:
        self.clues.told.append(text)

    def dialect(self) -> str | None:
        """The dialect's name; what is told says why."""
        if _is_own(self.clues):
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
        if self.clues.folder:
            self._tell(f"the files lie in a folder {self.clues.folder}")
            return self.clues.folder
        if sign := self._sign_of_nndl():
            self._tell(f"the files lie in no package, and {sign}")
            return "nndl"
        if any(mark in solver for mark in HISTORIES for solver in self._solvers()):
            self._tell("the files lie in no package, and solver.py keeps EECS182's histories")
            return "deeplearning"
        return self._by_imports() or self._by_net() or self._by_docstring()

    def _sign_of_nndl(self) -> str:
        """What no other course's files have."""
        clues = self.clues
        if "conv_layers" in clues.texts:
            return "there is conv_layers.py"
        if "a" in words(clues.function("optim", "rmsprop")):
            return "rmsprop keeps a state a"
        if "hidden_dims" in arguments(clues.function("fc_net", "__init__", "TwoLayerNet")):
            return "TwoLayerNet takes hidden_dims"
        net = arguments(clues.function("neural_net", "__init__", "TwoLayerNet"))
        return "the net of neural_net.py trains itself" if "hidden_size" in net else ""

    def _by_imports(self) -> str:
        """Students of the assignment may follow CS231n's examples, so that it takes more there."""
        package = next((n for n in reversed(PACKAGES) if n in self.clues.imported), "")
        if package == "cs231n" and not (self.clues.said_of_p or TELLING_NET & {*self.clues.net}):
            return ""
        self.clues.told += [f"the files import from {package}"] if package else []
        return package

    def _by_net(self) -> str:
        """Of files that import no package: the older CS231n ones would."""
        if not TELLING_NET & {*self.clues.net}:
            return ""
        self._tell(f"the files lie in no package: known by the arguments of {NET}")
        return "deeplearning" if "use_batchnorm" in self.clues.net else "cs231n"

    def _by_docstring(self) -> str:
        """Its sentence on p is that of the courses, and not the assignment's."""
        if not self.clues.said_of_p:
            return ""
        self._tell("the files lie in no package: known by the docstring of dropout_forward")
        return "cs231n"

    def _of_nndl(self) -> str:
        places = self.clues.places.items()
        stems = {PurePosixPath(p).stem for p, folder in places if folder == self.clues.folder}
        if "neural_net" not in stems:
            return "nndl"
        if "fc_net" in stems:
            self._tell("neural_net.py is there as well: --dialect nndl-hw3 judges it")
            return "nndl"
        self._tell("of the nets there is neural_net.py alone: homework 3")
        return "nndl-hw3"

    def _of_cs231n(self) -> str:
        net = self.clues.net
        if "dropout_keep_ratio" in net:
            self._tell(f"{NET} takes dropout_keep_ratio: 2021 or later")
            return self._since_2021()
        if "normalization" in net:
            self._tell(f"{NET} takes dropout and normalization: 2018-20")
            return "cs231n-2018"
        if "use_batchnorm" in net:
            self._tell(f"{NET} takes use_batchnorm: 2016 or 2017")
            return self._before_2018()
        return self._without_net()

    def _without_net(self) -> str:
        """What layers.py alone says."""
        groups = self.clues.function("layers", "spatial_groupnorm_forward")
        self._tell(f"{NET} was not found")
        if groups is None:
            return self._before_2018()
        self._tell("there is group normalization: 2018 or later")
        if self.clues.function("layers", "svm_loss") is None:
            self._tell("layers.py has no svm_loss: 2021 or later")
            return self._since_2021()
        self._tell(f"layers.py has svm_loss: taken for 2018-20; {HINT}")
        return "cs231n-2018"

    def _since_2021(self) -> str:
        if any("START OF YOUR CODE" in text.source for text in self.clues.texts.values()):
            self._tell("'START OF YOUR CODE' marks the solutions: before 2025")
            return "cs231n-2021"
        self._tell("no 'START OF YOUR CODE' is left: taken for 2025, which asks the same")
        return "cs231n-2025"

    def _before_2018(self) -> str:
        name, sign = next(self._signs_before_2018())
        self._tell(sign)
        return name

    def _signs_before_2018(self) -> Iterator[tuple[str, str]]:
        """The firmest first: copies of 2016, too, let adam's t start at 1."""
        clues, net = self.clues, self.clues.texts.get("fc_net")
        start = defaults_of_state(clues.function("optim", "adam")).get("t")
        if net and any(mode_as_key(net.tree)):
            yield "cs231n-2016", "bn_param[mode] = mode was handed out so: 2016"
        if {"builtins", "past"} & clues.imported:
            yield "cs231n-2017", "the files import what makes them run in Python 2 and 3: 2017"
        if clues.old_file or clues.old_surroundings:
            yield "cs231n-2016", "there is Python 2: 2016"
        if start == 1:
            yield "cs231n-2017", f"adam's t starts at 1: taken for 2017; {HINT}"
        if start == 0:
            yield "cs231n-2016", "adam's t starts at 0: 2016"
        yield "cs231n-2016", f"where adam's t starts cannot be read: taken for 2016; {HINT}"

    def _of_eecs182(self) -> str:
        self._tell_of_histories()
        if sign := self._sign_of_2023():
            self._tell(f"{sign}: spring 2023 or later")
            return "eecs182-2023"
        if any(RECORD in content for content in self._solvers()):
            self._tell("solver.py has record_histories_as_npz: 2021 or 2022")
        else:
            self._tell(f"the files do not tell the year: taken for 2021; {HINT}")
        return "eecs182-2021"

    def _solvers(self) -> list[bytes]:
        return [c for path, c in self.clues.files.items() if path.endswith("solver.py")]

    def _tell_of_histories(self) -> None:
        """Whoever can write them can write anything into them."""
        found = [path for path in self.clues.files if path.endswith(".npz") and "_logs/" in path]
        if found:
            self._tell(f"{len(found)} histories (.npz): written by the student, no proof")

    def _sign_of_2023(self) -> str:
        """Students rename arguments and choose defaults, so that these must not be all."""
        if "initialization" in self.clues.net:
            return f"{NET} takes initialization"
        if any(NORMS in content for content in self._solvers()):
            return "solver.py has log_grad_norm_history"
        if self.clues.goes_on_to_images:
            return ""
        init = self.clues.function("fc_net", "__init__", "TwoLayerNet")
        if default(init, "weight_scale") == 1e-2:
            return "without a layer for images, and TwoLayerNet's weight_scale is 1e-2"
        # All years' sgd_momentum takes dw.
        rules = (self.clues.function("optim", name) for name in ("rmsprop", "adam"))
        if any("dw" in arguments(rule) for rule in rules):
            return "without a layer for images, and adam takes dw"
        return ""
