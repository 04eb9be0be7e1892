"""One zygote for all kernels of a program: they start fast, for their libraries are loaded."""

import atexit
from functools import cache
from threading import RLock

import matplotlib

from autograder.sandbox.errors import NotIsolated
from autograder.sandbox.tiers import Tier, probe
from autograder.sandbox.zygote import Zygote

PRELOAD = (
    "ipykernel.kernelapp",
    "IPython.core.pylabtools",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "numpy.random",
)
READABLE = ("/proc/cpuinfo", "/sys/devices/system/cpu")
"""What PyTorch asks about the processor; without an answer it complains on standard error."""
_ADVICE = """\
A kernel needs a file system of its own, which this machine does not allow. Run it outside of
containers, or in a container that may make namespaces."""
LOCK = RLock()
"""Held while a zygote or its processes are talked to: kernels may be run from several threads."""


@cache
def zygote(tier: Tier, readable: tuple[str, ...] = ()) -> Zygote:
    """The zygote for kernels that may read `readable` as well; it ends with this program.

    Raises ZygoteDied.
    """
    environment = {
        # Each thread would else set aside 64 MiB of the address space that is limited.
        "MALLOC_ARENA_MAX": "2",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # Where the list of fonts lies, which takes seconds to make.
        "MPLCONFIGDIR": matplotlib.get_cachedir(),
    }
    entry = "autograder.kernel.inside:main"
    paths = (*READABLE, *readable)
    started = Zygote(tier, entry, PRELOAD, sockets=True, readable=paths, environment=environment)
    atexit.register(started.close)
    return started


def tier_for_kernels() -> Tier:
    """The strongest tier that works here; raises NotIsolated where it gives no private folder."""
    tier = probe()
    if "namespaces" not in tier.layers:
        raise NotIsolated(f"{_ADVICE} (What works is {tier.name}.)")
    return tier
