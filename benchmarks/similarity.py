"""What `similarity` finds in honest work and in copies, and how long a class takes.

`python -m benchmarks.similarity` prints the tables of docs/benchmarks.md.
"""

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from textwrap import dedent

import numpy as np

from autograder.assignment import load_assignment
from autograder.diagnosis.catalogue import CatalogueError, Variant, patched
from autograder.diagnosis.variants import VARIANTS
from autograder.grading.roster import find_submissions
from autograder.intake import read_files
from autograder.release.solutions import without_markers
from autograder.similarity.compare import Pair, compare
from autograder.similarity.reading import Handed
from autograder.similarity.starter import handed_out
from autograder.similarity.texts import Source, text_of
from benchmarks.classes import Texts, write
from benchmarks.disguises import DISGUISES, everything
from benchmarks.timing import once

ASSIGNMENT = load_assignment(Path("source/modular-nets"))
NAMES = (*ASSIGNMENT.student_files, *ASSIGNMENT.notebooks)
SOLUTION = {name: (ASSIGNMENT.root / name).read_text("utf-8") for name in NAMES}
STARTER = handed_out(ASSIGNMENT)
EXAMPLES = find_submissions([Path("submissions")], [ASSIGNMENT])
APART = [path for path in EXAMPLES if path.name in ("ada", "bela", "chen")]
COPIED = [path for path in EXAMPLES if path.name in ("ada", "bela", "chen", "yuki", "zane")]
COURSES = find_submissions([Path("tests/dialects/examples")], [ASSIGNMENT])
YEAR = 200
THRESHOLDS = (10, 15, 20)


def main() -> None:
    """Print the tables."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        years = [write(place / f"year{n}", _drawn_class(n)) for n in range(4)]
        print_honest("examples that were written apart", APART)
        given = write(place / "given", {"lines": {"lines.py": "\n".join(_lines_of_three())}})
        print_honest("examples of other courses", COURSES, handed_out(ASSIGNMENT, given))
        print_honest(f"class of {YEAR}, each task done in a known way", years[0])
        print_copies(place)
        print_functions(place)
        print_time(years)


def print_honest(title: str, paths: Sequence[Path], starter: frozenset[str] = STARTER) -> None:
    """How many lines two of `paths` have in common, and how many pairs would be shown."""
    found = [pair.lines for pair in compare(paths, [], starter, 1, jobs=2).pairs]
    count = len(paths) * (len(paths) - 1) // 2
    lines = np.array(found + [0] * (count - len(found)))
    middle, many = np.percentile(lines, [50, 95])
    shown = " ".join(f"{np.count_nonzero(lines >= least):6}" for least in THRESHOLDS)
    print(f"{title:50} {count:6} {middle:5.0f} {many:5.0f} {max(lines):5} {shown}")


def print_copies(place: Path) -> None:
    """The lines that some examples have in common with copies of them, in a class of all."""
    copies = list[Handed]()
    for name, disguise in DISGUISES.items():
        texts = {path.name: _disguised(path, disguise) for path in COPIED}
        copies += [(path, name) for path in write(place / name, texts)]
    found = [p for p in compare(EXAMPLES, copies, STARTER, 1).pairs if _same(p)]
    for name in DISGUISES:
        own = sorted((p for p in found if p.second.year == name), key=lambda p: p.first.id)
        print(f"{name:22}", *(f"{p.first.id} {p.lines:3} ({p.shares[0]:.0%})" for p in own))


def print_functions(place: Path) -> None:
    """The same for single functions, disguised in every way, by their length."""
    texts = {f"{path.name}-{name}": t for path in APART for name, t in _functions(path)}
    copied = {name: {"layers.py": everything(dedent(text))} for name, text in texts.items()}
    copies = [(path, "one") for path in write(place / "functions", copied)]
    pairs = [p for p in compare(APART, copies, STARTER, 1).pairs if p.second.year]
    found = {p.second.id: p.lines for p in pairs if p.second.id.startswith(f"{p.first.id}-")}
    prints = {
        name: text_of(Source("", text), STARTER).fingerprints() for name, text in texts.items()
    }
    for least, most in ((5, 9), (10, 14), (15, 19), (20, 99)):
        own = {name: n for name, each in prints.items() if least <= (n := each.own_lines()) <= most}
        share = np.median([found.get(name, 0) / lines for name, lines in own.items()])
        shown = [sum(found.get(name, 0) >= lines for name in own) for lines in THRESHOLDS]
        print(f"one function of {least} to {most} lines, {len(own)}: {share:.0%}, shown", *shown)


def print_time(years: Sequence[Sequence[Path]]) -> None:
    """A class, and three earlier years of as many."""
    earlier = [(path, f"year{n}") for n, year in enumerate(years[1:], 1) for path in year]
    seconds = once(lambda: compare(years[0], earlier, STARTER, jobs=2))
    print(f"{len(years[0])} and {len(earlier)} earlier ones: {seconds:.0f} s")


def _drawn_class(year: int) -> dict[str, Texts]:
    return {f"student{n:03}": _drawn(Random(f"{year} {n}")) for n in range(YEAR)}


def _drawn(dice: Random) -> Texts:
    """A submission in which each task is done in one of the known ways, by chance."""
    texts: Texts = SOLUTION
    for task in ASSIGNMENT.tasks:
        ways = [way for way in VARIANTS if way.task == task.id and way.file in texts]
        way = dice.choice([None, *ways])
        texts = _with(texts, way) if way else texts
    return {name: without_markers(text) for name, text in texts.items()}


def _with(texts: Texts, way: Variant) -> Texts:
    try:
        return patched(texts, way)
    except CatalogueError:
        return texts


def _disguised(path: Path, disguise: Callable[[str], str]) -> Texts:
    files = read_files(path).files
    names = [name for name in ASSIGNMENT.student_files if name in files]
    return {name: disguise(files[name].decode()) for name in names}


def _lines_of_three() -> list[str]:
    """What their courses handed out is not known: lines that three have are taken for that."""
    found = Counter(line for path in COURSES for line in _lines(path))
    return sorted(line for line, holders in found.items() if holders > 2)


def _lines(path: Path) -> set[str]:
    files = read_files(path).files
    texts = (content.decode() for name, content in files.items() if name.endswith(".py"))
    return {line.strip() for text in texts for line in text.split("\n")}


def _functions(path: Path) -> Iterator[tuple[str, str]]:
    for name, text in _disguised(path, str).items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                lines = text.split("\n")[node.lineno - 1 : node.end_lineno]
                yield f"{Path(name).stem}-{node.lineno}-{node.name}", "\n".join(lines)


def _same(pair: Pair) -> bool:
    return pair.first.id == pair.second.id


if __name__ == "__main__":
    main()
