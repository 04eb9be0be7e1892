"""The isolated side's end of the conversation."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

from autograder.sandbox.frames import Header, Reader, pack, receive

MAX_PIECES = 64
SOCKET = 3
"""The first open file besides standard input, output and error; what was granted follows."""


class Connection:
    """Receives requests and sends answers, strictly in turn. Answers are numbered, so that a frame
    which other code has slipped in is not taken for one.

    `data` is what the trusted side gave its `Zygote` for every process, or what the zygote made of
    it; `files` are the descriptors it gave this one.
    """

    def __init__(self, data: Any = b"", granted: int = 0) -> None:
        self.data = data
        self.files = range(SOCKET + 1, SOCKET + 1 + granted)
        self._sent = 0

    def receive(self) -> tuple[Header, bytearray]:
        """The next request; ends this process when the other side is gone."""
        reader = Reader()
        if not receive(lambda space: os.readv(SOCKET, [space]), reader):
            end(0)
        return reader.frame()

    def send(self, header: Header, buffers: Sequence[Any] = ()) -> None:
        """Send one frame, after what was printed so far."""
        flush()
        pieces = pack({**header, "number": self._sent}, buffers)
        self._sent += 1
        while pieces:
            # One call for many pieces: every write wakes the other side.
            sent = os.writev(SOCKET, pieces[:MAX_PIECES])
            while pieces and sent >= pieces[0].nbytes:
                sent -= pieces.pop(0).nbytes
            if sent:
                pieces[0] = pieces[0][sent:]


def flush() -> None:
    """Hand on printed text, unless the code has broken its standard streams."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()


def end(status: int) -> NoReturn:
    """End this process at once: exit handlers of the zygote must not run in its children."""
    flush()
    os._exit(status)
