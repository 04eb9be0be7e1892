"""Fills its directory with bytes, holes and files, and then works as it should."""

import os

CLASSES = (22,)
ON = "right"
EARNS = "all"


def fill(name, act):
    try:
        while True:
            act()
    except (OSError, MemoryError) as error:
        print(name, error)


def grow():
    with open("large", "ab") as file:
        file.write(bytes(1 << 22))


def hole():
    with open("hole", "wb") as file:
        file.truncate(1 << 40)


fill("bytes", grow)
fill("hole", hole)
fill("files", lambda: os.close(os.open(str(os.urandom(8).hex()), os.O_CREAT | os.O_WRONLY)))
fill("folders", lambda: os.mkdir(os.urandom(8).hex()))
fill("descriptors", lambda: os.open("/dev/null", os.O_RDONLY) and None)
fill("pipes", os.pipe)
