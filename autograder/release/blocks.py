"""Solution blocks: finding them, and refusing those that cannot be cut out safely.

nbgrader takes every line that contains BEGIN SOLUTION or END SOLUTION for a marker, be it part of a
string or of other code, drops a lone END silently, and names no line. So each such line must be a
marker and nothing else, and markers must stand between statements, as deep as what they enclose.
"""

import re
import tokenize
from collections.abc import Iterator, Set
from io import StringIO
from typing import NamedTuple

from autograder.release.errors import ReleaseError

WORDS = re.compile("BEGIN SOLUTION|END SOLUTION")
BEGIN = re.compile(r"### BEGIN SOLUTION(?P<task>.*)")
END = re.compile(r"### END SOLUTION\s*")
SILENT = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


class Block(NamedTuple):
    """A solution block; `first` and `last` are the lines of its markers, counted from 1."""

    task: str
    first: int
    last: int
    lines: tuple[str, ...]


class Mark(NamedTuple):
    """A marker line; `task` is None for an END."""

    row: int
    indent: str
    task: str | None


class Layout(NamedTuple):
    """Where, by line, comments stand alone between statements, and how deep statements are."""

    comments: dict[int, str]
    statements: dict[int, str]


def find_code_blocks(text: str, file: str, ids: Set[str]) -> list[Block]:
    """The blocks of Python code.

    Raises:
        ReleaseError: carriage returns; a block that is lone, nested, open, empty, not named after
            one of `ids`, in a string, on a line with code, or indented unlike its code.
    """
    lines = _lines(text, file)
    if not WORDS.search(text):
        return []
    layout = _layout(text, file)
    blocks = list(_pair(_code_marks(lines, layout, file), lines, file, ids))
    for block in blocks:
        _check_depth(block, lines, layout.statements, file)
    return blocks


def find_student_blocks(text: str, file: str, ids: Set[str]) -> list[Block]:
    """The blocks of a student file; ReleaseError also if there is none."""
    if blocks := find_code_blocks(text, file, ids):
        return blocks
    todo = "Mark the solution, or move the file to given_files in assignment.toml"
    raise ReleaseError(file, None, "is a student file without a solution block", todo)


def find_prose_blocks(text: str, file: str, ids: Set[str]) -> list[Block]:
    """The blocks of a written answer (markdown), whose markers begin at column 0.

    Raises:
        ReleaseError: as `find_code_blocks`, where it applies to text.
    """
    lines = _lines(text, file)
    rows = [row for row, line in enumerate(lines, 1) if WORDS.search(line)]
    marks = [_mark(row, "", lines[row - 1], file) for row in rows]
    return list(_pair(marks, lines, file, ids))


def _lines(text: str, file: str) -> list[str]:
    lines = text.split("\n")
    for row, line in enumerate(lines, 1):
        if "\r" in line:
            what = "the line ends in a carriage return (Windows line endings)"
            raise ReleaseError(file, row, what, "Save the file with LF line endings")
    return lines


def _layout(text: str, file: str) -> Layout:
    layout, fresh = Layout({}, {}), True
    try:
        for token in tokenize.generate_tokens(StringIO(text.removeprefix("\ufeff")).readline):
            row, before = token.start[0], token.line[: token.start[1]]
            if token.type == tokenize.COMMENT and fresh and not before.strip():
                layout.comments[row] = token.string
            if token.type not in SILENT:
                if fresh and token.type != tokenize.NEWLINE:
                    layout.statements[row] = before
                fresh = token.type == tokenize.NEWLINE
    except (tokenize.TokenError, SyntaxError) as error:
        row = error.args[1][1 if isinstance(error, SyntaxError) else 0]
        what = f"cannot be read as Python ({error.args[0]})"
        raise ReleaseError(file, row, what, "Correct the code") from None
    return layout


def _code_marks(lines: list[str], layout: Layout, file: str) -> Iterator[Mark]:
    for row, line in enumerate(lines, 1):
        if WORDS.search(line):
            if row not in layout.comments:
                what = "a solution marker must be a comment alone on its line, between statements"
                todo = "Move the marker to a line of its own, outside of strings and brackets"
                raise ReleaseError(file, row, what, todo)
            comment = layout.comments[row]
            yield _mark(row, line.removesuffix(comment), comment, file)


def _mark(row: int, indent: str, text: str, file: str) -> Mark:
    if END.fullmatch(text):
        return Mark(row, indent, None)
    if begin := BEGIN.fullmatch(text):
        return Mark(row, indent, begin["task"].strip())
    todo = "Write '### BEGIN SOLUTION <task id>' or '### END SOLUTION', and nothing else"
    raise ReleaseError(file, row, "this is not a solution marker", todo)


def _pair(
    marks: Iterator[Mark] | list[Mark], lines: list[str], file: str, ids: Set[str]
) -> Iterator[Block]:
    begin: Mark | None = None
    for mark in marks:
        if mark.task is not None:
            if begin:
                what = f"a block begins inside the block of line {begin.row}"
                raise ReleaseError(file, mark.row, what, "End that block before this line")
            begin = mark
            _check_task(mark, file, ids)
        elif begin is None:
            what = "END SOLUTION ends no block"
            raise ReleaseError(file, mark.row, what, "Remove it, or add its BEGIN SOLUTION")
        else:
            yield _block(begin, mark, lines, file)
            begin = None
    if begin:
        todo = "Add '### END SOLUTION' after the solution"
        raise ReleaseError(file, begin.row, "the block is never ended", todo)


def _check_task(mark: Mark, file: str, ids: Set[str]) -> None:
    if not mark.task:
        todo = "Write '### BEGIN SOLUTION <task id>'"
        raise ReleaseError(file, mark.row, "the block names no task", todo)
    if mark.task not in ids:
        what = f"'{mark.task}' is not a task here"
        todo = f"Use one of: {', '.join(sorted(ids)) or '(this cell has no id)'}"
        raise ReleaseError(file, mark.row, what, todo)


def _block(begin: Mark, end: Mark, lines: list[str], file: str) -> Block:
    inside = tuple(lines[begin.row : end.row - 1])
    if end.indent != begin.indent:
        what = f"the markers of lines {begin.row} and {end.row} are indented differently"
        raise ReleaseError(file, end.row, what, "Indent both markers like the solution")
    if not any(line.strip() for line in inside):
        todo = "Put the solution between the markers"
        raise ReleaseError(file, begin.row, "the block is empty", todo)
    return Block(begin.task or "", begin.row, end.row, inside)


def _check_depth(block: Block, lines: list[str], statements: dict[int, str], file: str) -> None:
    line = lines[block.first - 1]
    indent = line[: len(line) - len(line.lstrip())]
    rows = [row for row in statements if block.first < row < block.last]
    if not rows:
        todo = "Put the solution between the markers"
        raise ReleaseError(file, block.first, "the block holds no statement", todo)
    if statements[rows[0]] != indent:
        what = "the marker is not indented like the solution below it"
        raise ReleaseError(file, block.first, what, "Indent both markers like the solution")
    for row in rows:
        if not statements[row].startswith(indent):
            what = f"the code leaves the level at which the block of line {block.first} began"
            raise ReleaseError(file, row, what, "End the block before this line")
