"""What an attacker knows: handed in with every attack. Nothing here defends anything.

KNOWN holds more than a real attacker could find out: paths, ports, process ids.
"""

import ctypes
import errno
import gc
import json
import os
import platform
import struct
import sys

KNOWN: dict = {}
# Number of a system call by machine.
CALLS = {
    "x86_64": {
        "add_key": 248, "bpf": 321, "chroot": 161, "clone": 56, "clone3": 435, "fork": 57,
        "inotify_init1": 294, "io_uring_setup": 425, "kcmp": 312, "keyctl": 250,
        "memfd_create": 319, "memfd_secret": 447, "mknodat": 259, "mount": 165, "mq_open": 240,
        "msgget": 68, "name_to_handle_at": 303, "open_by_handle_at": 304, "open_tree": 428,
        "perf_event_open": 298, "personality": 135, "pidfd_getfd": 438, "pidfd_open": 434,
        "pidfd_send_signal": 424, "pivot_root": 155, "prctl": 157, "process_madvise": 440,
        "process_vm_readv": 310, "process_vm_writev": 311, "ptrace": 101, "request_key": 249,
        "rt_sigqueueinfo": 129, "seccomp": 317, "semget": 64, "sendmsg": 46, "setns": 308,
        "setpriority": 141, "sched_setaffinity": 203, "setuid": 105, "shmget": 29, "socket": 41,
        "swapon": 167, "tgkill": 234, "tkill": 200, "umount2": 166, "unshare": 272,
        "userfaultfd": 323, "vfork": 58, "vmsplice": 278, "fanotify_init": 300, "init_module": 175,
        "reboot": 169, "sethostname": 170, "settimeofday": 164, "modify_ldt": 154, "ioperm": 173,
        "landlock_create_ruleset": 444, "mount_setattr": 442, "fsopen": 430, "splice": 275,
    },
    "aarch64": {
        "add_key": 217, "bpf": 280, "chroot": 51, "clone": 220, "clone3": 435, "fork": -1,
        "inotify_init1": 26, "io_uring_setup": 425, "kcmp": 272, "keyctl": 219,
        "memfd_create": 279, "memfd_secret": 447, "mknodat": 33, "mount": 40, "mq_open": 180,
        "msgget": 186, "name_to_handle_at": 264, "open_by_handle_at": 265, "open_tree": 428,
        "perf_event_open": 241, "personality": 92, "pidfd_getfd": 438, "pidfd_open": 434,
        "pidfd_send_signal": 424, "pivot_root": 41, "prctl": 167, "process_madvise": 440,
        "process_vm_readv": 270, "process_vm_writev": 271, "ptrace": 117, "request_key": 218,
        "rt_sigqueueinfo": 138, "seccomp": 277, "semget": 190, "sendmsg": 211, "setns": 268,
        "setpriority": 140, "sched_setaffinity": 122, "setuid": 146, "shmget": 194, "socket": 198,
        "swapon": 224, "tgkill": 131, "tkill": 130, "umount2": 39, "unshare": 97,
        "userfaultfd": 282, "vfork": -1, "vmsplice": 75, "fanotify_init": 262, "init_module": 105,
        "reboot": 142, "sethostname": 161, "settimeofday": 170, "modify_ldt": -1, "ioperm": -1,
        "landlock_create_ruleset": 444, "mount_setattr": 442, "fsopen": 430, "splice": 76,
    },
}[platform.machine()]  # fmt: skip
HINDERED = (errno.EPERM, errno.EACCES, errno.ENOSYS)
_libc = ctypes.CDLL(None, use_errno=True)
_printed = os.dup(1)
_reached = set()


def reached(place):
    """Tell the observer once that this place of the attack ran, whatever became of its output."""
    if place not in _reached:
        _reached.add(place)
        os.write(_printed, f"\nreached {place}\n".encode())


def attempt(name, act):
    """Go on whatever happens; boast if nothing hindered it. A slip of its own hinders too, and is
    no merit of the sandbox: the observer is told."""
    try:
        found = act()
    except (NameError, AttributeError, TypeError) as error:
        print(f"blunt: {name}: {error!r:.200}")
        return None
    except BaseException as error:
        print(f"{name}: {type(error).__name__}: {str(error)[:200]}")
        return None
    boast(name, found)
    return found


def boast(name, found=None):
    """What the observer takes for harm."""
    print(f"{KNOWN['boast']}: {name}: {repr(found)[:500]}")


def look(name, act):
    """As `attempt`, where being able to is no harm, and what it finds may be."""
    try:
        print(f"{name}: {act()!r}"[:50_000])
    except BaseException as error:
        print(f"{name}: {type(error).__name__}")


def syscall(name, *arguments):
    """The kernel by the name of a call; OSError if something forbids that call.

    Other errors mean that the kernel let it through and disliked its arguments: -errno.
    """
    given = [arg if isinstance(arg, ctypes.Array) else ctypes.c_long(arg) for arg in arguments]
    result = _libc.syscall(ctypes.c_long(CALLS[name]), *given)
    if result >= 0:
        return result
    if ctypes.get_errno() in HINDERED:
        raise OSError(ctypes.get_errno(), name)
    return -ctypes.get_errno()


def wire():
    """The worker's end of the conversation, which knows how many frames it has sent."""
    kind = sys.modules["autograder.sandbox.connection"].Connection
    return next(each for each in gc.get_objects() if type(each) is kind)


def forge(header, payload=b""):
    """Send a frame that bears the number which the judge waits for, and count it as sent."""
    link = wire()
    text = json.dumps({**header, "number": link._sent}).encode()
    link._sent += 1
    os.write(3, struct.pack("!4sIQ", b"SBX1", len(text), len(payload)) + text + payload)
