"""Leaves a file wherever a program could find room for one."""

import os
import site
import sys

from .arms import KNOWN, attempt

CLASSES = (2, 3)

PLACES = ["/tmp", "/var/tmp", "/dev/shm", "/dev", "/", "/run", "/etc", "/usr/lib", sys.prefix]
PLACES += [*site.getsitepackages(), KNOWN["folder"], KNOWN["course"], KNOWN["repository"]]
for place in PLACES:
    attempt(f"write in {place}", lambda: open(f"{place}/{KNOWN['name']}", "w").write("x"))
    attempt(f"folder in {place}", lambda: os.mkdir(f"{place}/{KNOWN['name']}d"))
    attempt(f"link in {place}", lambda: os.symlink("/etc", f"{place}/{KNOWN['name']}l"))
    attempt(f"pipe in {place}", lambda: os.mkfifo(f"{place}/{KNOWN['name']}p"))
