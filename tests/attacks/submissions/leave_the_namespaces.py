"""Makes and joins namespaces, to be root in one of them."""

from .arms import KNOWN, attempt, syscall

CLASSES = (29,)

KINDS = {"user": 0x10000000, "mnt": 0x20000, "pid": 0x20000000, "net": 0x40000000}
KINDS |= {"ipc": 0x8000000, "uts": 0x4000000, "cgroup": 0x2000000, "time": 0x80}
for name, flag in KINDS.items():
    attempt(f"new {name}", lambda: syscall("unshare", flag))
    attempt(f"join {name}", lambda: syscall("setns", 3, flag))
    attempt(f"join {name} by file", lambda: open(f"/proc/{KNOWN['judge']}/ns/{name}"))
attempt("new user and mounts", lambda: syscall("unshare", 0x10020000))
