"""What NumPy's users wrote once, and must now write in another form."""

import ast
from collections.abc import Collection, Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.leftovers import defined
from autograder.salvage.remark import Remark

Found = Iterator[tuple[Edit, Remark]]


def old_forms(source: Source, numpy: Collection[str]) -> Found:
    """The edits for every such form; `numpy` are the names that the module has there."""
    own = set(defined(source))
    for node in source.nodes:
        match node:
            case ast.Subscript(value=ast.Attribute(value=ast.Name(name), attr="cast")):
                if name in numpy:
                    yield from _cast(source, node, name)
            case ast.Attribute(value=ast.Attribute(value=ast.Name(name), attr="linalg") as inner):
                if name in numpy and node.attr == "linalg":
                    edit = Edit(source.end(inner), source.end(node), "")
                    yield edit, gone(node, f"{name}.linalg.linalg", f"{name}.linalg")
            case ast.Call(func=ast.Attribute(value=ast.Name(name), attr="array")):
                if name in numpy:
                    yield from _copied(source, node)
            case ast.Call(func=ast.Attribute(attr="ptp") as method) if "ptp" not in own:
                if not (isinstance(method.value, ast.Name) and method.value.id in numpy):
                    yield from _ptp(source, node, method, _name_of(source))


def _name_of(source: Source) -> str:
    """That of the module numpy; np, which can be imported, if it has none."""
    nodes = [node for node in source.imports if isinstance(node, ast.Import)]
    aliases = [alias for node in nodes for alias in node.names if alias.name == "numpy"]
    return next((alias.asname or alias.name for alias in aliases), "np")


def _cast(source: Source, node: ast.Subscript, name: str) -> Found:
    """`np.cast[float](x)`; the type is evaluated where it stands, since it may mention any name."""
    remark = gone(node, f"{name}.cast", f"{name}.array(x, {source.of(node.slice)})")
    yield Edit(source.start(node), source.start(node.slice), "(lambda x, dtype="), remark
    yield Edit(source.end(node.slice), source.end(node), f": {name}.array(x, dtype))"), remark


def _copied(source: Source, node: ast.Call) -> Found:
    """`np.array(x, copy=False)` meant: no copy unless one is needed."""
    for keyword in node.keywords:
        match keyword:
            case ast.keyword("copy", ast.Constant(False) as value):
                text = f"line {value.lineno}: copy=False of array forbids a copy now: write asarray"
                yield source.replace(value, "None"), Remark("removed_names", text)


def _ptp(source: Source, node: ast.Call, method: ast.Attribute, name: str) -> Found:
    """`x.ptp(axis=0)`."""
    end = source.end(method)
    if source.content[end - 4 : end + 1] == b".ptp(":
        remark = gone(node, "x.ptp()", f"{name}.ptp(x)")
        start = source.start(node)
        yield Edit(start, start, f"{name}.ptp("), remark
        yield Edit(end - 4, end + 1, ", " if node.args or node.keywords else ""), remark


def gone(node: ast.expr | ast.alias | ast.keyword, old: str, new: str) -> Remark:
    """What is told of `old`."""
    return Remark("removed_names", f"line {node.lineno}: NumPy has no {old} any more: write {new}")
