"""Names that NumPy had once."""

import ast
import builtins
import re
from collections.abc import Iterator

from autograder.salvage.edits import Edit, Source
from autograder.salvage.forms import gone, old_forms
from autograder.salvage.remark import Remark

NOW = {
    "Inf": "{}.inf",
    "Infinity": "{}.inf",
    "NINF": "(-{}.inf)",
    "NaN": "{}.nan",
    "NZERO": "(-0.0)",
    "PINF": "{}.inf",
    "PZERO": "0.0",
    "alen": "len",
    "alltrue": "{}.all",
    "asfarray": "(lambda x, dtype=float: {}.asarray(x, dtype))",
    "asscalar": "{}.ndarray.item",
    "bool8": "{}.bool",
    "byte_bounds": "{}.lib.array_utils.byte_bounds",
    "cfloat": "{}.complex128",
    "clongfloat": "{}.clongdouble",
    "complex": "complex",
    "complex_": "{}.complex128",
    "cumproduct": "{}.cumprod",
    "disp": "print",
    "float": "float",
    "float_": "{}.float64",
    "in1d": "{}.isin",
    "infty": "{}.inf",
    "int": "int",
    "int0": "{}.intp",
    "issubclass_": "issubclass",
    "issubsctype": "{}.issubdtype",
    "longcomplex": "{}.clongdouble",
    "longfloat": "{}.longdouble",
    "mat": "{}.asmatrix",
    "math": "math",
    "msort": "(lambda x: {}.sort(x, axis=0))",
    "object": "object",
    "object0": "object",
    "product": "{}.prod",
    "rank": "{}.ndim",
    "round_": "{}.round",
    "singlecomplex": "{}.complex64",
    "sometrue": "{}.any",
    "str": "str",
    "str0": "str",
    "string_": "{}.bytes_",
    "trapz": "{}.trapezoid",
    "uint0": "{}.uintp",
    "unicode": "str",
    "unicode_": "{}.str_",
}
"""How it is written now, by the old name: {} stands for the module."""

KEYWORDS = {("reshape", "newshape"): "shape", ("unravel_index", "dims"): "shape"}
"""Arguments that have another name now, by function and old name."""

OLD = "|".join(NOW)
TRACES = [
    ("", re.compile(rf"\.(?:{OLD}|cast|ptp)\b")),
    ("linalg", re.compile(r"linalg\s*\.\s*linalg\b")),
    ("numpy", re.compile(r"from\s+numpy\s+import\b")),
    *((name, re.compile(rf"{word}(?<!\w{word})\s*=")) for name, word in KEYWORDS),
    ("array", re.compile(r"copy(?<!\wcopy)\s*=")),
]
"""A word and a pattern: a text without both has no such name in its tree. Patterns that begin with
a letter or sign are found ten times faster than one of them all."""


def removed_names(source: Source) -> Iterator[tuple[Edit, Remark]]:
    """An edit for every use of such a name of the module numpy."""
    if not any(word in source.text and trace.search(source.text) for word, trace in TRACES):
        return
    numpy = ["np", "numpy", *_other_names(source)]
    uses = [*_attributes(source, numpy)]
    given = {use.attr for use in uses if not isinstance(use.ctx, ast.Load)}
    for use in uses:
        if use.attr not in given:
            yield from _attribute(source, use)
    for node in source.nodes:
        match node:
            case ast.ImportFrom(module="numpy", level=0):
                yield from _imported(source, node)
            case ast.Call(func=ast.Attribute(value=ast.Name(name), attr=function)) if name in numpy:
                yield from _keywords(source, node, function)
    yield from old_forms(source, numpy)


def _other_names(source: Source) -> Iterator[str]:
    for node in source.imports:
        if isinstance(node, ast.Import):
            yield from (a.asname for a in node.names if a.name == "numpy" and a.asname)


def _attributes(source: Source, numpy: list[str]) -> Iterator[ast.Attribute]:
    for node in source.nodes:
        match node:
            case ast.Attribute(value=ast.Name(name)) if name in numpy:
                yield node


def _attribute(source: Source, node: ast.Attribute) -> Iterator[tuple[Edit, Remark]]:
    old = source.of(node)
    name = old.partition(".")[0]
    new = NOW.get(node.attr, "").format(name)
    if new and old == f"{name}.{node.attr}":
        yield source.replace(node, new), gone(node, old, _advice(new))


def _imported(source: Source, node: ast.ImportFrom) -> Iterator[tuple[Edit, Remark]]:
    """The whole statement is written anew: what is not NumPy's needs one of its own."""
    old = [alias for alias in node.names if alias.name in NOW]
    kept = [_kept(alias) for alias in node.names if alias not in old or _in_numpy(alias)]
    new = [f"from numpy import {', '.join(kept)}"] if kept else []
    new += [_own(alias) for alias in old if not _in_numpy(alias)]
    edit = source.restated(node, new)
    for alias in old:
        now = NOW[alias.name].format("numpy")
        yield edit, gone(alias, f"numpy.{alias.name}", _advice(now))


def _in_numpy(alias: ast.alias) -> bool:
    return re.fullmatch(r"\{\}\.\w+", NOW[alias.name]) is not None


def _kept(alias: ast.alias) -> str:
    new = NOW.get(alias.name, alias.name).removeprefix("{}.")
    name = alias.asname or alias.name
    return new if new == name else f"{new} as {name}"


def _own(alias: ast.alias) -> str:
    """A statement that binds the name of `alias` without NumPy's help."""
    name, new = alias.asname or alias.name, NOW[alias.name]
    if hasattr(builtins, new):
        return f"from builtins import {new} as {name}"
    if new.isidentifier():
        return f"import {new} as {name}"
    return f"{name} = {new}".format("__import__('numpy')")


def _keywords(source: Source, call: ast.Call, function: str) -> Iterator[tuple[Edit, Remark]]:
    for keyword in call.keywords:
        new, start = KEYWORDS.get((function, keyword.arg or "")), source.start(keyword)
        if new and keyword.arg and source.of(keyword).startswith(keyword.arg):
            edit = Edit(start, start + len(keyword.arg), new)
            yield edit, gone(keyword, f"{keyword.arg} of {function}", new)


def _advice(new: str) -> str:
    """What a function made of it does."""
    return new.partition(": ")[2].removesuffix(")") if new.startswith("(lambda") else new
