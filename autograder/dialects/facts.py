"""What the text of a student's files tells of their course; nothing is imported."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.assignment import Repairs
from autograder.salvage.edits import Source
from autograder.salvage.leftovers import leftovers
from autograder.salvage.remark import Remark
from autograder.salvage.rescue import Rescue
from autograder.salvage.syntax import tree_or_none

PACKAGES = ("cs231n", "deeplearning", "nndl")
MAX_LENGTH = 1 << 18
P = re.compile(r"\b(keep|drop)\w*\s+each\s+neuron\s+output\s+with\s+probability\s+p\b", re.I)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Text:
    """A file that may tell something; a broken one tells what its intact parts tell.

    `python2`: it has a form that Python 3 has not.
    """

    path: str
    source: str
    tree: ast.Module
    python2: bool = False

    def function(self, name: str, owner: str = "") -> Function | None:
        """The last function of that name, in the class `owner` if one is named."""
        found = [node for node in self._body(owner) if isinstance(node, Function)]
        return next((node for node in reversed(found) if node.name == name), None)

    def _body(self, owner: str) -> list[ast.stmt]:
        if not owner:
            return self.tree.body
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        return [node for each in classes if each.name == owner for node in each.body]

    def imported(self) -> Iterator[str]:
        """The top packages of its absolute imports."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


def read_text(path: str, content: bytes) -> Text | None:
    """None for what is no code at all."""
    source = content.decode("utf-8", "replace")
    if len(source) > MAX_LENGTH:
        return None
    rescue = Rescue(path, Repairs().kinds)
    intact = rescue.text(source)
    tree = tree_or_none(intact)
    if tree is None:
        return None
    slips = [*rescue.remarks, *(remark for _, remark in leftovers(Source(intact)))]
    return Text(path, source, tree, _is_python2(source, slips))


def _is_python2(source: str, slips: Iterable[Remark]) -> bool:
    """Not if it was made to run in both."""
    both = "past.builtins" in source or "from __future__" in source
    return not both and any(slip.kind in ("python2", "python2_print") for slip in slips)


def arguments(function: Function | None) -> tuple[str, ...]:
    """Its parameters by name, without self."""
    if function is None:
        return ()
    names = [x.arg for x in (*function.args.args, *function.args.kwonlyargs)]
    return tuple(name for name in names if name != "self")


def default(function: Function | None, name: str) -> object:
    """The value that a parameter has by default, if it is a constant."""
    if function is None:
        return None
    named = zip(reversed(function.args.args), reversed(function.args.defaults), strict=False)
    return next((_constant(value) for arg, value in named if arg.arg == name), None)


def _constant(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def defaults_of_state(function: Function | None) -> dict[str, object]:
    """What `config.setdefault(key, value)` names, with constant values."""
    found: dict[str, object] = {}
    for node in ast.walk(function) if function else ():
        match node:
            case ast.Call(
                func=ast.Attribute(attr="setdefault"), args=[ast.Constant(value=str(key)), value]
            ):
                found[key] = _constant(value)
    return found


def words(function: Function | None) -> set[str]:
    """All strings in it, such as the keys of a state."""
    nodes = ast.walk(function) if function else ()
    return {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def meaning_of_p(function: Function | None) -> str:
    """ "keep", "drop", or "" where the docstring does not say."""
    text = " ".join((ast.get_docstring(function) or "").split()) if function else ""
    match = P.search(text)
    return match[1].lower() if match else ""


def package_of(path: str, packages: tuple[str, ...]) -> str:
    """The innermost folder of `path` that is one of `packages`, or ""."""
    folders = reversed(PurePosixPath(path).parent.parts)
    return next((folder for folder in folders if folder in packages), "")
