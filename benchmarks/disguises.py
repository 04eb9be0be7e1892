"""Ways in which a copy of a program is made to look unlike it, to measure what is still found."""

import ast
from collections.abc import Callable, Iterator
from itertools import count


def layout(text: str) -> str:
    """Without its comments, and laid out anew."""
    return ast.unparse(ast.parse(text))


def names(text: str) -> str:
    """With other names for all variables of its functions, and laid out anew."""
    tree = ast.parse(text)
    for function in _functions(tree):
        stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and _stores(n)}
        new = dict(zip(sorted(stored), map("thing_{}".format, count()), strict=False))
        for node in ast.walk(function):
            if isinstance(node, ast.Name):
                node.id = new.get(node.id, node.id)
    return ast.unparse(tree)


def order(text: str) -> str:
    """With its functions, and the methods of its classes, from the last to the first."""
    tree = ast.parse(text)
    for body in [tree.body, *(n.body for n in tree.body if isinstance(n, ast.ClassDef))]:
        places = [i for i, node in enumerate(body) if isinstance(node, ast.FunctionDef)]
        turned = [body[place] for place in reversed(places)]
        for place, node in zip(places, turned, strict=True):
            body[place] = node
    return ast.unparse(tree)


def statements(text: str) -> str:
    """With every fourth and fifth statement of a block swapped, though that may break it."""
    tree = ast.parse(text)
    for function in _functions(tree):
        body = function.body
        for place in range(3, len(body) - 1, 5):
            body[place], body[place + 1] = body[place + 1], body[place]
    return ast.unparse(tree)


def everything(text: str) -> str:
    """All of these."""
    return statements(order(names(layout(text))))


DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "comments and layout": layout,
    "names of variables": names,
    "order of functions": order,
    "statements swapped": statements,
    "all of these": everything,
}


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _stores(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Store)
