"""Starts isolated processes quickly: one interpreter imports, then forks for each process."""

from collections.abc import Mapping, Sequence

from autograder.sandbox.host import Host, Recipe
from autograder.sandbox.layers import Tier
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Process

__all__ = ["Process", "Zygote"]


class Zygote:
    """A source of isolated processes that all call the function `entry`.

    entry: "package.module:function", called with a `Connection`. preload: modules to import once.
    data: given to every process as `Connection.data`, or what the function `ready` made of it once,
    which is trusted. path: directories to import from, beside
    the interpreter's own. All imports happen before isolation; later only the interpreter's own
    library can be imported from, and in a tier without open nothing. sockets: whether processes
    may use sockets they are given. readable: files and directories they may read as well.
    environment: variables beside the few that each zygote has.

    To be used from one thread, and in a process that does not fork while it is open. Raises
    ZygoteDied, with the text of the failure, if it cannot start.
    """

    def __init__(
        self,
        tier: Tier,
        entry: str,
        preload: Sequence[str] = (),
        data: bytes = b"",
        path: Sequence[str] = (),
        sockets: bool = False,
        readable: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        ready: str = "",
    ) -> None:
        self.tier, self.data = tier, data
        variables = tuple((environment or {}).items())
        imports = tuple(preload), tuple(path), tuple(readable)
        self._recipe = Recipe(tier, entry, *imports, data, sockets, variables, ready)
        self._host = Host(self._recipe)

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """Id of the zygote's program."""
        return self._host.pid

    def spawn(self, limits: Limits | None = None, files: Sequence[int] = ()) -> Process:
        """A new isolated process; starts a new zygote if the last one died. Raises ZygoteDied.

        files: descriptors, at most 14, that it has as well; see `Connection.files`.
        """
        if self._host.dead:
            self._host.close()
            self._host = Host(self._recipe)
        return Process(self._host, limits or Limits(), files)

    def close(self) -> None:
        """End the zygote and every process it started."""
        self._host.close()
