"""What can be wrong with an assignment that is to be released."""


class ReleaseError(Exception):
    """No release can be made: where, what, and what to do about it.

    `line` counts from 1 within `file` (within the cell, for a notebook); None for a whole file.
    """

    def __init__(self, file: str, line: int | None, what: str, todo: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {what}. {todo}.")
        self.file, self.line, self.what, self.todo = file, line, what, todo
