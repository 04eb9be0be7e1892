"""A text of a submission, made to run as far as the assignment allows."""

from dataclasses import dataclass

from autograder.assignment import Assignment, Repairs
from autograder.salvage.edits import Edit, Source
from autograder.salvage.home import Home
from autograder.salvage.leftovers import leftovers
from autograder.salvage.merges import resolved
from autograder.salvage.missing import missing_imports
from autograder.salvage.packages import wrong_packages
from autograder.salvage.remark import Remark
from autograder.salvage.removed import removed_names
from autograder.salvage.rescue import Rescue
from autograder.salvage.syntax import syntax_error

# Every broken part costs attempts to compile: a hostile file must not keep the grader.
MAX_LENGTH, MAX_LINES = 1 << 18, 5000
MOST_REMARKS = 20
TOO_LONG = "this is too long to be code, and was not read: take the data out of it"


@dataclass(frozen=True)
class Salvaged:
    """Text that compiles, and what is to be told of it."""

    source: Source
    remarks: tuple[Remark, ...] = ()

    @property
    def text(self) -> str:
        """The text alone."""
        return self.source.text


def salvage(
    assignment: Assignment, path: str, text: str, repairs: Repairs, above: str = ""
) -> Salvaged:
    """The intact parts of `text`, which is that of `path`, with the `repairs`; lines stay in place.

    `path` may be the name of a notebook's cell, which runs beside the modules of the package.
    `above` is what stands above the text when it runs. A broken function is replaced by one that
    raises the SyntaxError when called; a broken class loses only its broken methods.
    """
    if len(text) > MAX_LENGTH or text.count("\n") > MAX_LINES:
        return Salvaged(Source(""), (Remark("lost", TOO_LONG),))
    remarks: list[Remark] = []
    if syntax_error(text) is not None:
        text = _parsed(path, text, repairs, remarks)
    source = _completed(Home(assignment, path), text, repairs, remarks, above)
    return Salvaged(source, _few(tuple(dict.fromkeys(remarks))))


def _parsed(path: str, text: str, repairs: Repairs, remarks: list[Remark]) -> str:
    merged, conflicts = resolved(text)
    remarks += [remark.after(repairs.kinds) for remark in conflicts]
    rescue = Rescue(path, repairs.kinds)
    text = rescue.text(merged if repairs.merge_conflicts else text)
    remarks += rescue.remarks
    return text


def _completed(
    home: Home, text: str, repairs: Repairs, remarks: list[Remark], above: str
) -> Source:
    """Old names first: the new ones may have to be imported."""
    source = Source(text)
    for find in (_old_names, lambda source: _imports(source, home, above)):
        source, told = edited(source, find(source), repairs)
        remarks += told
    return source


def _old_names(source: Source) -> list[tuple[Edit, Remark]]:
    return [*removed_names(source), *leftovers(source)]


def _imports(source: Source, home: Home, above: str) -> list[tuple[Edit, Remark]]:
    return [*missing_imports(source, home, above), *wrong_packages(source, home)]


def edited(
    source: Source, found: list[tuple[Edit, Remark]], repairs: Repairs
) -> tuple[Source, list[Remark]]:
    """`source` with those edits whose kind is repaired, and all that is told of them."""
    found.sort(key=lambda pair: pair[0].start)
    edits = [edit for edit, remark in found if remark.kind in repairs.kinds]
    remarks = [remark.after(repairs.kinds) for _, remark in found]
    return Source(source.edited(edits)) if edits else source, remarks


def _few(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    rest = len(remarks) - MOST_REMARKS
    more = Remark("lost", f"and {rest} remarks more")
    return (*remarks[:MOST_REMARKS], more) if rest > 0 else remarks
