"""What compiles in Python 3 and cannot run there: names of Python 2, and `print >> file`."""

import ast
import re
from collections.abc import Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.remark import Remark
from autograder.salvage.syntax import mentioned, syntax_error

NAMES = {
    "basestring": "str",
    "long": "int",
    "raw_input": "input",
    "reduce": "functools.reduce",
    "unichr": "chr",
    "unicode": "str",
    "xrange": "range",
}
METHODS = {
    "has_key": "__contains__",
    "iteritems": "items",
    "iterkeys": "keys",
    "itervalues": "values",
}
ITERATORS = {"ifilter": "filter", "imap": "map", "izip": "zip"}
OLD = {*NAMES, *METHODS, *ITERATORS}
PRINT = re.compile(r"print\s*>>")


def leftovers(source: Source) -> Iterator[tuple[Edit, Remark]]:
    """An edit for every use of a name that the text does not define itself, and for every print."""
    if not OLD & mentioned(source.text) and PRINT.search(source.text) is None:
        return
    own = set(defined(source))
    for node in source.nodes:
        match node:
            case ast.Name(name) if name in NAMES and name not in own:
                if source.of(node) == name:
                    yield source.replace(node, NAMES[name]), _remark(node, name, NAMES[name])
            case ast.Attribute(attr=name) if name in METHODS and name not in own:
                yield from _method(source, node)
            case ast.ImportFrom(module="past.builtins"):
                yield from _past(source, node)
            case ast.ImportFrom(module="itertools") if not source.tries(node):
                yield from _itertools(source, node)
            case ast.Attribute(ast.Name("itertools"), attr=name) if name in ITERATORS:
                if source.of(node) == f"itertools.{name}":
                    yield source.replace(node, ITERATORS[name]), _gone(node, name)
            case ast.Expr(value):
                yield from _print(source, node, value)


def defined(source: Source) -> Iterator[str]:
    """What the text binds, or gives to its objects: some bring the old names along themselves."""
    for node in source.nodes:
        match node:
            case ast.Name(name, ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.FunctionDef(name) | ast.ClassDef(name) | ast.arg(name):
                yield name
            case ast.alias(name, asname):
                yield asname or name


def _method(source: Source, node: ast.Attribute) -> Iterator[tuple[Edit, Remark]]:
    end, new = source.end(node), METHODS[node.attr]
    if source.of(node).endswith(f".{node.attr}"):
        edit = Edit(end - len(node.attr), end, new)
        told = "key in d" if new == "__contains__" else f".{new}()"
        yield edit, _remark(node, f".{node.attr}()", told)


def _past(source: Source, node: ast.ImportFrom) -> Iterator[tuple[Edit, Remark]]:
    """A package that is installed with Python 2 code only: its names are Python's own now."""
    if all(alias.name in NAMES and "." not in NAMES[alias.name] for alias in node.names):
        names = [f"{NAMES[alias.name]} as {alias.asname or alias.name}" for alias in node.names]
        edit = source.restated(node, [f"from builtins import {', '.join(names)}"])
        yield edit, _remark(node, "`from past.builtins import ...`", "range, str or int")


def _itertools(source: Source, node: ast.ImportFrom) -> Iterator[tuple[Edit, Remark]]:
    """The iterators that have become builtins."""
    old = [alias for alias in node.names if alias.name in ITERATORS]
    kept = ", ".join(source.of(alias) for alias in node.names if alias not in old)
    head = [f"from itertools import {kept}"] if kept else []
    named = [f"{alias.asname or alias.name} = {ITERATORS[alias.name]}" for alias in old]
    for alias in old:
        yield source.restated(node, [*head, *named]), _gone(node, alias.name)


def _gone(node: ast.expr | ast.stmt, name: str) -> Remark:
    return _remark(node, f"itertools.{name}", ITERATORS[name])


def _print(source: Source, node: ast.Expr, value: ast.expr) -> Iterator[tuple[Edit, Remark]]:
    """`print >>file, x, y` is a tuple to Python 3."""
    first, *rest = value.elts if isinstance(value, ast.Tuple) else [value]
    match first:
        case ast.BinOp(ast.Name("print"), ast.RShift(), file):
            words = [source.of(x) for x in rest] + [f"file={source.of(file)}"]
            call = f"print({', '.join(words)})"
            height = source.of(node).count("\n") - call.count("\n")
            edit = source.replace(node, call[:-1] + "\n" * height + ")")
            if syntax_error(edit.new) is None:
                text = f"line {node.lineno} is a Python 2 print statement: write {call}"
                yield edit, Remark("python2_print", text)


def _remark(node: ast.expr | ast.stmt, old: str, new: str) -> Remark:
    return Remark("python2", f"line {node.lineno}: {old} is Python 2: write {new}")
