"""`/` in a file for Python 2, where it rounds whole numbers down."""

import ast
import re
from collections.abc import Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.missing import import_above
from autograder.salvage.syntax import syntax_error

COMMENT = re.compile(rb"#[^\n]*")
OLD = "the file is Python 2, where `/` rounds whole numbers down: write `//` (read so for grading)"


def divided(text: str, *, sure: bool) -> tuple[str, str]:
    """`text` with the division of Python 2, and a remark if it surely is Python 2.

    Else quotients with a rest stay as Python 3 has them: 1 / 2 must not become 0 there.
    """
    name = "quotient" if sure else "exact_quotient"
    home = "autograder.dialects.python2"
    source = Source(text)
    formatted = _in_f_strings(source)
    nodes = (node for node in source.nodes if id(node) not in formatted)
    edits = [edit for node in nodes for edit in _edits(source, node, name)]
    if not edits or "import division" in text:
        return text, ""
    new = Source(source.edited(edits))
    statement = f"from {home} import {name}, {name}_in_place"
    above = import_above(new, statement) if syntax_error(new.text) is None else None
    return (new.edited([above]), OLD if sure else "") if above else (text, "")


def _in_f_strings(source: Source) -> set[int]:
    """Python 3.11 may tell wrong places there."""
    strings = (node for node in source.nodes if isinstance(node, ast.JoinedStr))
    return {id(node) for string in strings for node in ast.walk(string)}


def _edits(source: Source, node: ast.AST, name: str) -> Iterator[Edit]:
    match node:
        case ast.BinOp(ast.Constant(), ast.Div(), ast.Constant()) if name == "exact_quotient":
            return
        case ast.BinOp(left, ast.Div(), right) if not (_is_float(left) or _is_float(right)):
            start, place = source.start(node), _operator(source, left, right)
            yield Edit(start, start, f"{name}(")
            yield Edit(place, place + 1, ",")
            yield Edit(source.end(node), source.end(node), ")")
        case ast.AugAssign(ast.Name(id=target) as left, ast.Div(), value) if not _is_float(value):
            place = _operator(source, left, value)
            yield Edit(place, place + 2, f"= {name}_in_place({target},")
            yield Edit(source.end(node), source.end(node), ")")


def _is_float(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, float)


def _operator(source: Source, left: ast.expr, right: ast.expr) -> int:
    """Where the `/` between them stands: a comment may hold others."""
    start = source.end(left)
    between = COMMENT.sub(lambda found: b" " * len(found[0]), source.content)
    return between.index(b"/", start)
