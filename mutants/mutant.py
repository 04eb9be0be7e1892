"""All mutants of an assignment: its solution with one small mistake each."""

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace

import libcst as cst

from autograder.assignment import Assignment
from autograder.release.blocks import Block, find_code_blocks
from autograder.submission import Submission
from mutants.operators import OPERATORS

Change = tuple[str, str, str, str]


@dataclass(frozen=True)
class Mutant:
    """The solution with one change, of the lines `before` to `after`, in a block of `task`."""

    task: str
    operator: str
    before: str
    after: str
    submission: Submission


def mutants_of(assignment: Assignment, solution: Submission) -> Iterator[Mutant]:
    """Every mutant of every solution block of a task that is judged by what its code answers."""
    for name, text in solution.files.items():
        for change, mutated in _changes(assignment, name, text):
            yield Mutant(*change, replace(solution, files={**solution.files, name: mutated}))
    for name, text in solution.cells.items():
        for change, mutated in _changes(assignment, name, text):
            yield Mutant(*change, replace(solution, cells={**solution.cells, name: mutated}))


def _changes(assignment: Assignment, name: str, text: str) -> Iterator[tuple[Change, str]]:
    tasks = {task.id: task for task in assignment.tasks}
    for block in find_code_blocks(text, name, tasks.keys()):
        if tasks[block.task].has_cases:
            for operator, mutated in changed(block):
                change = block.task, operator, *_difference(block, mutated)
                yield change, _spliced(text, block, mutated)


def changed(block: Block) -> Iterator[tuple[str, str]]:
    """Operator and new text of every mutant of a block; equal programs count once."""
    original = textwrap.dedent("\n".join(block.lines))
    module = cst.parse_module(original)
    seen = {program(original), None}
    for node in _descendants(module):
        for name, mutate in OPERATORS.items():
            for text in (_replaced(module, node, other) for other in mutate(node)):
                if program(text) not in seen:
                    seen.add(program(text))
                    yield name, text


def _descendants(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for child in node.children:
        yield child
        yield from _descendants(child)


def _replaced(module: cst.Module, node: cst.CSTNode, other: cst.CSTNode) -> str:
    changed = module.deep_replace(node, other)
    assert isinstance(changed, cst.Module)
    return changed.code


def program(text: str) -> str | None:
    """What `text` means, whatever its layout; None if it is no Python."""
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return None


def _spliced(text: str, block: Block, mutated: str) -> str:
    lines = text.split("\n")
    marker = lines[block.first - 1]
    indent = marker[: len(marker) - len(marker.lstrip())]
    lines[block.first : block.last - 1] = textwrap.indent(mutated, indent).split("\n")
    return "\n".join(lines)


def _difference(block: Block, mutated: str) -> tuple[str, str]:
    """The lines that differ, before and after."""
    old = [line.strip() for line in block.lines]
    new = [line.strip() for line in mutated.split("\n")]
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return " ".join(old), " ".join(new)
