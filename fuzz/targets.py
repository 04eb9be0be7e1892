"""What must hold of every decoder that reads bytes of a student's code, whatever the bytes are.

A target raises if its property does not hold; `TARGETS` has them by name.
"""

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any

import numpy as np

from autograder.sandbox.channel import Channel
from autograder.sandbox.errors import Died, OutputExceeded, ProtocolViolation
from autograder.sandbox.frames import (
    MAGIC,
    MAX_DEPTH,
    MAX_REPLY_HEADER,
    PREFIX,
    Header,
    Reader,
    pack,
)
from autograder.sandbox.limits import Limits
from autograder.student.channel import Answer, Call, Handle, StudentError
from autograder.student.sandboxed import MAX_ANSWER, Clock, SandboxedChannel
from autograder.student.script import Paper, Script, Step
from autograder.student.wire import DTYPES, MAX_NODES, WireError, decode, encode
from fuzz.bits import Bits

LEAVES = (type(None), bool, int, float, str, Handle)
MOST = PREFIX.size + MAX_REPLY_HEADER + MAX_ANSWER
CALLS = [Call("call", f"layers.{name}", None, (np.arange(3.0), {})) for name in "fg"]


def frames(data: bytes) -> None:
    """Bytes become frames or a ProtocolViolation, and nobody can claim more than the limits."""
    step, rest = data[:1] or b"\1", data[1:]
    with suppress(ProtocolViolation, EOFError):
        while rest:
            header, payload, rest = _frame(rest, 1 + step[0])
            again, same_payload, _ = _frame(b"".join(pack(header, [payload])), MOST)
            # NaN, which JSON's reader accepts, is no equal of itself.
            assert json.dumps(again) == json.dumps(header) and same_payload == payload


def trees(data: bytes) -> None:
    """A node is a WireError, or a tree of the allowed types that is the same after another way."""
    bits = Bits(data)
    node = bits.node()
    payload = bits.data if bits.below(4) == 1 else bytes(bits.size)
    with suppress(WireError):
        _sound(decode(node, payload), len(payload))


def replies(data: bytes) -> None:
    """The JSON of a frame, which a fuzzer changes as text, goes the same way as `trees`."""
    text, _, payload = data.partition(b"\0")
    raw = b"".join(pack({}, [payload]))
    raw = PREFIX.pack(raw[:4], len(text), len(payload)) + text + payload
    with suppress(ProtocolViolation, WireError, EOFError):
        header, found, _ = _frame(raw, MOST)
        for name in ("value", "values", "args"):
            if name in header:
                _sound(decode(header[name], found), len(found))


def conversations(data: bytes) -> None:
    """A worker that sends these frames gets a judge to have answers or a StudentError of few
    letters, and never more."""
    worker: Any = _Worker(data)
    paper = Paper(tuple(Script(seed, tuple(map(Step, CALLS))) for seed in (1, 2)))
    # Nothing waits here: no time that passes is the worker's.
    channel = SandboxedChannel(
        worker, "nets", {}, Clock(1e9, 1e9), Limits(), ("layers.f",), lambda *_: 1.0, paper=paper
    )
    for seed in (1, 2, 3):
        channel.begin(seed)
        for call in CALLS:
            _asked(channel, call)
    assert all(type(text) is str for texts in channel.stops().values() for text in texts)


def sockets(data: bytes) -> None:
    """The same bytes through a real socket, with something printed beside them."""
    printed, sent = data[: len(data) // 8], data[len(data) // 8 :]
    ours, theirs = socket.socketpair()
    source, sink = os.pipe()
    with closing(Channel(ours, source, 1 << 8)) as channel:
        with theirs, open(sink, "wb", buffering=0) as output:
            output.write(printed)
            theirs.sendall(sent)
        heard = _heard(channel, [memoryview(b"?")] if data[-1:] > b"\x7f" else [])
        assert channel.output == printed if heard else printed.startswith(channel.output)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (frames, trees, replies, conversations, sockets)
}


def _heard(channel: Channel, question: list[memoryview]) -> bool:
    """Take frames until the other end is gone; False if something is refused before."""
    try:
        if question:
            channel.refuse_unasked()
        while True:
            header, _ = channel.exchange(question, 1e3, MAX_ANSWER)
            assert isinstance(header, dict)
    except (ProtocolViolation, OutputExceeded):
        return False
    except Died:
        return True


def _frame(raw: bytes, step: int) -> tuple[Header, bytes, bytes]:
    """Header, payload and what is left of `raw`, read in pieces; raises EOFError at its end."""
    reader = Reader(MAX_ANSWER, MAX_REPLY_HEADER)
    while not reader.done:
        space = reader.space()
        piece, raw = raw[: min(step, len(space))], raw[min(step, len(space)) :]
        assert sum(map(len, reader._parts)) <= MOST
        if not piece:
            raise EOFError
        space[: len(piece)] = piece
        reader.advance(len(piece))
    header, payload = reader.frame()
    assert type(header) is dict and reader._parts[0].startswith(MAGIC)
    assert _depth(header) <= MAX_DEPTH + 1 and repr(header).encode()
    return header, bytes(payload), raw


def _depth(node: Any) -> int:
    items = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return 1 + max(map(_depth, items), default=-1) if isinstance(node, dict | list) else 0


def _sound(tree: Any, size: int) -> None:
    leaves = list(_leaves(tree))
    assert len(leaves) <= MAX_NODES
    assert sum(leaf.nbytes for leaf in leaves if type(leaf) is np.ndarray) <= size
    node, buffers = encode(tree)
    assert same(tree, decode(node, b"".join(buffer.tobytes() for buffer in buffers)))


def _leaves(tree: Any) -> Iterator[Any]:
    """All that is no container; AssertionError for what must not come out of a decoder."""
    if type(tree) in (list, tuple):
        for item in tree:
            yield from _leaves(item)
    elif type(tree) is dict:
        assert all(type(key) is str for key in tree)
        yield from _leaves(list(tree.values()))
    else:
        known = type(tree) in LEAVES or (type(tree) is np.ndarray and tree.dtype.str in DTYPES)
        assert known, f"a {type(tree).__name__} came out"
        yield tree


def same(x: Any, y: Any) -> bool:
    """Are two trees equal to the last bit? NaN is NaN."""
    if isinstance(x, np.ndarray):
        return (x.dtype, x.shape, x.tobytes()) == (y.dtype, y.shape, y.tobytes())
    if isinstance(x, list | tuple):
        return type(x) is type(y) and len(x) == len(y) and all(map(same, x, y))
    if isinstance(x, dict):
        return x.keys() == y.keys() and all(same(x[key], y[key]) for key in x)
    if isinstance(x, float):
        return type(y) is float and x.hex() == y.hex()
    return type(x) is type(y) and bool(x == y)


class _Worker:
    """Stands for a zygote and each of its processes: they say one frame of `said` after another."""

    data = b""

    def __init__(self, said: bytes) -> None:
        self._said, self._fresh = said, True

    def spawn(self, *_: object) -> "_Worker":
        """The next process, which has no code of a student yet."""
        self._fresh = True
        return self

    def request(self, *_: object, **__: object) -> tuple[Header, bytes]:
        """The next frame; raises WorkerError."""
        if self._fresh:
            self._fresh = False
            return {}, b""
        return self.receive()

    def receive(self, *_: object, **__: object) -> tuple[Header, bytes]:
        """The next frame; raises WorkerError."""
        said, self._said = self._said, self._said[max(0, self._said.find(MAGIC, 1)) :]
        try:
            header, payload, self._said = _frame(said, MOST)
        except EOFError:
            raise Died("ended") from None
        return header, payload

    def close(self) -> None:
        """Another one goes on."""


def _asked(channel: SandboxedChannel, call: Call) -> None:
    try:
        answer = channel.invoke(call)
        assert type(answer) is Answer and all(type(i) is int for i in answer.changed)
        _sound(answer.value, MAX_ANSWER)
    except StudentError as error:
        assert len(str(error)) < 10_000
