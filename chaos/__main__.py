"""`python -m chaos`: grades a class undisturbed, then under faults, and compares the tables.

After each fault the same command is run again, until it finishes. Exit code 1 if a table differs,
if a run does not finish or says why it failed in a traceback, or if something is left over.
"""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from chaos.course import prepared
from chaos.faults import FAULTS, Fault
from chaos.processes import adopt_orphans
from chaos.trial import Outcome, disturbed, undisturbed

COLUMNS = "fault", "struck", "runs", "table", "left over", "told wrongly"


def main(
    count: Annotated[int, typer.Option(help="Submissions of the class.")] = 2000,
    rounds: Annotated[int, typer.Option(help="How often each fault has a whole class.")] = 1,
    seed: Annotated[int, typer.Option(help="Of the class, and of all moments.")] = 1,
    hostile: Annotated[
        float, typer.Option(min=0, max=1, help="The share that is hostile or crashes.")
    ] = 0.1,
    share: Annotated[
        float, typer.Option(help="Of the class, that is still to be judged when faults begin.")
    ] = 1.0,
    strikes: Annotated[int, typer.Option(help="At most so many of a fault in a class.")] = 99,
    jobs: Annotated[int, typer.Option(help="Judges at the same time.")] = 2,
    fault: Annotated[list[str] | None, typer.Option(help="This one only; may be repeated.")] = None,
    quick: Annotated[bool, typer.Option(help="Leave out what takes minutes.")] = False,
    place: Annotated[Path, typer.Option(help="Replaced by what is tried.")] = Path("build/chaos"),
) -> None:
    """Disturb the grading of a class in every way, and see that nothing is lost."""
    named = [f for f in FAULTS if (not fault or f.name in fault) and not (quick and f.slow)]
    chosen = [replace(each, most=min(each.most, strikes)) for each in named]
    console = Console()
    adopt_orphans()
    course = prepared(place, count, jobs, seed, hostile)
    if not course.own_disk:
        console.print("Left out: what needs a disk of its own, which this process may not mount")
        chosen = [each for each in chosen if not each.own_disk]
    expected, seconds = undisturbed(course, share)
    what = f"{count} submissions, {hostile:.0%} hostile, of which {share:.0%} are judged"
    console.print(f"{what}: undisturbed in {seconds:.0f} s")
    found: dict[Fault, list[Outcome]] = {each: [] for each in chosen}
    for number in range(rounds):
        for each in chosen:
            dice = Random(f"{seed} {number} {each.name}")
            found[each].append(disturbed(course, each, dice, expected, seconds, share))
            console.print(f"{each.name}: {found[each][-1]}", markup=False, soft_wrap=True)
    table = Table(*COLUMNS)
    for each, outcomes in found.items():
        table.add_row(*_row(each, outcomes))
    console.print(table)
    raise typer.Exit(int(any(not each.fine for outcomes in found.values() for each in outcomes)))


def _row(fault: Fault, outcomes: list[Outcome]) -> list[str]:
    others = sum(bool(each.other) for each in outcomes)
    left = sum(len(each.left) for each in outcomes)
    wrong = sum(len(each.wrong) for each in outcomes)
    table = f"{others} differ" if others else "identical"
    struck, runs = (sum(getattr(each, name) for each in outcomes) for name in ("struck", "runs"))
    return [
        fault.name,
        *map(str, (struck, runs)),
        table,
        *(str(n or "none") for n in (left, wrong)),
    ]


if __name__ == "__main__":
    typer.run(main)
