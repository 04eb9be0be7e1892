"""A file that does not parse is judged function by function: one slip must not cost the rest."""

import ast
import re
from dataclasses import dataclass

START = re.compile(
    r"@|(async\s+)?def\s|class\s|import\s|from\s|\w+\s*(:[^=]+)?=[^=]"
    r"|<{7}|={7}|>{7}|[%!]|In \["  # left by a merge, or copied from a notebook
)
NAME = re.compile(r"^\s*(?:async\s+)?(def|class)\s+(\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Salvaged:
    """Text that parses, and what had to be left out of it."""

    text: str
    problems: tuple[str, ...] = ()


def salvage(path: str, text: str) -> Salvaged:
    """`text` as it is if it parses, else its intact parts.

    A broken function is replaced by one that raises the SyntaxError when called; a broken class
    loses only the methods that do not parse. Line numbers stay those of the file.
    """
    error = _syntax_error(text)
    if error is None:
        return Salvaged(text)
    problem = f"line {error.lineno}: {error.msg}"
    parts = [_part(path, lines, problem) for lines in _segments(text.split("\n"), 0)]
    rescued = "\n".join(parts)
    if _syntax_error(rescued) is not None:
        return Salvaged("", (f"{problem}; nothing in the file could be read",))
    return Salvaged(rescued, (f"{problem}; only what is intact in the file can be judged",))


def _syntax_error(text: str) -> SyntaxError | None:
    try:
        ast.parse(text)
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError) as error:
        return SyntaxError(str(error) or type(error).__name__)
    return None


def _segments(lines: list[str], indent: int) -> list[list[str]]:
    """Split before each line at `indent` that begins a definition, a decorator or a statement."""
    segments: list[list[str]] = [[]]
    for line in lines:
        begins = START.match(line[indent:]) and line[:indent].isspace() | (indent == 0)
        if begins and segments[-1] and not _only_decorators(segments[-1]):
            segments.append([])
        segments[-1].append(line)
    return segments


def _only_decorators(lines: list[str]) -> bool:
    code = [line.strip() for line in lines if line.strip()]
    return bool(code) and all(line.startswith("@") for line in code)


def _part(path: str, lines: list[str], problem: str) -> str:
    text = "\n".join(lines)
    if _syntax_error(text) is None:
        return text
    match = NAME.search(text)
    if match is None:
        return "\n" * (len(lines) - 1)
    if match[1] == "class":
        return _class(path, lines, problem)
    return _broken(f"def {match[2]}", "", path, len(lines), problem)


def _class(path: str, lines: list[str], problem: str) -> str:
    indent = next((len(s) - len(s.lstrip()) for s in lines[1:] if s.strip()), 4)
    head, *rest = _segments(lines, indent)
    parts = ["\n".join(head)]
    for segment in rest:
        text = "\n".join(segment)
        name = NAME.search(text)
        if _syntax_error("class _:\n" + text) is None:
            parts.append(text)
        elif name is not None:
            parts.append(_broken(f"def {name[2]}", " " * indent, path, len(segment), problem))
    rescued = "\n".join(parts)
    return rescued if _syntax_error(rescued) is None else "\n" * (len(lines) - 1)


def _broken(head: str, indent: str, path: str, count: int, problem: str) -> str:
    message = f"{path}, {problem}"
    stub = f"{indent}{head}(*args, **kwargs): raise SyntaxError({message!r})"
    return stub + "\n" * (count - 1)
