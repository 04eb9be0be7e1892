"""What the owner of a process may give it beside its connection, and what that does not open."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.errors import Died
from autograder.sandbox.process import Process
from autograder.sandbox.tiers import Tier
from autograder.sandbox.zygote import Zygote

from .conftest import HERE, Ask
from .test_isolation import DENIED


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shown")
    folder.parent.chmod(0o755)
    folder.parent.parent.chmod(0o755)
    folder.chmod(0o755)
    (folder / "data").write_text("data")
    return folder


@pytest.fixture(scope="session")
def zygote(tier: Tier, shown: Path) -> Iterator[Zygote]:
    options = {"readable": [str(shown)], "environment": {"MORE": "1"}}
    with Zygote(tier, "behaviours:serve", path=[HERE], sockets=True, **options) as zygote:
        yield zygote


@pytest.fixture
def door(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        door.listen()
        yield door


@pytest.fixture
def process(zygote: Zygote, door: socket.socket) -> Iterator[Process]:
    with zygote.spawn(files=[door.fileno(), door.fileno()]) as process:
        yield process


def test_files_come_after_the_connection(ask: Ask) -> None:
    assert ask("files") == [0, 1, 2, 3, 4, 5]


def test_a_granted_socket_is_answered(process: Process, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as visitor:
        visitor.connect(str(tmp_path / "door"))
        visitor.sendall(b"knock")
        assert "value" in process.request({"do": "answer the door", "with": [4]})[0]
        assert visitor.recv(100) == b"KNOCK"


def test_it_leads_nowhere_else(ask: Ask, tmp_path: Path) -> None:
    assert ask("leave by the door", 4, str(tmp_path / "door")) in DENIED
    assert ask("unix socket") in DENIED and ask("connect", 80) in DENIED
    assert ask("pair", socket.SOCK_STREAM) is None
    for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        assert ask("pair", kind) in DENIED


def test_shown_files_can_be_read_and_nothing_else(ask: Ask, tier: Tier, shown: Path) -> None:
    assert ask("read", str(shown / "data")) in (DENIED if "no-open" in tier.layers else {4})
    assert ask("write", str(shown / "data")) in DENIED
    assert ask("chmod", str(shown / "data"), 0o777) in DENIED
    assert ask("read", __file__) in DENIED
    assert (shown / "data").read_text() == "data"


def test_variables_are_added(ask: Ask) -> None:
    assert ask("environ")["MORE"] == "1"


def test_a_process_is_interrupted_and_its_end_is_seen(process: Process) -> None:
    assert process.poll() is None
    process.interrupt()
    end = time.monotonic() + 5
    while (usage := process.poll()) is None and time.monotonic() < end:
        time.sleep(0.01)
    assert usage and usage.status == "exited with status 1"
    with pytest.raises(Died):
        process.request({"do": "echo"})
