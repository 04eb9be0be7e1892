"""Runs a command as Docker runs one by default: its capabilities, its filter, masked files.

    python -m attacks.container [--user ID] [--free] command ...

With --free only the user changes.

Docker itself is not run. What differs: the filter refuses what Docker's refuses of the calls that
matter here and allows the rest, and the command shares network and processes with its caller.
Sources: moby's profiles/seccomp/default.json and oci/defaults.go.
"""

import argparse
import ctypes
import os
import struct
import sys
from contextlib import suppress

from autograder.sandbox import kernel, syscalls
from autograder.sandbox.namespaces import NEW_MOUNTS, mount, unshare

from .arms import CALLS

# chown, dac_override, fowner, fsetid, kill, setgid, setuid, setpcap, net_bind_service, net_raw,
# sys_chroot, mknod, audit_write, setfcap.
CAPABILITIES = {0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31}
REFUSED = """
add_key bpf fanotify_init fsopen init_module io_uring_setup keyctl mount mount_setattr
open_by_handle_at open_tree perf_event_open pivot_root reboot request_key setns sethostname
settimeofday swapon umount2 unshare userfaultfd vmsplice
""".split()  # noqa: SIM905
MASKED = ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/proc/interrupts"]
READ_ONLY = ["/proc/sys", "/proc/sysrq-trigger", "/proc/bus", "/proc/fs", "/proc/irq"]
LOAD, EQUAL, ANY_BIT, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, FAIL, EPERM, ENOSYS = 0x7FFF0000, 0x00050000, 1, 38
CLONE_NEW_ANYTHING, VSOCK = 0x7E020000, 40


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def confine() -> None:
    """Bind this process and all that it starts, for good."""
    if os.geteuid() == 0:
        with suppress(OSError):
            _mask()
        for capability in set(range(41)) - CAPABILITIES:
            kernel.prctl(24, capability)
    else:
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    _install(_filter())


def shown() -> list[str]:
    """What of MASKED this process can read something from."""
    found = []
    for path in MASKED:
        with suppress(OSError), open(path, "rb") as file:
            found += [path] * bool(file.read(1))
    return found


def become(user: int) -> None:
    """Go on as another user, which needs root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _mask() -> None:
    _own_mounts()
    for path in filter(os.path.exists, MASKED):
        mount("/dev/null", path, None, 4096)
    for path in filter(os.path.exists, READ_ONLY):
        mount(path, path, None, 4096 | 16384)
        mount(None, path, None, 4096 | 32 | 1)


def _own_mounts() -> None:
    unshare(NEW_MOUNTS)
    mount(None, "/", None, 16384 | 1 << 18)


def _show_the_interpreter() -> None:
    """Where it lies in somebody's home, others get a home with nothing else in it."""
    _own_mounts()
    for path in {sys.base_prefix, os.path.realpath(sys.prefix)}:
        top = os.path.join("/", *path.split("/")[:2])
        if os.stat(top).st_mode & 1:
            continue
        shown = os.open(path, os.O_PATH)
        mount("tmpfs", top, "tmpfs", 0, "mode=755")
        os.makedirs(path)
        mount(f"/proc/self/fd/{shown}", path, None, 4096 | 16384)
        os.close(shown)


def _filter() -> bytes:
    code = _op(LOAD, 4) + _op(EQUAL, syscalls.machine()[1], 1) + _op(RETURN, FAIL | EPERM)
    code += _op(LOAD, 0)
    for name in REFUSED:
        code += _op(EQUAL, CALLS[name], 0, 1) + _op(RETURN, FAIL | EPERM)
    code += _op(EQUAL, CALLS["clone3"], 0, 1) + _op(RETURN, FAIL | ENOSYS)
    for name, test in {"clone": (ANY_BIT, CLONE_NEW_ANYTHING), "socket": (EQUAL, VSOCK)}.items():
        code += _op(EQUAL, CALLS[name], 0, 4) + _op(LOAD, 16)
        code += _op(*test, 0, 1) + _op(RETURN, FAIL | EPERM) + _op(RETURN, ALLOW)
    return code + _op(RETURN, ALLOW)


def _op(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _install(code: bytes) -> None:
    buffer = ctypes.create_string_buffer(code, len(code))
    program = Program(len(code) // 8, ctypes.addressof(buffer))
    kernel.syscall("seccomp", ctypes.c_uint(1), ctypes.c_uint(0), ctypes.byref(program))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--user", type=int)
    parser.add_argument("--free", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.user is not None:
        _show_the_interpreter()
    if not options.free:
        confine()
    if options.user is not None:
        become(options.user)
    os.execvp(options.command[0], options.command)


if __name__ == "__main__":
    main()
