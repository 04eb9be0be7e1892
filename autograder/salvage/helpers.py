"""Modules of the student's own, beyond the files of the assignment, that a text imports."""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from autograder.salvage.edits import Edit, Source
from autograder.salvage.home import Home
from autograder.salvage.importable import all_known


@dataclass(frozen=True)
class Use:
    """An import of a module that the assignment does not know.

    `inside`: it is looked for in the package, not beside it. `sure`: it can be nothing but a file.
    """

    name: str
    line: int
    inside: bool
    sure: bool = False


def uses(source: Source, home: Home) -> Iterator[Use]:
    """All that may be modules of the student's own, in the order of their lines."""
    for node in () if all_known(source.text, home) else source.imports:
        for use in _uses(node, home, sure=not source.tries(node)):
            if use.name.isidentifier() and use.name not in home.modules:
                yield use


def _uses(node: ast.Import | ast.ImportFrom, home: Home, *, sure: bool) -> Iterator[Use]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield _absolute(node.lineno, alias.name, home, sure)
    elif not node.level:
        yield _absolute(node.lineno, node.module or "", home, sure)
    elif node.level == len(home.dots):
        for name in [node.module] if node.module else [alias.name for alias in node.names]:
            yield Use(name, node.lineno, inside=True, sure=sure and bool(node.module))


def _absolute(line: int, module: str, home: Home, sure: bool) -> Use:
    package, _, name = module.partition(".")
    inside = package == home.package
    return Use(name if inside else module, line, inside, sure and inside)


def within_package(source: Source, names: Collection[str], dots: str) -> Source:
    """The text, importing from the package what lay beside it: there the modules `names` run.

    `dots` lead from the text to the package.
    """
    nodes = source.imports if names else []
    edits = [edit for node in nodes for edit in _moved(source, node, names, dots)]
    return Source(source.edited(edits)) if edits else source


def _moved(
    source: Source, node: ast.Import | ast.ImportFrom, names: Collection[str], dots: str
) -> Iterator[Edit]:
    if isinstance(node, ast.ImportFrom):
        if not node.level and node.module in names:
            aliases = ", ".join(map(ast.unparse, node.names))
            yield source.restated(node, [f"from {dots}{node.module} import {aliases}"])
        return
    own = [ast.unparse(alias) for alias in node.names if alias.name in names]
    rest = [ast.unparse(alias) for alias in node.names if alias.name not in names]
    if own:
        others = [f"import {', '.join(rest)}"] if rest else []
        yield source.restated(node, [*others, f"from {dots} import {', '.join(own)}"])
