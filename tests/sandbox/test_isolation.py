"""What code in the sandbox cannot do, tried in every tier that works here."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.isolation import readable_paths
from autograder.sandbox.limits import Limits
from autograder.sandbox.namespaces import BOX, DEVICES
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote

from .conftest import Ask

DENIED = {"PermissionError", "FileNotFoundError", "NotADirectoryError", "OSError"}
SECRETS = [
    __file__, "/etc/passwd", "/etc/hostname", "/proc/self/environ", "/proc/1/environ",
    "/proc/self/mem", "/proc/JUDGE/environ", "/dev/mem",
]  # fmt: skip


@pytest.mark.parametrize("path", SECRETS)
def test_files_cannot_be_read(ask: Ask, path: str) -> None:
    assert ask("read", path.replace("JUDGE", str(os.getpid()))) in DENIED


@pytest.mark.parametrize("path", ["/", "/home", "/tmp", "/proc", "/dev/shm", "/sys"])
def test_directories_hold_at_most_the_way_to_the_interpreter(ask: Ask, path: str) -> None:
    shown = [Path(p) for p in (*readable_paths(), *DEVICES, BOX)]
    ways = {p.relative_to(path).parts[0] for p in shown if Path(path) in p.parents}
    listed = ask("list", path)
    assert set(listed) <= ways if isinstance(listed, list) else listed in DENIED


@pytest.mark.parametrize("folder", ["/tmp", "/dev/shm", "/var/tmp", "/usr/lib", sys.prefix, "/"])
def test_nothing_can_be_written_outside_the_box(ask: Ask, folder: str) -> None:
    path = Path(folder) / "escaped"
    assert ask("write", str(path)) in DENIED
    assert not path.exists()


def test_the_attributes_of_files_cannot_be_changed(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "ours"
    file.touch()
    before = file.stat()
    assert ask("chmod", str(file), 0) in DENIED and ask("touch", str(file)) in DENIED
    assert file.stat() == before


def test_a_device_serves_and_stays_as_it_is(ask: Ask, tier: Tier) -> None:
    before = os.stat("/dev/null").st_mode
    assert ask("chmod", "/dev/null", 0) in DENIED and ask("touch", "/dev/null") in DENIED
    assert os.stat("/dev/null").st_mode == before
    assert ask("write", "/dev/null") in (DENIED if "no-open" in tier.layers else {1})


def test_the_box_is_private_and_limited(zygote: Zygote, tier: Tier) -> None:
    limits = Limits(disk_bytes=1 << 20)
    with zygote.spawn(limits) as first, zygote.spawn(limits) as second:
        small = first.request({"do": "write", "with": ["note", 1000]})[0]
        large = first.request({"do": "write", "with": ["large", 2 << 20]})[0]
        seen = second.request({"do": "list", "with": ["."]})[0]
    assert large["error"] in DENIED
    if "namespaces" in tier.layers:
        assert small["value"] == 1000 and seen["value"] == []
    else:
        assert small["error"] in DENIED


def test_the_network_is_out_of_reach(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        assert ask("connect", server.getsockname()[1]) in DENIED
        assert ask("unix socket") in DENIED
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("act", ["fork", "execute", "lock"])
def test_no_other_program_and_no_lock(ask: Ask, act: str) -> None:
    assert ask(act) in DENIED


@pytest.mark.parametrize("act", ["kill", "own signals"])
@pytest.mark.parametrize("whom", ["judge", "zygote", "everyone"])
def test_no_signal_reaches_others(ask: Ask, zygote: Zygote, act: str, whom: str) -> None:
    pid = {"judge": os.getpid(), "zygote": zygote.pid, "everyone": -1}[whom]
    assert ask(act, pid) in DENIED
    assert ask("files") is not None


def test_siblings_cannot_be_signalled(zygote: Zygote) -> None:
    with zygote.spawn() as first, zygote.spawn() as second:
        victim = second.request({"do": "whoami"})[0]["value"][1]
        for pid in {victim, 2, 3}:
            first.request({"do": "kill", "with": [pid]})
        assert second.request({"do": "echo"})[0]["do"] == "echo"


# keyctl, ptrace, shmget, unshare, mount, bpf, io_uring_setup, memfd_create, userfaultfd, setns,
# process_vm_readv, mq_open, perf_event_open, pidfd_open: x86_64, aarch64.
RAW = {
    "x86_64": (250, 101, 29, 272, 165, 321, 425, 319, 323, 308, 310, 240, 298, 434),
    "aarch64": (219, 117, 194, 97, 40, 280, 425, 279, 282, 268, 270, 180, 241, 434),
}[os.uname().machine]


def test_dangerous_calls_are_refused(ask: Ask) -> None:
    assert {number: ask("syscall", number) for number in RAW} == dict.fromkeys(RAW, 1)


def test_nothing_is_inherited(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask("files") == [0, 1, 2, 3]
    environment = ask("environ")
    assert environment["HOME"] == "/box"
    assert not {"USER", "SHELL", "PYTHONPATH", "VIRTUAL_ENV"} & set(environment)


def test_the_standard_library_can_still_be_imported(ask: Ask, tier: Tier) -> None:
    expected = {"ModuleNotFoundError", "PermissionError"} if "no-open" in tier.layers else {"wave"}
    assert ask("import", "wave") in expected


def test_root_becomes_a_throw_away_user_where_the_interpreter_allows(
    zygote: Zygote, tier: Tier
) -> None:
    with zygote.spawn() as first, zygote.spawn() as second:
        users = [p.request({"do": "whoami"})[0]["value"][0] for p in (first, second)]
    if os.geteuid() == 0 and {"namespaces", "no-open"} & tier.layers:
        assert users[0] != users[1] and min(users) >= 60_000


LATE_IMPORT = """
from autograder.sandbox.tiers import probe
from autograder.sandbox.zygote import Zygote
with Zygote(probe(), "behaviours:serve", path=[{here!r}]) as zygote:
    with zygote.spawn() as process:
        print(process.request({{"do": "import", "with": ["numpy.testing"]}})[0])
"""


def test_an_environment_behind_a_link_can_be_imported_from(tmp_path: Path) -> None:
    link, here = tmp_path / "environment", str(Path(__file__).parent)
    link.symlink_to(sys.prefix)
    command = [str(link / "bin" / "python"), "-c", LATE_IMPORT.format(here=here)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout == "{'value': 'numpy'}\n"
