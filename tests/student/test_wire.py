"""What crosses the wire comes out equal; whatever else arrives is refused in one way only."""

import tracemalloc
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.student.channel import Handle
from autograder.student.export import export
from autograder.student.wire import DTYPES, WireError, decode, encode
from fuzz.targets import same

ARRAYS = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda dtype: hnp.arrays(np.dtype(dtype), hnp.array_shapes(min_dims=0, max_dims=4, min_side=0))
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats()
    | st.text(max_size=5)
    | st.builds(Handle, st.integers(0, 2**53 - 1), st.text(max_size=8))
    | ARRAYS
)
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=8,
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=4)
    | st.sampled_from(["<f8", "|O", "nan", "0x1p9999", 2**62, 10**400, -1]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=6,
)
NODES = st.recursive(
    st.dictionaries(st.sampled_from("vfhaldt"), VALUES, min_size=1, max_size=1),
    lambda inner: (
        st.builds(lambda kind, x: {kind: x}, st.sampled_from("lt"), st.lists(inner))
        | st.builds(lambda x: {"d": x}, st.dictionaries(st.text(max_size=2), inner))
    ),
    max_leaves=6,
)


def sent(tree: Any) -> Any:
    node, buffers = encode(tree)
    return decode(node, b"".join(buffer.tobytes() for buffer in buffers))


@given(TREES)
def test_trees_survive_the_way(tree: Any) -> None:
    assert same(tree, sent(tree))


@settings(max_examples=300)
@given(NODES | VALUES, st.binary(max_size=64))
def test_anything_else_is_a_wire_error(node: Any, payload: bytes) -> None:
    with suppress(WireError):
        decode(node, payload)


@pytest.mark.parametrize(
    "node",
    [
        {"h": []}, {"h": [-1, ""]}, {"h": [True, ""]}, {"h": [2**60, ""]}, {"h": {}}, {"f": 1.0},
        {"a": []}, {"a": ["|O", [1]]}, {"a": ["<U4", [1]]}, {"a": [["<f8"], [1]]},
        {"a": ["<f8", [-1]]}, {"a": ["<f8", [2**52, 2**52]]}, {"a": ["<f8", [0, 2**52, 2**52]]},
        {"a": ["<f8", [1] * 17]}, {"a": ["<f8", [True]]}, {"a": ["<f8", 1]},
        {"v": 1.5}, {"v": [1]}, {"v": 2**63}, {"v": 10**400}, {"l": 5}, {"d": [1]}, {"x": 1},
        {}, {"v": 1, "f": "0"}, [], None, {"f": "0x1p99999"},
    ],
)  # fmt: skip
def test_forged_nodes_are_refused(node: Any) -> None:
    with pytest.raises(WireError):
        decode(node, bytes(8) if isinstance(node, dict) and "a" in node else b"")


def test_deep_and_wide_trees_are_refused() -> None:
    deep: dict[str, Any] = {"v": None}
    for _ in range(200):
        deep = {"l": [deep]}
    for node in (deep, {"l": [{"v": 0}] * 30_000}):
        with pytest.raises(WireError):
            decode(node, b"")


def test_a_claimed_size_is_not_allocated() -> None:
    tracemalloc.start()
    with pytest.raises(WireError):
        decode({"a": ["<f8", [2**40]]}, bytes(8))
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_left_over_bytes_are_refused() -> None:
    with pytest.raises(WireError, match="left over"):
        decode({"v": 1}, b"x")


def test_arrays_behind_an_odd_offset_are_read_and_can_be_written() -> None:
    flags, numbers = sent([np.array([True, False, True]), np.arange(3.0)])
    assert flags.tolist() == [True, False, True]
    numbers += 1
    assert numbers.tolist() == [1, 2, 3] and numbers.flags.aligned


class Odd(np.ndarray):
    """A subclass with a mind of its own."""

    def __eq__(self, other: object) -> Any:
        raise RuntimeError

    def tobytes(self, order: Any = None) -> bytes:
        return b"lies"


def test_exported_arrays_are_plain_copies() -> None:
    x = np.arange(6.0)
    kept: list[Any] = []
    odd = x.view(Odd)
    tree = export([odd, x.astype(">f8"), x.astype(np.longdouble), x[::2]], kept.append)
    assert not kept
    assert [type(a) for a in tree] == [np.ndarray] * 4
    assert {a.dtype.str for a in tree} == {"<f8"}
    assert all((a == x).all() for a in tree[:3]) and tree[3].tolist() == [0, 2, 4]
    x[0] = 9
    assert tree[0][0] == 0


@pytest.mark.parametrize(
    "value",
    [
        np.array([None]), np.array(["text"]), np.zeros(2, "f8,i4"), np.array("2020", "M8[D]"),
        object(), {1: 2}, {1, 2}, 2**63, 1j, "x" * 20_000, [0] * 6_000,
        np.str_("he"), b"bytes", Handle(0),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_what_is_no_plain_data_becomes_a_handle(value: Any) -> None:
    assert export([value], lambda v: Handle(7, type(v).__name__)) == [
        Handle(7, type(value).__name__)
    ]


def test_numpy_scalars_become_arrays_without_axes() -> None:
    for scalar in (np.float32(2), np.int8(2), np.uint8(2), np.bool_(True), np.complex64(2)):
        array = export(scalar, Handle)
        assert array.shape == () and array.dtype == scalar.dtype and array == scalar


def test_endless_nesting_becomes_a_handle() -> None:
    loop: list[Any] = []
    loop.append(loop)
    kept: list[Any] = []
    export(loop, lambda v: kept.append(v) or Handle(0))
    assert len(kept) == 1 and kept[0] is loop
