"""Fixed-size messages between the trusted side and its zygote."""

import struct
from dataclasses import astuple, dataclass, fields

from autograder.sandbox.limits import Limits

SPAWN, INTERRUPT, KILL = b"S", b"I", b"K"
MAX_FILES = 16
READY, ENDED = b"R", b"E"
_DEFAULT = Limits()


@dataclass(frozen=True)
class Command:
    """SPAWN a process that is to be known as `ident`, INTERRUPT or KILL it."""

    kind: bytes
    ident: int
    limits: Limits = _DEFAULT

    def pack(self) -> bytes:
        return COMMAND.pack(self.kind, self.ident, *astuple(self.limits))

    @classmethod
    def unpack(cls, record: bytes) -> "Command":
        kind, ident, *limits = COMMAND.unpack(record)
        return cls(kind, ident, Limits(*limits))


@dataclass(frozen=True)
class Report:
    """READY once, then ENDED for each process with what wait4 told about it."""

    kind: bytes
    ident: int = 0
    status: int = 0
    cpu_seconds: float = 0.0
    max_rss_bytes: int = 0

    def pack(self) -> bytes:
        return REPORT.pack(*astuple(self))

    @classmethod
    def unpack(cls, record: bytes) -> "Report":
        return cls(*REPORT.unpack(record))


COMMAND = struct.Struct(f"!cQ{len(fields(Limits))}Q")
REPORT = struct.Struct("!cQidQ")
