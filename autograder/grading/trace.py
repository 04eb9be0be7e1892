"""Which calls a case makes, found without knowing a single answer.

The case runs once on placeholders in the form of the reference's answers. They can be passed on and
unpacked; computing with one ends the trace, and so does whatever else depends on a value. So a
script holds nothing but what was drawn: no answer of the reference can travel with it.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, Never

from autograder.judge.case import Trial
from autograder.judge.trial import ask
from autograder.student.channel import Answer, Call, Handle, Tree
from autograder.student.script import Path, Place, Script, Slot, Step, at


class Unknown(Exception):
    """What comes next depends on a value."""


class Placeholder:
    """A value that is not known yet."""

    __array_ufunc__ = None

    def __init__(self, slot: Slot) -> None:
        self.slot = slot

    def _refuse(self, *_: Any, **__: Any) -> Never:
        raise Unknown

    __bool__ = __eq__ = __array__ = __len__ = __iter__ = __float__ = __index__ = _refuse
    __hash__ = object.__hash__


def trace(trial: Trial, answers: Sequence[Tree]) -> Script:
    """The calls of `trial` as far as they depend on inputs alone.

    Of `answers`, those of the reference to each call, only the form is used.
    """
    tracer = _Tracer(answers)
    # Whatever it stumbles over depends on a value: the case itself has just run through.
    with suppress(Exception):
        ask(tracer, trial)
    return Script(trial.seed, tuple(tracer.steps))


class _Tracer:
    """A channel that notes calls and answers with placeholders in the form of `answers`."""

    def __init__(self, answers: Sequence[Tree]) -> None:
        self._answers = answers
        self._handles: list[Slot] = []
        self.steps: list[Step] = []

    def begin(self, seed: int) -> None:
        """Nothing to do: no code runs here."""

    def invoke(self, call: Call) -> Answer:
        """Note `call`; raises Unknown if an argument mixes answers with other things."""
        values: list[tuple[Place, Tree]] = [(None, call.on)]
        values += [*enumerate(call.args), *call.kwargs.items()]
        parts = {place: self._slot(value) for place, value in values}
        slots = {place: part for place, part in parts.items() if isinstance(part, Slot)}
        empty = replace(
            call,
            on=None,
            args=tuple(None if i in slots else value for i, value in enumerate(call.args)),
            kwargs={k: None if k in slots else value for k, value in call.kwargs.items()},
        )
        self.steps.append(Step(empty, slots))
        number = len(self.steps) - 1
        return Answer(self._placeholders(self._answers[number], Slot(number)))

    def _placeholders(self, tree: Tree, slot: Slot) -> Tree:
        match tree:
            case Handle():
                self._handles.append(slot)
                return Handle(len(self._handles) - 1, tree.kind)
            case list() | tuple():
                return type(tree)(
                    self._placeholders(item, _part(slot, i)) for i, item in enumerate(tree)
                )
            case dict():
                return {k: self._placeholders(item, _part(slot, k)) for k, item in tree.items()}
        return Placeholder(slot)

    def _slot(self, tree: Tree) -> Tree:
        """The slot that `tree` is, or `tree` itself if no answer is in it."""
        match tree:
            case Placeholder():
                return tree.slot
            case Handle():
                return self._handles[tree.id]
            case list() | tuple():
                return self._whole(tree, dict(enumerate(tree)))
            case dict():
                return self._whole(tree, tree)
        return tree

    def _whole(self, tree: Tree, items: Mapping[Any, Tree]) -> Tree:
        """Only a container that is an earlier answer as it was can be sent by its place."""
        parts = {key: self._slot(item) for key, item in items.items()}
        slots = [part for part in parts.values() if isinstance(part, Slot)]
        if not slots:
            return tree
        if len(slots) < len(parts):
            raise Unknown
        whole = Slot(slots[0].call, slots[0].path[:-1])
        original = at(self._answers[whole.call], whole.path)
        keys = original if isinstance(original, dict) else range(len(original))
        if parts != {key: _part(whole, key) for key in keys}:
            raise Unknown
        return whole


def _part(slot: Slot, key: str | int) -> Slot:
    path: Path = (*slot.path, key)
    return Slot(slot.call, path)
