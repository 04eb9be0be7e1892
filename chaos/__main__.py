"""`python -m chaos`: grades a class undisturbed, then under faults, and compares the tables.

After each fault the same command is run again, until it finishes. Prints a table in Markdown. Exit
code 1 if a table differs, if a run does not finish or says why it failed in a traceback, if
something is left over, or if a fault has not struck.
"""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from chaos.course import Course, foreign, prepared
from chaos.faults import FAULTS, Fault
from chaos.outcome import Outcome
from chaos.processes import adopt_orphans
from chaos.trial import disturbed, undisturbed

COLUMNS = "fault", "struck", "while reports are written", "runs", "table", "left over", "wrong"


def _part(share: float) -> float:
    if not 0 < share <= 1:
        raise typer.BadParameter(f"{share:g} is no share: more than 0, and at most 1")
    return share


def _known(names: list[str] | None) -> list[str]:
    known = [fault.name for fault in FAULTS]
    for name in names or ():
        if name not in known:
            raise typer.BadParameter(f"{name!r} is none of: {', '.join(known)}")
    return names or []


def _ours(place: Path) -> Path:
    if foreign(place):
        raise typer.BadParameter(f"{place} was not made here, and would be replaced: name another")
    return place


def main(
    count: Annotated[int, typer.Option(min=1, help="Submissions of the class.")] = 2000,
    rounds: Annotated[int, typer.Option(min=1, help="How often each has a whole class.")] = 1,
    seed: Annotated[int, typer.Option(help="Of the class, and of all moments.")] = 1,
    hostile: Annotated[
        float, typer.Option(min=0, max=1, help="The share that is hostile or crashes.")
    ] = 0.1,
    share: Annotated[
        float,
        typer.Option(callback=_part, help="Of the class, still to be judged when faults begin."),
    ] = 1.0,
    strikes: Annotated[int, typer.Option(min=1, help="At most so many of a fault.")] = 99,
    jobs: Annotated[int, typer.Option(min=1, help="Judges at the same time.")] = 2,
    fault: Annotated[
        list[str] | None, typer.Option(callback=_known, help="This one only; may be repeated.")
    ] = None,
    quick: Annotated[bool, typer.Option(help="Leave out what takes minutes.")] = False,
    place: Annotated[Path, typer.Option(callback=_ours, help="Replaced by what is tried.")] = Path(
        "build/chaos"
    ),
) -> None:
    """Disturb the grading of a class in every way, and see that nothing is lost."""
    named = [f for f in FAULTS if (not fault or f.name in fault) and not (quick and f.slow)]
    chosen = [replace(each, most=min(each.most, strikes)) for each in named]
    if int(share * count) < 1 or not chosen:
        raise typer.BadParameter("nothing is left to try: take more --share, or another --fault")
    adopt_orphans()
    course = prepared(place, count, jobs, seed, hostile)
    outcomes = _tried(course, _possible(course, chosen), rounds, seed, share)
    typer.echo(_table(outcomes))
    raise typer.Exit(int(not outcomes or any(not each.fine for each in outcomes)))


def _possible(course: Course, chosen: list[Fault]) -> list[Fault]:
    if any(each.clock for each in chosen) and not course.own_uptime:
        typer.echo("Left out: another uptime, which this process may not set; the date jumps")
    if course.own_disk:
        return chosen
    why = "which this process may not mount"
    typer.echo(f"Left out: what needs a disk of its own, and a look into /tmp, {why}")
    return [each for each in chosen if not each.own_disk]


def _tried(
    course: Course, chosen: list[Fault], rounds: int, seed: int, share: float
) -> list[Outcome]:
    expected, seconds = undisturbed(course, share)
    typer.echo(f"{share:.0%} of the class is judged, undisturbed in {seconds:.0f} s")
    outcomes = []
    for number in range(rounds):
        for each in chosen:
            dice = Random(f"{seed} {number} {each.name}")
            outcomes.append(disturbed(course, each, dice, expected, seconds, share))
            typer.echo(outcomes[-1])
    return outcomes


def _table(outcomes: list[Outcome]) -> str:
    rows = [COLUMNS, ["---"] * len(COLUMNS), *map(_row, outcomes)]
    return "\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(outcome: Outcome) -> list[str]:
    late = ("yes" if outcome.late else "no") if outcome.fault.reports else "does not apply"
    table = "differs" if outcome.other else "identical"
    counts = (str(len(found) or "none") for found in (outcome.left, outcome.wrong))
    return [outcome.fault.name, str(outcome.struck), late, str(outcome.runs), table, *counts]


if __name__ == "__main__":
    typer.run(main)
