"""Doors at which nobody from the sandbox may knock."""

import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path


class Listeners:
    """One of each kind of socket that another process can reach."""

    def __init__(self, folder: Path) -> None:
        self._open = ExitStack()
        self.path, self.abstract = str(folder / "door"), f"door{secrets.token_hex(8)}"
        places = {
            "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            "path": (socket.AF_UNIX, socket.SOCK_STREAM, self.path),
            "abstract": (socket.AF_UNIX, socket.SOCK_DGRAM, f"\0{self.abstract}"),
        }
        self._sockets = {name: self._listen(*place) for name, place in places.items()}
        Path(self.path).chmod(0o666)

    def _listen(self, family: int, kind: int, address: object) -> socket.socket:
        door = self._open.enter_context(socket.socket(family, kind))
        door.bind(address)
        if kind == socket.SOCK_STREAM:
            door.listen()
        door.setblocking(False)
        return door

    def port(self, name: str) -> int:
        return int(self._sockets[name].getsockname()[1])

    def reached(self) -> Iterator[str]:
        """At which of them something came."""
        return (f"reached: {name}" for name, door in self._sockets.items() if _visited(door))

    def close(self) -> None:
        self._open.close()


def _visited(door: socket.socket) -> bool:
    """Was it? Nothing is left for the next who looks."""
    visited = False
    with suppress(BlockingIOError):
        while True:
            if door.type == socket.SOCK_STREAM:
                door.accept()[0].close()
            else:
                door.recv(1000)
            visited = True
    return visited
