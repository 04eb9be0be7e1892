"""What Python says of a text, without a warning and without running it."""

import ast
import dis
import symtable
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType
from typing import Any

BODIES = "body", "handlers", "orelse", "finalbody", "cases"
"""Where statements hold other ones."""
IMPORT_NAME, LOAD_CONST = dis.opmap["IMPORT_NAME"], dis.opmap["LOAD_CONST"]
PROMPTS = ("In [", "In[", "Out [", "Out[")


@lru_cache(maxsize=64)
def syntax_error(text: str) -> SyntaxError | None:
    """Why Python cannot compile `text`, with the line, or None; a notebook's prompt counts too."""
    try:
        code_of(text)
        with _quiet():
            return _prompt(ast.parse(text)) if any(p in text for p in PROMPTS) else None
    except SyntaxError as error:
        return error.with_traceback(None)
    except (ValueError, RecursionError, MemoryError) as error:
        return _error(str(error) or "nested too deeply", 1)


@lru_cache(maxsize=16)
def code_of(text: str) -> CodeType:
    """What Python compiles `text` to; raises as `compile` does."""
    with _quiet():
        return compile(text, "", "exec", dont_inherit=True)


@lru_cache(maxsize=64)
def mentioned(text: str) -> frozenset[str]:
    """All names of a text that compiles but local variables: global ones, attributes, imports.

    It takes a tenth of the time of a look at the tree.
    """
    return frozenset(code_of(text).co_names) | _within(code_of(text))


def loaded(text: str) -> frozenset[str]:
    """Those of them that something may read: all within functions and classes."""
    return frozenset(_names(code_of(text), "LOAD_NAME")) | _within(code_of(text))


@lru_cache(maxsize=64)
def stored(text: str) -> frozenset[str]:
    """The names that a module binds where Python sees that it gets there; `text` compiles."""
    return frozenset(_names(code_of(text), "STORE_NAME"))


@lru_cache(maxsize=64)
def imported(text: str) -> frozenset[tuple[int, str]]:
    """The modules that a text which compiles imports anywhere: how many dots, and the name."""
    found = (pair for code in _codes(code_of(text)) for pair in _imports(code))
    return frozenset((int(level), name) for level, name in found)


@lru_cache(maxsize=64)
def defines_twice(text: str) -> bool:
    """Has one scope of a text that compiles two functions or classes of the same name?"""
    codes = _codes(code_of(text))[1:]
    names = [code.co_qualname for code in codes if not code.co_name.startswith("<")]
    return len(set(names)) < len(names)


def _names(code: CodeType, operation: str) -> Iterator[str]:
    """The names in such instructions; `dis` takes a hundred times as long."""
    wanted = dis.opmap[operation]
    if wanted in code.co_code[::2]:
        for instruction, number in _instructions(code):
            if instruction == wanted:
                yield code.co_names[number]


def _imports(code: CodeType) -> Iterator[tuple[Any, str]]:
    """Before the name is imported, its level and what is wanted of it are loaded."""
    if IMPORT_NAME in code.co_code[::2]:
        constants: list[Any] = []
        for instruction, number in _instructions(code):
            if instruction == LOAD_CONST:
                constants.append(code.co_consts[number])
            elif instruction == IMPORT_NAME:
                yield constants[-2], code.co_names[number]


def _instructions(code: CodeType) -> Iterator[tuple[int, int]]:
    above = 0
    for instruction, low in zip(code.co_code[::2], code.co_code[1::2], strict=True):
        number = above | low
        above = number << 8 if instruction == dis.EXTENDED_ARG else 0
        yield instruction, number


def _within(module: CodeType) -> frozenset[str]:
    return frozenset(name for code in _codes(module)[1:] for name in code.co_names)


def _codes(module: CodeType) -> list[CodeType]:
    """That of the module first, and of all functions and classes within."""
    codes = [module]
    for code in codes:
        codes += [each for each in code.co_consts if isinstance(each, CodeType)]
    return codes


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


def statements(tree: ast.Module) -> list[ast.AST]:
    """All statements of a tree wherever they stand, and the parts of statements that hold some."""
    found: list[ast.AST] = [tree]
    for node in found:
        for name in BODIES:
            found += getattr(node, name, ())
    return found


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
