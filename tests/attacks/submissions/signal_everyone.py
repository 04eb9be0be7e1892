"""Kills the judge, the zygote, its neighbours, and everybody."""

import os
import signal

from .arms import KNOWN, attempt, syscall

CLASSES = (22, 30)

WHOM = [KNOWN["judge"], KNOWN["zygote"], KNOWN["neighbour"], os.getppid(), -1, 2, 3]
for pid in [pid for pid in WHOM if pid]:
    attempt(f"kill {pid}", lambda: os.kill(pid, signal.SIGTERM))
    attempt(f"probe {pid}", lambda: os.kill(pid, 0))
    attempt(f"group {pid}", lambda: os.killpg(abs(pid), signal.SIGUSR1))
    attempt(f"thread {pid}", lambda: syscall("tkill", pid, signal.SIGUSR2))
    attempt(f"thread of {pid}", lambda: syscall("tgkill", pid, pid, signal.SIGUSR2))
    attempt(f"queued {pid}", lambda: syscall("rt_sigqueueinfo", pid, 10, 0))
    attempt(f"pidfd {pid}", lambda: os.pidfd_open(pid))
attempt("pidfd signal", lambda: syscall("pidfd_send_signal", 3, 15, 0, 0))
