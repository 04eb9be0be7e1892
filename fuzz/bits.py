"""Nodes of the wire, well-formed or nearly, made from the bytes that a fuzzer varies."""

from typing import Any

import numpy as np

from autograder.student.wire import DTYPES

NAMES = (*sorted(DTYPES), "|O", "<U4", ">f8", "f8,i4", "")
TEXTS = ("", "a", "0x1p3", "nan", "-inf", "0x1p99999", "\ud800", "é" * 40, "W1")
NUMBERS = (0, 1, 2, 3, 5, -1, 2**31, 2**52, 2**53, 2**63, -(2**63), 10**400, True, 1.5, None)
MAX_DEPTH = 12


class Bits:
    """Choices that `data` makes; the first of all when it is used up.

    `size` is the payload in bytes that the arrays so far refer to.
    """

    def __init__(self, data: bytes) -> None:
        self.data, self.size = data, 0

    def below(self, count: int) -> int:
        """A number from 0 to `count` - 1."""
        return self.take(1)[0] % count if self.data else 0

    def take(self, count: int) -> bytes:
        """The next bytes, as many as there are."""
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def node(self, depth: int = 0) -> Any:
        """What `wire.decode` expects, or nearly."""
        kind = "vfhaldtx"[self.below(8)] if depth < MAX_DEPTH else "v"
        match kind:
            case "f":
                return {"f": TEXTS[self.below(len(TEXTS))]}
            case "h":
                return {"h": [NUMBERS[self.below(len(NUMBERS))], TEXTS[self.below(len(TEXTS))]]}
            case "a":
                return {"a": self.array()}
            case "d":
                return {"d": {f"k{i}": self.node(depth + 1) for i in range(self.below(5))}}
            case "l" | "t":
                return {kind: [self.node(depth + 1) for _ in range(self.below(5))]}
            case "v":
                return {"v": self.scalar()}
        return self.junk(depth)

    def scalar(self) -> Any:
        """A number, a text, a truth value or nothing."""
        choices = (*NUMBERS, *TEXTS)
        return choices[self.below(len(choices))]

    def array(self) -> list[Any]:
        """Its dtype and shape; `size` counts it if it is one."""
        name = NAMES[self.below(len(NAMES))]
        shape = [NUMBERS[self.below(8)] for _ in range(self.below(5))]
        if name in DTYPES and all(type(n) is int and 0 <= n < 9 for n in shape):
            self.size += int(np.prod(shape, dtype=int)) * np.dtype(name).itemsize
        return [name, shape]

    def junk(self, depth: int) -> Any:
        """Any JSON."""
        match self.below(4):
            case 0:
                return self.scalar()
            case 1:
                return [self.node(depth + 1) for _ in range(self.below(4))]
            case 2:
                return {TEXTS[self.below(len(TEXTS))]: self.node(depth + 1)}
        return {"ahdlt"[self.below(5)]: self.scalar()}
