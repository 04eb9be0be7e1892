"""Which assignment a class has worked on."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from autograder.assignment import Assignment
from autograder.dialects.belonging import Belonging, belonging
from autograder.grading.roster import RosterError
from autograder.intake import IntakeError, read_files

MOST = 200


def choose(paths: Sequence[Path], assignments: Sequence[Assignment]) -> tuple[Assignment, str]:
    """The assignment that most submissions are of, and what tells so; "" if there is only one.

    Of a large class every so many are looked at, MOST to twice as many. Raises RosterError if
    nothing tells, or if as many are of another one.
    """
    if len(assignments) == 1:
        return assignments[0], ""
    paths = paths[:: max(1, len(paths) // MOST)]
    told = {path: found for path in paths if (found := _belonging(path, assignments))}
    ranked = Counter(found.assignment.id for found in told.values()).most_common()
    if not ranked or [count for _, count in ranked].count(ranked[0][1]) > 1:
        raise RosterError(_open(ranked, assignments))
    name, count = ranked[0]
    path, first = next((p, found) for p, found in told.items() if found.assignment.id == name)
    of = f"{count} of {len(paths)} submissions" if len(paths) > 1 else "the submission"
    return first.assignment, f"{of} by its files, such as {first.sign} of {path.name}"


def _belonging(path: Path, assignments: Sequence[Assignment]) -> Belonging | None:
    try:
        return belonging(read_files(path).files, assignments)
    except IntakeError:
        return None


def _open(ranked: Sequence[tuple[str, int]], assignments: Sequence[Assignment]) -> str:
    alike = ", ".join(f"{count} of {name}" for name, count in ranked)
    found = f"are of several assignments ({alike})" if ranked else "do not tell their assignment"
    folders = " or ".join(str(each.root) for each in assignments)
    return f"the submissions {found}: add --assignment {folders}"
