"""What a text defines of what belongs into its file, and where something else has its name."""

import ast
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from autograder.assignment import Assignment
from autograder.salvage.home import bound
from autograder.salvage.syntax import stored, syntax_error, tree_of

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def belonging(assignment: Assignment, path: str) -> tuple[str, ...]:
    """The functions and classes that the tasks expect in the file."""
    names = (task.id.partition(".")[0] for task in assignment.tasks if task.file == path)
    return tuple(dict.fromkeys(names))


def defines(text: str, name: str) -> bool:
    """Does a module bind `name`? If it does not compile, it binds none."""
    return not syntax_error(text) and (name in stored(text) or name in bound(text))


def lacks(text: str, name: str) -> bool:
    """Is there surely no `name`? Who imports `*`, or does not compile, may have it."""
    return not defines(text, name) and not _open(text)


@lru_cache(maxsize=64)
def _open(text: str) -> bool:
    if syntax_error(text):
        return True
    imports = (node for node in tree_of(text).body if isinstance(node, ast.ImportFrom))
    return any(node.names[0].name == "*" for node in imports)


def absence(files: Mapping[str, str], path: str, name: str) -> str:
    """That the file `path` has no `name`, and where one is."""
    text = f"{PurePosixPath(path).stem} has no '{name}'"
    if not files[path].strip():
        return f"{text}: nothing of {path} can be read"
    place = place_of(files, path, name)
    return f"{text}; there is one {place}" if place else text


def place_of(files: Mapping[str, str], path: str, name: str) -> str:
    """Where a `name` is that does not count, since it belongs into `path`, or ""."""
    return next(_places(files, path, name), "")


def _places(files: Mapping[str, str], path: str, name: str) -> Iterator[str]:
    yield from _inside(files.get(path, ""), name)
    for other, text in files.items():
        if other != path and not syntax_error(text):
            lines = (node.lineno for node in tree_of(text).body if _is(node, name))
            yield from (f"in {other}, line {line}" for line in lines)


def _inside(text: str, name: str) -> Iterator[str]:
    nodes = [] if syntax_error(text) else list(ast.walk(tree_of(text)))
    for outer in (node for node in nodes if isinstance(node, Definition)):
        kind = "class" if isinstance(outer, ast.ClassDef) else "function"
        for node in outer.body:
            if _is(node, name):
                yield f"inside {kind} {outer.name}, line {node.lineno}"


def _is(node: ast.stmt, name: str) -> bool:
    return isinstance(node, Definition) and node.name == name
