"""The table of the documentation: what was tried of each task in each dialect."""

from collections.abc import Iterator

from autograder.dialects.dialect import DIALECTS, load_dialect

from .mistakes import MISTAKES
from .rendering import RENDERED
from .test_examples import OLDER, STATED, TOTALS


def table() -> list[str]:
    """The lines of the table in Markdown."""
    heads = [f"`{name}`" for name in DIALECTS]
    lines = [["task", *heads], ["---", *["---"] * len(heads)]]
    lines += [[f"`{task}`", *(cell(name, task) for name in DIALECTS)] for task in tasks()]
    return [f"| {' | '.join(line)} |" for line in lines]


def tasks() -> Iterator[str]:
    """All that any dialect asks for, in the order in which the dialects name it."""
    named = [task for name in DIALECTS for ids in load_dialect(name).tasks.values() for task in ids]
    yield from dict.fromkeys(named)


def cell(name: str, task: str) -> str:
    """r: the staff's solution in the course's words; e: right work by hand; m: a mistake in it."""
    if task not in load_dialect(name).task_ids:
        return ""
    mine = [n for n, total in TOTALS.items() if OLDER.get(n, total[0]) == name]
    marks = {
        "r": name in RENDERED,
        "e": any(task not in STATED[n] for n in mine),
        "m": any(task in STATED[n] or task in MISTAKES.get(n, ()) for n in mine),
    }
    return " ".join(mark for mark, tried in marks.items() if tried)
