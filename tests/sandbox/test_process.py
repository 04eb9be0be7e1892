"""How a misbehaving process is noticed, named and stopped."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.sandbox.errors import Died, OutputExceeded, ProtocolViolation, TimedOut
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Process
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote

from .behaviours import FORGED, UNFINISHED
from .conftest import ISOLATED, Ask, zygote_for

EVERY_TIER = [*ISOLATED, Tier.none()]


@pytest.fixture(scope="session", params=EVERY_TIER, ids=lambda tier: tier.name.split()[0])
def tier(request: pytest.FixtureRequest) -> Tier:
    chosen: Tier = request.param
    return chosen


@pytest.fixture(scope="session")
def zygote(tier: Tier) -> Iterator[Zygote]:
    with zygote_for(tier, b"shared") as zygote:
        yield zygote


def test_an_echo_comes_back(process: Process) -> None:
    payload = bytes(range(256)) * 9
    header, data = process.request({"do": "echo", "text": "é"}, [payload, b"", b"z"])
    assert (header["text"], data) == ("é", payload + b"z")
    assert header["data"] == len(b"shared")


def test_a_large_frame_goes_both_ways(process: Process) -> None:
    data = bytes(32 << 20)
    assert process.request({"do": "echo"}, [data])[1] == data


def test_text_is_kept_and_capped(process: Process, ask: Ask) -> None:
    ask("say", "hello \ud800 there")
    assert process.output == "hello ? there\nhello ? there\n"
    ask("say", "x" * 100_000)
    assert len(process.output) == 64 << 10


@pytest.mark.parametrize("act, with_", [("loop", []), ("stubborn loop", []), ("sleep", [60])])
def test_endless_work_is_stopped_in_time(process: Process, act: str, with_: list[int]) -> None:
    start = time.monotonic()
    with pytest.raises(TimedOut, match=r"0\.3 s"):
        process.request({"do": act, "with": with_}, seconds=0.3)
    assert time.monotonic() - start < 0.8
    assert process.usage and process.usage.status == "killed by signal 9 (SIGKILL)"


def test_processor_time_is_bounded(zygote: Zygote) -> None:
    with zygote.spawn(Limits(cpu_seconds=1)) as process:
        with pytest.raises(Died, match="signal 9"):
            process.request({"do": "stubborn loop"}, seconds=10)
    assert process.usage and 0.5 < process.usage.cpu_seconds < 2


def test_memory_is_bounded_and_the_process_lives_on(zygote: Zygote) -> None:
    with zygote.spawn(Limits(memory_bytes=64 << 20)) as process:
        small = process.request({"do": "allocate", "with": [32 << 20]})[0]
        large = process.request({"do": "allocate", "with": [128 << 20]})[0]
    assert (small["value"], large["error"]) == (32 << 20, "MemoryError")
    assert process.usage and process.usage.max_rss_bytes > 32 << 20


def test_threads_are_bounded(zygote: Zygote) -> None:
    with zygote.spawn() as process:
        few = process.request({"do": "threads", "with": [4]})[0]
        many = process.request({"do": "threads", "with": [5000]}, seconds=20)[0]
    assert (few.get("value"), many.get("error")) == (4, "RuntimeError")


ENDS = {
    "exit": ([3], "exited with status 3"),
    "segfault": ([], r"killed by signal 11 \(SIGSEGV\)"),
    "exit at once": ([], "exited with status 0"),
    "close": ([], "closed its connection"),
}


@pytest.mark.parametrize("act", ENDS)
def test_a_death_is_told_with_its_reason(process: Process, act: str) -> None:
    arguments, reason = ENDS[act]
    with pytest.raises(Died, match=reason):
        process.request({"do": act, "with": arguments})
    with pytest.raises(Died, match="has been closed"):
        process.request({"do": "echo"})


def test_a_flood_of_text_is_stopped(process: Process) -> None:
    start = time.monotonic()
    with pytest.raises(OutputExceeded):
        process.request({"do": "flood"})
    assert time.monotonic() - start < 2
    assert len(process.output) == 64 << 10


@pytest.mark.parametrize("name", FORGED)
def test_malformed_frames_are_refused(process: Process, name: str) -> None:
    with pytest.raises(ProtocolViolation):
        process.request({"do": "forge", "with": [name]}, max_reply=100)
    assert process.usage


@pytest.mark.parametrize("header", [{}, {"number": 0}, {"number": 2}, {"number": "1"}], ids=str)
def test_a_frame_without_its_number_is_refused(process: Process, header: dict[str, Any]) -> None:
    with pytest.raises(ProtocolViolation, match="more than it was asked for"):
        process.request({"do": "slip in", "with": [header]})


def test_a_frame_slipped_in_with_its_number_displaces_the_next(process: Process) -> None:
    slip = {"number": 1, "value": "forged"}
    assert process.request({"do": "slip in", "with": [slip]})[0] == {"value": "forged"}
    with pytest.raises(ProtocolViolation, match="more than it was asked for"):
        process.receive()


@pytest.mark.parametrize("name", UNFINISHED)
def test_unfinished_frames_run_into_the_deadline(process: Process, name: str) -> None:
    with pytest.raises(TimedOut):
        process.request({"do": "forge", "with": [name]}, seconds=0.2)


def test_dribbling_does_not_extend_the_deadline(process: Process) -> None:
    with pytest.raises(TimedOut):
        process.request({"do": "dribble"}, seconds=0.3)


def test_an_answer_nobody_asked_for_is_refused(process: Process) -> None:
    assert process.request({"do": "answer twice"})[0] == {"first": True}
    time.sleep(0.1)
    with pytest.raises(ProtocolViolation, match="more than it was asked for"):
        process.request({"do": "echo"})


def test_an_answer_before_the_question_was_read_is_refused(process: Process) -> None:
    process.request({"do": "answer twice"})
    with pytest.raises(ProtocolViolation):
        process.request({"do": "echo"}, [bytes(8 << 20)])
