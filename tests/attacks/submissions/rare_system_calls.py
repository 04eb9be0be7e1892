"""Calls what few programs need and where the kernel's holes are found."""

import ctypes

from .arms import attempt, syscall

CLASSES = (29,)

block = ctypes.create_string_buffer(256)
attempt("rings", lambda: syscall("io_uring_setup", 8, block))
attempt("bpf", lambda: syscall("bpf", 0, block, 72))
attempt("events", lambda: syscall("perf_event_open", block, 0, -1, -1, 0))
attempt("faults", lambda: syscall("userfaultfd", 0))
attempt("faults of a user", lambda: syscall("userfaultfd", 1))
attempt("splice memory", lambda: syscall("vmsplice", 1, block, 0, 0))
attempt("splice", lambda: syscall("splice", 0, 0, 1, 0, 1, 0))
attempt("advise others", lambda: syscall("process_madvise", -1, block, 1, 4, 0))
attempt("module", lambda: syscall("init_module", block, 256, block))
attempt("restart", lambda: syscall("reboot", 0xFEE1DEAD, 672274793, 0, 0))
attempt("segments", lambda: syscall("modify_ldt", 0, block, 16))
attempt("ports", lambda: syscall("ioperm", 0, 1, 1))
attempt("host name", lambda: syscall("sethostname", block, 1))
attempt("clock", lambda: syscall("settimeofday", block, 0))
