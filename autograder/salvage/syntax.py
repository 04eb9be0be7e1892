"""What Python says of a text, without a warning and without running it."""

import ast
import symtable
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

PROMPTS = ("In [", "In[", "Out [", "Out[")


@lru_cache(maxsize=64)
def syntax_error(text: str) -> SyntaxError | None:
    """Why Python cannot compile `text`, with the line, or None; a notebook's prompt counts too."""
    try:
        with _quiet():
            compile(text, "", "exec", dont_inherit=True)
            return _prompt(ast.parse(text)) if any(p in text for p in PROMPTS) else None
    except SyntaxError as error:
        return error.with_traceback(None)
    except (ValueError, RecursionError, MemoryError) as error:
        return _error(str(error) or "nested too deeply", 1)


def tree_or_none(text: str) -> ast.Module | None:
    """The syntax tree of `text`, or None if it is no Python."""
    try:
        return tree_of(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


# Few: the tree of a long text is a hundred times its size.
@lru_cache(maxsize=4)
def tree_of(text: str) -> ast.Module:
    """The syntax tree of a text that compiles, which many look at and none may change."""
    with _quiet():
        return ast.parse(text)


def scopes_of(text: str) -> list[symtable.SymbolTable]:
    """The table of names of a module that compiles, and those of all scopes within."""
    with _quiet():
        scopes = [symtable.symtable(text, "", "exec")]
    for scope in scopes:
        scopes += scope.get_children()
    return scopes


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _prompt(tree: ast.Module) -> SyntaxError | None:
    """`In [3]: x = 1` compiles: Python takes it for an item of `In` with a type."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(target=ast.Subscript(value=ast.Name(id="In" | "Out"))):
                return _error("invalid syntax", node.lineno)
    return None


def _error(message: str, line: int) -> SyntaxError:
    return SyntaxError(message, ("", line, 1, ""))
