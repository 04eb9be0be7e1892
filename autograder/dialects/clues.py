"""What a submission's files are like, as far as it tells their course."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from autograder.assignment import Assignment
from autograder.dialects.facts import (
    PACKAGES,
    Function,
    Text,
    arguments,
    meaning_of_p,
    package_of,
    read_text,
)
from autograder.dialects.homework import lies_in, other_homeworks

TELLING = ("layers", "fc_net", "optim", "cnn", "conv_layers", "neural_net")
NET = "FullyConnectedNet"
LATE = ("batchnorm_forward", "conv_forward_naive")
"""Layers of the second half of a homework on networks."""
KERNEL_2 = re.compile(rb'"name"\s*:\s*"python2"')


@dataclass
class Clues:
    """The files of a submission; `told` collects what they tell."""

    files: Mapping[str, bytes]
    assignment: Assignment
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = (self.assignment.package, *PACKAGES)
        places = {path: package_of(path, names) for path in self._telling()}
        own = self.assignment.package in places.values()
        self.elsewhere = () if own else other_homeworks(self.files, places)
        self.files = {p: c for p, c in self.files.items() if not lies_in(p, self.elsewhere)}
        self.places = {path: name for path, name in places.items() if path in self.files}
        self.told += [f"{home[1:]} is another homework, and not read" for home in self.elsewhere]
        # nndl's homeworks bring a folder cs231n along.
        self.folder = next((n for n in reversed(PACKAGES) if n in self.places.values()), "")

    @cached_property
    def texts(self) -> dict[str, Text]:
        """By stem, read only if the folders do not tell."""
        found: dict[str, Text] = {}
        for path in sorted(self.places, key=self._rank):
            text = read_text(path, self.files[path])
            if text is not None:
                found.setdefault(PurePosixPath(path).stem, text)
        return found

    def _rank(self, path: str) -> tuple[bool, int, str]:
        """The shallowest counts, as it does when the files are read to be judged."""
        return self.places[path] != self.folder, len(PurePosixPath(path).parts), path

    def _telling(self) -> list[str]:
        paths = map(PurePosixPath, self.files)
        return [str(p) for p in paths if p.suffix == ".py" and p.stem in TELLING]

    def function(self, file: str, name: str, owner: str = "") -> Function | None:
        """That of `file`, or the method of its class `owner`; None if it has none."""
        text = self.texts.get(file)
        return text.function(name, owner) if text else None

    @cached_property
    def net(self) -> tuple[str, ...]:
        """The arguments of FullyConnectedNet."""
        return arguments(self.function("fc_net", "__init__", NET))

    @property
    def said_of_p(self) -> str:
        """ "keep" or "drop", by the docstring of dropout_forward; "" if it does not say."""
        return meaning_of_p(self.function("layers", "dropout_forward"))

    @property
    def goes_on_to_images(self) -> bool:
        """Are there layers or nets of a homework's second half?"""
        late = any(self.function("layers", name) for name in LATE)
        return late or any(PurePosixPath(path).stem == "cnn" for path in self.places)

    @property
    def imported(self) -> set[str]:
        """The top packages of all absolute imports."""
        return {name for text in self.texts.values() for name in text.imported()}

    @cached_property
    def old_file(self) -> str:
        """A file of the student's that only Python 2 can read, or ""."""
        return next((text.path for text in self.texts.values() if text.python2), "")

    @cached_property
    def old_surroundings(self) -> str:
        """A file handed out, or a notebook, that says so of itself, or ""."""
        return next(self._old_surroundings(), "")

    def _old_surroundings(self) -> Iterator[str]:
        for path, content in self.files.items():
            if path.endswith(".ipynb") and KERNEL_2.search(content):
                yield path
            if path.endswith(".py") and path not in self.places:
                text = read_text(path, content)
                if text and text.python2:
                    yield path
