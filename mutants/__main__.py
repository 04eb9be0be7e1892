"""`python -m mutants`: judges every mutant of each assignment, and prints who survived.

`python -m mutants 4 modular-nets` judges those of one, four at a time. Exit code 1 if a mutant
survives that `equivalent/` does not explain, or if it explains one that does not survive; 130 if it
was interrupted.
"""

import sys
from collections.abc import Callable, Collection, Iterable, Set
from contextlib import closing
from math import inf
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column, Table

from autograder.assignment import Assignment, find_assignments
from autograder.grading.grade import Job
from autograder.sandbox.tiers import probe
from autograder.submission import read_workplace
from mutants.equivalent import Key, key_of, known
from mutants.mutant import mutants_of
from mutants.run import Fate, fates

SOURCE = Path("source").resolve()
HARDEST = 10
INTERRUPTED = 130
STORE = Path("build/mutants.db").resolve()


def main(jobs: str = "2", *names: str) -> int:
    """Print the rates of all assignments, or of those named; the exit code."""
    chosen = [each for each in find_assignments(SOURCE) if not names or each.id in names]
    try:
        return max(_judged(assignment, int(jobs), Console()) for assignment in chosen)
    except KeyboardInterrupt:
        text = "Interrupted. What was judged is stored: run the same command again to go on."
        print(text, file=sys.stderr)
        return INTERRUPTED


def _judged(assignment: Assignment, jobs: int, console: Console) -> int:
    mutants = list(mutants_of(assignment, read_workplace(assignment)))
    job = Job(assignment.root, probe(), "mutants", STORE, experiments=False)
    with closing(fates(mutants, job, jobs)) as coming:
        found = _watched(coming, assignment.id, len(mutants), console)
    return tell(found, known(assignment.id).keys(), console)


def tell(found: Collection[Fate], explained: Set[Key], console: Console) -> int:
    """Print the rates and who survived; the exit code."""
    console.print(_table("task", found, lambda fate: fate.mutant.task, explained))
    console.print(_table("operator", found, lambda fate: fate.mutant.operator, explained))
    console.print(_hardest(found))
    alive = {key_of(fate.mutant) for fate in found if not fate.killers}
    for what, keys in (
        ("survives", alive - explained),
        ("is explained as equivalent, but does not survive", explained - alive),
    ):
        for task, before, after in sorted(keys):
            console.print(f"{task}: {before}\n  -> {after}\n  {what}", markup=False, soft_wrap=True)
    return int(alive != explained)


def _watched(coming: Iterable[Fate], name: str, total: int, console: Console) -> list[Fate]:
    """All of them; a bar shows how far they are, and how long the rest takes at that speed."""
    rest = TimeRemainingColumn(elapsed_when_finished=True)
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), rest
    found = []
    # They come in batches, too far apart for the last seconds to tell the speed.
    with Progress(*columns, console=console, speed_estimate_period=inf) as progress:
        bar = progress.add_task(name, total=total)
        progress.advance(bar, 0)
        for fate in coming:
            found.append(fate)
            progress.advance(bar)
    return found


def _table(
    title: str, found: Iterable[Fate], group: Callable[[Fate], str], known: Set[Key]
) -> Table:
    rows: dict[str, list[Fate]] = {}
    for fate in found:
        rows.setdefault(group(fate), []).append(fate)
    table = Table(title, "mutants", "killed", "equivalent", "rate")
    for name, members in [*sorted(rows.items()), ("all", [f for r in rows.values() for f in r])]:
        killed = sum(bool(fate.killers) for fate in members)
        explained = sum(not f.killers and key_of(f.mutant) in known for f in members)
        others = len(members) - explained
        rate = f"{killed / others:.1%}" if others else "–"
        table.add_row(name, str(len(members)), str(killed), str(explained), rate)
    return table


def _hardest(found: Iterable[Fate]) -> Table:
    """Those that fewest cases noticed, and of these those that lost least; one for each case."""
    killed = [fate for fate in found if fate.killers]
    killed.sort(key=lambda fate: (len(fate.noticed), -fate.share, key_of(fate.mutant)))
    columns = (Column(name, overflow="fold") for name in ("task", "was", "is", "noticed in"))
    table = Table(*columns, title=f"The {HARDEST} hardest to notice")
    apart: dict[tuple[str, ...], Fate] = {}
    for fate in killed:
        apart.setdefault(fate.noticed, fate)
    for fate in list(apart.values())[:HARDEST]:
        task, before, after = map(escape, key_of(fate.mutant))
        table.add_row(task, before, after, escape("\n".join(fate.noticed)))
    return table


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
