"""Changes priorities, processors and limits of others, and its own for the worse of them."""

import os
import resource

from .arms import KNOWN, attempt, syscall

CLASSES = (22, 30)

for pid in (KNOWN["judge"], KNOWN["zygote"], KNOWN["neighbour"], os.getppid() or -1):
    attempt(f"renice {pid}", lambda: os.setpriority(os.PRIO_PROCESS, pid, 19))
    attempt(f"affinity {pid}", lambda: os.sched_setaffinity(pid, {0}))
    attempt(
        f"scheduler {pid}", lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
    )
    attempt(f"limits {pid}", lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)))
attempt("renice users", lambda: os.setpriority(os.PRIO_USER, 0, 19))
attempt("be first", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
attempt("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(99)))
for kind in (
    resource.RLIMIT_AS,
    resource.RLIMIT_CPU,
    resource.RLIMIT_NPROC,
    resource.RLIMIT_NOFILE,
):
    attempt(f"raise limit {kind}", lambda: resource.setrlimit(kind, (1 << 40, 1 << 40)))
attempt("session", lambda: syscall("setpriority", 1, 0, 19))
