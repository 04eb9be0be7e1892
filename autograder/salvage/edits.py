"""Python as text and tree, to change single places of it: all lines stay where they are."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from autograder.salvage.syntax import statements, tree_of


@dataclass(frozen=True)
class Edit:
    """The bytes from `start` to `end` of a source become `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Source:
    """A text that compiles."""

    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return tree_of(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of the tree, walked once, and twice as fast as `ast.walk` does."""
        nodes: list[ast.AST] = [self.tree]
        for node in nodes:
            for name in node._fields:
                value = getattr(node, name, None)
                if isinstance(value, ast.AST):
                    nodes.append(value)
                elif isinstance(value, list):
                    nodes += [each for each in value if isinstance(each, ast.AST)]
        return nodes

    @cached_property
    def _statements(self) -> list[ast.AST]:
        return statements(self.tree)

    @cached_property
    def imports(self) -> list[ast.Import | ast.ImportFrom]:
        """All statements that import, wherever they stand."""
        return [n for n in self._statements if isinstance(n, ast.Import | ast.ImportFrom)]

    def tries(self, node: ast.stmt) -> bool:
        """Does `node` stand in a `try`, so that it may fail?"""
        return id(node) in self._tried

    @cached_property
    def _tried(self) -> set[int]:
        return {id(n) for node in self._statements if isinstance(node, ast.Try) for n in node.body}

    @cached_property
    def content(self) -> bytes:
        """The text as Python counts its columns."""
        return self.text.encode()

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *accumulate(len(line) + 1 for line in self.content.split(b"\n"))]

    def start(self, node: ast.stmt | ast.expr | ast.alias | ast.keyword) -> int:
        """The place of the first byte of `node`."""
        return self._lines[node.lineno - 1] + node.col_offset

    def end(self, node: ast.stmt | ast.expr | ast.alias | ast.keyword) -> int:
        """The place behind the last byte of `node`."""
        return self._lines[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)

    def of(self, node: ast.stmt | ast.expr | ast.alias | ast.keyword) -> str:
        """The text of `node`; within an f-string Python 3.11 may tell a wrong place."""
        return self.content[self.start(node) : self.end(node)].decode(errors="replace")

    def replace(self, node: ast.stmt | ast.expr | ast.alias, new: str) -> Edit:
        """An edit that puts `new` in the place of `node`."""
        return Edit(self.start(node), self.end(node), new)

    def restated(self, node: ast.stmt, statements: Iterable[str]) -> Edit:
        """An edit that puts `statements` in the place of `node`, on as many lines."""
        return self.replace(node, "; ".join(statements) + "\\\n" * self.of(node).count("\n"))

    def edited(self, edits: Iterable[Edit]) -> str:
        """The text with all `edits` but those that lie within another one.

        What is put before a place stands before what takes its place.
        """
        content, parts, done = self.content, [], 0
        for edit in sorted(edits, key=lambda e: (e.start, e.end > e.start, -e.end)):
            if edit.start >= done:
                parts += [content[done : edit.start], edit.new.encode()]
                done = edit.end
        return b"".join([*parts, content[done:]]).decode(errors="replace")
