"""One frame: magic, header length, payload length, JSON header, raw bytes.

Data cross the boundary as JSON and bytes alone: reading a frame runs no code of the sender.
"""

import json
import struct
from collections.abc import Callable, Sequence
from typing import Any

from autograder.sandbox.errors import ProtocolViolation, TooLarge

Header = dict[str, Any]
Buffer = bytes | bytearray | memoryview

MAGIC = b"SBX1"
PREFIX = struct.Struct("!4sIQ")
MAX_REPLY_HEADER = 64 << 10
MAX_HEADER = 64 << 20
MAX_PAYLOAD = 4 << 30
MAX_DEPTH = 64
ALIKE = bytes.maketrans(b"{}", b"[]")
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def pack(header: Header, buffers: Sequence[Any] = ()) -> list[memoryview]:
    """The frame as pieces to send in order; C-contiguous buffers are not copied."""
    # "replace": a lone surrogate has no UTF-8 form and would break whoever stores the text.
    head = json.dumps(header, ensure_ascii=False).encode("utf-8", "replace")
    views = [memoryview(b) for b in buffers]
    flat = [view.cast("B") for view in views if view.nbytes]
    sizes = PREFIX.pack(MAGIC, len(head), sum(view.nbytes for view in flat))
    return [memoryview(sizes + head), *flat]


class Reader:
    """Assembles one frame from bytes that arrive in pieces.

    Fill `space()`, tell `advance(n)` how much was filled, until `done`; then take `frame()`.
    """

    def __init__(self, max_payload: int = MAX_PAYLOAD, max_header: int = MAX_HEADER) -> None:
        self._max_payload, self._max_header = max_payload, max_header
        self._parts = [bytearray(PREFIX.size)]
        self._filled = 0

    @property
    def done(self) -> bool:
        return len(self._parts) == 3 and self._filled == len(self._parts[2])

    def space(self) -> memoryview:
        """Where the next bytes belong; never empty before the frame is done."""
        return memoryview(self._parts[-1])[self._filled :]

    def advance(self, count: int) -> None:
        """Note that `count` bytes of `space()` were filled. Raises ProtocolViolation."""
        self._filled += count
        while len(self._parts) < 3 and self._filled == len(self._parts[-1]):
            self._parts.append(bytearray(self._next_size()))
            self._filled = 0

    def frame(self) -> tuple[Header, bytearray]:
        """The header and payload of a frame that is done. Raises ProtocolViolation."""
        return parse_header(bytes(self._parts[1])), self._parts[2]

    def _next_size(self) -> int:
        magic, head, payload = PREFIX.unpack(self._parts[0])
        if magic != MAGIC:
            raise ProtocolViolation("the reply does not start like a frame")
        if head > self._max_header:
            raise ProtocolViolation(f"header of {head} bytes, at most {self._max_header} allowed")
        if payload > self._max_payload:
            raise TooLarge(payload, self._max_payload)
        return int(head if len(self._parts) == 1 else payload)


def receive(read_into: Callable[[memoryview], int], reader: Reader) -> bool:
    """Read one whole frame with a blocking `read_into`; False at the end of the stream."""
    while not reader.done:
        count = read_into(reader.space())
        if not count:
            return False
        reader.advance(count)
    return True


def parse_header(text: bytes) -> Header:
    """The JSON object in `text`. Raises ProtocolViolation for anything else."""
    try:
        header = json.loads(text.decode("utf-8"))
        if b"\\" in text or not _flat(text):
            _check(header, 0)
    except (ValueError, RecursionError) as error:
        raise ProtocolViolation(f"the header is not acceptable JSON: {error}"[:200]) from None
    if not isinstance(header, dict):
        raise ProtocolViolation("the header is not a JSON object")
    return header


def _flat(text: bytes) -> bool:
    """Does JSON without a backslash, so without half a character, nest at most MAX_DEPTH deep?

    Its innermost brackets are taken away, level by level. Most have fewer brackets than that.
    """
    if text.count(b"[") + text.count(b"{") <= MAX_DEPTH:
        return True
    outside_strings = b"".join(text.split(b'"')[::2])
    brackets = outside_strings.translate(ALIKE, delete=NO_BRACKETS)
    for _ in range(MAX_DEPTH):
        brackets = brackets.replace(b"[]", b"")
    return not brackets


def _check(node: Any, depth: int) -> None:
    """Refuse what JSON permits but those who handle the header would stumble over."""
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
    if isinstance(node, str):
        node.encode("utf-8")
    elif isinstance(node, dict):
        _check(list(node), depth)
        _check(list(node.values()), depth)
    elif isinstance(node, list):
        for child in node:
            _check(child, depth + 1)
