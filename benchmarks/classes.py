"""A class of any size, drawn from right ways, known mistakes, mutants, stubs and hostile code.

`python -m benchmarks.classes 10000 build/class --seed 1 --hostile 0.1` writes one.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from autograder.assignment import load_assignment
from autograder.diagnosis.catalogue import CatalogueError, Entry, patched, solved
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.variants import VARIANTS
from autograder.release.solutions import without_markers
from autograder.release.strip import CODE_STUB
from autograder.submission import read_workplace
from benchmarks.hostile import spoiled
from mutants.mutant import mutants_of

SOURCE = Path("source/modular-nets")
BLOCK = re.compile(r"( *### BEGIN SOLUTION [^\n]+\n.*?### END SOLUTION\n)", re.DOTALL)
SLIPS = 0.0, 0.02, 0.05, 0.1, 0.3
"""The shares of tasks that students get wrong."""
LOST, BROKEN = 0.03, 0.03
"""The shares of students whose work lacks a file, or has one that is no Python."""

Texts = Mapping[str, str]
Segments = dict[str, list[str]]
"""By file its text without markers, every other segment a solution block."""


@dataclass(frozen=True)
class Way:
    """Another text of a task's `blocks` in `file`, by their numbers among its segments."""

    kind: str
    file: str
    blocks: dict[int, str]


def write_class(
    folder: Path,
    count: int,
    seed: int,
    hostile: float = 0.0,
    files: Collection[str] | None = None,
    right: bool = False,
) -> None:
    """Write `count` submissions of modular-nets into `folder`; the same for the same seed.

    `hostile` is the chance of each to be so, or to crash; `files` are all that is handed in; in a
    class that is `right`, every task is done in a right way.
    """
    solution, ways = _known()
    solution = {name: text for name, text in solution.items() if files is None or name in files}
    for number in range(1, count + 1):
        dice = Random(f"{seed} {number}")
        write(folder, {f"s{number:05}": _drawn(solution, ways, dice, hostile, right)})


@cache
def _known() -> tuple[Segments, dict[str, list[Way]]]:
    """The solution; and by task all that differ from it in blocks alone, and its stub."""
    assignment = load_assignment(SOURCE)
    solution = replace(read_workplace(assignment), cells={})
    texts, ways = dict(solution.files), dict[str, list[Way]]()
    found = [*_edited(VARIANTS, texts), *_edited(MISCONCEPTIONS, texts), *_stubs(texts)]
    found += (("mutant", m.task, m.submission.files) for m in mutants_of(assignment, solution))
    for kind, task, files in found:
        way = _way(kind, texts, files)
        if way is not None:
            ways.setdefault(task, []).append(way)
    return {name: _segments(text) for name, text in texts.items()}, ways


def write(folder: Path, texts: Mapping[str, Texts]) -> list[Path]:
    """A folder of submissions, by their names."""
    for who, files in texts.items():
        for name, text in files.items():
            (folder / who / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / who / name).write_text(text, "utf-8")
    return [folder / who for who in texts]


def _edited(entries: Sequence[Entry], texts: Texts) -> Iterator[tuple[str, str, Texts]]:
    for entry in entries:
        if solved(entry, texts):
            try:
                yield type(entry).__name__.lower(), entry.task, patched(texts, entry)
            except CatalogueError:
                continue


def _stubs(texts: Texts) -> Iterator[tuple[str, str, Texts]]:
    """Each file as it is handed out, but for the blocks of other tasks."""
    for name, text in texts.items():
        blocks = BLOCK.split(text)[1::2]
        for task in dict.fromkeys(map(_task, blocks)):
            parts = [_emptied(part, task) for part in BLOCK.split(text)]
            yield "stub", task, {**texts, name: "".join(parts)}


def _emptied(part: str, task: str) -> str:
    """A block of `task` with its stub; any other part as it is."""
    if not BLOCK.fullmatch(part) or _task(part) != task:
        return part
    begin, *_, end, rest = part.split("\n")
    indent = begin[: len(begin) - len(begin.lstrip())]
    return "\n".join([begin, indent + CODE_STUB.format(task=task), end, rest])


def _task(block: str) -> str:
    return block.split("\n", 1)[0].rsplit(" ", 1)[1]


def _way(kind: str, solution: Texts, files: Texts) -> Way | None:
    """How `files` differ from the solution; None unless it is in blocks of one file."""
    changed = [name for name in solution if files[name] != solution[name]]
    if len(changed) != 1:
        return None
    old, new = _segments(solution[changed[0]]), _segments(files[changed[0]])
    if len(old) != len(new) or old[::2] != new[::2]:
        return None
    blocks = {n: each for n, each in enumerate(new) if each != old[n]}
    return Way(kind, changed[0], blocks)


def _segments(text: str) -> list[str]:
    return [without_markers(each) for each in BLOCK.split(text)]


def _drawn(
    solution: Segments, ways: Mapping[str, list[Way]], dice: Random, hostile: float, right: bool
) -> Texts:
    """One student's files."""
    segments = {name: list(each) for name, each in solution.items()}
    slips = 0.0 if right else dice.choice(SLIPS)
    for task in ways:
        for way in _choice(ways[task], slips, dice):
            for place, text in way.blocks.items() if way.file in segments else ():
                segments[way.file][place] = text
    if dice.random() < hostile:
        file = dice.choice(list(segments))
        segments[file] = spoiled(segments[file], dice)
    texts = {name: "".join(each) for name, each in segments.items()}
    return texts if right else _damaged(texts, dice)


def _choice(ways: Sequence[Way], slips: float, dice: Random) -> list[Way]:
    """Of all the ways of one kind one, or none."""
    wrong = dice.random() < slips
    kind = dice.choice(["misconception", "mutant", "stub"] if wrong else ["variant", "solution"])
    found = [way for way in ways if way.kind == kind]
    return [dice.choice(found)] if found else []


def _damaged(texts: Texts, dice: Random) -> Texts:
    name, damage = dice.choice(list(texts)), dice.random()
    if damage < LOST:
        return {other: text for other, text in texts.items() if other != name}
    if damage < LOST + BROKEN:
        lines = texts[name].split("\n")
        lines.insert(dice.randrange(len(lines)), "def (:")
        return {**texts, name: "\n".join(lines)}
    return texts


def main(
    count: Annotated[int, typer.Argument(min=1, help="How many submissions.")],
    folder: Annotated[Path, typer.Argument(help="Where they are written: a new folder.")],
    seed: Annotated[int, typer.Option(help="Another seed is another class.")] = 1,
    hostile: Annotated[
        float, typer.Option(min=0, max=1, help="The share that is hostile or crashes.")
    ] = 0.0,
) -> None:
    """Write a class of submissions of modular-nets."""
    if folder.exists():
        raise typer.BadParameter(f"{folder} is there already: two classes would be mixed")
    write_class(folder, count, seed, hostile)


if __name__ == "__main__":
    typer.run(main)
