"""The observer is not blind: without isolation it sees each of these things."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from autograder.sandbox.layers import Tier
from autograder.sandbox.tiers import probe

from .arena import Arena
from .attack import HERE, SUBMISSIONS, read
from .overheard import overheard
from .pages import Page
from .processes import marked

SEEN = [
    "read: .*solutions.py", "read: a list of files", "changed: .*other_student.py",
    "written: /tmp", "done: .*change", "reached: tcp", "reached: udp", "reached: path",
    "reached: abstract", "signalled: the neighbour", "signalled: the judge", "left alive",
    "disturbed: a sibling", "told: ", "earned ",
]  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> str:
    with Arena(Tier.none()) as arena:
        try:
            return "\n".join(arena.run(read(HERE / "unhindered.py")).troubles)
        finally:
            (Path("/tmp") / arena.canaries.name).unlink()
            for pid in marked(arena.canaries.name):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("what", SEEN)
def test_harm_is_seen(seen: str, what: str) -> None:
    assert re.search(f"^{what}", seen, re.MULTILINE), seen


@pytest.mark.parametrize("text", ["<script>", "<b onclick=x>", "<a href='javascript:x'>", "<img>"])
def test_markup_is_seen(text: str) -> None:
    assert Page(f"<p>{text}</p>").odd


def test_what_is_printed_is_overheard() -> None:
    with overheard() as aloud:
        print("a print")
        os.write(2, b"a write\n")
        subprocess.run(["echo", "a program"], check=True)
        aloud.seek(0)
        heard = aloud.read().splitlines()
    assert sorted(heard) == ["a print", "a program", "a write"]


@pytest.mark.parametrize("name", ["public_answers_by_heart", "seeded_answers"])
def test_answers_by_heart_earn_points_where_the_seed_is_public(name: str) -> None:
    with Arena(probe(), seed="public") as arena:
        troubles = arena.run(read(SUBMISSIONS / f"{name}.py")).troubles
    assert "earned ['affine_forward', 'relu_forward'], and in part []" in troubles
