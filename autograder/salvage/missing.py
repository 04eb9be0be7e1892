"""Names that a file uses and never imports, where there is no doubt what they mean."""

import ast
import builtins
from collections.abc import Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.home import Home, bound
from autograder.salvage.remark import Remark
from autograder.salvage.syntax import loaded, scopes_of, stored, syntax_error

COMMON = {
    "np": ("import ", "numpy as np"),
    "numpy": ("import ", "numpy"),
    "math": ("import ", "math"),
    "itertools": ("import ", "itertools"),
    "functools": ("import ", "functools"),
}
"""What every file may mean; besides, what the released file imports."""
BUILTINS = frozenset(dir(builtins))


def missing_imports(source: Source, home: Home, above: str) -> Iterator[tuple[Edit, Remark]]:
    """One edit that imports what is missing, beyond what `above` binds, on a line that is there."""
    known = {**COMMON, **home.imports()}
    there = stored(source.text) | bound(above) | BUILTINS
    absent = known.keys() & loaded(source.text) - there
    if absent:
        absent &= _used(source.text) - bound(source.text) - _stars(source, home)
    heads: dict[str, list[str]] = {}
    for name, (head, alias) in known.items():
        if name in absent:
            heads.setdefault(head, []).append(alias)
    statements = [head + ", ".join(aliases) for head, aliases in heads.items()]
    edit = import_above(source, "; ".join(statements)) if statements else None
    if edit is not None:
        text = " and ".join(f"`{statement}`" for statement in statements)
        yield edit, Remark("missing_imports", f"{text} is missing: add it at the top")


def _used(text: str) -> set[str]:
    """The global names that some scope reads."""
    top, *scopes = scopes_of(text)
    inner = (s for scope in scopes for s in scope.get_symbols() if s.is_global())
    return {s.get_name() for s in (*top.get_symbols(), *inner) if s.is_referenced()}


def _stars(source: Source, home: Home) -> set[str]:
    nodes = [node for node in source.imports if isinstance(node, ast.ImportFrom)]
    modules = [node.module or "" for node in nodes if node.names[0].name == "*"]
    return {name for module in modules for name in home.star(module)}


def import_above(source: Source, statement: str) -> Edit | None:
    """Puts `statement` beside what stands first, since no line may be added; at the end if that
    is a definition."""
    first = [node for node in source.tree.body if _leads(node)]
    places = [(source.end(first[-1]), f"; {statement}")] if first else []
    places += [(0, f"{statement}; "), (len(source.content), f"\n{statement}\n")]
    edits = (Edit(place, place, text) for place, text in places)
    return next((e for e in edits if syntax_error(source.edited([e])) is None), None)


def _leads(node: ast.stmt) -> bool:
    """Docstrings and `from __future__ import` stand above all other statements."""
    match node:
        case ast.ImportFrom(module="__future__") | ast.Expr(value=ast.Constant(value=str())):
            return True
    return False
