"""A dialect as one student's copy of the course has it."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.assignment import Conventions
from autograder.dialects.clues import NET, Clues
from autograder.dialects.dialect import Dialect
from autograder.dialects.facts import default, defaults_of_state
from autograder.dialects.spoken import Reading

DROPOUT = ("dropout_forward", "dropout_backward", f"{NET}.dropout")
MOMENTUM = {
    "cs231n": "the gradient is scaled on its way into the velocity, as up to 2019",
    "pytorch": "the learning rate scales the velocity, as from 2021 on",
}
NO_YEAR = "accepted, since the files do not tell which form was taught"
NO_DOCSTRING = "accepted, since no docstring says what it means"


def adjusted(dialect: Dialect, clues: Clues) -> Dialect:
    """`dialect` as this student's copy has it: where it lies, what its docstrings say."""
    return _of_first_homework(_with_t(_with_p(_with_places(dialect, clues), clues), clues), clues)


def python2(dialect: Dialect, clues: Clues) -> bool:
    """Do the files say that they are Python 2? It is told, too.

    What was handed out may be older than the course, so that it counts where that was Python 2.
    """
    found = clues.old_file or (clues.old_surroundings if dialect.python == 2 else "")
    if found:
        clues.told.append(f"{found} is Python 2: whole numbers are divided as there")
    elif dialect.python == 2:
        clues.told.append("nothing shows which Python: quotients without a rest stay whole")
    return bool(found)


def other_readings(dialect: Dialect, clues: Clues) -> Iterator[Reading]:
    """What else the files may mean where neither they nor the assignment tell."""
    fixed = clues.assignment.conventions
    if dialect.either_momentum and not fixed.momentum:
        other = "cs231n" if dialect.momentum == "pytorch" else "pytorch"
        form = dialect.model_copy(update={"momentum": other})
        yield Reading(form, ("sgd_momentum",), f"{MOMENTUM[other]}: {NO_YEAR}")
    if clues.function("layers", "dropout_forward") and _p_is_open(dialect, clues) and not fixed.p:
        clues.told.append("no docstring says what p means: both readings are accepted")
        p = "keep" if dialect.p == "drop" else "drop"
        reversed_p = dialect.model_copy(update={"p": p})
        yield Reading(reversed_p, DROPOUT, f"p is read as `{p}`: {NO_DOCSTRING}")


def as_fixed(dialect: Dialect, assignment: Conventions, clues: Clues) -> Dialect:
    """With what the assignment says of the conventions that the files leave open."""
    changes: dict[str, str] = {}
    if assignment.momentum and dialect.either_momentum:
        changes["momentum"] = assignment.momentum
    if assignment.p and _p_is_open(dialect, clues):
        changes["p"] = assignment.p
    clues.told += [f"fixed by assignment.toml: {name} = {word}" for name, word in changes.items()]
    return dialect.model_copy(update=changes)


def _p_is_open(dialect: Dialect, clues: Clues) -> bool:
    """Neither the docstring nor what the net was handed out with says it."""
    return not clues.said_of_p and _said_by_the_net(clues) != dialect.p


def _said_by_the_net(clues: Clues) -> str:
    """By an argument's name, or by its value for no dropout."""
    if "dropout_keep_ratio" in clues.net:
        return "keep"
    off = default(clues.function("fc_net", "__init__", NET), "dropout")
    return {0.0: "drop", 1.0: "keep"}.get(float(off), "") if isinstance(off, int | float) else ""


def _with_p(dialect: Dialect, clues: Clues) -> Dialect:
    if not clues.said_of_p:
        return dialect
    clues.told.append(f"dropout_forward says: p {clues.said_of_p}s")
    return dialect.model_copy(update={"p": clues.said_of_p})


def _with_t(dialect: Dialect, clues: Clues) -> Dialect:
    start = defaults_of_state(clues.function("optim", "adam")).get("t")
    given = dialect.t_is_given or (dialect.t_from_one and start == 1)
    return dialect.model_copy(update={"t_is_given": given})


def _of_first_homework(dialect: Dialect, clues: Clues) -> Dialect:
    """Homework 1 of 2023 has neither initializations nor a solver to write."""
    if dialect.arguments[NET].get("initialization") != "initialization":
        return dialect
    if not clues.net or "initialization" in clues.net:
        return dialect
    names = ("he_initialization", "zero_initialization")
    cases = tuple(f"{NET}.init/{name}" for name in names)
    tasks = {file: t for file, t in dialect.tasks.items() if file != "solver.py"}
    return dialect.model_copy(
        update={"left_out": (*dialect.left_out, *cases), "tasks": tasks, "own": ()}
    )


def _with_places(dialect: Dialect, clues: Clues) -> Dialect:
    """Copies of a course move fc_net.py and cnn.py in and out of classifiers/."""
    tasks = {_place(dialect.package, file, clues): t for file, t in dialect.tasks.items() if t}
    return dialect.model_copy(update={"tasks": tasks})


def _place(package: str, file: str, clues: Clues) -> str:
    name = PurePosixPath(file).name
    found = [p for p in clues.places if PurePosixPath(p).name == name and package in p.split("/")]
    # A folder around the whole homework may have the package's name, too.
    inner = [f"/{p}".rpartition(f"/{package}/")[2] for p in found]
    return file if file in inner or not inner else min(inner, key=len)
