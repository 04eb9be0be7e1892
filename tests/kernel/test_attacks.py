"""What a notebook's code tries in a sandboxed kernel, and what is seen of it from outside."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Ask, Session

DENIED = {"PermissionError", "FileNotFoundError", "OSError", "ModuleNotFoundError"}
Start = Callable[..., Session]


def commands() -> list[str]:
    """The command lines of all processes on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    return found


def test_a_notebook_has_its_own_files(ask: Ask) -> None:
    assert ask("import mine, os; print(mine.NUMBER, sorted(os.listdir()))") == "7 ['mine.py']\n"


def test_what_it_writes_stays_inside(ask: Ask, folder: Path) -> None:
    assert ask("open('mine.py', 'w').write('NUMBER = 8'); print(open('mine.py').read())")
    assert (folder / "mine.py").read_text() == "NUMBER = 7"


@pytest.mark.parametrize("place", ["../../source/solution.py", "../../gradebook.db", "link.py"])
def test_nothing_else_of_the_course_is_there(ask: Ask, folder: Path, place: str) -> None:
    path = (folder / place).absolute()
    before = path.read_text()
    assert ask(f"open({place!r})") in DENIED and ask(f"open({str(path)!r})") in DENIED
    assert ask(f"open({str(path)!r}, 'w')") in DENIED
    assert path.read_text() == before


@pytest.mark.parametrize("path", ["/", "/proc", "/proc/self", "/tmp", "/home", "/root", "/sys"])
def test_the_machine_is_not_there(ask: Ask, path: str) -> None:
    assert ask(f"import os; os.listdir({path!r})") in DENIED


def test_no_secret_of_the_environment(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOKEN", "hunter2")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    seen = start().ask("import os; print(os.environ)")
    assert "hunter2" not in seen and "'NBGRADER_EXECUTION': 'autograde'" in seen
    assert str(Path.home()) not in seen


def test_the_network_is_out_of_reach(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        port = server.getsockname()[1]
        assert ask(f"import socket; socket.create_connection(('127.0.0.1', {port}))") in DENIED
        assert ask("socket.socket(socket.AF_UNIX)") in DENIED
        assert ask("socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)") in DENIED
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_kernels_own_door_leads_nowhere_else(ask: Ask) -> None:
    """It listens at sockets that were opened for it, and cannot open or name another."""
    code = """
import os, socket, stat
def is_open(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False

def attempt(act, *where):
    try:
        act(*where)
    except OSError as error:
        return type(error).__name__

for fd in filter(is_open, range(3, 256)):
    door = socket.socket(fileno=fd)
    if door.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        print(attempt(door.connect, "/tmp/x"), attempt(door.bind, "x"), attempt(door.listen))
    door.detach()
"""
    assert ask(code) == "PermissionError PermissionError PermissionError\n" * 5


@pytest.mark.parametrize(
    "pid", ["os.getppid()", "-1", str(os.getpid())], ids=["parent", "all", "us"]
)
def test_no_signal_reaches_others(ask: Ask, pid: str) -> None:
    assert ask(f"import os; os.kill({pid}, 9)") in {*DENIED, "ProcessLookupError"}
    assert ask("print('still here')") == "still here\n"


def test_no_child_survives_for_there_is_none(ask: Ask) -> None:
    detached = "import subprocess; subprocess.Popen(['sleep', '31337'], start_new_session=True)"
    assert ask(detached) in DENIED
    assert ask("import os\nwhile True: os.fork()") in DENIED
    assert ask("!sleep 31337") in DENIED
    assert ask("import multiprocessing; multiprocessing.Process(target=print).start()") in DENIED
    assert not [command for command in commands() if "31337" in command]


def test_memory_disk_and_threads_are_limited(start: Start) -> None:
    ask = start().ask
    # In large pieces: the threads that talk to clients need some of what is left.
    assert ask("pile = []\nwhile True: pile.append(bytearray(1 << 29))") == "MemoryError"
    assert ask("del pile; open('large', 'wb').write(bytes(300 << 20))") in DENIED
    sleeper = "threading.Thread(target=time.sleep, args=[1]).start()"
    assert ask(f"import threading, time\nwhile True: {sleeper}") == "RuntimeError"
    assert ask("print('still here')") == "still here\n"


def test_a_flood_of_text_costs_its_own_cell(ask: Ask) -> None:
    for write in ("print('x' * 999)", "os.write(1, b'x' * 999)"):
        printed = ask(f"import os\nfor _ in range(3000): {write}")
        assert len(printed) < 1.1 * 2**20
    assert "next" in ask("print('next')")


def test_a_flood_of_pictures_ends_the_kernel(start: Start) -> None:
    flooding = start()
    flooding.client.execute("while True: display({'text/plain': 'x' * 100_000}, raw=True)")
    received = _all_messages(flooding)
    assert 16 << 20 < received < 34 << 20
    assert not flooding.manager.is_alive()


def _all_messages(session: Session) -> int:
    """Bytes of what a client gets until nothing comes any more."""
    received, end = 0, time.monotonic() + 20
    while time.monotonic() < end and session.manager.is_alive():
        while session.client.iopub_channel.msg_ready():
            message = session.client.get_iopub_msg(timeout=1)
            received += len(message["content"].get("data", {}).get("text/plain", ""))
    return received


@pytest.mark.parametrize("end", ["os._exit(0)", "ctypes.string_at(0)", "os.kill(1, 9)"])
def test_the_end_of_a_kernel_is_noticed(start: Start, end: str) -> None:
    ending = start()
    ending.client.execute(f"import ctypes, os; {end}")
    deadline = time.monotonic() + 10
    while ending.manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    # To the first process of its own tree even SIGKILL does nothing.
    assert ending.manager.is_alive() == (end == "os.kill(1, 9)")


STUBBORN = """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException:
        pass
"""


def test_an_endless_loop_is_interrupted_or_killed(start: Start) -> None:
    looping = start()
    number = looping.client.execute("while True: pass")
    time.sleep(0.5)
    looping.manager.interrupt_kernel()
    reply = looping.client.get_shell_msg(timeout=10)
    assert reply["parent_header"]["msg_id"] == number
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    looping.client.execute(STUBBORN)
    time.sleep(0.5)
    started = time.monotonic()
    looping.manager.shutdown_kernel()
    assert not looping.manager.is_alive() and time.monotonic() - started < 3
