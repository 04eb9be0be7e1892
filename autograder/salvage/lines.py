"""The lines of a text, as an error of its syntax points at them."""

from autograder.salvage.remark import Remark

Slip = tuple[list[str], Remark]
"""The lines without a slip, and what is told of it."""


def line_of(lines: list[str], error: SyntaxError) -> str:
    """The line of `error`."""
    index = (error.lineno or 1) - 1
    return lines[index] if index < len(lines) else ""


def with_line(lines: list[str], error: SyntaxError, line: str) -> list[str]:
    """`line` in the place of that of `error`."""
    index = (error.lineno or 1) - 1
    return [*lines[:index], line, *lines[index + 1 :]]


def short(code: str) -> str:
    """As much of `code` as a remark has room for."""
    return code if len(code) <= 60 else f"{code[:57]}..."
