"""Whether the catalogue's entries are written by its rules: names, texts, sections and edits."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module

from autograder.assignment import Assignment, Task
from autograder.diagnosis.catalogue import CatalogueError, Entry, Misconception, patched
from autograder.grading.authored import CATALOGUE, place_of, reason_of
from autograder.grading.staff import staff_modules
from autograder.release.errors import ReleaseError, demand_none
from autograder.release.kit import ROOT
from autograder.release.known import guess, no_task
from autograder.release.notebooks import cells_of, read_notebook

PLACE = "autograder/diagnosis"
TODO = "Correct these entries, or remove them"
MODULES = ("autograder.diagnosis.misconceptions", "autograder.diagnosis.variants")
HEADING = re.compile(r"^#+ *(.*?)[ #]*$", re.MULTILINE)

Headings = Mapping[str, frozenset[str]]
"""What is treated in each notebook."""


def demand_importable() -> None:
    """ReleaseError unless the modules of the catalogue are Python that runs."""
    for module in MODULES:
        try:
            import_module(module)
        except Exception as error:
            place = place_of(error) or PLACE
            raise ReleaseError(place, None, reason_of(error), "Correct the entry there") from None


def check_entries(
    assignment: Assignment, tasks: Mapping[str, Task], entries: Sequence[Entry]
) -> None:
    """ReleaseError lists all faults of `entries`; edits and sections are those of `assignment`.

    `tasks` are all that an entry may be about.
    """
    headings, files = _headings(assignment), staff_modules(assignment)
    own = {task.id for task in assignment.tasks}
    faults = [*_doubles(entries)]
    for entry in entries:
        found = [*_named(entry, tasks), *_texts(entry)]
        if entry.task in own and not found:
            found = [*_sections(entry, headings), *_edits(entry, files)]
        faults += [f"{entry.id}: {fault}" for fault in found]
    demand_none(placed(faults), PLACE, "some entries of the catalogue are faulty", TODO)


def placed(faults: Iterable[str]) -> list[str]:
    """Each fault behind the places of the entry with whose id it begins."""
    files = [file for room in CATALOGUE for file in sorted(room.rglob("*.py"))]
    texts = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}
    return [_placed(fault, texts) for fault in faults]


def _placed(fault: str, texts: Mapping[str, str]) -> str:
    places = ", ".join(_lines_with(f'"{fault.partition(":")[0]}"', texts))
    return f"{places}: {fault}" if places else fault


def _lines_with(text: str, files: Mapping[str, str]) -> Iterator[str]:
    for name, content in files.items():
        for row, line in enumerate(content.splitlines(), 1):
            if text in line:
                yield f"{name}:{row}"


def _doubles(entries: Iterable[Entry]) -> Iterator[str]:
    for name, count in Counter(entry.id for entry in entries).items():
        if count > 1:
            yield f"{name}: {count} entries have this id, and all but one would be lost"


def _named(entry: Entry, tasks: Mapping[str, Task]) -> Iterator[str]:
    task = tasks.get(entry.task)
    if not entry.id.startswith(f"{entry.task}.") or not entry.task:
        yield "the id of an entry is a task's id, a dot and a name"
    elif task is None:
        yield no_task(entry.task, tasks)
    elif entry.file != (place := task.file or f"cell_{task.id}.py"):
        yield f"its task is solved in {place}, but its edits are for {entry.file}"


def _texts(entry: Entry) -> Iterator[str]:
    name, text = ("hint", entry.hint) if isinstance(entry, Misconception) else ("note", entry.note)
    if not isinstance(text, str) or not text.strip():
        yield f"its {name} is empty, or no text"


def _sections(entry: Entry, headings: Headings) -> Iterator[str]:
    if isinstance(entry, Misconception):
        notebook, _, heading = entry.section.partition(": ")
        if notebook not in headings:
            yield f"there is no notebook '{notebook}'{guess(notebook, headings)}"
        elif heading not in headings[notebook]:
            near = guess(heading, headings[notebook])
            yield f"its section '{heading}' is no heading of {notebook}{near}"


def _edits(entry: Entry, files: Mapping[str, str]) -> Iterator[str]:
    try:
        if patched(files, entry) == files:
            yield "its edits change nothing"
    except CatalogueError as error:
        yield f"{error}".removeprefix(f"{entry.id}: ").replace("\n", "\n    ")


def _headings(assignment: Assignment) -> dict[str, frozenset[str]]:
    return {name: frozenset(_headings_of(assignment, name)) for name in assignment.notebooks}


def _headings_of(assignment: Assignment, name: str) -> Iterator[str]:
    for cell in cells_of(read_notebook(assignment.root / name, name), name):
        if not cell.is_code:
            yield from HEADING.findall(cell.source)
