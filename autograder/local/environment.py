"""What the grader has: the packages that the release asks for, and those that they need."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from autograder.salvage.edits import Source
from autograder.submission import Submission

REQUIREMENTS = ("requirements.txt", "requirements-pytorch.txt")
NAME = re.compile(r"[\w.-]+")


def strange_imports(
    folder: Path, package: str, submission: Submission
) -> Iterator[tuple[str, str]]:
    """Where a file imports what the grader lacks, and what it is.

    `folder` is that of a release; of another one nothing is known, and nothing is strange.
    """
    asked = [name for file in REQUIREMENTS for name in _names(folder / file)]
    if not asked:
        return
    known = {package, "autograder", "datasets", *sys.stdlib_module_names, *_modules(asked)}
    for place, text in _texts(submission):
        for line, module in _imports(Source(text)):
            if module not in known:
                yield f"{place}, line {line}", module


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    yield from submission.files.items()
    for task, text in submission.cells.items():
        # The prelude is no line of the cell.
        yield f"the cell of {task}", text.partition("\n")[2]


def _imports(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.imports:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            names = [] if node.level else [node.module or ""]
        if not source.tries(node):
            yield from ((node.lineno, name.partition(".")[0]) for name in names)


def _names(file: Path) -> list[str]:
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return [match[0] for line in lines if (match := NAME.match(line))]


def _modules(asked: list[str]) -> Iterator[str]:
    """What can be imported from the packages `asked`, and from those that they need."""
    wanted = dict.fromkeys(map(_plain, asked))
    for name in (queue := list(wanted)):
        new = [each for each in map(_plain, _needs(name)) if each not in wanted]
        wanted.update(dict.fromkeys(new))
        queue += new
    yield from (name.replace("-", "_") for name in wanted)
    for module, packages in packages_distributions().items():
        if any(_plain(each) in wanted for each in packages):
            yield module


def _needs(package: str) -> list[str]:
    try:
        lines = requires(package) or []
    except PackageNotFoundError:
        return []
    return [match[0] for line in lines if "extra ==" not in line and (match := NAME.match(line))]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
