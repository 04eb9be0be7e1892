"""Does without isolation what isolation prevents, in places that were made for it."""

import os
import signal
import socket
import time
from pathlib import Path

from .arms import KNOWN, attempt, look

CLASSES = ()
EARNS = "all"


def send(family, kind, address):
    with socket.socket(family, kind) as door:
        door.connect(address)
        door.send(b"hello")


def detach():
    if os.fork() == 0:
        os.setsid()
        time.sleep(30)
        os._exit(0)


def siblings():
    pid = os.getppid()
    return map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


look("read", lambda: Path(KNOWN["secrets"][0]).read_text())
look("list", lambda: os.listdir(os.path.dirname(KNOWN["secrets"][0])))
attempt("change", lambda: Path(KNOWN["secrets"][1]).write_text("100"))
attempt("write", lambda: Path(f"/tmp/{KNOWN['name']}").touch())
send(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", KNOWN["tcp"]))
send(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", KNOWN["udp"]))
send(socket.AF_UNIX, socket.SOCK_STREAM, KNOWN["door"])
send(socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{KNOWN['abstract']}")
os.kill(KNOWN["neighbour"], signal.SIGUSR1)
os.kill(KNOWN["judge"], signal.SIGUSR1)
detach()
for pid in siblings():
    if pid != os.getpid():
        os.kill(pid, signal.SIGKILL)


def relu_forward(x):
    raise ValueError(KNOWN["boast"])
