"""The package to which a file belongs, and what the released file imports."""

import ast
import symtable
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from autograder.assignment import Assignment
from autograder.salvage.syntax import scopes_of, syntax_error, tree_of


class Home:
    """Where the text of `path` runs; a cell of a notebook runs beside the package's modules."""

    def __init__(self, assignment: Assignment, path: str) -> None:
        self.assignment, self.path, self.package = assignment, path, assignment.package
        self.dots = "." * max(1, len(PurePosixPath(path).parts) - 1)

    @cached_property
    def modules(self) -> dict[str, str]:
        """The modules of the package, by their last name: dotted, as seen from the package."""
        return _dotted((*self.assignment.student_files, *self.assignment.given_files))

    @cached_property
    def absolute(self) -> set[str]:
        """The modules as an absolute import names them, and the package."""
        return {self.package, *(f"{self.package}.{name}" for name in self.modules.values())}

    def imports(self) -> dict[str, tuple[str, str]]:
        """What the released file imports, by name: the statement up to the name, and the rest."""
        return _imports(self._released(self.path))

    def star(self, module: str) -> frozenset[str]:
        """The names that `from module import *` brings, if it is one of the package."""
        inner = self.modules.get(module.rpartition(".")[2])
        if inner is None:
            return frozenset()
        return bound(self._released(f"{self.package}/{inner.replace('.', '/')}.py"))

    def _released(self, path: str) -> str:
        """The file as the assignment has it, "" if it has none that is Python."""
        file = self.assignment.root / path
        text = file.read_text("utf-8", "replace") if file.is_file() else ""
        return _intact(text)


@lru_cache(maxsize=64)
def _dotted(files: tuple[str, ...]) -> dict[str, str]:
    names = [PurePosixPath(file).with_suffix("").parts[1:] for file in files]
    return {parts[-1]: ".".join(parts) for parts in names if parts[-1] != "__init__"}


@lru_cache(maxsize=64)
def _intact(text: str) -> str:
    return "" if syntax_error(text) else text


@lru_cache(maxsize=64)
def _imports(text: str) -> dict[str, tuple[str, str]]:
    nodes = [n for n in ast.walk(tree_of(text)) if isinstance(n, ast.Import | ast.ImportFrom)]
    pairs = [(_head(node), alias) for node in nodes for alias in node.names]
    return {alias.asname or alias.name: (head, ast.unparse(alias)) for head, alias in pairs}


def _head(node: ast.Import | ast.ImportFrom) -> str:
    if isinstance(node, ast.Import):
        return "import "
    return f"from {'.' * node.level}{node.module or ''} import "


@lru_cache(maxsize=64)
def bound(text: str) -> frozenset[str]:
    """The names that a module binds, in a function's `global` too; `text` compiles."""
    top, *inner = scopes_of(text)
    shared = (s for scope in inner for s in scope.get_symbols() if s.is_declared_global())
    return frozenset(s.get_name() for s in (*top.get_symbols(), *shared) if _binds(s))


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
