"""What a release leaves in place of a solution: a line that raises NotImplementedError."""

import ast
import re


def raises_stub(text: str, task: str) -> bool:
    """Does the code still raise the NotImplementedError of `task`? One in a comment does not."""
    try:
        nodes = ast.walk(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return re.search(_stub(task), text) is not None
    return any(_is_stub(node, task) for node in nodes)


def silenced(text: str, task: str) -> str:
    """`text` with a statement that does nothing in place of the stub of `task`."""
    return re.sub(rf"raise\s+{_stub(task)}[^\n]*", "pass", text)


def _stub(task: str) -> str:
    return rf"NotImplementedError\(\s*[\"']{re.escape(task)}:"


def _is_stub(node: ast.AST, task: str) -> bool:
    match node:
        case ast.Raise(
            exc=ast.Call(
                func=ast.Name(id="NotImplementedError"), args=[ast.Constant(value=str(words)), *_]
            )
        ):
            return words.startswith(f"{task}:")
    return False
