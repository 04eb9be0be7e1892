"""Reads the environment, arguments and memory of the judge through /proc."""

from .arms import KNOWN, attempt

CLASSES = (21, 30)

for who in ("self", "1", "thread-self", KNOWN["judge"], KNOWN["zygote"], KNOWN["neighbour"]):
    for what in ("environ", "cmdline", "maps", "status", "root/etc/passwd", "cwd"):
        attempt(f"/proc/{who}/{what}", lambda: open(f"/proc/{who}/{what}", "rb").read(100))
    attempt(f"memory of {who}", lambda: open(f"/proc/{who}/mem", "r+b").seek(4096))
