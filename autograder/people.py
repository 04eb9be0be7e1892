"""Who is in the class: what other programs call a student is looked up, and never guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from autograder.spreadsheet import Sheet, SheetError, plain, read_sheet

IDS = (
    *("Student ID", "SID", "NetID", "Username", "Login", "Login ID", "SIS Login ID"),
    *("Roster identifier", "Identifier", "ID", "SIS User ID"),
)
MAILS = ("Email", "Email address", "E-Mail", "Mail")
NAMES = ("Name", "Full name", "Student", "Student name")
ACCOUNTS = ("GitHub username", "GitHub")
FIRST = ("First name", "Given name", "Forename")
LAST = ("Last name", "Surname", "Family name")
NEAR = 0.75


@dataclass(frozen=True)
class Person:
    """A student: the id that results are kept by, and all that others may call them."""

    id: str
    names: tuple[str, ...]

    @property
    def keys(self) -> set[str]:
        """All names in a form in which they are compared."""
        return {key for name in (self.id, *self.names) for key in keys(name)} - {""}


def keys(name: str) -> set[str]:
    """`name` without case, accents and what parts words, in each order that begins with a word of
    it: "Lovelace, Ada", "Ada Lovelace" and "lovelaceada" have one in common."""
    words = name.replace(",", " ").split()
    turned = [words[n:] + words[:n] for n in range(len(words))]
    return {plain("".join(each)) for each in turned}


class Roster:
    """The students of a class."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self._keys = {person.id: person.keys for person in people}

    def find(self, names: Iterable[str]) -> Person | None:
        """The one student whom all of `names` tell that tell a single one."""
        told = {found[0].id: found[0] for name in names if len(found := self._called(name)) == 1}
        return next(iter(told.values())) if len(told) == 1 else None

    def _called(self, name: str) -> list[Person]:
        meant = plain(name)
        same = [person for person in self.people if person.id == name]
        return same or [p for p in self.people if meant in self._keys[p.id]]

    def near(self, names: Iterable[str]) -> list[str]:
        """Ids of students who may be meant, the nearest first."""
        known = {key: person.id for person in self.people for key in self._keys[person.id]}
        close = [get_close_matches(plain(name), known, 3, NEAR) for name in names]
        return list(dict.fromkeys(known[key] for found in close for key in found))


def read_roster(file: Path) -> Roster:
    """The class in a CSV file, whose columns are known by their titles.

    Raises SheetError without a column of ids or mail addresses, or if two students have one id.
    """
    sheet = read_sheet(file)
    by = next((n for n in (*IDS, *MAILS, *ACCOUNTS) if sheet.column(n) is not None), None)
    if by is None:
        raise SheetError(f"{file}: has no column of ids; these titles are known: {', '.join(IDS)}")
    people = [_person(sheet, row, by) for row in sheet.rows if sheet.cells(row, [by])]
    ids = [person.id.casefold() for person in people]
    if double := sorted({name for name in ids if ids.count(name) > 1}):
        raise SheetError(f"{file}: several rows have the {by} {', '.join(double)}")
    return Roster(people)


def _person(sheet: Sheet, row: list[str], by: str) -> Person:
    parts = [*sheet.cells(row, FIRST)[:1], *sheet.cells(row, LAST)[:1]]
    known = sheet.cells(row, (*IDS, *MAILS, *ACCOUNTS, *NAMES))
    return Person(sheet.cells(row, [by])[0], (*known, " ".join(parts)))
