"""One isolated process, as the trusted side sees it."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from autograder.sandbox.errors import Died, Disturbed, OutputExceeded, WorkerError, ZygoteDied
from autograder.sandbox.frames import Header, pack
from autograder.sandbox.host import Host
from autograder.sandbox.limits import Limits

SILENT = "closed its connection"
_ISOLATE_SECONDS, _REASON_SECONDS, _END_SECONDS = 10.0, 0.5, 5.0


@dataclass(frozen=True)
class Usage:
    """How a process ended, and what it used as the kernel counted it."""

    status: str
    cpu_seconds: float
    max_rss_bytes: int


class Process:
    """Answers requests until closed or until its first offence, which kills it."""

    def __init__(self, host: Host, limits: Limits, files: Sequence[int] = ()) -> None:
        self.usage: Usage | None = None
        self._closed = False
        self._host = host
        self._ident, self._channel = host.spawn(limits, files)
        try:
            self._channel.exchange([], _ISOLATE_SECONDS, 0)
        except (WorkerError, Disturbed) as error:
            self.close()
            raise ZygoteDied(f"a process could not be isolated: {error}\n{self.output}") from None

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def output(self) -> str:
        """What the process printed so far, at most 64 KiB; untrusted text."""
        return self._channel.output.decode("utf-8", "replace")

    def request(
        self,
        header: Header,
        buffers: Sequence[Any] = (),
        seconds: float = 5.0,
        max_reply: int = 64 << 20,
    ) -> tuple[Header, bytes]:
        """Send one frame and wait at most `seconds` for one of at most `max_reply` bytes.

        Raises Died, TimedOut, OutputExceeded or ProtocolViolation, after which the process is
        dead, and ZygoteDied or Disturbed if the sandbox itself failed.
        """
        self._open()
        with self._judged():
            self._channel.refuse_unasked()
            return self._channel.exchange(pack(header, buffers), seconds, max_reply)

    def receive(self, seconds: float = 5.0, max_reply: int = 64 << 20) -> tuple[Header, bytes]:
        """Wait for another frame of the answer to the last request; raises what `request` does."""
        self._open()
        with self._judged():
            return self._channel.exchange([], seconds, max_reply)

    def _open(self) -> None:
        if self._closed:
            raise Died(f"has been closed ({self.usage.status if self.usage else 'no report'})")

    @contextmanager
    def _judged(self) -> Iterator[None]:
        """Ends the process at its first offence, and tells how it came to its end."""
        try:
            yield
        except Died:
            raise Died(self._fate()) from None
        except WorkerError:
            self.close()
            raise

    def poll(self) -> Usage | None:
        """How the process ended; None while it runs, and has not printed more than it may."""
        if not self._closed:
            with suppress(OutputExceeded, ZygoteDied):
                self._channel.drain()
                self._note(0)
                if self.usage is None:
                    return None
            self.close()
        return self.usage or Usage("no report", 0.0, 0)

    def interrupt(self) -> None:
        """Send it SIGINT, which it may ignore."""
        self._host.interrupt(self._ident)

    def close(self) -> None:
        """Kill the process, wait until it is gone, and note its `usage`."""
        if self._closed:
            return
        self._closed = True
        with suppress(ZygoteDied):
            self._host.kill(self._ident)
            self._note(_END_SECONDS)
        with suppress(OutputExceeded):
            self._channel.drain()
        self._channel.close()

    def _fate(self) -> str:
        """How a process that fell silent came to its end. Raises ZygoteDied if that is why."""
        try:
            self._note(_REASON_SECONDS)
            return self.usage.status if self.usage else SILENT
        finally:
            self.close()

    def _note(self, seconds: float) -> None:
        if self.usage:
            return
        report = self._host.report(self._ident, seconds)
        if report:
            status = describe(report.status)
            self.usage = Usage(status, report.cpu_seconds, report.max_rss_bytes)


def describe(status: int) -> str:
    """An exit status as `os.waitstatus_to_exitcode` gives it, in words."""
    if status >= 0:
        return f"exited with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = "unnamed"
    return f"killed by signal {-status} ({name})"
