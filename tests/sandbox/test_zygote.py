"""Starting, ending and losing a zygote; nothing is ever left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox.errors import ZygoteDied
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote

from .conftest import HERE, zygote_for

OWNER = """
import sys, time
sys.path[:0] = [{root!r}]
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote
tier = Tier({name!r}, frozenset({layers!r}))
zygote = Zygote(tier, "behaviours:serve", path=[{here!r}])
process = zygote.spawn()
print(zygote.pid, flush=True)
process.request({{"do": "stubborn loop"}}, seconds=60)
"""


def descendants(pid: int) -> list[int]:
    """`pid` and its living descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += descendants(int(child))
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def becomes_true(condition: Callable[[], bool], seconds: float = 3.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    return condition()


def test_closing_leaves_no_process(tier: Tier) -> None:
    with zygote_for(tier) as zygote:
        # Let go of, it would end by itself.
        process = zygote.spawn()
        running = descendants(zygote.pid)
        assert len(running) >= 2
    del process
    assert becomes_true(lambda: not any(map(alive, running)))


def test_ended_processes_are_reaped(tier: Tier) -> None:
    with zygote_for(tier) as zygote:
        before = descendants(zygote.pid)
        for _ in range(5):
            with zygote.spawn() as process:
                process.request({"do": "echo"})
        assert descendants(zygote.pid) == before


def test_files_do_not_leak(zygote: Zygote) -> None:
    zygote.spawn().close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(5):
        zygote.spawn().close()
    assert len(os.listdir("/proc/self/fd")) == before


def test_killing_the_owner_leaves_no_process(tier: Tier) -> None:
    root = str(Path(__file__).resolve().parents[2])
    layers = sorted(tier.layers)
    code = OWNER.format(root=root, name=tier.name, layers=layers, here=HERE)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as owner:
        assert owner.stdout
        running = descendants(int(owner.stdout.readline()))
        owner.kill()
    assert len(running) >= 2
    assert becomes_true(lambda: not any(map(alive, running)))


@pytest.mark.parametrize("which", ["first", "last"])
def test_a_killed_zygote_is_no_fault_of_the_process(tier: Tier, which: str) -> None:
    with zygote_for(tier) as zygote:
        servers = descendants(zygote.pid)
        process = zygote.spawn()
        os.kill(servers[0 if which == "first" else -1], signal.SIGKILL)
        with pytest.raises(ZygoteDied):
            process.request({"do": "sleep", "with": [60]}, seconds=10)
        with zygote.spawn() as fresh:
            assert fresh.request({"do": "echo"})[0]["do"] == "echo"


def test_a_zygote_killed_between_uses_is_replaced(tier: Tier) -> None:
    with zygote_for(tier) as zygote:
        os.kill(zygote.pid, signal.SIGKILL)
        time.sleep(0.1)
        with zygote.spawn() as process:
            assert process.request({"do": "echo"})[0]["do"] == "echo"


def test_a_bad_entry_is_explained() -> None:
    with pytest.raises(ZygoteDied, match="No module named 'nowhere'"):
        Zygote(Tier.none(), "nowhere:main")


def test_modules_are_imported_once(tier: Tier) -> None:
    with Zygote(tier, "behaviours:serve", preload=["numpy"], path=[HERE]) as zygote:
        start = time.monotonic()
        with zygote.spawn() as process:
            assert process.request({"do": "import", "with": ["numpy"]})[0]["value"] == "numpy"
        assert time.monotonic() - start < 0.2
