"""A module, statement by statement: one that fails costs only what it defines."""

import ast
import dis
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, TracebackType
from typing import Any


@dataclass(frozen=True)
class Stop:
    """Why a statement failed; `names` are what it would have bound, None if that may be any."""

    reason: str
    names: frozenset[str] | None = None

    def explains(self, name: str) -> bool:
        """Is this why the module has no `name`?"""
        return self.names is None or name in self.names


Place = tuple[int, int]
"""A line and a column."""


@lru_cache(maxsize=64)
def compiled(source: str, path: str) -> CodeType:
    """The code of a module; sessions that differ in one file share that of the others.

    Raises SyntaxError.
    """
    return compile(source, path, "exec", dont_inherit=True)


def _apart(source: str, path: str, start: Place) -> Iterator[list[CodeType]]:
    """The code of each statement from the one at `start` on, of each name that it imports."""
    body = ast.parse(source, path).body
    futures = [statement for statement in body if _is_future(statement)]
    for statement in body:
        if (statement.end_lineno or 0, statement.end_col_offset or 0) > start:
            modules = [ast.Module([*futures, part], []) for part in _parts(statement)]
            yield [compile(each, path, "exec", dont_inherit=True) for each in modules]


def _parts(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Of the names that one statement imports, each may be lost alone."""
    names = statement.names if isinstance(statement, ast.Import | ast.ImportFrom) else [None]
    for name in names:
        part = copy(statement)
        if isinstance(part, ast.Import | ast.ImportFrom) and name:
            part.names = [name]
        yield part


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def run(
    source: str, path: str, namespace: dict[str, Any], caught: tuple[type[BaseException], ...]
) -> Iterator[tuple[BaseException, frozenset[str] | None]]:
    """Run all statements; for each that fails, the error, and which names are not bound for it.

    What is no Exception, such as SystemExit, was meant to end the module, and does. Raises
    SyntaxError.
    """
    whole = compiled(source, path)
    error = _failure(whole, namespace, caught)
    place = _place(error, whole) if error else None
    for codes in _apart(source, path, place or (0, 0)) if error else ():
        for code in codes:
            # What has failed is not done again, but of an import every name is tried by itself.
            if place is None or len(codes) > 1:
                error = _failure(code, namespace, caught)
            if error:
                ends = not isinstance(error, Exception)
                yield error, None if ends else _bound(code)
                if ends:
                    return
        place = None


def _failure(
    code: CodeType, namespace: dict[str, Any], caught: tuple[type[BaseException], ...]
) -> BaseException | None:
    try:
        exec(code, namespace)
    except caught as error:
        return error
    return None


def _place(error: BaseException, code: CodeType) -> Place | None:
    """Where `code` was when `error` passed it, None if it never did."""
    steps = [step for step in _traceback(error) if step.tb_frame.f_code is code]
    if not steps:
        return None
    line, _, column, _ = list(code.co_positions())[steps[0].tb_lasti // 2]
    return (line or 0, column or 0)


def _traceback(error: BaseException) -> Iterator[TracebackType]:
    step = error.__traceback__
    while step:
        yield step
        step = step.tb_next


def _bound(code: CodeType) -> frozenset[str] | None:
    instructions = list(dis.get_instructions(code))
    if any(each.opname == "IMPORT_STAR" for each in instructions):
        return None
    return frozenset(each.argval for each in instructions if each.opname == "STORE_NAME")


def reason(stops: Mapping[str, list[Stop]], module: str, name: str) -> str:
    """Why `module` has no `name`, or ""."""
    return next((stop.reason for stop in stops.get(module, ()) if stop.explains(name)), "")
