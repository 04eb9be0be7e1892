"""The isolated side's end of the conversation."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

from autograder.sandbox.frames import Header, Reader, pack, receive

SOCKET = 3
"""The only open file besides standard input, output and error."""


class Connection:
    """Receives requests and sends answers, strictly in turn.

    `data` is what the trusted side gave its `Zygote` for every process.
    """

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def receive(self) -> tuple[Header, bytearray]:
        """The next request; ends this process when the other side is gone."""
        reader = Reader()
        if not receive(lambda space: os.readv(SOCKET, [space]), reader):
            end(0)
        return reader.frame()

    def send(self, header: Header, buffers: Sequence[Any] = ()) -> None:
        """Send one frame, after what was printed so far."""
        flush()
        for piece in pack(header, buffers):
            while piece:
                piece = piece[os.write(SOCKET, piece) :]


def flush() -> None:
    """Hand on printed text, unless the code has broken its standard streams."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def end(status: int) -> NoReturn:
    """End this process at once: exit handlers of the zygote must not run in its children."""
    flush()
    os._exit(status)
