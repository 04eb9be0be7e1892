"""Makes and opens devices: disks, memory, the kernel's log, terminals."""

import os
import stat

from .arms import attempt

CLASSES = (29, 22)

for name, number in {"mem": (1, 1), "kmsg": (1, 11), "disk": (254, 0), "zero": (1, 5)}.items():
    attempt(f"make {name}", lambda: os.mknod(name, stat.S_IFBLK | 0o666, os.makedev(*number)))
    attempt(f"make {name}", lambda: os.mknod(name, stat.S_IFCHR | 0o666, os.makedev(*number)))
DEVICES = ("mem", "kmsg", "port", "vda", "sda", "loop-control", "fuse", "kvm", "net/tun", "ptmx")
for name in (*DEVICES, "tty", "console", "full", "random", "hwrng", "input/event0", "vsock"):
    attempt(f"open {name}", lambda: os.open(f"/dev/{name}", os.O_RDWR))
attempt("terminal", os.openpty)
attempt("change null", lambda: os.chmod("/dev/null", 0))
attempt("remove null", lambda: os.unlink("/dev/null"))
