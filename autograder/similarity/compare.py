"""A class, and earlier years, compared with one another."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder.assignment import Assignment
from autograder.grading.roster import RosterError, find_submissions
from autograder.similarity.fingerprints import Marks
from autograder.similarity.overlap import counts_in_common, pairs, rare_marks
from autograder.similarity.reading import Handed, read_works
from autograder.similarity.work import Work

THRESHOLD = 10
"""Lines in common from which on a pair is shown; docs/instructor.md says what led to it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pair:
    """Two works, the fingerprints that they share and few others have, and the lines of each in
    common."""

    first: Work
    second: Work
    shared: Marks
    in_first: int
    in_second: int

    @property
    def lines(self) -> int:
        """Lines in common: the two may have laid out the same in more lines or fewer."""
        return min(self.in_first, self.in_second)

    @property
    def shares(self) -> tuple[float, float]:
        """Of the own lines of the first, and of the second."""
        own = [work.fingerprints.own_lines() for work in (self.first, self.second)]
        return self.in_first / own[0], self.in_second / own[1]


@dataclass(frozen=True)
class Comparison:
    """All works, the class first, and the pairs from `threshold` lines on, the most first."""

    threshold: int
    works: tuple[Work, ...]
    pairs: tuple[Pair, ...]

    @property
    def earlier(self) -> int:
        """How many works are of earlier years."""
        return sum(bool(work.year) for work in self.works)

    @property
    def left_out(self) -> list[Work]:
        """Those of which not all could be compared."""
        return [work for work in self.works if work.left_out]


def find_earlier(
    folders: Iterable[Path], submissions: Sequence[Path], assignments: Sequence[Assignment]
) -> list[Handed]:
    """The submissions in each folder of an earlier year.

    Raises RosterError as `find_submissions`, and if one is among `submissions` as well.
    """
    own = {path.resolve() for path in submissions}
    years = {str(folder): find_submissions([folder], assignments) for folder in folders}
    found = [(path, year) for year, paths in years.items() for path in paths]
    for path, _ in found:
        if path.resolve() in own:
            raise RosterError(f"{path}: is in --earlier and in the class: name it once")
    return found


def compare(
    submissions: Sequence[Path],
    earlier: Sequence[Handed],
    starter: frozenset[str],
    threshold: int = THRESHOLD,
    jobs: int = 1,
    progress: Progress = lambda done, total: None,
) -> Comparison:
    """Compare the submissions of a class with one another, and with those of `earlier` years.

    Lines of the `starter` are nobody's own.
    """
    sources = [*((path, "") for path in submissions), *earlier]
    works: list[Work] = []
    for work in read_works(sources, starter, jobs):
        works.append(work)
        progress(len(works), len(sources))
    works.sort(key=lambda work: (work.year, work.id))
    found = _pairs(works, len(submissions), threshold)
    ranked = sorted(found, key=lambda p: (-p.lines, -max(p.shares), p.first.id, p.second.name))
    return Comparison(threshold, tuple(works), tuple(ranked))


def _pairs(works: Sequence[Work], size: int, threshold: int) -> Iterator[Pair]:
    """Those of the first `size` with one another and with the others, from `threshold` lines on."""
    rare = rare_marks(works)
    prints = [work.fingerprints.only(marks) for work, marks in zip(works, rare, strict=True)]
    # A line has several tokens, so that more fingerprints than lines are in common.
    for one, other in pairs(counts_in_common(rare, size), threshold):
        shared = np.intersect1d(rare[one], rare[other], assume_unique=True)
        lines = [len(prints[each].lines_in(shared)) for each in (one, other)]
        if min(lines) >= threshold:
            yield Pair(works[one], works[other], shared, *lines)
