"""A student's code behind the sandbox: the judge's end of the wire."""

import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from autograder.sandbox.errors import (
    Died,
    Disturbed,
    OutputExceeded,
    ProtocolViolation,
    TooLarge,
    WorkerError,
    ZygoteDied,
)
from autograder.sandbox.errors import TimedOut as ProcessTimedOut
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import SILENT, Process, describe
from autograder.sandbox.zygote import Zygote
from autograder.student.ahead import Ahead, Answered, Given
from autograder.student.channel import (
    Answer,
    Call,
    Crashed,
    StudentError,
    TimedOut,
    Told,
    Unreachable,
    Unusable,
    error_from,
)
from autograder.student.script import Paper, worker_seed
from autograder.student.session import named
from autograder.student.wire import WireError, decode, dicts_among, encode, positions

StandIns = Callable[[str, Any, Any], Any]
MAX_STAND_IN_CALLS = 10_000
# The parameters of the largest net that is asked for, in float64, are a third of it.
MAX_ANSWER = 4 << 20
MAX_STOP = 500
AHEAD_SECONDS = 1.0
START_SECONDS = 30.0
UNEXPLAINED = describe(-signal.SIGKILL), SILENT
"""Ends that others make as well: the kernel when memory is short, or whoever shuts down."""


class Clock:
    """The wall-clock time that a submission's own code may take: the judge's work costs nobody.

    Every module has a time of its own: a slow file costs no other one.
    """

    def __init__(self, call_seconds: float, file_seconds: float) -> None:
        self._call, self._total = call_seconds, file_seconds
        self._used: defaultdict[str, float] = defaultdict(float)

    def limit(self, module: str) -> float:
        """That of the next call; raises TimedOut when all time is used up."""
        if self._used[module] >= self._total:
            raise self.exceeded(module)
        return min(self._call, self._total - self._used[module])

    @contextmanager
    def running(self, module: str) -> Iterator[float]:
        """Gives the limit of what runs now, and counts its time; raises TimedOut."""
        limit, start = self.limit(module), time.monotonic()
        try:
            yield limit
        finally:
            self._used[module] += time.monotonic() - start

    def exceeded(self, module: str) -> TimedOut:
        """Which limit was reached; how much of it was left for the last call is chance."""
        if self._used[module] >= self._total:
            return TimedOut(f"the {named(module)} used all of its {self._total:g} seconds")
        return TimedOut(f"no answer within {self._call:g} s")


class SandboxedChannel:
    """Runs `files` in a worker of `zygote`, and starts a new one when a worker has died.

    `stand_ins` are the names that call back; `answer(name, args, kwargs)` serves them here, and
    what it changes in a dict is changed there too; `asked` holds those that did. The scripts of
    `paper` are all sent at once, to be answered while the judge looks at the answers. A worker that
    is killed may have been so by chance: its code is Unreachable, but not in the `last` attempt.
    """

    def __init__(
        self,
        zygote: Zygote,
        package: str,
        files: Mapping[str, str],
        clock: Clock,
        limits: Limits,
        stand_ins: tuple[str, ...] = (),
        answer: StandIns | None = None,
        skip: frozenset[str] = frozenset(),
        paper: Paper | None = None,
        last: bool = True,
    ) -> None:
        self._zygote, self._package, self._files = zygote, package, files
        self._clock, self._limits, self._last = clock, limits, last
        self._stand_ins, self._answer, self._skip = stand_ins, answer, skip
        self._process: Process | None = None
        self._loaded: set[str] = set()
        self._unsent, scripts = paper, paper.scripts if paper else ()
        self._owners = iter([_owner(step.call for step in script.steps) for script in scripts])
        self._ahead = Ahead(Paper(scripts), self._next_reply, self.close)
        self._answered: Answered | None = None
        self._told: Told | None = None
        self._given: list[Given] = []
        self._used: list[Call] = []
        self._module = ""
        self._seed: int | None = None
        self.fatal: dict[str, StudentError] = {}
        self.asked: set[str] = set()

    def begin(self, seed: int) -> Told | None:
        """Start a trial; a worker that died is replaced by the next call."""
        self._seed, self._used, self._module, self._given = seed, [], "", []
        self._answered = self._ahead.take(seed)
        self._told = Told(self._answered.digest) if self._answered else None
        return self._told

    def close(self) -> None:
        """End the worker."""
        if self._process is not None:
            self._process.close()
        self._process = None

    def invoke(self, call: Call) -> Answer:
        """Carry out `call`; raises StudentError, and Unreachable if the sandbox fails."""
        self._module = self._module or _owner([call])
        if self._answered:
            self._given, self._answered = self._ahead.read(self._answered), None
        if self._given and self._given[0].step.fits(call):
            self._used.append(call)
            return self._given.pop(0).result()
        self._given = []
        if self._told:
            self._told.asked = True
        self._ahead.finish()
        self._catch_up()
        return self._ask(call)

    def stops(self) -> dict[str, list[str]]:
        """Why statements of the imported files failed, by path, if the worker can still tell.

        Raises Unreachable."""
        self._module = ""
        with suppress(StudentError):
            self._ahead.finish()
            if self._process is not None:
                reply, _ = self._dialogue({"op": "stops"}, [])
                return _texts(reply.get("stops"))
        return {}

    def prepare(self) -> None:
        """Send the paper, if there is one; the worker starts with it. Raises StudentError."""
        paper, self._unsent = self._unsent, None
        if paper is not None:
            known = self._zygote.data == paper.data
            header, payload = ({"op": "paper"}, b"") if known else paper.frame
            self._dialogue(header, [payload])

    def _next_reply(self) -> tuple[dict[str, Any], bytes]:
        self.prepare()
        module = next(self._owners)
        with self._translated(module), self._clock.running(module) as seconds:
            if self._process is None:
                raise Died("ended")
            return self._process.receive(min(seconds, AHEAD_SECONDS), MAX_ANSWER)

    def _catch_up(self) -> None:
        """Repeat the calls of this trial that were answered ahead: their handles are gone."""
        used, self._used = self._used, []
        for call in used:
            with suppress(StudentError):
                self._ask(call)

    def _ask(self, call: Call) -> Answer:
        if call.on is None and call.operation != "hold":
            self._load(call.target.rsplit(".", 1)[0])
        node, buffers = encode([call.on, call.args, dict(call.kwargs)])
        header = {
            "op": "call", "operation": call.operation, "target": call.target,
            "keep": list(call.keep), "call": node,
            "seed": None if self._seed is None else worker_seed(self._seed),
        }  # fmt: skip
        reply, payload = self._dialogue(header, buffers)
        self._seed = None
        return _answer(reply, payload)

    def _load(self, module: str) -> None:
        """A module whose import kills the process is not tried again."""
        if module in self.fatal:
            raise self.fatal[module]
        if module in self._loaded and self._process is not None:
            return
        self._clock.limit(self._module)
        try:
            reply, _ = self._dialogue({"op": "load", "module": module}, [])
        except (Crashed, TimedOut) as error:
            self.fatal[module] = type(error)(f"importing {module}.py: {error}")
            raise self.fatal[module] from None
        if "error" in reply:
            raise error_from(_mapping(reply["error"]))
        self._loaded.add(module)

    def _dialogue(self, header: dict[str, Any], buffers: list[Any]) -> tuple[dict[str, Any], bytes]:
        with self._translated(self._module):
            reply, payload = self._request(header, buffers)
            for _ in range(MAX_STAND_IN_CALLS):
                if "ask" not in reply:
                    return reply, payload
                reply, payload = self._request(*self._serve(reply, payload))
        self.close()
        raise Unusable("too many calls of other functions in one call")

    @contextmanager
    def _translated(self, module: str) -> Iterator[None]:
        """What the sandbox reports, in the words of a judge."""
        try:
            yield
        except ProcessTimedOut:
            self.close()
            raise self._clock.exceeded(module) from None
        except WorkerError as error:
            self.close()
            if not self._last and str(error) in UNEXPLAINED:
                raise Unreachable(str(error)) from None
            raise _verdict(error) from None
        except (ZygoteDied, Disturbed) as error:
            raise Unreachable(str(error)) from None

    def _request(self, header: dict[str, Any], buffers: list[Any]) -> tuple[dict[str, Any], bytes]:
        process = self._process or self._start()
        with self._clock.running(self._module) as seconds:
            return process.request(header, buffers, seconds=seconds, max_reply=MAX_ANSWER)

    def _start(self) -> Process:
        self._loaded.clear()
        self._process = self._zygote.spawn(self._limits)
        texts = {path: text.encode("utf-8", "replace") for path, text in self._files.items()}
        header = {
            "package": self._package, "skip": sorted(self._skip),
            "files": [[path, len(text)] for path, text in texts.items()],
            "stand_ins": list(self._stand_ins),
        }  # fmt: skip
        try:
            self._process.request(header, list(texts.values()), seconds=START_SECONDS)
        except WorkerError as error:  # no code of the student has run yet
            self.close()
            raise ZygoteDied(f"a worker did not take the sources: {error}") from None
        return self._process

    def _serve(self, reply: dict[str, Any], payload: bytes) -> tuple[dict[str, Any], list[Any]]:
        name = reply["ask"]
        if name not in self._stand_ins or self._answer is None:
            raise ProtocolViolation("asked for something that is not a stand-in")
        self.asked.add(name)
        try:
            args, kwargs = decode(reply.get("args"), payload)
            value = self._answer(name, args, kwargs)
            node, buffers = encode([value, dicts_among(args, kwargs)])
            return {"value": node}, buffers
        except Exception as error:  # whatever the student passed in: it is their error to see
            return {"error": f"{type(error).__name__}: {error}"[:500]}, []


def _owner(calls: Iterable[Call]) -> str:
    """The module that these calls of a trial ask first: their time is that module's."""
    modules = (c.target.rpartition(".")[0] for c in calls if c.on is None and c.operation != "hold")
    return next(modules, "")


def _answer(reply: Mapping[str, Any], payload: bytes) -> Answer:
    if "error" in reply:
        raise error_from(_mapping(reply["error"]))
    try:
        return Answer(decode(reply.get("value"), payload), positions(reply.get("changed")))
    except WireError as error:
        raise Unusable(f"the answer could not be read: {error}") from None


def _texts(value: Any) -> dict[str, list[str]]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {
        str(path): [str(text)[:MAX_STOP] for text in texts]
        for path, texts in pairs
        if isinstance(texts, list)
    }


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {"kind": "Unusable", "message": "malformed error"}


def _verdict(error: WorkerError) -> StudentError:
    match error:
        case TooLarge():
            size, limit = error.size / 1e6, error.limit / 1e6
            text = f"the answer is {size:.1f} MB large, and at most {limit:.1f} MB can be judged"
            return Unusable(f"{text}: return what is asked for and no more, in float32 or float64")
        case OutputExceeded():
            return Unusable(str(error))
        case ProtocolViolation():
            return Unusable(f"the answer could not be read: {error}")
    return Crashed(str(error))
