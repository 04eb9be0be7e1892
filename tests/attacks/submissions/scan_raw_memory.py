"""Reads its own memory page by page, freed objects too, for what its zygote was told."""

import ctypes
import gc
import os
import re

CLASSES = (11, 23)
SAYS = ("found canary-0000000000000000",)
PAGE, ARENA = 1 << 12, 1 << 20

libc = ctypes.CDLL(None)
libc.sbrk.restype = ctypes.c_void_p
ours, theirs = os.pipe()
buffer = ctypes.create_string_buffer(PAGE)


def page(address):
    """None where there is no memory: to write from there is an error, and no fault."""
    if libc.write(theirs, ctypes.c_void_p(address), PAGE) == PAGE:
        return os.read(ours, PAGE)
    return None


def upwards(address):
    while found := page(address):
        yield found
        address += PAGE


def downwards(address):
    while found := page(address := address - PAGE):
        yield found


def searched(pages):
    for found in pages:
        for canary in re.findall(rb"canary-[0-9a-f]{16}", found):
            print("found", canary.decode(), flush=True)


planted = "".join(["can", "ary-", "0" * 16])
gc.unfreeze()
starts = {id(thing) // ARENA * ARENA for thing in gc.get_objects()}
for start in sorted({*starts, id(planted) // ARENA * ARENA}):
    searched(filter(None, (page(start + offset) for offset in range(0, ARENA, PAGE))))
searched(downwards(libc.sbrk(0)))
searched(upwards(ctypes.addressof(buffer) // PAGE * PAGE))
