"""A slip of the handed-out text, which no student is charged for."""

import ast
from collections.abc import Iterator

from autograder.salvage.edits import Source
from autograder.salvage.syntax import tree_or_none

TOLD = "`{old}` was handed out so: write `{new}` (repaired for grading)"


def with_mode_as_key(text: str) -> tuple[str, str]:
    """`text` with `bn_param["mode"] = mode` for `bn_param[mode] = mode`, whatever the dict is
    called, and a remark if it had any."""
    tree = tree_or_none(text)
    keys = list(mode_as_key(tree)) if tree else []
    if not keys:
        return text, ""
    source = Source(text)
    owner = source.of(keys[0].value)
    told = TOLD.format(old=f"{owner}[mode] = mode", new=f'{owner}["mode"] = mode')
    return source.edited(source.replace(key.slice, '"mode"') for key in keys), told


def mode_as_key(tree: ast.Module) -> Iterator[ast.Subscript]:
    """Where it stands."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Subscript(slice=ast.Name("mode")) as key], ast.Name("mode")):
                yield key
