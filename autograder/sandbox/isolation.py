"""Puts one forked process under every layer of its tier."""

import os
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.sandbox import kernel, landlock, limits, namespaces, seccomp
from autograder.sandbox.limits import Limits

_FIRST_USER, _USERS = 60_000, 5_000
"""Ordinary user ids, below those systems reserve for their own services."""


@dataclass
class Isolation:
    """What the zygote prepares once so that each process starts fast."""

    layers: frozenset[str]
    readable: tuple[str, ...]
    own_pids: int = -1
    filter: bytes = b""
    start_bytes: int | None = None
    other_tasks: int = 0
    switch_user: bool = False

    def apply(self, ident: int, bounds: Limits, parent: int) -> None:
        """Isolate this process. `parent` is the zygote's id. Raises OSError."""
        user = _FIRST_USER + ident % _USERS if self.switch_user else os.geteuid()
        self._choose_directory(bounds, user)
        self._choose_user(user)
        if sys.platform == "linux":
            # After the change of user, which would clear it.
            kernel.die_with_parent(0 if self._has("namespaces") else parent)
        limits.enforce(bounds, self.start_bytes, self.other_tasks)
        if self.layers:
            self._lock()

    def _has(self, layer: str) -> bool:
        return layer in self.layers

    def _choose_directory(self, bounds: Limits, user: int) -> None:
        if self._has("namespaces"):
            namespaces.private_box(bounds.disk_bytes, user)
        else:
            os.chdir("/")

    def _choose_user(self, user: int) -> None:
        if self.switch_user:
            become(user)
        elif self._has("namespaces"):
            namespaces.unshare(namespaces.NEW_USER)

    def _lock(self) -> None:
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        if self._has("landlock"):
            writable = [namespaces.BOX] if self._has("namespaces") else []
            landlock.confine((*self.readable, *namespaces.DEVICES), [*writable, "/dev/null"])
        kernel.drop_capabilities()
        if self._has("seccomp"):
            seccomp.install(seccomp.own_part(os.getpid()) + self.filter)


def prepare(
    layers: frozenset[str], sockets: bool = False, readable: Sequence[str] = ()
) -> Isolation:
    """Do once, in the zygote, what all processes of a tier share; changes the zygote's root.

    sockets: whether they may use sockets they are given. readable: paths they may read as well.

    Call it after the imports, which need files the new root lacks, and after `namespaces.enter`.
    """
    plan = Isolation(layers, (*readable_paths(), *readable), start_bytes=address_space())
    if "seccomp" in layers:
        plan.filter = seccomp.static_part("no-open" not in layers, sockets, "namespaces" in layers)
    if "namespaces" not in layers:
        plan.other_tasks = count_tasks(os.geteuid())
    else:
        namespaces.new_root(plan.readable)
    if layers and os.geteuid() == 0:
        plan.switch_user = "no-open" in layers or readable_by_others()
    if plan.switch_user:
        plan.other_tasks = 0
    return plan


def become(user: int) -> None:
    """Turn from root into an ordinary user, for good, which also drops all capabilities."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def readable_paths() -> tuple[str, ...]:
    """What Python needs to import: system libraries and the interpreter's own.

    Of an environment only its lib directories, for its root may be somebody's working directory.
    """
    system = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/lib", "/lib64"]
    system += ["/etc/ld.so.cache", "/etc/localtime"]
    prefixes = [sys.base_prefix, sys.base_exec_prefix, sys.prefix, sys.exec_prefix]
    own = [os.path.join(prefix, name) for prefix in prefixes for name in ("lib", "lib64")]
    own += [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return tuple(dict.fromkeys(p for p in (*system, *own) if os.path.lexists(p)))


def readable_by_others() -> bool:
    """Whether an ordinary user can read this interpreter's library, found out by doing it."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    try:
        become(_FIRST_USER)
        for name in ("stdlib", "purelib"):
            os.listdir(sysconfig.get_path(name))
        with open(os.__file__, "rb"):
            os._exit(0)
    finally:
        os._exit(1)


def address_space() -> int | None:
    """Bytes of address space in use; None where the system does not say."""
    if not os.path.exists("/proc/self/statm"):
        return None
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def count_tasks(user: int) -> int:
    """Tasks of `user` on this machine: the kernel bounds their sum, not those of one process."""
    total = 0
    for entry in os.scandir("/proc") if os.path.isdir("/proc/self") else ():
        try:
            if entry.name.isdigit() and entry.stat().st_uid == user:
                total += len(os.listdir(entry.path + "/task"))
        except OSError:
            continue  # It ended meanwhile.
    return total
