"""Lines that are no Python 3 and say what was meant: each is found by the error that it causes."""

import re

from autograder.salvage.lines import Slip, line_of, short, with_line
from autograder.salvage.python2 import old_syntax
from autograder.salvage.remark import Remark
from autograder.salvage.syntax import syntax_error

WIDTHS = (8, 4, 2)
"""What a tab may count: Python 2 and most terminals took 8, editors take less."""
MOST = 50
"""A part with more slips than this is given up: each costs an attempt to compile."""

FENCE = re.compile(r"\s*```")
MAGIC = re.compile(r"(\s*)([%!]+\s*[\w.].*)")
PROMPT = re.compile(r"(?:(\s*)(In \[\d*\]:)|(Out\[\d*\]:)|(\s*\.{3}:|>>>(?!>)|\.{3})) ?")
HEADER = re.compile(r"expected an indented block after .* on line (\d+)")
MARGIN = re.compile(r"In \[\d*\]:|Out\[\d*\]:")


def mended(text: str) -> tuple[str, list[Remark]]:
    """`text` without the slips that stand in the way of compiling it, and a remark for each."""
    remarks: list[Remark] = []
    while (error := syntax_error(text)) and len(remarks) < MOST:
        lines = text.split("\n")
        slip = _fence(lines, error) or _magic(lines, error) or _prompt(lines, error)
        slip = slip or _print(lines, error) or old_syntax(lines, error) or _tabs(lines, error)
        slip = slip or _comments_alone(lines, error)
        if slip is None:
            break
        text = "\n".join(slip[0])
        remarks.append(slip[1])
    return text, remarks


def _fence(lines: list[str], error: SyntaxError) -> Slip | None:
    match = FENCE.match(line_of(lines, error))
    text = f"line {error.lineno} is a Markdown fence: delete it"
    return (with_line(lines, error, ""), Remark("notebook_lines", text)) if match else None


def _magic(lines: list[str], error: SyntaxError) -> Slip | None:
    """At the margin it may stand within a function, where a statement would end the body."""
    match = MAGIC.fullmatch(line_of(lines, error))
    if match is None:
        return None
    text = f"line {error.lineno} is a command for a notebook: delete {short(match[2])}"
    return with_line(lines, error, match[1] and f"{match[1]}pass"), Remark("notebook_lines", text)


def _prompt(lines: list[str], error: SyntaxError) -> Slip | None:
    """What stands behind `Out` is no code: it goes, as far as its brackets reach."""
    place = _prompted(lines, error)
    match = PROMPT.match(lines[place])
    if match is None:
        return None
    text = f"line {place + 1} begins with a notebook's prompt: delete {match[0].strip()}"
    new = [*lines[:place], (match[1] or "") + lines[place][match.end() :], *lines[place + 1 :]]
    if match[3]:
        height = _height(new[place:])
        new[place : place + height] = [""] * height
    return new, Remark("notebook_lines", text)


def _prompted(lines: list[str], error: SyntaxError) -> int:
    """The index of the error's line; above it if a prompt at the margin has ended the body."""
    here = min((error.lineno or 1), len(lines)) - 1
    if error.msg != "unexpected indent":
        return here
    return next((i for i in range(here, -1, -1) if MARGIN.match(lines[i])), here)


def _height(lines: list[str]) -> int:
    """How many lines hold the value that is shown first."""
    depth, start = 0, 0 if lines[0].strip() else 1
    for i, line in enumerate(lines[start:], start + 1):
        depth += sum(line.count(mark) for mark in "([{") - sum(line.count(m) for m in ")]}")
        if depth <= 0 or not line.strip():
            return i
    return 1


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
    text = f"line {error.lineno} is a Python 2 print statement: write {short(call)}"
    return lines, Remark("python2_print", text)


def _tabs(lines: list[str], error: SyntaxError) -> Slip | None:
    """A tab is as wide as makes it Python."""
    indents = [line[: len(line) - len(line.lstrip())] for line in lines]
    if not isinstance(error, IndentationError) or "\t" not in "".join(indents):
        return None
    for width in dict.fromkeys((*WIDTHS, _level(indents))):
        pairs = zip(indents, lines, strict=True)
        spaced = [indent.expandtabs(width) + line[len(indent) :] for indent, line in pairs]
        if not isinstance(syntax_error("\n".join(spaced)), IndentationError):
            text = f"line {error.lineno} mixes tabs and spaces in its indentation: use spaces alone"
            return spaced, Remark("tabs", text, f"a tab counts as {width} spaces")
    return None


def _comments_alone(lines: list[str], error: SyntaxError) -> Slip | None:
    """A branch that nobody has filled, as it was handed out: to Python its comments are nothing."""
    match = HEADER.match(error.msg)
    if match is None:
        return None
    head, end = int(match[1]), min(error.lineno or 1, len(lines))
    inside = [i for i in range(head, end) if _deep(lines[i]) > _deep(lines[head - 1])]
    if not inside or not lines[inside[-1]].lstrip().startswith("#"):
        return None
    new, place = lines.copy(), inside[-1]
    new[place] = new[place].replace("#", "pass  #", 1)
    text = f"line {head} is followed by comments alone: write pass below it"
    return new, Remark("empty_blocks", text)


def _deep(line: str) -> int:
    """How far a line is indented; one without letters is not."""
    return len(line) - len(line.lstrip()) if line.strip() else 0


def _level(indents: list[str]) -> int:
    """The indentation of one level: that of the body which goes least deep."""
    return min((len(i) for i in indents if i and "\t" not in i), default=8)
