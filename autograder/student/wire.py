"""Trees as JSON plus raw bytes: nothing that arrives here can make code run."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.student.channel import Handle, Tree

DTYPES = frozenset(
    "|b1 |u1 |i1 <u2 <i2 <u4 <i4 <u8 <i8 <f2 <f4 <f8 <c8 <c16".split()  # noqa: SIM905
)
MAX_DEPTH = 10
MAX_NODES = 20_000
MAX_ARGUMENTS = 20
Node = dict[str, Any]


class WireError(ValueError):
    """The other side sent something that is not a tree."""


def encode(tree: Tree) -> tuple[Node, list[NDArray[Any]]]:
    """`tree` as a JSON-able node and the contiguous arrays its leaves refer to, in order."""
    buffers: list[NDArray[Any]] = []
    return _encode(tree, buffers), buffers


def _encode(tree: Tree, buffers: list[NDArray[Any]]) -> Node:
    match tree:
        case np.ndarray():
            buffers.append(np.ascontiguousarray(tree))
            return {"a": [tree.dtype.str, list(tree.shape)]}
        case float():
            return {"f": float(tree).hex()}
        case None | bool() | int() | str():
            return {"v": tree}
        case Handle():
            return {"h": [tree.id, tree.kind]}
        case list() | tuple():
            return {"l" if isinstance(tree, list) else "t": [_encode(x, buffers) for x in tree]}
        case dict():
            return {"d": {str(key): _encode(value, buffers) for key, value in tree.items()}}
    raise WireError(f"cannot send a {type(tree).__name__}")


def decode(node: Any, payload: bytes | bytearray) -> Tree:
    """The tree of `node`, its arrays copied out of `payload`; raises WireError."""
    reader = _Reader(payload)
    try:
        tree = reader.read(node, 0)
    except WireError:
        raise
    except (TypeError, ValueError, LookupError, AttributeError, OverflowError) as error:
        raise WireError(f"malformed answer ({type(error).__name__})") from None
    if reader.offset != len(payload):
        raise WireError("malformed answer (bytes left over)")
    return tree


def positions(value: Any) -> tuple[int, ...]:
    """The argument positions in `value`; raises WireError."""
    if not isinstance(value, list) or len(value) > MAX_ARGUMENTS:
        raise WireError("malformed answer (positions)")
    return tuple(i for i in value if type(i) is int and 0 <= i < MAX_ARGUMENTS)


def dicts_among(args: Iterable[Tree], kwargs: Mapping[str, Tree]) -> list[dict[str, Tree]]:
    """The arguments that a function may store something in: a cache or an array is not meant."""
    return [value for value in (*args, *kwargs.values()) if isinstance(value, dict)]


class _Reader:
    def __init__(self, payload: bytes | bytearray) -> None:
        self.payload, self.offset, self.nodes = payload, 0, 0

    def read(self, node: Any, depth: int) -> Tree:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES or type(node) is not dict or len(node) != 1:
            raise WireError("malformed answer (structure)")
        [(kind, value)] = node.items()
        match kind:
            case "v":
                return self.scalar(value)
            case "f":
                return float.fromhex(value)
            case "h":
                return Handle(self.integer(value[0]), str(value[1])[:64])
            case "a":
                return self.array(*value)
            case "d":
                return {str(k): self.read(v, depth + 1) for k, v in value.items()}
            case "l" | "t":
                items = [self.read(v, depth + 1) for v in value]
                return items if kind == "l" else tuple(items)
        raise WireError("malformed answer (kind)")

    def scalar(self, value: Any) -> Tree:
        if value is not None and type(value) not in (bool, int, str):
            raise WireError("malformed answer (scalar)")
        if type(value) is int and abs(value) >= 2**63:
            raise WireError("malformed answer (integer)")
        return value

    def integer(self, value: Any) -> int:
        if type(value) is not int or not 0 <= value < 2**53:
            raise WireError("malformed answer (integer)")
        return value

    def array(self, dtype: Any, shape: Any) -> NDArray[Any]:
        if dtype not in DTYPES or type(shape) is not list or len(shape) > 16:
            raise WireError("malformed answer (array)")
        count = 1
        for side in shape:
            count *= self.integer(side)
        end = self.offset + count * np.dtype(dtype).itemsize
        if end > len(self.payload):
            raise WireError("malformed answer (array outside the payload)")
        array = np.frombuffer(self.payload, dtype, count, self.offset) if count else np.empty(0)
        self.offset = end
        return array.astype(dtype).reshape(shape)
