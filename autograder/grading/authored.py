"""Where, in what an author wrote besides the assignment's folder, something is wrong."""

import inspect
from pathlib import Path
from traceback import extract_tb
from types import CodeType
from typing import Any

import autograder
from autograder.judge.case import Case

ENGINE = Path(autograder.__file__).parent
CATALOGUE = (ENGINE / "diagnosis" / "misconceptions", ENGINE / "diagnosis" / "variants")
ROOMS = (ENGINE / "checks", *CATALOGUE)


def place_of(error: BaseException, *more: str) -> str:
    """File and line where a case, an entry or one of the files `more` led to `error`, or "".

    A SyntaxError tells its own.
    """
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_short(error.filename)}:{error.lineno}"
    passed = extract_tb(error.__traceback__)
    frames = [f for f in passed if f.filename in more or _authored(f.filename)]
    # An entry is what a module calls, not the helper that makes entries.
    outer = [frame for frame in frames if frame.name == "<module>"] or frames
    return f"{_short(outer[-1].filename)}:{outer[-1].lineno}" if outer else ""


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
