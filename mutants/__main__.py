"""`python -m mutants`: judges every mutant of the solution, and prints who survived.

Exit code 1 if a mutant survives that equivalent.toml does not explain, or if it explains one that
does not survive.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from autograder.assignment import load_assignment
from autograder.grading.grade import Job
from autograder.sandbox.tiers import probe
from autograder.submission import read_workplace
from mutants.equivalent import key_of, known
from mutants.mutant import mutants_of
from mutants.run import Fate, fates

SOURCE = Path("source/modular-nets").resolve()
HARDEST = 10
STORE = Path("build/mutants.db").resolve()


def main(jobs: int = 2) -> int:
    """Print the rates; the exit code."""
    assignment, console = load_assignment(SOURCE), Console()
    mutants = list(mutants_of(assignment, read_workplace(assignment)))
    job = Job(SOURCE, probe(), "mutants", STORE, experiments=False)
    found = list(track(fates(mutants, job, jobs), "Judging mutants", len(mutants), console=console))
    console.print(_table("task", found, lambda fate: fate.mutant.task))
    console.print(_table("operator", found, lambda fate: fate.mutant.operator))
    console.print(_hardest(found))
    alive = {key_of(fate.mutant) for fate in found if not fate.killers}
    for what, keys in (
        ("survives", alive - known().keys()),
        ("is listed in equivalent.toml, but does not survive", known().keys() - alive),
    ):
        for task, before, after in sorted(keys):
            console.print(f"{task}: {before}\n  -> {after}\n  {what}", markup=False, soft_wrap=True)
    return int(alive != known().keys())


def _table(title: str, found: Iterable[Fate], group: Callable[[Fate], str]) -> Table:
    rows: dict[str, list[Fate]] = {}
    for fate in found:
        rows.setdefault(group(fate), []).append(fate)
    table = Table(title, "mutants", "killed", "equivalent", "rate")
    for name, members in [*sorted(rows.items()), ("all", [f for r in rows.values() for f in r])]:
        killed = sum(bool(fate.killers) for fate in members)
        explained = sum(not f.killers and key_of(f.mutant) in known() for f in members)
        others = len(members) - explained
        rate = f"{killed / others:.1%}" if others else "–"
        table.add_row(name, str(len(members)), str(killed), str(explained), rate)
    return table


def _hardest(found: Iterable[Fate]) -> Table:
    """Those that fewest cases noticed, and of these those that lost least; one for each case."""
    killed = [fate for fate in found if fate.killers]
    killed.sort(key=lambda fate: (len(fate.noticed), -fate.share, key_of(fate.mutant)))
    table = Table("task", "was", "is", "noticed in", title=f"The {HARDEST} hardest to notice")
    apart: dict[tuple[str, ...], Fate] = {}
    for fate in killed:
        apart.setdefault(fate.noticed, fate)
    for fate in list(apart.values())[:HARDEST]:
        task, before, after = map(escape, key_of(fate.mutant))
        table.add_row(task, before, after, escape("\n".join(fate.noticed)))
    return table


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
