"""What a release leaves in place of a solution: a line that raises NotImplementedError."""

import ast
import re
from functools import lru_cache

from autograder.salvage.syntax import statements, tree_or_none


def raises_stub(text: str, task: str) -> bool:
    """Does the code still raise the NotImplementedError of `task`? One in a comment does not."""
    if "NotImplementedError" not in text or task not in text:
        return False
    raised = _raised(text)
    return re.search(_stub(task), text) is not None if raised is None else task in raised


@lru_cache(maxsize=64)
def _raised(text: str) -> frozenset[str] | None:
    """The tasks whose stubs are left, None if `text` is no Python; a file has many, and is asked
    for each."""
    tree = tree_or_none(text)
    return None if tree is None else frozenset(filter(None, map(_task, statements(tree))))


def holds_stub(node: ast.AST) -> bool:
    """Is any stub left within the definition?"""
    return any(map(_task, ast.walk(node)))


def silenced(text: str, task: str) -> str:
    """`text` with a statement that does nothing in place of the stub of `task`."""
    return re.sub(rf"raise\s+{_stub(task)}[^\n]*", "pass", text)


def _stub(task: str) -> str:
    return rf"NotImplementedError\(\s*[\"']{re.escape(task)}:"


def _task(node: ast.AST) -> str:
    match node:
        case ast.Raise(
            exc=ast.Call(
                func=ast.Name(id="NotImplementedError"), args=[ast.Constant(value=str(words)), *_]
            )
        ):
            return words.partition(":")[0]
    return ""
