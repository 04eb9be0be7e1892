"""Ten submissions, graded by the autograder and by others.

`python -m benchmarks.peers` prints medians of processor and wall-clock time per submission, and how
many checks each submission passed. The graders take turns, so that a machine that is busy for a
while is so for all of them. An interruption ends a table with the turns that are done.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Annotated, Literal

import typer

from benchmarks.peers.course import COUNT, Course, courses
from benchmarks.peers.graders import GRADERS, Graded, Run

HEAD = "| grader | CPU, ms | wall, ms | CPU, ratio | wall, ratio |\n|---|---|---|---|---|"
ROW = "| {} | {:.0f} | {:.0f} | {:.1f} | {:.1f} |"


def _known(name: str) -> str:
    if name not in GRADERS:
        raise typer.BadParameter(f"{name} is none of {', '.join(GRADERS)}")
    return name


def main(
    runs: Annotated[int, typer.Argument(min=1, help="Turns.")] = 5,
    checks: Annotated[
        Literal["twelve", "full"] | None, typer.Argument(help="Which; both by default.")
    ] = None,
    graders: Annotated[
        list[str] | None, typer.Argument(parser=_known, help="By whom; all by default.")
    ] = None,
) -> None:
    """Measure, and print a table for each set of checks."""
    with tempfile.TemporaryDirectory() as name:
        found = courses(Path(name))
        for title in [checks] if checks else found:
            course, place = found[title], Path(name) / title
            graded = _measured(course, place, graders or tuple(GRADERS), runs)
            _show(f"{title}: {len(course.checks)} checks, {len(course.tasks)} tasks", graded)


def _measured(
    course: Course, place: Path, names: Sequence[str], runs: int
) -> dict[str, list[Graded]]:
    ready: dict[str, Run] = {}
    for name in names:
        (place / name).mkdir(parents=True)
        ready[name] = GRADERS[name](course, place / name)
    found: dict[str, list[Graded]] = {name: [] for name in names}
    with suppress(KeyboardInterrupt):
        for _ in range(runs):
            for name, run in ready.items():
                found[name].append(run())
                print(".", end="", file=sys.stderr, flush=True)
    turns = min(map(len, found.values()))
    return {name: each[:turns] for name, each in found.items()}


def _show(title: str, found: Mapping[str, Sequence[Graded]]) -> None:
    """Ratios are to the plain checks in process, of the same turn."""
    print(f"\n{title}\n\n{HEAD}")
    base = found.get("in process") or next(iter(found.values()))
    for name, runs in found.items():
        cpu, wall = ([getattr(run.cost, kind) for run in runs] for kind in ("cpu", "wall"))
        ratios = [median(x.cost.cpu / y.cost.cpu for x, y in zip(runs, base, strict=True))]
        ratios += [median(x.cost.wall / y.cost.wall for x, y in zip(runs, base, strict=True))]
        each = (1e3 * median(times) / COUNT for times in (cpu, wall))
        print(ROW.format(name, *each, *ratios))
    print()
    for name, runs in found.items():
        print(f"| {name} |", " | ".join(map(str, runs[-1].scores)), "|")


if __name__ == "__main__":
    typer.run(main)
