"""A module, statement by statement: one that fails costs only what it defines."""

import ast
import dis
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any


@dataclass(frozen=True)
class Stop:
    """Why a statement failed; `names` are what it would have bound, None if that may be any."""

    reason: str
    names: frozenset[str] | None = None

    def explains(self, name: str) -> bool:
        """Is this why the module has no `name`?"""
        return self.names is None or name in self.names


@lru_cache(maxsize=64)
def compiled(source: str, path: str) -> tuple[CodeType, ...]:
    """The code of each statement; sessions that differ in one file share that of the others.

    Raises SyntaxError.
    """
    body = [part for statement in ast.parse(source, path).body for part in _parts(statement)]
    futures = [part for part in body if _is_future(part)]
    modules = (ast.Module([*futures, part], []) for part in body)
    return tuple(compile(module, path, "exec", dont_inherit=True) for module in modules)


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
    codes: tuple[CodeType, ...],
    namespace: dict[str, Any],
    caught: tuple[type[BaseException], ...],
) -> Iterator[tuple[BaseException, frozenset[str] | None]]:
    """Run all `codes`; for each that fails, the error, and which names are not bound for it.

    What is no Exception, such as SystemExit, was meant to end the module, and does.
    """
    for code in codes:
        try:
            exec(code, namespace)
        except caught as error:
            ends = not isinstance(error, Exception)
            yield error, None if ends else _bound(code)
            if ends:
                return


def _bound(code: CodeType) -> frozenset[str] | None:
    instructions = list(dis.get_instructions(code))
    if any(each.opname == "IMPORT_STAR" for each in instructions):
        return None
    return frozenset(each.argval for each in instructions if each.opname == "STORE_NAME")


def reason(stops: Mapping[str, list[Stop]], module: str, name: str) -> str:
    """Why `module` has no `name`, or ""."""
    return next((stop.reason for stop in stops.get(module, ()) if stop.explains(name)), "")
