"""Results of an earlier run: what of them still holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.assignment import Assignment
from autograder.dialects.recognize import OWN
from autograder.grading.grade import Entry
from autograder.grading.pricing import repriced, with_tasks
from autograder.grading.provenance import WHOLE
from autograder.grading.store import Store

# Verdicts on code that runs: what ends, hangs or raises may change those on other tasks.
CALM = {"passed", "partial", "failed", "not attempted", "skipped"}


@dataclass(frozen=True)
class Known:
    """An entry of an earlier run, and the tasks whose verdicts may be others by now."""

    entry: Entry
    stale: tuple[str, ...]

    def renewed(self, part: Entry) -> Entry | None:
        """The entry with the tasks of `part`, what is stale judged anew; None if a task of it ends
        as none should, so that all have to be judged."""
        if not _calm(part):
            return None
        new = {task["id"]: task for task in part["tasks"]}
        tasks = self.entry["tasks"]
        return with_tasks(self.entry, [new.get(task["id"], task) for task in tasks])


def known_entry(
    store: Store, key: str, assignment: Assignment, made_by: Mapping[str, str]
) -> Known | None:
    """What is kept under `key`, with the points that tasks are worth now; `made_by` is what
    `judged_by` says now. None if nothing of it can be used."""
    kept = store.result(key)
    entry = repriced(kept.entry, assignment) if kept else None
    if kept is None or entry is None:
        return None
    ids = [task["id"] for task in entry["tasks"]]
    # Another course's tasks have points and checks of their own.
    by = [WHOLE] * len(ids) if entry["dialect"] != OWN else ids
    stale = tuple(i for i, maker in zip(ids, by, strict=True)
                  if kept.made_by.get(maker) != made_by.get(maker))  # fmt: skip
    # If nothing holds, the files may be read in another way as well.
    usable = not stale or (_calm(entry) and len(stale) < len(ids))
    return Known(entry, stale) if usable else None


def _calm(entry: Mapping[str, Any]) -> bool:
    return {task["verdict"] for task in entry["tasks"]} <= CALM
