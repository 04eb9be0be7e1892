"""Answers that a worker gives ahead of the questions, to the scripts of a paper.

They only save time: whatever is odd about them is asked again, call by call.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.student.channel import Answer, StudentError, error_from
from autograder.student.script import Paper, Script, Step
from autograder.student.wire import WireError, decode, positions

Reply = tuple[Mapping[str, Any], bytes]


@dataclass(frozen=True)
class Given:
    """What came back for one step."""

    step: Step
    answer: Answer | StudentError

    def result(self) -> Answer:
        """The answer; raises the StudentError that came instead."""
        if isinstance(self.answer, StudentError):
            raise self.answer
        return self.answer


@dataclass(frozen=True)
class Answered:
    """What came back for a script, not read yet."""

    script: Script
    header: Mapping[str, Any]
    payload: bytes

    @property
    def digest(self) -> bytes:
        """Equal ones promise equal answers."""
        digest = hashlib.sha256(repr(self.header).encode())
        digest.update(self.payload)
        return digest.digest()

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """In the order of the calls; raises WireError."""
        header = self.header
        values, changed = decode(header.get("values"), self.payload), header.get("changed")
        if not isinstance(values, list) or not isinstance(changed, list):
            raise WireError("malformed reply")
        answers: list[Answer | StudentError] = [
            Answer(value, positions(where)) for value, where in zip(values, changed, strict=False)
        ]
        if isinstance(error := header.get("error"), dict):
            answers.append(error_from(error))
        return tuple(map(Given, self.script.steps, answers))


class Ahead:
    """The replies to `paper`, which `receive` gives in the order of its scripts.

    `receive` may raise StudentError; then no more replies come. After one that cannot be read,
    `stop` ends whoever sends them: nobody knows what the rest would mean.
    """

    def __init__(
        self, paper: Paper, receive: Callable[[], Reply], stop: Callable[[], None]
    ) -> None:
        self._receive, self._stop = receive, stop
        self._coming = list(reversed(paper.scripts))
        self._seeds = frozenset(script.seed for script in paper.scripts)
        self._known: dict[int, Answered] = {}

    def take(self, seed: int) -> Answered | None:
        """What was answered in the trial of `seed`."""
        while seed in self._seeds and seed not in self._known and self._coming:
            self._next(seed)
        return self._known.pop(seed, None)

    def read(self, answered: Answered) -> list[Given]:
        """The answers, in the order of the calls; none if they cannot be read."""
        try:
            return list(answered.given)
        except WireError:
            self._end()
            return []

    def finish(self) -> None:
        """Receive what is still to come, so that the worker is free for questions."""
        while self._coming:
            self._next()

    def _next(self, wanted: int | None = None) -> None:
        script = self._coming.pop()
        try:
            answered = Answered(script, *self._receive())
        except StudentError:
            self._end()
            return
        self._known[script.seed] = answered
        if script.seed != wanted:
            self.read(answered)

    def _end(self) -> None:
        self._stop()
        self._coming.clear()
