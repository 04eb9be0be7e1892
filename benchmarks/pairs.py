"""How often two mistakes in one function are both named.

`python -m benchmarks.pairs 8` makes up to so many pairs of known mistakes in each task of a student
file, by chance but always the same, and prints how many got both names, others, or none. Pairs that
answer as one of the two alone, or that only raise, are left out.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, islice
from pathlib import Path
from random import Random

import numpy as np

from autograder.assignment import load_assignment
from autograder.diagnosis.catalogue import CatalogueError, Misconception, patched_by_both
from autograder.diagnosis.explanation import explain
from autograder.diagnosis.naming import Diagnostician
from autograder.grading.staff import reference, staff_modules
from autograder.judge.case import cases_of, graded_trials
from autograder.judge.trial import Outcome, ReferenceExpected, run_trial
from autograder.judge.verdict import Result, verdict_of
from autograder.student.local import LocalChannel

ASSIGNMENT = load_assignment(Path("source/modular-nets"))
FILES = staff_modules(ASSIGNMENT)
DIAGNOSTICIAN = Diagnostician(ASSIGNMENT.package, FILES)
EXPECTED = ReferenceExpected(reference(ASSIGNMENT))
Pair = tuple[Misconception, Misconception]


def main(pairs: str = "8") -> None:
    """Print the counts, and the pairs that did not get both names."""
    told: Counter[str] = Counter()
    tasks = [task.id for task in ASSIGNMENT.tasks if task.file]
    for pair, result in (found for task in tasks for found in islice(_shown(task), int(pairs))):
        names, wanted = ([m.id for m in ms] for ms in (explain(result, DIAGNOSTICIAN).made, pair))
        outcome = "both" if {*names} == {*wanted} else "others" if names else "none"
        told[outcome] += 1
        if outcome != "both":
            print(" + ".join(wanted), "->", " + ".join(names) or "no name")
    print(f"{told.total()} pairs:", *(f"{count} {outcome}" for outcome, count in told.items()))


def _shown(task: str) -> Iterator[tuple[Pair, Result]]:
    """Pairs with the verdict on both in one text, if both show in it."""
    pairs = list(combinations(DIAGNOSTICIAN.candidates(task), 2))
    Random(task).shuffle(pairs)
    for pair in pairs:
        try:
            texts = patched_by_both(FILES, *pair)
            ast.parse(texts[pair[0].file])
        except (CatalogueError, SyntaxError):
            continue
        result = _judged(texts, task)
        failed = [outcome for outcome in result.outcomes if not outcome.passed]
        alone = (all(DIAGNOSTICIAN.agrees(mistake, o) for o in failed) for mistake in pair)
        if failed and not any(outcome.error for outcome in failed) and not any(alone):
            yield pair, result


def _judged(files: Mapping[str, str], task: str) -> Result:
    """A case ends with its first failure."""
    channel = LocalChannel(ASSIGNMENT.package, files)
    outcomes: list[Outcome] = []
    for case in cases_of(task):
        for trial in graded_trials(case, "pairs"):
            with np.errstate(all="ignore"):
                outcomes.append(run_trial(trial, channel, EXPECTED))
            if not outcomes[-1].passed:
                break
    channel.session.close()
    groups = frozenset(case.group for case in cases_of(task))
    return verdict_of(ASSIGNMENT.task(task), outcomes, ASSIGNMENT.credit, groups)


if __name__ == "__main__":
    main(*sys.argv[1:])
