"""All the calls of a trial in one message.

A script is written before any code has answered, so that it can hold inputs alone. Where a call
takes an earlier answer, the script names its place, and the value never leaves the worker.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from autograder.sandbox.frames import Reader, pack, receive
from autograder.student.channel import Call, Tree
from autograder.student.session import Failure, Session
from autograder.student.statements import compiled
from autograder.student.wire import Node, decode, encode

Path = tuple[str | int, ...]
Place = int | str | None
"""An argument's position or name; None for the object that a method belongs to."""


@dataclass(frozen=True)
class Slot:
    """Where a value stands in the answer of an earlier call of the same trial."""

    call: int
    path: Path = ()


@dataclass(frozen=True)
class Step:
    """A call in which the arguments at the places of `slots` are still to be filled in."""

    call: Call
    slots: Mapping[Place, Slot] = field(default_factory=dict)

    def fits(self, call: Call) -> bool:
        """Can `call` be what this step became?"""
        return _form(call) == _form(self.call)

    def filled(self, answers: Sequence[Tree]) -> Call:
        """The call with values; LookupError or TypeError if an answer has no such part."""
        call = self.call
        for place, slot in self.slots.items():
            call = _put(call, place, at(answers[slot.call], slot.path))
        return call


@dataclass(frozen=True)
class Script:
    """The calls of one trial, in order."""

    seed: int
    steps: tuple[Step, ...]


def _form(call: Call) -> tuple[Any, ...]:
    return call.operation, call.target, len(call.args), call.kwargs.keys(), call.keep


def worker_seed(seed: int) -> int:
    """What a worker's global generators start from: it does not tell the seed of the inputs."""
    return int.from_bytes(hashlib.sha256(f"worker {seed}".encode()).digest()[:4])


def at(tree: Tree, path: Path) -> Tree:
    """The part of `tree` at `path`; LookupError or TypeError where there is none."""
    for key in path:
        tree = tree[key]
    return tree


def _put(call: Call, place: Place, value: Tree) -> Call:
    match place:
        case None:
            return replace(call, on=value)
        case int():
            return replace(call, args=(*call.args[:place], value, *call.args[place + 1 :]))
    return replace(call, kwargs={**call.kwargs, place: value})


@dataclass(frozen=True)
class Paper:
    """The scripts of an examination as they travel; made once for a whole class.

    `given` are files that every submission gets.
    """

    scripts: tuple[Script, ...]
    given: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def frame(self) -> tuple[dict[str, Any], bytes]:
        """Header and payload of the message."""
        encoded = [_encode_script(script) for script in self.scripts]
        header = {"op": "paper", "scripts": [node for node, _ in encoded]}
        return header, b"".join(payload for _, payload in encoded)

    @cached_property
    def data(self) -> bytes:
        """All of it, for a zygote whose workers are to know it."""
        header, payload = self.frame
        return b"".join(pack({**header, "given": dict(self.given)}, [payload]))


def _encode_script(script: Script) -> tuple[Node, bytes]:
    calls = [step.call for step in script.steps]
    node, arrays = encode([[call.args, dict(call.kwargs)] for call in calls])
    payload = b"".join(array.tobytes() for array in arrays)
    steps = [
        [step.call.operation, step.call.target, list(step.call.keep),
         [[place, slot.call, list(slot.path)] for place, slot in step.slots.items()]]
        for step in script.steps
    ]  # fmt: skip
    return {
        "seed": worker_seed(script.seed),
        "steps": steps,
        "inputs": node,
        "size": len(payload),
    }, payload


def learn(data: bytes) -> tuple[Script, ...]:
    """The scripts in `Paper.data`; the given files will not have to be compiled again."""
    reader = Reader()
    receive(io.BytesIO(data).readinto, reader)
    header, payload = reader.frame()
    for path, text in header["given"].items():
        compiled(text, path)
    return tuple(read_paper(header, payload))


def read_paper(header: Mapping[str, Any], payload: bytes | bytearray) -> Iterator[Script]:
    """The scripts of a message that `Paper.frame` made."""
    start = 0
    for node in header["scripts"]:
        end = start + node["size"]
        inputs = decode(node["inputs"], payload[start:end])
        steps = zip(node["steps"], inputs, strict=True)
        yield Script(node["seed"], tuple(_step(*step, *values) for step, values in steps))
        start = end


def _step(
    operation: str, target: str, keep: list[int], slots: list[Any], args: Any, kwargs: Any
) -> Step:
    call = Call(operation, target, None, tuple(args), kwargs, tuple(keep))
    return Step(call, {place: Slot(number, tuple(path)) for place, number, path in slots})


def carry_out(session: Session, script: Script) -> tuple[dict[str, Any], list[Any]]:
    """Header and arrays of the answers of `script`, as far as there are any."""
    values: list[Tree] = []
    changed: list[list[int]] = []
    reply: dict[str, Any] = {"changed": changed}
    session.begin(script.seed)
    for step in script.steps:
        try:
            value, positions = session.execute(step.filled(values))
        except Failure as failure:
            reply["error"] = failure.info
            break
        except (LookupError, TypeError):  # an answer of another form than the reference's
            break
        values.append(value)
        changed.append(list(positions))
    node, arrays = encode(values)
    return {**reply, "values": node}, arrays
