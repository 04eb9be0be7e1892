"""Lines that fit: where no page wraps them, a terminal would cut words in two."""

from shutil import get_terminal_size
from textwrap import fill

WIDTH = 100


def wrapped(text: str, width: int = WIDTH) -> str:
    """`text` in lines of at most `width`; what continues a line is indented by two more than it."""
    return "\n".join(_wrapped(line, width) for line in text.splitlines())


def fitting(text: str) -> str:
    """`text` for the terminal, and at most WIDTH wide."""
    return wrapped(text, min(WIDTH, get_terminal_size((WIDTH, 24)).columns))


def _wrapped(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())] + "  "
    return fill(line, width, subsequent_indent=indent, break_on_hyphens=False)
