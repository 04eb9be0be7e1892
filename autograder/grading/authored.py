"""Where, in what an author wrote besides the assignment's folder, something is wrong."""

import inspect
from pathlib import Path
from traceback import extract_tb
from types import CodeType
from typing import Any

import autograder
from autograder.judge.case import Case

ENGINE = Path(autograder.__file__).parent
ROOMS = tuple(
    ENGINE / room for room in ("checks", "diagnosis/misconceptions", "diagnosis/variants")
)


def place_of(error: BaseException, *more: str) -> str:
    """File and line of the last case or entry that `error` passed, or of one of the files `more`.

    "" if it passed none.
    """
    lines = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        lines.append((error.filename or "", error.lineno))
    own = [f"{_short(name)}:{line}" for name, line in lines if name in more or _authored(name)]
    return own[-1] if own else ""


def reason_of(error: BaseException) -> str:
    """What `error` says, in a sentence without its end."""
    if isinstance(error, SyntaxError):
        return f"cannot be read as Python ({error.msg})"
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return text.rstrip(".: ")


def file_of(case: Case) -> str:
    """The file in which the question of `case` is defined."""
    return _code(case).co_filename


def place_of_case(case: Case) -> str:
    """File and line of the definition."""
    return f"{_short(file_of(case))}:{_code(case).co_firstlineno}"


def _code(case: Case) -> CodeType:
    ask: Any = inspect.unwrap(case.ask)
    code: CodeType = ask.__code__
    return code


def _authored(file: str) -> bool:
    return any(Path(file).is_relative_to(room) for room in ROOMS)


def _short(file: str) -> str:
    """As an author sees it in the repository."""
    root = ENGINE.parent
    return Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else file
