"""The observer is not blind: without isolation it sees each of these things."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.sandbox.layers import Tier
from autograder.sandbox.tiers import probe

from .arena import Arena
from .attack import HERE, SUBMISSIONS, read
from .overheard import overheard
from .pages import Page
from .processes import marked, zombies

SEEN = [
    "read: .*solutions.py", "read: a list of files", "changed: .*other_student.py",
    "written: /tmp", "done: .*change", "reached: tcp", "reached: udp", "reached: path",
    "reached: abstract", "signalled: the neighbour", "signalled: the judge", "left alive",
    "disturbed: a sibling", "told: ", "earned ",
]  # fmt: skip


# Without isolation the others harm the machine that runs these tests, or nobody.
UNHINDERED = {
    "another_machine_language": "done: .*process id", "become_another_program": "done: ",
    "become_root": "done: .*setuid", "connect_by_tcp": "reached: tcp",
    "import_the_answers": "earned .*affine_forward", "leave_the_namespaces": "done: .*new mnt",
    "list_folders": "read: a list of files", "measure_secrets": "done: .*stat",
    "locks_as_a_channel": "done: .*flock",
    "notebook_with_magic": "done: .*a shell in a cell", "odd_encodings": "read: .*solutions.py",
    "odd_socket_families": "done: .*netlink", "odd_ways_to_open": "changed: .*solutions.py",
    "open_a_back_door": "done: .*server", "reach_unix_sockets": "reached: path",
    "read_machine": "done: .*passwd", "read_process_files": "done: .*environ",
    "read_secrets": "read: .*results.json", "run_a_shell": "done: .*system",
    "send_by_udp": "reached: udp", "send_files_to_the_judge": "done: .*descriptors",
    "signal_by_the_kernel": "done: .*owner", "watch_files": "done: .*inotify",
    "write_at_exit": "changed: .*home.txt", "overwrite_results": "changed: .*other_student.py",
    "daemon": "left alive",
}  # fmt: skip


@contextmanager
def without_isolation() -> Iterator[Arena]:
    with Arena(Tier.none()) as arena:
        try:
            yield arena
        finally:
            (Path("/tmp") / arena.canaries.name).unlink(missing_ok=True)
            for pid in marked(arena.canaries.name) - {arena.zygote().pid}:
                os.kill(pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def seen() -> str:
    with without_isolation() as arena:
        return "\n".join(arena.run(read(HERE / "unhindered.py")).troubles)


@pytest.fixture(scope="module")
def unhindered() -> Iterator[Arena]:
    with without_isolation() as arena:
        yield arena


@pytest.mark.parametrize("name", UNHINDERED)
def test_an_attack_that_succeeds_is_noticed(unhindered: Arena, name: str) -> None:
    troubles = unhindered.run(read(SUBMISSIONS / f"{name}.py")).troubles
    assert any(re.match(UNHINDERED[name], trouble) for trouble in troubles), troubles


@pytest.mark.parametrize("what", SEEN)
def test_harm_is_seen(seen: str, what: str) -> None:
    assert re.search(f"^{what}", seen, re.MULTILINE), seen


MARKUP = [
    "<script>", "<b onclick=x>", "<a href='javascript:x'>", "<img>", "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content='0;url=//x'>", "<style>*{display:none}</style>",
    "<i style='position: fixed'>", "<title>x</title>",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_seen(text: str) -> None:
    assert Page(f"<p>{text}</p>").odd


PARENT = """
import os, time
child = os.fork() or os._exit(0)
os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
print(child, flush=True)
time.sleep(60)
"""


def test_a_zombie_that_another_process_left_is_seen() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert zombies([os.getpid(), parent.pid]) == {child}
        parent.kill()


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
