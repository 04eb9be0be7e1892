from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox.errors import ProtocolViolation
from autograder.sandbox.frames import MAGIC, MAX_DEPTH, PREFIX, Reader, pack, parse_header

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
TREES = st.recursive(LEAVES, lambda t: st.lists(t) | st.dictionaries(st.text(), t), max_leaves=20)


def read(raw: bytes, step: int, reader: Reader) -> tuple[dict[str, Any], bytes]:
    while not reader.done:
        piece = raw[: min(step, len(reader.space()))]
        reader.space()[: len(piece)] = piece
        reader.advance(len(piece))
        raw = raw[len(piece) :]
    header, payload = reader.frame()
    return header, bytes(payload)


@given(st.dictionaries(st.text(), TREES), st.lists(st.binary()), st.integers(1, 50))
def test_a_frame_survives_the_journey(
    header: dict[str, Any], buffers: list[bytes], step: int
) -> None:
    raw = b"".join(pack(header, buffers))
    assert read(raw, step, Reader()) == (header, b"".join(buffers))


def test_buffers_are_not_copied() -> None:
    data = bytearray(8)
    piece = pack({}, [memoryview(data).cast("d")])[1]
    data[0] = 7
    assert piece[0] == 7


def test_lone_surrogates_become_question_marks() -> None:
    assert read(b"".join(pack({"a": "x\ud800"})), 9, Reader())[0] == {"a": "x?"}


@given(st.binary(max_size=300))
def test_any_header_is_an_object_or_refused(text: bytes) -> None:
    with suppress(ProtocolViolation):
        assert isinstance(parse_header(text), dict)


@pytest.mark.parametrize("header, payload", [(11, 0), (0, 21), (1 << 31, 1 << 60)])
def test_sizes_beyond_the_limits_are_refused(header: int, payload: int) -> None:
    with pytest.raises(ProtocolViolation, match="bytes, at most"):
        read(PREFIX.pack(MAGIC, header, payload), 16, Reader(20, 10))


DEEP = {
    "lists": lambda n: "[" * n + "1" + "]" * n,
    "objects": lambda n: '{"a":' * n + "1" + "}" * n,
    "both": lambda n: '[{"a":' * (n // 2) + "[" * (n % 2) + "1" + "]" * (n % 2) + "}]" * (n // 2),
    "brackets in strings": lambda n: "[" * (n - 1) + '["]]]]", "[[[["]' + "]" * (n - 1),
    "escapes": lambda n: "[" * (n - 1) + r'["\"]]", "\u0041"]' + "]" * (n - 1),
}


@pytest.mark.parametrize("name", DEEP)
def test_a_header_may_be_nested_so_deep_and_no_deeper(name: str) -> None:
    def header(levels: int) -> bytes:
        return f'{{"a": {DEEP[name](levels - 1)}}}'.encode()

    assert parse_header(header(MAX_DEPTH)).keys() == {"a"}
    with pytest.raises(ProtocolViolation, match="nested deeper"):
        parse_header(header(MAX_DEPTH + 1))


def test_brackets_in_strings_are_no_levels() -> None:
    assert parse_header(b'{"a": "%s"}' % (b"[" * 500))["a"] == "[" * 500
