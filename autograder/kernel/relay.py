"""The way between a kernel and its clients: bytes both ways, and not more than allowed."""

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread

_PIECE = 1 << 16


class Relay:
    """Passes on what clients and a kernel send each other, in a thread of its own.

    Clients connect to `folder`/kernel-N for each N of `ports`; the kernel accepts from `doors`. A
    kernel that has sent `allowance` bytes is cut off: clients keep in memory all that they receive.
    """

    def __init__(self, folder: Path, ports: Iterable[int], allowance: int) -> None:
        self.exceeded = False
        self._folder, self._left = folder, allowance
        self._doors = {port: _listening(folder / f"inside-{port}") for port in ports}
        self._ready, self._thread = Event(), Thread(target=self._run, daemon=True)

    @property
    def doors(self) -> list[int]:
        """Listening sockets, in the order of `ports`."""
        return [door.fileno() for door in self._doors.values()]

    def start(self) -> None:
        """Let clients in: the kernel has its doors, and here they are closed."""
        self._close_doors()
        self._thread.start()
        self._ready.wait()

    def close(self) -> None:
        """End all connections."""
        self._close_doors()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def _close_doors(self) -> None:
        for door in self._doors.values():
            door.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        for port in self._doors:
            path = self._folder / f"kernel-{port}"
            await asyncio.start_unix_server(partial(self._meet, port), path)
        self._ready.set()
        await self._stop.wait()

    async def _meet(self, port: int, asked: StreamReader, answered: StreamWriter) -> None:
        with closing(answered), suppress(OSError, asyncio.CancelledError):
            path = self._folder / f"inside-{port}"
            said, told = await asyncio.open_unix_connection(path)
            with closing(told):
                await asyncio.gather(self._pass(asked, told), self._pass(said, answered, True))

    async def _pass(self, source: StreamReader, to: StreamWriter, count: bool = False) -> None:
        """Until one side leaves, which ends the other direction too."""
        while piece := await source.read(_PIECE):
            if count:
                self._spend(len(piece))
            to.write(piece)
            await to.drain()
        raise ConnectionResetError

    def _spend(self, size: int) -> None:
        self._left -= size
        self.exceeded = self._left < 0
        if self.exceeded:
            raise ConnectionAbortedError


def _listening(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    door = socket.socket(socket.AF_UNIX)
    door.setblocking(False)
    door.bind(str(path))
    door.listen()
    return door
