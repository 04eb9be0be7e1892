"""The tokens of a text, without what is easily changed: names, comments, layout."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pygments.lexers import PythonLexer
from pygments.token import Comment, Name, String, Text, _TokenType

WORD = re.compile(r"\w+")
STRUCTURE = re.compile(r"\s*(?:async\s+)?(?:def|class)\b|.*(?:\"\"\"|''')")
"""Lines without which the others would be taken for what they are not."""
NAME, QUOTES = "a name", "\"'"
_LEXER = PythonLexer(stripnl=False, ensurenl=False)
_KEPT = (Name.Builtin, Name.Exception)
_SKIPPED = (Comment, Text, String.Doc, String.Affix)


def code_tokens(lines: Sequence[str], own: Sequence[bool]) -> Iterator[tuple[int, str]]:
    """The line, counted from 0, and the word of each token, whether the text is Python or not.

    Names that students choose are alike; those behind a dot and Python's own are kept. Of lines
    that are not their `own` only those are read that tell where functions and strings begin.
    """
    read = (line if o or STRUCTURE.match(line) else "" for line, o in zip(lines, own, strict=True))
    row, last = 0, ""
    for kind, value in _LEXER.get_tokens("\n".join(read)):
        if word := _word(kind, value, last == "."):
            yield row, word
            last = word
        row += value.count("\n")


@lru_cache(maxsize=4096)
def _word(kind: _TokenType, value: str, behind_dot: bool) -> str:
    if any(kind in skipped for skipped in _SKIPPED):
        return ""
    if kind in String:
        return value.strip(QUOTES)
    chosen = kind in Name and not behind_dot and not any(kind in kept for kept in _KEPT)
    return NAME if chosen else value.strip()


def prose_tokens(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The line, counted from 0, and each word, in small letters."""
    for row, line in enumerate(lines):
        yield from ((row, f"the word {word.lower()}") for word in WORD.findall(line))
