"""Answers that a worker gives ahead of the questions, to the scripts of a paper.

They only save time: whatever is odd about them is asked again, call by call.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
        self._known: dict[int, list[Given]] = {}

    def take(self, seed: int) -> list[Given]:
        """What was answered in the trial of `seed`, in the order of its calls."""
        while seed in self._seeds and seed not in self._known and self._coming:
            self._read()
        return self._known.pop(seed, [])

    def finish(self) -> None:
        """Read what is still to come, so that the worker is free for questions."""
        while self._coming:
            self._read()

    def _read(self) -> None:
        script = self._coming.pop()
        try:
            self._known[script.seed] = _given(script, *self._receive())
        except (StudentError, WireError):
            self._stop()
            self._coming.clear()


def _given(script: Script, reply: Mapping[str, Any], payload: bytes) -> list[Given]:
    values, changed = decode(reply.get("values"), payload), reply.get("changed")
    if not isinstance(values, list) or not isinstance(changed, list):
        raise WireError("malformed reply")
    answers: list[Answer | StudentError] = [
        Answer(value, positions(where)) for value, where in zip(values, changed, strict=False)
    ]
    if isinstance(error := reply.get("error"), dict):
        answers.append(error_from(error))
    return [Given(step, answer) for step, answer in zip(script.steps, answers, strict=False)]
