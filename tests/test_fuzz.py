"""The properties that `make fuzz` tries on millions of frames hold for some, and can fail."""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from assignments import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sandbox.frames import MAGIC, PREFIX
from autograder.student.channel import Crashed
from autograder.student.sandboxed import MAX_ANSWER
from fuzz.__main__ import Row
from fuzz.corpus import real_frames, seeds
from fuzz.targets import TARGETS, _leaves, frames, same

DECODERS = {
    "frames": ["autograder.sandbox.frames.parse_header"],
    "sockets": ["autograder.sandbox.channel.Channel._numbered"],
}
DECODES = [
    f"{module}.decode"
    for module in ("fuzz.targets", "autograder.student.sandboxed", "autograder.student.ahead")
]
"""What the other targets read with."""
each_target = pytest.mark.parametrize("name", TARGETS)


@each_target
def test_whatever_a_worker_sends(name: str) -> None:
    @given(st.binary(max_size=300))
    @settings(max_examples=200, deadline=None)
    def tried(data: bytes) -> None:
        TARGETS[name](data)

    tried()


@each_target
def test_what_a_worker_really_sends_but_for_some_bytes(name: str) -> None:
    changes = st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=8)

    @given(st.sampled_from(seeds(name)), changes, st.integers(0, 50))
    @settings(max_examples=200, deadline=None)
    def tried(data: bytes, changed: list[tuple[int, int]], cut: int) -> None:
        content = bytearray(data[: max(1, len(data) - cut)])
        for place, byte in changed:
            content[place % len(content)] = byte
        TARGETS[name](bytes(content))

    tried()


def test_a_real_conversation_has_answers_and_errors() -> None:
    found = real_frames()
    for word in (b'"value"', b'"values"', b'"error"', b'"stops"', b'"changed"'):
        assert any(word in frame for frame in found), word


@pytest.mark.parametrize("claimed", [1 << 60, MAX_ANSWER + 1, MAX_ANSWER])
def test_nobody_can_claim_more_than_an_answer_may_have(claimed: int) -> None:
    tracemalloc.start()
    frames(b"\x40" + PREFIX.pack(MAGIC, 2, claimed) + b"{}")
    assert tracemalloc.get_traced_memory()[1] < 1.1 * MAX_ANSWER
    tracemalloc.stop()


@pytest.mark.parametrize(
    "tree", [np.float64(1), {1: 2}, {1, 2}, np.array([None]), np.ma.zeros(3), Crashed("x"), b""]
)
def test_what_must_not_come_out_is_noticed(tree: Any) -> None:
    with pytest.raises(AssertionError):
        list(_leaves([tree]))


@each_target
def test_a_wrong_decoder_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It changes what it decodes, or lets another exception out."""
    # Before anything is wrong: their workers are judged with the same decoders.
    tried = seeds(name)
    for wrong in (lambda *_: [np.float64(1)] * 2, lambda *_: 1 / 0):
        for place in DECODERS.get(name, DECODES):
            monkeypatch.setattr(place, wrong)
        with pytest.raises((AssertionError, ZeroDivisionError)):
            for data in tried:
                TARGETS[name](data)


@pytest.mark.parametrize(
    ("name", "place", "wrong"),
    [
        ("frames", "autograder.sandbox.frames.parse_header", lambda text: {"size": len(text)}),
        ("sockets", "autograder.sandbox.channel.Channel._keep", lambda *_: None),
    ],
    ids=["another header", "lost output"],
)
def test_what_looks_right_and_is_another_is_noticed(
    name: str, place: str, wrong: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = seeds(name)
    monkeypatch.setattr(place, wrong)
    with pytest.raises(AssertionError):
        for data in tried:
            TARGETS[name](data)


def test_nan_is_the_same() -> None:
    nan = float("nan")
    assert same({"a": [nan, np.array([nan])]}, {"a": [nan, np.array([nan])]})
    assert not same([1], [True]) and not same([0.0], [-0.0]) and not same((1,), [1])


@pytest.mark.parametrize("words", [["--frames", "-5"], ["--processes", "0"], ["--seed", "0"]])
def test_what_would_try_nothing_is_refused(words: list[str]) -> None:
    command = [sys.executable, "-m", "fuzz", *words]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 2 and f"Invalid value for '{words[0]}'" in run.stderr


def test_whoever_tries_fewer_frames_than_wanted_fails() -> None:
    assert Row("frames", 154, 100, 2.5, 46, 39, crashes=0).fine
    assert not Row("frames", 99, 100, 2.5, 46, 39, crashes=0).fine
    assert not Row("frames", 154, 100, 2.5, 46, 39, crashes=1).fine
