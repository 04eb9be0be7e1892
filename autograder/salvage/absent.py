"""Imports of what is not here: unused, they cost nothing."""

import ast
from collections.abc import Collection, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from autograder.salvage.edits import Edit, Source
from autograder.salvage.home import Home
from autograder.salvage.importable import all_known, installed
from autograder.salvage.remark import Remark

STANDING_IN = "autograder.student.absent"
LACKING = (
    "line {line} imports {name}.py, which is no file of the assignment and is not there:"
    " put what it defines into this file"
)
NOT_INSTALLED = "line {line} imports {name}, which is not installed: do without it"
HOW = "only what uses it fails"

Import = ast.Import | ast.ImportFrom


@dataclass(frozen=True)
class Origin:
    """A package, or `inside` of the student's one a module."""

    name: str
    inside: bool


def absent_packages(
    source: Source, home: Home, own: Collection[str], above: str
) -> Iterator[tuple[Edit, Remark]]:
    """An edit for every import at the top of what is not here: a stand-in gets its names.

    `own` are modules of the student's own that are taken along; what `above` imports is known.
    """
    known = {*own, *_imported(above)}
    for node in () if all_known(source.text, home) else source.tree.body:
        if isinstance(node, Import):
            origins = {alias: _origin(node, alias, home) for alias in node.names}
            absent = {alias: o for alias, o in origins.items() if o and o.name not in known}
            for origin in dict.fromkeys(absent.values()):
                text = (LACKING if origin.inside else NOT_INSTALLED).format(
                    line=node.lineno, name=origin.name
                )
                edit = source.restated(node, _statements(node, absent))
                yield edit, Remark("absent_packages", text, HOW)


@lru_cache(maxsize=64)
def _imported(above: str) -> frozenset[str]:
    aliases = (alias for node in Source(above).imports for alias in node.names)
    return frozenset(alias.name.partition(".")[0] for alias in aliases)


def _origin(node: Import, alias: ast.alias, home: Home) -> Origin | None:
    """Where `alias` comes from, None if that is here, or wrongly named: that is another slip."""
    module = alias.name if isinstance(node, ast.Import) else node.module or ""
    top, _, inner = module.partition(".")
    inside = isinstance(node, ast.ImportFrom) and node.level > 0
    if top == home.package and not inside:
        module, inside = inner, True
    last = module.rpartition(".")[2]
    if not module or {last, alias.name} & home.modules.keys():
        return None
    return Origin(last, inside) if inside else None if installed(top) else Origin(top, inside)


def _statements(node: Import, absent: Mapping[ast.alias, Origin]) -> Iterator[str]:
    """`node` without what is absent, and that from the stand-in; a star brings no names."""
    kept = copy(node)
    kept.names = [alias for alias in node.names if alias not in absent]
    if kept.names:
        yield ast.unparse(kept)
    pairs = [(o.name, _bound(a)) for a, o in absent.items() if a.name != "*"]
    names = ", ".join(f"{name} as {bound}" for name, bound in pairs)
    yield f"from {STANDING_IN} import {names}" if names else "pass"


def _bound(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]
