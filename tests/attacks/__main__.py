"""Runs all attacks in every tier, here and as in containers, and prints what came of each."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from autograder.sandbox.tiers import available

from .arena import ROOT, Arena
from .attack import attacks
from .pages import unsafe

USER = "1001"
PAGES = "pages of all"
FILTER_ONLY = " (filter only)"
"""Where files cannot be masked, as an ordinary user cannot."""
Row = dict[str, Any]


def profiles() -> dict[str, list[str]]:
    """How a run is started in each surrounding that can be made here."""
    launcher = [sys.executable, "-m", "attacks.container"]
    container = f"container{FILTER_ONLY}" if shown_to(launcher) else "container"
    found = {container: launcher}
    if os.geteuid() == 0:
        found["user"] = [*launcher, "--free", "--user", USER]
        found[f"{container}, user"] = [*launcher, "--user", USER]
    return {"": [], **found}


def shown_to(launcher: list[str]) -> list[str]:
    """What can be read in one surrounding of what Docker masks."""
    program = "from attacks.container import shown; print(*shown(), sep='\\n')"
    command = [*launcher, sys.executable, "-c", program]
    run = subprocess.run(command, env=surroundings(), stdout=subprocess.PIPE, text=True, check=True)
    return run.stdout.split()


def surroundings() -> dict[str, str]:
    """The variables of a program that imports this package."""
    paths = os.pathsep.join(map(str, (ROOT / "tests", ROOT)))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}


def run(launcher: list[str], every: int = 1) -> Iterator[Row]:
    """The outcomes in one surrounding, as they come."""
    command = [*launcher, sys.executable, "-m", "attacks", "--here", "--every", str(every)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=surroundings(), cwd=ROOT) as program:
        assert program.stdout
        yield from map(json.loads, program.stdout)
    if program.returncode:
        raise ChildProcessError(f"{' '.join(command)} ended with status {program.returncode}")


def complete(rows: Iterable[Row], every: int = 1) -> Iterator[Row]:
    """`rows` of one surrounding, and one with a trouble for whatever is not among them."""
    seen: dict[str, set[str]] = {}
    try:
        for row in rows:
            seen.setdefault(row["tier"], set()).add(row["attack"])
            yield row
    except (ChildProcessError, json.JSONDecodeError) as error:
        yield _row("to its end", "the run", "", [str(error)])
    for tier, names in (seen or {"no tier": set()}).items():
        for name in [*(attack.name for attack in attacks()[::every]), PAGES]:
            if name not in names:
                yield _row(tier, name, "", ["not tried"])


def outcomes(every: int) -> Iterator[Row]:
    """Those in every tier that works in this process."""
    for tier in available():
        with Arena(tier) as arena:
            place = tier.name.split()[0]
            for attack in attacks()[::every]:
                outcome = arena.run(attack)
                yield _row(place, attack.name, ", ".join(outcome.verdicts), outcome.troubles)
            yield _row(place, PAGES, "shown", unsafe(arena.document()))


def _row(tier: str, attack: str, verdicts: str, troubles: Iterable[str]) -> Row:
    return {"tier": tier, "attack": attack, "verdicts": verdicts, "troubles": list(troubles)}


def table(found: dict[str, dict[str, str]]) -> Iterator[str]:
    """The outcomes by attack and surrounding, in Markdown."""
    columns = list(dict.fromkeys(place for row in found.values() for place in row))
    yield f"| attack | {' | '.join(columns)} |"
    yield "| --- " * (1 + len(columns)) + "|"
    for name, row in found.items():
        yield f"| {name} | {' | '.join(row.get(place, '') for place in columns)} |"


def _positive(text: str) -> int:
    if int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return int(text)


def main() -> None:
    parser = argparse.ArgumentParser("attacks", description=__doc__)
    here = "in every tier of this process alone, not as in containers; a line of JSON for each"
    parser.add_argument("--here", action="store_true", help=here)
    sample = "a sample: each Nth attack (default: all)"
    parser.add_argument("--every", type=_positive, default=1, metavar="N", help=sample)
    options = parser.parse_args()
    if options.here:
        for row in outcomes(options.every):
            print(json.dumps(row), flush=True)
    else:
        compare(options.every)


def compare(every: int) -> None:
    """Print the table; status 1 if an attack succeeded somewhere, or was not tried."""
    found: dict[str, dict[str, str]] = {}
    harmed = 0
    for name, launcher in profiles().items():
        for row in complete(run(launcher, every), every):
            place = ", ".join(filter(None, [row["tier"], name]))
            told = "; ".join(row["troubles"])
            found.setdefault(row["attack"], {})[place] = (
                f"HARM: {told}" if told else row["verdicts"]
            )
            harmed += bool(told)
    print("\n".join(table(found)))
    tried = sum(map(len, found.values()))
    print(f"\n{len(found)} attacks, {tried} tries, {harmed} with harm", file=sys.stderr)
    raise SystemExit(harmed > 0)


if __name__ == "__main__":
    main()
