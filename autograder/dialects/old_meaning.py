"""What runs in Python 3 and means something else in a file for Python 2: division, and lists."""

import ast
import re
from collections.abc import Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.missing import import_above
from autograder.salvage.syntax import syntax_error

HOME = "autograder.dialects.python2"
LISTS, VIEWS = ("filter", "map", "range", "zip"), ("items", "keys", "values")
COMMENT = re.compile(rb"#[^\n]*")
OLD = (
    "the file is Python 2, where `/` rounds whole numbers down, and range, map, zip, filter and the"
    " methods of a dict give lists (read so for grading)"
)


def as_in_python2(text: str, *, sure: bool) -> tuple[str, str]:
    """`text` with the meaning of Python 2, and a remark if it surely is Python 2.

    Else only division changes, and quotients with a rest stay as Python 3 has them: 1 / 2 must not
    become 0 there.
    """
    source, name = Source(text), "quotient" if sure else "exact_quotient"
    edits = [edit for node in _nodes(source) for edit in _edits(source, node, name)]
    names = [name, f"{name}_in_place"] if edits and "import division" not in text else []
    edits = edits if names else []
    if sure:
        names += sorted(_lists(source))
        edits += [edit for node in _nodes(source) for edit in _views(source, node)]
    new = _importing(source.edited(edits), names)
    return (new, OLD if sure else "") if new and new != text else (text, "")


def _importing(text: str, names: list[str]) -> str:
    """`text` with `names` imported; "" if it does not compile."""
    if syntax_error(text) is not None:
        return ""
    source, statement = Source(text), f"from {HOME} import {', '.join(names)}"
    above = import_above(source, statement) if names else Edit(0, 0, "")
    return source.edited([above]) if above else ""


def _nodes(source: Source) -> list[ast.AST]:
    """Without what stands in f-strings, where Python 3.11 may tell wrong places."""
    strings = (node for node in source.nodes if isinstance(node, ast.JoinedStr))
    formatted = {id(node) for string in strings for node in ast.walk(string)}
    return [node for node in source.nodes if id(node) not in formatted]


def _edits(source: Source, node: ast.AST, name: str) -> Iterator[Edit]:
    match node:
        case ast.BinOp(ast.Constant(), ast.Div(), ast.Constant()) if name == "exact_quotient":
            return
        case ast.BinOp(left, ast.Div(), right) if not (_is_float(left) or _is_float(right)):
            start, place = source.start(node), _operator(source, left, right)
            yield Edit(start, start, f"{name}(")
            yield Edit(place, place + 1, ",")
            yield Edit(source.end(node), source.end(node), ")")
        case ast.AugAssign(target, ast.Div(), value) if not (_is_float(value) or _calls(target)):
            place = _operator(source, target, value)
            yield Edit(place, place + 2, f"= {name}_in_place({source.of(target)},")
            yield Edit(source.end(node), source.end(node), ")")


def _calls(target: ast.expr) -> bool:
    """Might it matter that it is evaluated twice?"""
    return any(isinstance(node, ast.Call | ast.NamedExpr) for node in ast.walk(target))


def _views(source: Source, node: ast.AST) -> Iterator[Edit]:
    match node:
        case ast.Call(ast.Attribute(attr=method), [], []) if method in VIEWS:
            yield Edit(source.start(node), source.start(node), "list(")
            yield Edit(source.end(node), source.end(node), ")")


def _lists(source: Source) -> set[str]:
    """The builtins that give lists, if the text uses and does not define them."""
    names = [node for node in source.nodes if isinstance(node, ast.Name)]
    read = {node.id for node in names if isinstance(node.ctx, ast.Load)}
    return read.intersection(LISTS) - {n.id for n in names if isinstance(n.ctx, ast.Store)}


def _is_float(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def _operator(source: Source, left: ast.expr, right: ast.expr) -> int:
    """Where the `/` between them stands: a comment may hold others."""
    start = source.end(left)
    between = COMMENT.sub(lambda found: b" " * len(found[0]), source.content)
    return between.index(b"/", start)
