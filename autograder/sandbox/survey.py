"""What stops what on this machine, and what would make its isolation stronger."""

import os
import platform
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from autograder.sandbox.errors import SandboxError
from autograder.sandbox.isolation import readable_by_others
from autograder.sandbox.layers import CANDIDATES, Layer, Tier
from autograder.sandbox.tiers import available, failure, tried

LAYERS: tuple[Layer, ...] = ("namespaces", "landlock", "seccomp")
Column = dict[str, str]
USER_NAMESPACES = {
    "/proc/sys/kernel/unprivileged_userns_clone": ("0", "1"),
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),
    "/proc/sys/user/max_user_namespaces": ("0", "10000"),
}
"""Switches of several systems: what forbids user namespaces, and what allows them."""
ROOT_ONLY = "With a Python that others can read, students' code is not run as root."
IN_PLACE = "Install with pip install -e: students' code can read what lies in site-packages."
CONTAINERS = ("/.dockerenv", "/run/.containerenv")
CONTAINED = """\
A container forbids namespaces, and T2 is made for that. T1 needs a machine of its own, or the
options --security-opt seccomp=unconfined --cap-add SYS_ADMIN, which weaken the container."""

BUILT = "CONFIG_SECURITY_LANDLOCK=y"
LANDLOCK = {
    "not supported": "add landlock to the kernel's boot parameter lsm=.",
    "not permitted": "update Docker or Podman, whose profiles for seccomp forbade it once.",
}
"""What to do, by words of the error."""
SECCOMP = "For every tier: install a kernel with CONFIG_SECCOMP_FILTER=y"


def survey() -> dict[str, Column]:
    """What stopped each attempt under limits alone, under each layer alone, and in the strongest
    tier; empty for what succeeded. What does not work here has no column."""
    tiers = [Tier("limits", frozenset()), *map(_alone, LAYERS), *available()[:1]]
    return {tier.name.split()[0]: tried(tier) for tier in tiers if not _refusal(tier)}


def advice() -> Iterator[str]:
    """What to install or to change for a stronger tier."""
    if platform.system() != "Linux":
        yield "Grade on Linux: in a virtual machine, or in Docker, whose default settings suffice."
        return
    if why := _refusal(_alone("namespaces")):
        yield from _for_namespaces(why)
    if why := _refusal(_alone("landlock")):
        yield _for_landlock(why)
    if why := _refusal(_alone("seccomp")):
        yield f"{SECCOMP} ({why})."
    if any("the grader itself" in failure(tier) for tier in CANDIDATES):
        yield IN_PLACE
    if os.geteuid() == 0 and not readable_by_others():
        yield f"Only root can read {sys.base_prefix}. {ROOT_ONLY}"


def _alone(layer: Layer) -> Tier:
    return Tier(layer, frozenset({layer}))


@cache
def _refusal(tier: Tier) -> str:
    """Why nothing can run in it; empty where something can, however little that stops."""
    try:
        tried(tier)
    except (SandboxError, OSError) as error:
        return str(error).strip().rpartition("\n")[2] or type(error).__name__
    return ""


def _for_namespaces(why: str) -> Iterator[str]:
    told = [f"For T1: sysctl -w {name}" for name in _forbidden()]
    if not os.path.exists("/proc/self/ns/user"):
        told.append("For T1: install a kernel with CONFIG_USER_NS=y.")
    if any(map(os.path.exists, CONTAINERS)):
        told.append(CONTAINED)
    yield from told or [f"For T1: allow who grades to run `unshare -Urmpn true` ({why})."]


def _forbidden() -> Iterator[str]:
    """The switches that forbid namespaces, each with the value that allows them."""
    for path, (forbidding, allowing) in USER_NAMESPACES.items():
        if os.path.exists(path) and Path(path).read_text().strip() == forbidding:
            yield f"{path.removeprefix('/proc/sys/').replace('/', '.')}={allowing}"


def _for_landlock(why: str) -> str:
    for words, todo in LANDLOCK.items():
        if words in why:
            return f"For T1 and T2: {todo}"
    return f"For T1 and T2: install Linux 6.2 or later, with {BUILT}; this is {platform.release()}."
