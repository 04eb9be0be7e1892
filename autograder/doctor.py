"""What this machine is fit for: isolation, versions, room."""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from autograder.grading.store import StoreError, demand_usable
from autograder.sandbox.layers import CANDIDATES
from autograder.sandbox.survey import advice, survey
from autograder.sandbox.tiers import available, failure

PACKAGES = (
    "graded-nets", "numpy", "torch", "nbgrader", "jupyter_client", "pyzmq", "pydantic",
    "distributed",
)  # fmt: skip
ENOUGH = 200 << 20
"""Bytes: results of a class take a few dozen MiB, pages and training runs the like."""


@dataclass(frozen=True)
class Diagnosis:
    """What was found. `stopped`: by layer, what stopped each attempt; empty where nothing did.
    `tiers`: why each does not work; empty where it does."""

    isolation: str
    tiers: dict[str, str]
    stopped: dict[str, dict[str, str]]
    versions: dict[str, str]
    room: dict[str, str]
    advice: list[str]

    @property
    def fit(self) -> bool:
        """Can a class be graded here?"""
        return bool(self.isolation) and all(not text.startswith("!") for text in self.room.values())

    def as_data(self) -> dict[str, Any]:
        """For a report to those who mend it."""
        return asdict(self)


def diagnose(store: Path) -> Diagnosis:
    """Try it all, with results kept in the file `store`."""
    working = available()
    return Diagnosis(
        working[0].name if working else "",
        {tier.name: failure(tier) for tier in CANDIDATES},
        survey(),
        dict(_versions()),
        dict(_rooms(store)),
        list(advice()),
    )


def _versions() -> Iterator[tuple[str, str]]:
    yield "system", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield "python", platform.python_version()
    for name in PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            yield name, "not installed"


def _rooms(store: Path) -> Iterator[tuple[str, str]]:
    for place in (store.parent, Path(tempfile.gettempdir())):
        yield str(place), _room(place)
    try:
        demand_usable(store)
    except StoreError as error:
        yield str(store), f"!{str(error).removeprefix(f'{store}:')}"


def _room(place: Path) -> str:
    """Free space where a file could be written; "!" and what is wrong if it could not."""
    there = next(path for path in (place, *place.absolute().parents) if os.path.exists(path))
    try:
        with tempfile.NamedTemporaryFile(dir=there) as file:
            file.write(b"tried")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return f"! cannot be written to: {error.strerror}"
    free = shutil.disk_usage(there).free
    return f"{'' if free >= ENOUGH else '! only '}{free / 2**30:.1f} GiB free"


def told(found: Diagnosis) -> Group:
    """All of it, for a terminal."""
    heading = f"Isolation: {found.isolation or 'none, so no class can be graded here'}"
    tiers = (f"  {name}: {why or 'works'}" for name, why in found.tiers.items())
    lines = [f"{name}: {text}" for name, text in (found.versions | found.room).items()]
    return Group(
        Text("\n".join([heading, *tiers])),
        _stopped(found),
        Text("\n".join([*lines, *(f"-> {text}" for text in found.advice)])),
    )


def _stopped(found: Diagnosis) -> Table:
    """A row per attempt, with the error that each layer answers it with."""
    table = Table("attempt", *found.stopped, title="What was tried, and the error that stopped it")
    for attempt in next(iter(found.stopped.values()), ()):
        cells = (column[attempt] or "succeeds" for column in found.stopped.values())
        table.add_row(attempt, *cells)
    return table
