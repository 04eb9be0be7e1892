"""Bytes to begin with: what real workers sent, and what is known to be refused."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from autograder.assignment import load_assignment
from autograder.grading.grade import Job, Judge
from autograder.sandbox.frames import MAGIC, PREFIX, Header, Reader
from autograder.sandbox.tiers import probe

SOURCE = Path("source/modular-nets")
TASKS = "affine_backward", "dropout_forward", "FullyConnectedNet.init", "adam"
LONGEST = 4096
MISTAKE = "def affine_forward(x, w, b):\n    return x[0] / 0, None\n"
WORDS = (
    *("value", "values", "changed", "error", "kind", "message", "task", "where", "stops", "ask"),
    *("args", "v", "f", "h", "a", "d", "l", "t", "<f8", "|b1", "<c16", "0x1p3", "Undefined"),
    *("NotImplementedError", "Missing", "Stopped", "Unusable", "layers.f"),
)
REFUSED = (
    b"<html>" * 20,
    PREFIX.pack(MAGIC, 0xFFFFFFFF, 0),
    PREFIX.pack(MAGIC, 2, 1 << 60) + b"{}",
    PREFIX.pack(MAGIC, 405, 0) + b'{"a":' + b"[" * 200 + b"]" * 200,
    PREFIX.pack(MAGIC, 14, 0) + b'{"a":"\\ud800"}',
)


@cache
def real_frames() -> list[bytes]:
    """Frames of at most LONGEST bytes that workers sent while two submissions were judged."""
    with TemporaryDirectory() as folder, _recorded() as found:
        assignment, place = load_assignment(SOURCE), Path(folder)
        (place / "wrong" / "deepnets").mkdir(parents=True)
        (place / "wrong" / "deepnets" / "layers.py").write_text(MISTAKE, "utf-8")
        job = Job(assignment.root.resolve(), probe(), "fuzz", place / "r.db", TASKS, False)
        with Judge(job) as judge:
            for path in (assignment.root, place / "wrong"):
                judge.grade(path)
    return list(dict.fromkeys(frame for frame in found if len(frame) <= LONGEST))


@contextmanager
def _recorded() -> Iterator[list[bytes]]:
    """All frames that come through any Channel meanwhile."""
    found: list[bytes] = []

    class Recording(Reader):
        def frame(self) -> tuple[Header, bytearray]:
            found.append(b"".join(bytes(part) for part in self._parts))
            return super().frame()

    with patch("autograder.sandbox.channel.Reader", Recording):
        yield found


def seeds(target: str) -> list[bytes]:
    """What a fuzzer of `target` begins with."""
    real = real_frames()
    streams = [b"".join(real[n : n + 6]) for n in range(0, len(real), 3)]
    match target:
        case "frames":
            return [b"\x40" + each for each in (*real, *streams, *REFUSED)]
        case "replies":
            return [_reply(frame) for frame in real]
        case "trees":
            return [bytes(range(n, 60 + n)) for n in range(8)]
        case "sockets":
            return [b"x" * (len(each) // 7) + each for each in (*real, *streams, *REFUSED)]
    return [*streams, *(bytes(each) for each in REFUSED), _asking()]


def words() -> str:
    """What a fuzzer puts into texts, in libFuzzer's format."""
    return "".join(f'"\\"{word}\\""\n' for word in WORDS)


def _reply(frame: bytes) -> bytes:
    _, head, _ = PREFIX.unpack(frame[: PREFIX.size])
    text, payload = frame[PREFIX.size :][:head], frame[PREFIX.size + head :]
    return text + b"\0" + payload


def _asking() -> bytes:
    """A worker that calls a stand-in, then answers."""
    arguments = {"l": [{"l": [{"v": 1}, {"d": {}}]}, {"d": {}}]}
    answer = {"value": {"t": [{"v": 1}, {"f": "0x1p3"}]}, "changed": [0]}
    texts = [json.dumps(each).encode() for each in ({"ask": "layers.f", "args": arguments}, answer)]
    loaded = PREFIX.pack(MAGIC, 2, 0) + b"{}"
    asked, said = (PREFIX.pack(MAGIC, len(text), 0) + text for text in texts)
    return loaded + PREFIX.pack(MAGIC, 2, 0) + b"{}" + (loaded + asked + said) * 4
