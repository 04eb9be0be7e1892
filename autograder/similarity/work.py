"""What one person handed in, as it is compared: read as text, and never run."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from autograder.intake import IntakeError, read_files
from autograder.similarity.fingerprints import NONE, Fingerprints, joined
from autograder.similarity.texts import Source, Text, sources, text_of
from autograder.submission import submission_id

MAX_TEXT = 1 << 18
"""Characters of a program or cell; the grader judges no longer one either."""
MAX_WORK = 1 << 20
"""Characters of all that have lines of a person's own."""


@dataclass(frozen=True)
class Work:
    """The texts with lines of a person's own, one below the other, and their fingerprints.

    `year` is the folder of an earlier year, "" for the class; `left_out` says what could not be
    compared, and why.
    """

    id: str
    year: str
    texts: tuple[Text, ...]
    fingerprints: Fingerprints
    left_out: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The id, and where it is from if that is not the class."""
        return f"{self.id} ({self.year})" if self.year else self.id

    @cached_property
    def firsts(self) -> list[int]:
        """The number of the first line of each text."""
        return list(accumulate((len(text.lines) for text in self.texts), initial=0))

    def text_at(self, row: int) -> int:
        """The number of the text that has the line `row`."""
        return bisect_right(self.firsts, row) - 1


def read_work(path: Path, year: str, starter: Set[str]) -> Work:
    """Read a folder or a zip; what cannot be compared is told, never raised."""
    name = submission_id(path)
    try:
        found = read_files(path)
    except IntakeError as error:
        return Work(name, year, (), NONE, (str(error),))
    left_out = [f"{place}: {why}" for place, why in sorted(found.refused.items())]
    texts = tuple(_texts(sources(found.files, left_out), starter, left_out))
    parts, lengths = [text.fingerprints() for text in texts], [len(text.lines) for text in texts]
    return Work(name, year, texts, joined(parts, lengths), tuple(left_out))


def _texts(found: Iterable[Source], starter: Set[str], left_out: list[str]) -> Iterator[Text]:
    """Those with lines of its own, as far as there is room."""
    room = MAX_WORK
    for source in found:
        if len(source.text) > min(room, MAX_TEXT):
            left_out.append(f"{source.place}: {len(source.text)} characters are too many")
        elif any((text := text_of(source, starter)).own):
            room -= len(source.text)
            yield text
