"""What can be wrong with an assignment that is to be released."""

from collections.abc import Sequence


class ReleaseError(Exception):
    """No release can be made: where, what, and what to do about it.

    `line` counts from 1 within `file` (within the cell, for a notebook); None for a whole file.
    """

    def __init__(self, file: str, line: int | None, what: str, todo: str) -> None:
        place = file if line is None else f"{file}:{line}"
        end = "\n" if "\n" in what else ". "
        super().__init__(f"{place}: {what}{end}{todo}.")
        self.file, self.line, self.what, self.todo = file, line, what, todo


def demand_none(faults: Sequence[str], file: str, what: str, todo: str) -> None:
    """ReleaseError with all of `faults`, each on a line of its own, if there are any."""
    if faults:
        text = "".join(f"\n  {fault}" for fault in faults)
        raise ReleaseError(file, None, f"{what}:{text}", todo)
