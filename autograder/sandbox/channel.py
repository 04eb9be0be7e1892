"""The trusted side's end of the conversation: bounded in bytes and in time."""

import os
import select
import socket
import time
from collections.abc import Sequence

from autograder.sandbox.errors import Died, Disturbed, OutputExceeded, ProtocolViolation, TimedOut
from autograder.sandbox.frames import MAX_REPLY_HEADER, Header, Reader

KEPT_OUTPUT = 64 << 10
RECEIVED = 128 << 10
MAX_PIECES = 64
UNASKED = "the process sent more than it was asked for"
STALL = 1.0
"""Seconds by which waiting never takes longer than it may, unless nobody ran meanwhile."""


class Channel:
    """A socket to one isolated process and a pipe with what it prints."""

    def __init__(self, link: socket.socket, pipe: int, output_bytes: int) -> None:
        self._link, self._pipe = link, pipe
        self._printed, self._output_bytes, self._frames = 0, output_bytes, 0
        self._kept = bytearray()
        # Several small frames come with one call.
        self._received = memoryview(bytearray(RECEIVED))
        self._left = self._received[:0]
        link.setblocking(False)
        os.set_blocking(pipe, False)
        self._poll = select.poll()
        self._poll.register(pipe, select.POLLIN)
        self._poll.register(link, select.POLLIN)

    @property
    def output(self) -> bytes:
        """What was printed so far, at most KEPT_OUTPUT bytes of it."""
        return bytes(self._kept)

    def refuse_unasked(self) -> None:
        """Raise ProtocolViolation if an answer lies ready before its question was put."""
        if self._left:
            raise ProtocolViolation(UNASKED)
        try:
            early = self._link.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError:
            raise Died("ended") from None
        if not early:
            raise Died("ended")
        raise ProtocolViolation(UNASKED)

    def exchange(
        self, pieces: Sequence[memoryview], seconds: float, max_reply: int
    ) -> tuple[Header, bytes]:
        """Send `pieces` while listening, until one whole frame is back. Raises WorkerError,
        and Disturbed if this process was stopped for longer than it may wait."""
        deadline = time.monotonic() + seconds
        outgoing = list(pieces)
        reader = Reader(max_reply, MAX_REPLY_HEADER)
        self._hand_on(reader)
        self._want(bool(outgoing))
        while not reader.done:
            left = deadline - time.monotonic()
            if left < -STALL:
                raise Disturbed(f"the machine stopped for {-left:.1f} s")
            if left <= 0:
                raise TimedOut(seconds)
            self._step(dict(self._poll.poll(left * 1000)), outgoing, reader)
        self.drain()
        self._printed = 0
        return self._numbered(reader)

    def _numbered(self, reader: Reader) -> tuple[Header, bytes]:
        header, payload = reader.frame()
        if header.pop("number", None) != self._frames:
            raise ProtocolViolation(UNASKED)
        self._frames += 1
        return header, bytes(payload)

    def drain(self) -> None:
        """Take what lies in the pipe now. Raises OutputExceeded."""
        try:
            while text := os.read(self._pipe, KEPT_OUTPUT):
                self._keep(text)
        except BlockingIOError:
            pass

    def close(self) -> None:
        self._link.close()
        os.close(self._pipe)

    def _want(self, to_send: bool) -> None:
        self._poll.modify(self._link, select.POLLIN | (select.POLLOUT if to_send else 0))

    def _step(self, events: dict[int, int], outgoing: list[memoryview], reader: Reader) -> None:
        if self._pipe in events:
            self._read_output()
        link = events.get(self._link.fileno(), 0)
        if link & select.POLLOUT and outgoing:
            self._send(outgoing)
        if link & ~select.POLLOUT:
            self._receive(reader, unread=bool(outgoing))

    def _read_output(self) -> None:
        text = os.read(self._pipe, KEPT_OUTPUT)
        if text:
            self._keep(text)
        else:
            self._poll.unregister(self._pipe)

    def _keep(self, text: bytes) -> None:
        self._printed += len(text)
        self._kept += text[: KEPT_OUTPUT - len(self._kept)]
        if self._printed > self._output_bytes:
            limit = f"{self._output_bytes / 2**20:g} MiB"
            raise OutputExceeded(f"printed more than {limit} before it answered")

    def _send(self, outgoing: list[memoryview]) -> None:
        try:
            count = self._link.sendmsg(outgoing[:MAX_PIECES])
        except BlockingIOError:
            return
        except OSError:
            raise Died("ended") from None
        while outgoing and count >= outgoing[0].nbytes:
            count -= outgoing.pop(0).nbytes
        if outgoing:
            outgoing[0] = outgoing[0][count:]
        self._want(bool(outgoing))

    def _receive(self, reader: Reader, unread: bool) -> None:
        try:
            count = self._link.recv_into(self._received)
        except BlockingIOError:
            return
        except OSError:
            count = 0
        if not count:
            raise Died("ended")
        if unread:
            raise ProtocolViolation("the process answered before it had read the question")
        self._left = self._received[:count]
        self._hand_on(reader)

    def _hand_on(self, reader: Reader) -> None:
        while self._left and not reader.done:
            space = reader.space()
            count = min(len(space), len(self._left))
            space[:count] = self._left[:count]
            self._left = self._left[count:]
            reader.advance(count)
