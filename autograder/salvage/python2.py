"""Python 2's own syntax but for `print`: each form is found by the error that it causes."""

import builtins
import re
import tokenize
from contextlib import suppress

from autograder.salvage.lines import Slip, line_of, short, with_line
from autograder.salvage.remark import Remark

RAISE = re.compile(r"\braise\s+[\w.]+\s*$")
EXCEPT = re.compile(r"(\s*except\b.*?\S)\s*,\s*([^\W\d]\w*)\s*:")
NUMBER = re.compile(r"(?<![\w.])(?:0[xX][0-9a-fA-F]+[lL]|0[0-7]+[lL]?|\d+[lL])(?![\w.])")
OPEN, CLOSED = "([{", ")]}"


def old_syntax(lines: list[str], error: SyntaxError) -> Slip | None:
    """The lines with the form that `error` points at as Python 3 writes it, and a remark."""
    forms = (_raise, _except, _backticks, _number, _unequal)
    return next(filter(None, (form(lines, error) for form in forms)), None)


def _raise(lines: list[str], error: SyntaxError) -> Slip | None:
    """`raise ValueError, "text"`; with a traceback behind it, it is left alone."""
    line, comma = line_of(lines, error), (error.offset or 1) - 1
    match = RAISE.search(line[:comma]) if line[comma : comma + 1] == "," else None
    end = _end(lines, (error.lineno or 1) - 1, comma + 1)
    if match is None or end is None:
        return None
    (last, column), lines = end, lines.copy()
    lines[last] = f"{lines[last][:column]}){lines[last][column:]}"
    head = line[:comma].rstrip()
    new = with_line(lines, error, f"{head}({line_of(lines, error)[comma + 1 :].lstrip()}")
    return new, _remark(error, line_of(new, error)[match.start() :].rstrip())


def _end(lines: list[str], first: int, column: int) -> tuple[int, int] | None:
    """Where the expression behind that place ends; None if a comma stands in it."""
    depth, place = 0, None
    for token in _tokens(lines[first:]):
        if token.start < (1, column) or token.type == tokenize.COMMENT:
            continue
        if token.type == tokenize.NEWLINE or (not depth and token.string in (";", ",")):
            return None if token.string == "," else place
        depth += (token.string in OPEN) - (token.string in CLOSED)
        place = first + token.end[0] - 1, token.end[1]
    return place


def _except(lines: list[str], error: SyntaxError) -> Slip | None:
    """`except ValueError, e:`; a second exception is a slip of another kind."""
    line = line_of(lines, error)
    match = EXCEPT.match(line)
    if match is None or "multiple exception" not in error.msg or match[2] in dir(builtins):
        return None
    new = f"{match[1]} as {match[2]}:"
    return with_line(lines, error, new + line[match.end() :]), _remark(error, new.lstrip())


def _backticks(lines: list[str], error: SyntaxError) -> Slip | None:
    line = line_of(lines, error)
    if line[(error.offset or 1) - 1 :][:1] != "`":
        return None
    ticks = [t.start[1] for t in _tokens([line]) if t.string == "`"]
    if not ticks or len(ticks) % 2:
        return None
    for place, new in [*zip(ticks, ["repr(", ")"] * len(ticks), strict=False)][::-1]:
        line = line[:place] + new + line[place + 1 :]
    return with_line(lines, error, line), _remark(error, line.strip())


def _number(lines: list[str], error: SyntaxError) -> Slip | None:
    """`0777` and `10L`."""
    line, place = line_of(lines, error), (error.offset or 1) - 1
    match = next((m for m in NUMBER.finditer(line) if m.start() <= place <= m.end()), None)
    if match is None or ("literal" not in error.msg):
        return None
    digits = match[0].rstrip("lL")
    new = f"0o{digits[1:]}" if re.fullmatch("0[0-7]+", digits) else digits
    line = line[: match.start()] + new + line[match.end() :]
    return with_line(lines, error, line), _remark(error, f"{new} for {match[0]}")


def _unequal(lines: list[str], error: SyntaxError) -> Slip | None:
    line, place = line_of(lines, error), (error.offset or 1) - 1
    if line[place : place + 2] != "<>":
        return None
    return with_line(lines, error, f"{line[:place]}!={line[place + 2 :]}"), _remark(error, "!=")


def _tokens(lines: list[str]) -> list[tokenize.TokenInfo]:
    """As many as Python can tell."""
    tokens: list[tokenize.TokenInfo] = []
    text = iter([f"{line}\n" for line in lines])
    with suppress(tokenize.TokenError, SyntaxError):
        tokens.extend(tokenize.generate_tokens(lambda: next(text, "")))
    return tokens


def _remark(error: SyntaxError, new: str) -> Remark:
    return Remark("python2", f"line {error.lineno} is Python 2: write {short(new)}")
