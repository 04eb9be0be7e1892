"""Lines that are no Python 3 and say what was meant: each is found by the error that it causes."""

import re

from autograder.salvage.remark import Remark
from autograder.salvage.syntax import syntax_error

MOST = 50
"""A part with more slips than this is given up: each costs an attempt to compile."""

Slip = tuple[list[str], Remark]

FENCE = re.compile(r"\s*```")
MAGIC = re.compile(r"(\s*)([%!]+\s*[\w.].*)")
PROMPT = re.compile(r"(In \[\d*\]:|Out\[\d*\]:|\s*\.{3}:|>>>(?!>)|\.{3}) ?")


def mended(text: str) -> tuple[str, list[Remark]]:
    """`text` without the slips that stand in the way of compiling it, and a remark for each."""
    remarks: list[Remark] = []
    while (error := syntax_error(text)) and len(remarks) < MOST:
        lines = text.split("\n")
        slip = _fence(lines, error) or _magic(lines, error) or _prompt(lines, error)
        slip = slip or _print(lines, error) or _tabs(lines, error)
        if slip is None:
            break
        text = "\n".join(slip[0])
        remarks.append(slip[1])
    return text, remarks


def _fence(lines: list[str], error: SyntaxError) -> Slip | None:
    match = FENCE.match(_line(lines, error))
    text = f"line {error.lineno} is a Markdown fence: delete it"
    return (_with(lines, error, ""), Remark("notebook_lines", text)) if match else None


def _magic(lines: list[str], error: SyntaxError) -> Slip | None:
    """At the margin it may stand within a function, where a statement would end the body."""
    match = MAGIC.fullmatch(_line(lines, error))
    if match is None:
        return None
    text = f"line {error.lineno} is a command for a notebook: delete {_short(match[2])}"
    return _with(lines, error, match[1] and f"{match[1]}pass"), Remark("notebook_lines", text)


def _prompt(lines: list[str], error: SyntaxError) -> Slip | None:
    line = _line(lines, error)
    match = PROMPT.match(line)
    if match is None:
        return None
    rest = "" if match[1].startswith("Out") else line[match.end() :]
    text = f"line {error.lineno} begins with a notebook's prompt: delete {match[1].strip()}"
    return _with(lines, error, rest), Remark("notebook_lines", text)


def _print(lines: list[str], error: SyntaxError) -> Slip | None:
    """Python tells where the statement begins and ends."""
    if "call to 'print'" not in error.msg or not error.offset or not error.end_offset:
        return None
    first, last = (error.lineno or 1) - 1, (error.end_lineno or 1) - 1
    begin, end = error.offset - 1, error.end_offset - 1
    lines = lines.copy()
    lines[last] = f"{lines[last][:end]})" + lines[last][end:]
    head, tail = lines[first][: begin + len("print")], lines[first][begin + len("print") :]
    lines[first] = f"{head}({tail.lstrip()}"
    call = lines[first][begin : end + 1] if first == last else "print(...)"
    text = f"line {error.lineno} is a Python 2 print statement: write {_short(call)}"
    return lines, Remark("python2_print", text)


def _tabs(lines: list[str], error: SyntaxError) -> Slip | None:
    indents = [line[: len(line) - len(line.lstrip())] for line in lines]
    if not isinstance(error, IndentationError) or "\t" not in "".join(indents):
        return None
    # What Python 2 did, and most terminals show.
    spaced = [i.expandtabs(8) + x[len(i) :] for i, x in zip(indents, lines, strict=True)]
    text = f"line {error.lineno} mixes tabs and spaces in its indentation: use spaces alone"
    return spaced, Remark("tabs", text, "a tab counts as 8 spaces")


def _line(lines: list[str], error: SyntaxError) -> str:
    index = (error.lineno or 1) - 1
    return lines[index] if index < len(lines) else ""


def _with(lines: list[str], error: SyntaxError, line: str) -> list[str]:
    index = (error.lineno or 1) - 1
    return [*lines[:index], line, *lines[index + 1 :]]


def _short(code: str) -> str:
    return code if len(code) <= 60 else f"{code[:57]}..."
