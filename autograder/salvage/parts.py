"""A text cut where definitions begin, so that one slip does not cost what stands beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from keyword import iskeyword

from autograder.salvage.syntax import syntax_error

DEFINITION = r"(?:@.*\n[ \t]*)*(?:async\s+def|def|class)\s"
# At the margin, in the middle of a body, stand a slip or a mark of a merge: they begin nothing.
NOT_WITHIN = r"\n(?:[ \t]*\n)*+(?![ \t]+\S)"
# A prompt before an indented line stands within a body too.
START = r"import\s|from\s|In \[(?!\d*\]:\s\s)|\w+\s*(?::[^=\n]+)?=[^=]"
SIMPLE = rf"(?:{START}).*(?:[(\[{{,\\]\s*?\n|{NOT_WITHIN})"
COMPOUND = r"(?<=\n\n)(?!elif\b|else\b|except\b|finally\b)\w.*:[ \t]*(?:\#.*)?\n"
NOISE = rf"(?:<{{7}}|\|{{7}}|={{7}}|>{{7}}|`{{3}}|[%!]).*{NOT_WITHIN}"
BEGIN = re.compile(rf"^(?:{DEFINITION}|{SIMPLE}|{COMPOUND}|{NOISE})", re.MULTILINE)
NAME = re.compile(r"^\s*(?:In \[\d*\]: )?(?:async\s+)?(def|class)\s+(\w+)", re.MULTILINE)
REACH = 5
"""How many pieces may be one part: each is one more attempt to compile it."""


@dataclass(frozen=True)
class Part:
    """Whole lines of a file: a definition, or what stands between two.

    `line` counts the lines above it; `indent` is that of the class in which it stands, or "".
    """

    text: str
    line: int = 0
    indent: str = ""

    @property
    def head(self) -> str:
        """What stands above the part when it is compiled, so that errors tell the file's lines."""
        return "\n" * (self.line - 1) + "class _:\n" if self.indent else "\n" * self.line

    @cached_property
    def error(self) -> SyntaxError | None:
        """Why the part alone does not compile."""
        return syntax_error(self.head + self.text)

    @cached_property
    def definition(self) -> re.Match[str] | None:
        """What it defines: group 1 is def or class, group 2 the name."""
        match = NAME.search(self.text)
        return match if match and not iskeyword(match[2]) else None

    @property
    def height(self) -> int:
        """The number of its lines."""
        return self.text.count("\n")


def parts(whole: Part, indent: str = "") -> Iterator[Part]:
    """Cut `whole` where a statement begins, or in a class with that `indent`, a method.

    What compiles only together stays together.
    """
    pieces = list(_pieces(whole, indent))
    while pieces:
        count = _together(pieces)
        yield _joined(pieces[:count])
        del pieces[:count]


def without_tail(part: Part) -> tuple[Part, Part] | None:
    """An intact part, and lines at the margin that only follow it; None if it is not intact."""
    lines = part.text.splitlines(keepends=True)
    inner = [i for i, line in enumerate(lines) if line[:1].isspace() and line.strip()]
    end = inner[-1] + 1 if inner else len(lines)
    head = Part("".join(lines[:end]), part.line, part.indent)
    tail = Part("".join(lines[end:]), part.line + end, part.indent)
    return (head, tail) if tail.text.strip() and head.error is None else None


def body_indent(part: Part) -> str:
    """The indentation of the first line within a class."""
    inner = (line for line in part.text.split("\n") if line[:1].isspace() and line.strip())
    first = next(inner, "    ")
    return first[: len(first) - len(first.lstrip())]


def _pieces(whole: Part, indent: str) -> Iterator[Part]:
    begin = re.compile(rf"^{indent}{DEFINITION}", re.MULTILINE) if indent else BEGIN
    cuts = sorted({0, *(match.start() for match in begin.finditer(whole.text))})
    for start, end in zip(cuts, [*cuts[1:], len(whole.text)], strict=True):
        line = whole.line + whole.text.count("\n", 0, start)
        yield Part(whole.text[start:end], line, indent)


def _together(pieces: list[Part]) -> int:
    """How many of the first pieces are one part: a string may hold what looks like a definition."""
    for count in range(1, min(len(pieces), REACH) + 1):
        last = pieces[count - 1]
        if count > 1 and last.definition and last.error is None:
            break
        if _joined(pieces[:count]).error is None:
            return count
    return 1


def _joined(pieces: list[Part]) -> Part:
    return Part("".join(p.text for p in pieces), pieces[0].line, pieces[0].indent)
