"""Imports of the package's own modules from the package of another year or course."""

import ast
import re
from collections.abc import Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.home import Home
from autograder.salvage.importable import all_known, installed
from autograder.salvage.remark import Remark

MODULE = re.compile(rb"from\s*([.\w]+)\s+import\b")


def wrong_packages(source: Source, home: Home) -> Iterator[tuple[Edit, Remark]]:
    """An edit for every import from a package that is not here of a module that is."""
    for node in () if all_known(source.text, home) else source.imports:
        match node:
            case ast.ImportFrom():
                yield from _from(source, home, node)
            case ast.Import(names):
                for alias in names:
                    yield from _plain(source, home, alias)


def _from(source: Source, home: Home, node: ast.ImportFrom) -> Iterator[tuple[Edit, Remark]]:
    """`from cs231n.layers import x`, `from ..layers import x`, `from cs231n import layers`."""
    right = _right(home, node)
    match = MODULE.match(source.content, source.start(node))
    if right is None or match is None or not _absent(home, node.level, node.module or ""):
        return
    new, old = home.dots + right, match[1].decode()
    text = f"line {node.lineno}: there is no {old} here: write `from {new} import ...`"
    yield Edit(match.start(1), match.end(1), new), Remark("wrong_packages", text)


def _right(home: Home, node: ast.ImportFrom) -> str | None:
    """The module that is meant, "" for the package itself, None if it is none of ours."""
    last = (node.module or "").rpartition(".")[2]
    if all(alias.name in home.modules for alias in node.names) and last not in home.modules:
        return ""
    return home.modules.get(last)


def _plain(source: Source, home: Home, alias: ast.alias) -> Iterator[tuple[Edit, Remark]]:
    """`import cs231n.layers` goes on to be called so; longer paths need an `as`."""
    top, _, last = alias.name.rpartition(".")
    if last not in home.modules or not _absent(home, 0, alias.name):
        return
    right = f"{home.package}.{home.modules[last]}"
    new = f"{right} as {alias.asname or last}"
    if top and alias.asname is None:
        if "." in top:
            return
        new = f"{right}, {home.package} as {top}"
    text = f"line {alias.lineno}: there is no {alias.name} here: write `import {right}`"
    yield source.replace(alias, new), Remark("wrong_packages", text)


def _absent(home: Home, level: int, module: str) -> bool:
    if level == 0:
        return module not in home.absolute and not installed(module.partition(".")[0])
    return level != len(home.dots) or module not in ("", *home.modules.values())
