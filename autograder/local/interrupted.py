"""Interrupting a check: what a student sees who does it, and code that only pretends to."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any, NoReturn


class UserInterrupt(KeyboardInterrupt):
    """Somebody interrupted; a student's code that raises KeyboardInterrupt does not raise this."""


class CheckInterrupted(KeyboardInterrupt):
    """A check was interrupted; the message says what ran, and at which line of the student's."""

    def __init__(self, what: str, where: str) -> None:
        place = f", at {where}" if where else ""
        super().__init__(f"Interrupted while {what}{place}")

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this: the checker's own frames are of no use to a student."""
        return [str(self)]


@contextmanager
def user_interrupts() -> Iterator[None]:
    """Within, an interrupt raises UserInterrupt; if interrupts are ignored, they stay so."""
    before = signal.getsignal(signal.SIGINT)
    # Python delivers signals to the main thread alone, and lets no other one set handlers.
    if not callable(before) or current_thread() is not main_thread():
        yield
        return
    signal.signal(signal.SIGINT, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _interrupt(*_: Any) -> NoReturn:
    raise UserInterrupt
