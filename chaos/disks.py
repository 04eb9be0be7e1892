"""Disks that nobody else sees, where this process may mount them."""

import os
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox import namespaces
from autograder.sandbox.namespaces import NEW_MOUNTS, PRIVATE, RECURSIVE, REMOUNT, mount

SHARED = Path("/dev/shm")
FOR_ALL = Path("/tmp"), Path("/var/tmp")
"""Folders that any program may leave something in, so that no comparison of names would do."""


def mounted(disk: Path) -> bool:
    """Mount an empty one, if this is allowed."""
    try:
        mount("tmpfs", str(disk), "tmpfs", 0)
    except OSError:
        return False
    return True


def resize(disk: Path, size: int) -> None:
    """At once, which filling it is not. Raises OSError if more is in use."""
    mount("tmpfs", str(disk), "tmpfs", REMOUNT, f"size={size}")


class Elsewhere:
    """What this process, and those that it starts, change in FOR_ALL."""

    def __init__(self) -> None:
        self._layers: Path | None = None
        self._known = set[Path]()

    def watch(self) -> bool:
        """From now on such changes go into layers of their own, and shared memory is empty; False
        if this is not allowed."""
        try:
            namespaces.unshare(NEW_MOUNTS)
            mount(None, "/", None, RECURSIVE | PRIVATE)
            self._lay()
        except OSError:
            return False
        return mounted(SHARED)

    def changed(self) -> list[Path]:
        """Files and empty folders that were made, changed or removed since this was asked last;
        what Python compiled is none."""
        now = {path for place in FOR_ALL for path in self._leaves(place)}
        new, self._known = now - self._known, now
        return sorted(new)

    def _lay(self) -> None:
        """The layers are hidden after this, and lie behind a descriptor."""
        mount("tmpfs", str(SHARED), "tmpfs", 0)
        self._layers = Path(f"/proc/{os.getpid()}/fd/{os.open(SHARED, os.O_PATH)}")
        for place in FOR_ALL:
            upper, work = (SHARED / f"{kind}{place}" for kind in ("upper", "work"))
            for folder in (upper, work):
                folder.mkdir(parents=True)
            upper.chmod(0o1777)
            layers = f"lowerdir={place},upperdir={upper},workdir={work}"
            mount("overlay", str(place), "overlay", 0, layers)

    def _leaves(self, place: Path) -> Iterator[Path]:
        upper = Path(f"{self._layers}/upper{place}")
        for path in upper.rglob("*") if self._layers else ():
            if not (path.is_dir() and any(path.iterdir())) and path.suffix != ".pyc":
                yield place / path.relative_to(upper)
