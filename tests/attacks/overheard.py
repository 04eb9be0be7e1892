"""What the judge writes to whoever runs it: to a terminal, a log."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import IO


@contextmanager
def overheard() -> Iterator[IO[str]]:
    """A file with all that this process, and those that it starts, write to standard streams."""
    kept = {number: os.dup(number) for number in (1, 2)}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", buffering=1) as file:
        try:
            for number in kept:
                os.dup2(file.fileno(), number)
            with redirect_stdout(file), redirect_stderr(file):
                yield file
        finally:
            for number, before in kept.items():
                os.dup2(before, number)
                os.close(before)
