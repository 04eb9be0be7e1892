"""What becomes of the submissions of a run, written down as it comes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.assignment import Assignment
from autograder.grading.desk import Graded
from autograder.grading.grade import Entry, Job
from autograder.grading.results import Results
from autograder.grading.store import Store


class Ledger:
    """`known` were so before the run, of `renewed` ones a part was.

    `made_by` is what `judged_by` says.
    """

    def __init__(self, store: Store, paths: Sequence[Path], made_by: Mapping[str, str]) -> None:
        self._store, self._made_by = store, made_by
        self._places = {path: place for place, path in enumerate(paths)}
        self._keys, self._loose = [""] * len(paths), dict[int, Entry]()
        self.known = self.renewed = 0

    def enter(self, path: Path, graded: Graded) -> None:
        """What came of the submission at `path` is kept, if it is to be."""
        place = self._places[path]
        self._keys[place] = graded.key
        if graded.entry is None:
            self.known += 1
        elif graded.key:
            self._store.keep_result(graded.key, graded.entry, self._made_by)
        else:
            self._loose[place] = graded.entry
        self.renewed += graded.in_part

    def results(self, assignment: Assignment, job: Job) -> Results:
        """All entries, in the order of the paths."""
        return Results(job.store, assignment, self._keys, self._loose)
