"""The trusted side's end of the socket, with a thread for the other."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from autograder.sandbox.channel import Channel
from autograder.sandbox.frames import Reader, pack, receive

SIZES = (3 << 20, 5, 2 << 20, 0, 7)


def echo(link: socket.socket) -> None:
    reader = Reader()
    assert receive(lambda space: link.recv_into(space), reader)
    header, payload = reader.frame()
    for piece in pack(header, [payload]):
        link.sendall(piece)


def test_pieces_of_any_size_arrive_in_order() -> None:
    """Whatever the kernel takes at once: a blocking socket takes all of it."""
    ours, theirs = socket.socketpair()
    output, printed = os.pipe()
    channel = Channel(ours, output, output_bytes=0)
    ours.setblocking(True)
    other = threading.Thread(target=echo, args=(theirs,))
    other.start()
    buffers = [bytes([i + 1]) * size for i, size in enumerate(SIZES)]
    _, payload = channel.exchange(pack({"number": 0}, buffers), seconds=10, max_reply=sum(SIZES))
    other.join()
    assert payload == b"".join(buffers)
    channel.close()
    theirs.close()
    os.close(printed)


WAITING = """
import os, signal, socket, sys, threading
from autograder.sandbox.channel import Channel
from autograder.sandbox.errors import SandboxError
ours, theirs = socket.socketpair()
channel = Channel(ours, os.pipe()[0], 0)
if sys.argv[1] == "stops":
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGSTOP)).start()
try:
    channel.exchange([], 1.0, 0)
except SandboxError as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(("machine", "error"), [("runs", "TimedOut"), ("stops", "Disturbed")])
def test_time_in_which_the_machine_stops_is_not_the_others(machine: str, error: str) -> None:
    command = [sys.executable, "-c", WAITING, machine]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waiting:
        if machine == "stops":
            os.waitid(os.P_PID, waiting.pid, os.WSTOPPED | os.WNOWAIT)
            time.sleep(2.5)
            waiting.send_signal(signal.SIGCONT)
        assert waiting.stdout is not None and waiting.stdout.readline() == f"{error}\n"
