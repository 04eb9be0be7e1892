"""What a file defines more than once: the last definition counts."""

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import takewhile
from typing import NamedTuple, TypeGuard

from autograder.salvage.definitions import Definition
from autograder.salvage.edits import Source
from autograder.salvage.syntax import defines_twice
from autograder.stubs import holds_stub


class Twice(NamedTuple):
    """The definitions of one name; those that are `idle` are released stubs below all work."""

    name: str
    found: list[Definition]
    idle: list[Definition]

    def __str__(self) -> str:
        *lines, last = (str(node.lineno) for node in self.found)
        text = f"{self.name} is defined in lines {', '.join(lines)} and {last}"
        return f"{text}; the last {'is a released stub: delete it' if self.idle else 'counts'}"


def twice(source: Source, names: Collection[str]) -> Iterator[Twice]:
    """Which of `names`, or of the methods of classes among them, have several definitions."""
    body = source.tree.body if defines_twice(source.text) else []
    top = [node for node in body if _plain(node) and node.name in names]
    scopes = [("", top)]
    for node in top:
        if isinstance(node, ast.ClassDef):
            scopes.append((f"{node.name}.", [each for each in node.body if _plain(each)]))
    for prefix, nodes in scopes:
        yield from _repeated(prefix, nodes)


def _repeated(prefix: str, nodes: list[Definition]) -> Iterator[Twice]:
    groups = defaultdict(list)
    for node in nodes:
        groups[node.name].append(node)
    for name, found in groups.items():
        if len(found) > 1:
            idle = list(takewhile(holds_stub, reversed(found)))
            if len(idle) < len(found):
                yield Twice(prefix + name, found, idle)


def _plain(node: ast.stmt) -> TypeGuard[Definition]:
    """The parts of a property share a name by design."""
    return isinstance(node, Definition) and not node.decorator_list


def without_idle(source: Source, found: Collection[Twice]) -> Source:
    """The text without the stubs that hide what stands above them; lines stay where they are."""
    idle = [node for each in found for node in each.idle]
    edits = [source.replace(node, "\n" * source.of(node).count("\n")) for node in idle]
    return Source(source.edited(edits)) if edits else source
