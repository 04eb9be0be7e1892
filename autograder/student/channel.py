"""What passes between the judge and a student's code, and what can go wrong on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Tree = Any
"""None, bool, int, float, str, ndarray, Handle, or a list, tuple or str-keyed dict of trees."""


@dataclass(frozen=True)
class Handle:
    """An object that stays where the student's code runs: a cache, a net."""

    id: int
    kind: str = ""


@dataclass(frozen=True)
class Call:
    """One request: call a function or a method, get an attribute, update a dict attribute, hold
    an argument there for later calls, read what is held.

    `keep` lists positions of a returned tuple that stay behind as handles.
    """

    operation: str
    target: str
    on: Handle | None = None
    args: tuple[Tree, ...] = ()
    kwargs: Mapping[str, Tree] = field(default_factory=dict)
    keep: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came back, and the positions of the array arguments that the call changed in place."""

    value: Tree
    changed: tuple[int, ...] = ()


@dataclass
class Told:
    """What is answered before anything is asked: equal digests promise equal answers, until
    something is `asked` after all."""

    digest: bytes
    asked: bool = False


class Channel(Protocol):
    """A way to a student's code: sandboxed, or in this process."""

    def begin(self, seed: int) -> Told | None:
        """Start a trial: forget all handles and seed the global generators of that process."""

    def invoke(self, call: Call) -> Answer:
        """Carry out one call; raises StudentError."""


class Unreachable(Exception):
    """The code cannot be run at all, for a reason that is the grader's own."""


class StudentError(Exception):
    """The student's code gave no answer; `str()` is fit for the student to read."""


class NotAttempted(StudentError):
    """A solution block is still the released one."""

    def __init__(self, task: str, text: str = "") -> None:
        super().__init__(text or f"{task} is not implemented yet")
        self.task = task


class Undefined(NotAttempted):
    """The file does not define what the task asks for; nothing that imports it is lost."""


class Missing(StudentError):
    """A function, class or attribute does not exist."""


class Stopped(Missing):
    """It does not exist because its file stopped before it."""


class Raised(StudentError):
    """The student's code raised an exception."""

    def __init__(self, kind: str, message: str, where: str = "") -> None:
        super().__init__(f"{kind}: {message}" + (f"\n{where}" if where else ""))
        self.kind = kind


class Unusable(StudentError):
    """The answer cannot be judged: too large, malformed, of a type that cannot be sent."""


class Crashed(StudentError):
    """The process that ran the student's code ended."""


class TimedOut(StudentError):
    """No answer within the limit."""


def error_from(info: Mapping[str, Any]) -> StudentError:
    """The exception that an error report of a Session stands for."""
    kind, message = str(info.get("kind", ""))[:100], str(info.get("message", ""))[:2000]
    task = str(info.get("task") or "")[:100]
    if kind == "NotImplementedError" and task:
        return NotAttempted(task)
    if kind == "Undefined" and task:
        return Undefined(task, message.partition(": ")[2])
    if kind in ("Missing", "Stopped"):
        return Missing(message) if kind == "Missing" else Stopped(message)
    if kind == "Unusable":
        return Unusable(message)
    return Raised(kind, message, str(info.get("where", ""))[:2000])
