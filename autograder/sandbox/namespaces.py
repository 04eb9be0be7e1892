"""Namespaces: a process tree, network and file system of its own.

Constants: include/uapi/linux/{sched,mount}.h.
"""

import ctypes
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from autograder.sandbox.kernel import call, die_with_parent, syscall

NEW_MOUNTS, NEW_USER, NEW_PIDS, NEW_NET = 0x20000, 0x10000000, 0x20000000, 0x40000000
NEW_IPC, NEW_HOSTNAME = 0x8000000, 0x4000000
READ_ONLY, NO_SUID, NO_DEVICES, NO_EXEC, REMOUNT, BIND = 1, 2, 4, 8, 32, 4096
RECURSIVE, PRIVATE, DETACH = 16384, 1 << 18, 2
BOX = "/box"
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")
_STAGE, _OLD = "/tmp", "/.old"
"""Any directory that always exists: a private tmpfs hides it while the new root is built."""


def unshare(flags: int) -> None:
    """Leave the namespaces in `flags` for new ones. Raises OSError."""
    call("unshare", ctypes.c_int(flags))


def mount(
    source: str | None, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    """mount(2). Raises OSError."""
    texts = [None if t is None else t.encode() for t in (source, target, kind, options)]
    call("mount", *texts[:3], ctypes.c_ulong(flags), texts[3])


def enter() -> int:
    """Continue as the first process of new namespaces, and return a handle of its own.

    The calling process stays outside, waits, and ends as the new one ends. An ordinary user
    first becomes the owner of a user namespace. Raises OSError where this is forbidden.
    """
    if os.geteuid():
        _own_user_namespace()
    unshare(NEW_MOUNTS | NEW_NET | NEW_IPC | NEW_HOSTNAME | NEW_PIDS)
    child = os.fork()
    if child:
        os.closerange(3, 1 << 20)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 255)
    die_with_parent(0)
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def next_child_is_alone(own_pids: int) -> None:
    """Make the next fork the first process of a fresh process namespace.

    own_pids: the handle from `enter`; a second namespace can only be asked for from there.
    """
    call("setns", ctypes.c_int(own_pids), ctypes.c_int(NEW_PIDS))
    unshare(NEW_PIDS)


def private_box(size_bytes: int, owner: int) -> None:
    """Give this process a directory nobody else sees, limited in bytes and files, and go there."""
    unshare(NEW_MOUNTS)
    options = f"size={size_bytes},nr_inodes=2048,mode=700,uid={owner},gid={owner}"
    mount("tmpfs", BOX, "tmpfs", NO_SUID | NO_DEVICES | NO_EXEC, options)
    os.chdir(BOX)


def new_root(readable: Sequence[str]) -> None:
    """Replace the file system by one with `readable`, three devices and an empty box."""
    os.umask(0o022)
    # Followed here: an absolute link means another place once the root has changed.
    places = {path: os.path.realpath(path) for path in (*readable, *DEVICES)}
    mount(None, "/", None, RECURSIVE | PRIVATE)
    mount("tmpfs", _STAGE, "tmpfs", NO_SUID | NO_DEVICES, "size=1m,mode=755")
    with _pivoted():
        for path, place in places.items():
            _show(path, place)
        os.makedirs(BOX, exist_ok=True)
    mount(None, "/", None, REMOUNT | BIND | READ_ONLY | NO_SUID | NO_DEVICES)


@contextmanager
def _pivoted() -> Iterator[None]:
    """Stand in the new root, with the old one in reach at _OLD."""
    os.chdir(_STAGE)
    os.mkdir("." + _OLD)
    syscall("pivot_root", b".", b"." + _OLD.encode())
    os.chdir("/")
    yield
    call("umount2", _OLD.encode(), ctypes.c_int(DETACH))
    shutil.rmtree(_OLD)


def _show(path: str, place: str) -> None:
    """Make `place` of the old root visible, read-only, at `path`."""
    old = _OLD + place
    if not os.path.exists(old) or os.path.lexists(path):
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.isdir(old):
        os.mkdir(path)
    else:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    _bind(old, path)


def _bind(old: str, path: str) -> None:
    mount(old, path, None, BIND | RECURSIVE)
    # A user namespace may not lift a restriction that the original mount has.
    inherited = os.statvfs(path).f_flag & (NO_SUID | NO_DEVICES | NO_EXEC)
    # A device on a read-only mount can still be written to, but not given another mode.
    devices = 0 if path in DEVICES else NO_DEVICES
    mount(None, path, None, REMOUNT | BIND | READ_ONLY | NO_SUID | devices | inherited)


def _own_user_namespace() -> None:
    user, group = os.geteuid(), os.getegid()
    unshare(NEW_USER)
    maps = {"setgroups": "deny", "uid_map": f"1000 {user} 1", "gid_map": f"1000 {group} 1"}
    for name, text in maps.items():
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)
