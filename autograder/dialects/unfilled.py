"""Is a function still as a course hands it out? What it returns was never computed."""

import ast
import copy
import re
from collections.abc import Iterator

from autograder.dialects.facts import Function
from autograder.salvage.syntax import tree_or_none

RESULTS = {"scores": "scores", "loss": "loss", "gradients": "grads"}
"""The aspects of a net that have a variable of their own in the handed-out `loss`."""
PARTS = {
    "batchnorm": re.compile(r"batch|(?:^|_)(?:bn|norm|gamma)"),
    "layernorm": re.compile(r"layer_?norm|(?:^|_)(?:ln|norm)"),
    "dropout": re.compile(r"drop|(?:^|_)do(?:_|$)"),
}
"""What the names are like in a part of a net that is written in several places."""


def unfilled(text: str, task: str) -> bool:
    """Is the part of `task` missing, or without a line by the student?"""
    tree = tree_or_none(text)
    if tree is None:
        return False
    name, _, aspect = task.partition(".")
    if aspect:
        return _net_unfilled(tree, name, aspect)
    found = [n for n in tree.body if isinstance(n, Function) and n.name == name]
    return not found or _is_stub(found[-1])


def _net_unfilled(tree: ast.Module, name: str, aspect: str) -> bool:
    nets = [n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == name]
    methods = [n for net in nets for n in net.body if isinstance(n, Function)]
    if aspect == "init":
        starts = [m for m in methods if m.name == "__init__"]
        return not any(_stores(m, "params") for m in starts)
    if aspect in PARTS:
        return not any(PARTS[aspect].search(word) for word in _worked_with(tree))
    if aspect == "train":
        return not any(_stores(m, "params") for m in methods if m.name == aspect)
    if aspect == "predict":
        return all(_is_stub(m) for m in methods if m.name == aspect)
    losses = [m for m in methods if m.name == "loss"]
    if aspect not in RESULTS:
        return not any(_stores(m, aspect) for m in methods)
    return not any(_computes(m, RESULTS[aspect]) for m in losses)


def _worked_with(tree: ast.Module) -> Iterator[str]:
    """The names in what a file calls, reads out of a collection, or puts into one under a key.

    What is handed out does none of it with normalization and dropout, beyond setting their modes.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=key, ctx=ast.Store()):
                yield from _words(key)
            case ast.Call() | ast.Subscript():
                yield from _words(node)


def _words(node: ast.expr) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)):
                yield word


def _is_stub(function: Function) -> bool:
    if function.name.startswith("dropout"):
        function = _Training().visit(copy.deepcopy(function))
    returned = [n.value for n in ast.walk(function) if isinstance(n, ast.Return)]
    if not returned:
        return all(map(_is_idle, function.body))
    return all(_is_empty(function, value) for value in returned)


class _Training(ast.NodeTransformer):
    """Without what is done in the test, which is handed out."""

    def visit_If(self, node: ast.If) -> ast.AST:
        if "test" in _words(node.test):
            node.body = [ast.Pass()]
        return self.generic_visit(node)


def _is_idle(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise(exc=ast.expr() as error):
            return "NotImplementedError" in _words(error)
        case ast.Assign(value=value):
            return _is_placeholder(value)
    return False


def _is_empty(function: Function, value: ast.expr | None) -> bool:
    """A name without a value, or a tuple that begins with one."""
    match value:
        case ast.Tuple(elts=[first, *_]):
            return _is_empty(function, first)
        case ast.Name(id=name):
            return not _computes(function, name)
    return value is None or isinstance(value, ast.Constant)


def _computes(function: Function, name: str) -> bool:
    """Does it get a value that no stub gives it, or part of one, or is it changed by a method?"""
    if name in [x.arg for x in function.args.args]:
        return True
    return any(_gives(node, name) for node in ast.walk(function))


def _gives(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Assign(value=ast.Call(ast.Attribute(ast.Name(id=cast), "astype"))) if cast == name:
            return False
        case ast.Assign(targets=targets, value=value):
            return any(_assigns(target, value, name) for target in targets)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            return _assigns(target, value, name)
        case ast.AugAssign(target=target) | ast.For(target=target):
            return name in _names(target)
        case ast.NamedExpr(target=ast.Name(id=given)):
            return given == name
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method)):
            return owner == name and method != "astype"
    return False


def _assigns(target: ast.expr, value: ast.expr, name: str) -> bool:
    match target, value:
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            return any(_assigns(t, v, name) for t, v in zip(targets, values, strict=True))
    return name in _names(target) and not _is_placeholder(value)


def _names(target: ast.expr) -> Iterator[str]:
    """What an assignment to `target` gives a value to, as a whole or in part."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Subscript(value=inner) | ast.Attribute(value=inner) | ast.Starred(value=inner):
            yield from _names(inner)
        case ast.Tuple(elts=inner_ones) | ast.List(elts=inner_ones):
            for each in inner_ones:
                yield from _names(each)


def _is_placeholder(value: ast.expr) -> bool:
    match value:
        case ast.Constant() | ast.Dict(keys=[]) | ast.List(elts=[]) | ast.Name(id="FIXME"):
            return True
        case ast.Tuple(elts=elements):
            return all(map(_is_placeholder, elements))
    return False


def _stores(function: Function, attribute: str) -> bool:
    """Is `self.attribute`, or an entry of it, set, other than by the cast that is handed out?"""
    return any(_sets(node, attribute) for node in ast.walk(function))


def _sets(node: ast.AST, attribute: str) -> bool:
    match node:
        case ast.Assign(value=ast.Call(func=ast.Attribute(attr="astype"))):
            return False
        case ast.Assign(targets=targets, value=value):
            there = any(attribute in _attributes(target) for target in targets)
            return there and not _is_placeholder(value)
        case ast.AugAssign(target=target):
            return attribute in _attributes(target)
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name), attr=method)):
            return name == attribute and method in ("update", "setdefault", "append")
    return False


def _attributes(target: ast.expr) -> set[str]:
    return {node.attr for node in ast.walk(target) if isinstance(node, ast.Attribute)}
