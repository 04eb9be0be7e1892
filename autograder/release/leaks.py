"""Looking for solutions in what students get."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from autograder.assignment import Assignment, load_assignment
from autograder.release.sources import marked_texts

# Lines of solutions that tell nothing; compared without blanks. Lines without any letter or digit
# need no mention.
TRIVIAL = ("else:", "pass", "return out, cache")
# A line this long (without blanks) is looked for inside of other lines as well: in a traceback, in
# a comment, in one line of minified text. Shorter ones would be found in innocent code.
LONG = 16
# A line up to this length (without blanks) is no leak if the assignment shows it anyway.
COMMONPLACE = 24
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LINE_END = re.compile(r"[\r\n]")
JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


class Leak(NamedTuple):
    """A line of a solution in line `line` of `file`, which is relative to the release."""

    file: str
    line: int
    text: str


def surviving_lines(source: Path, release: Path) -> list[Leak]:
    """Every line of a solution block of the assignment in `source` that is found in `release`.

    Blanks, colours and HTML escapes do not hide a line; strings in notebooks and other JSON are
    decoded first. A line of up to COMMONPLACE characters that the assignment itself shows outside
    of its blocks is no leak.
    """
    secrets = _secrets(load_assignment(source))
    files = sorted(path for path in release.rglob("*") if path.is_file())
    return [
        Leak(path.relative_to(release).as_posix(), row, secrets[secret])
        for path in files
        if path.suffix != ".npz"
        for row, secret in _found(list(_lines(path)), secrets)
    ]


def pickled_arrays(file: Path) -> list[str]:
    """The names of arrays in an .npz file that are not purely numeric and so could hold text."""
    with np.load(file, allow_pickle=False) as arrays:
        return [name for name in arrays.files if not _is_numeric(arrays, name)]


def _is_numeric(arrays: "np.lib.npyio.NpzFile", name: str) -> bool:
    try:
        return arrays[name].dtype.kind in "biufc"
    except ValueError:
        return False


def _found(lines: list[tuple[int, str]], secrets: Iterable[str]) -> Iterator[tuple[int, str]]:
    compact = [(row, _compact(line)) for row, line in lines]
    text = "\n" + "\n".join(line for _, line in compact) + "\n"
    for secret in secrets:
        if (secret if len(secret) >= LONG else f"\n{secret}\n") in text:
            yield next(
                (row, secret)
                for row, line in compact
                if line == secret or (len(secret) >= LONG and secret in line)
            )


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    text = path.read_bytes().decode("utf-8", errors="replace")
    is_json = path.suffix in (".ipynb", ".json")
    for row, line in enumerate(text.split("\n"), 1):
        for string in JSON_STRING.findall(line) if is_json else [line]:
            decoded = str(json.loads(string, strict=False)) if is_json else line
            yield from ((row, part) for part in LINE_END.split(decoded))


def _secrets(assignment: Assignment) -> dict[str, str]:
    """Compact form and text of each line that must not survive."""
    secret, shown = {}, {_compact(line) for line in TRIVIAL}
    for _, text, blocks in marked_texts(assignment):
        inside = {row for block in blocks for row in range(block.first, block.last)}
        for row, line in enumerate(text.split("\n"), 1):
            if row in inside:
                secret[_compact(line)] = line.strip()
            elif len(_compact(line)) <= COMMONPLACE:
                shown.add(_compact(line))
    telling = (line for line in secret if any(map(str.isalnum, line)))
    return {line: secret[line] for line in telling if line not in shown}


def _compact(line: str) -> str:
    return "".join(html.unescape(COLOUR.sub("", line)).split())
