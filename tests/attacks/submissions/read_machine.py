"""Reads what any program may read: accounts, keys, logs, the machine's name."""

import glob

from .arms import KNOWN, attempt

CLASSES = (1,)

PATHS = ["/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/hosts", "/etc/machine-id"]
PATHS += ["/root/.bashrc", "/home", "/root", "/var/log", "/boot", "/sys/kernel", "/dev/mem"]
for path in [*PATHS, KNOWN["repository"] + "/README.md"]:
    attempt(f"read {path}", lambda: open(path, "rb").read(10))
for pattern in ("/root/*", "/home/*/*", "/var/log/*", "/etc/*.conf"):
    attempt(f"find {pattern}", lambda: glob.glob(pattern)[0])
