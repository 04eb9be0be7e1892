"""The loop that runs inside the sandbox: receives calls, answers, asks for stand-ins.

It gets sources and inputs only: no expected value ever comes this way.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from autograder.sandbox.connection import Connection
from autograder.student.channel import Call, Handle
from autograder.student.export import export
from autograder.student.script import Script, carry_out, learn, read_paper
from autograder.student.session import Failure, Session
from autograder.student.wire import WireError, decode, dicts_among, encode

WARM_UP = ("numpy.random", "numpy.linalg", "numpy.fft", "numpy.ma", "numpy.polynomial", "typing",
           "traceback", "importlib.util", "random", "math", "copy", "itertools", "functools",
           "collections", "dataclasses", "pickle", "time", "os", "warnings",
           "autograder.student.absent")  # fmt: skip

__all__ = ["learn", "serve"]

MOST_STOPS = 5
Reply = tuple[dict[str, Any], list[Any]]


def serve(connection: Connection) -> None:
    """Serve one submission until the judge closes the connection."""
    header, payload = connection.receive()
    session = _open(connection, header, payload)
    connection.send({"ok": True}, [])
    while True:
        header, payload = connection.receive()
        for reply in _replies(session, header, payload, connection.data):
            connection.send(*reply)


def _open(connection: Connection, header: dict[str, Any], payload: bytearray) -> Session:
    files, start = {}, 0
    for path, size in header["files"]:
        files[path] = payload[start : start + size].decode()
        start += size
    stand_ins = {name: _stand_in(connection, name) for name in header["stand_ins"]}
    skip = frozenset(header["skip"])
    return Session(
        header["package"], files, stand_ins=stand_ins, skip=skip, caught=(BaseException,)
    )


def _replies(
    session: Session, header: dict[str, Any], payload: bytearray, known: Iterable[Script]
) -> Iterator[Reply]:
    if header["op"] == "paper":
        yield {"ok": True}, []
        for script in read_paper(header, payload) if "scripts" in header else known:
            yield _guarded(carry_out, session, script)
    else:
        yield _guarded(_answer, session, header, payload)


def _guarded(answer: Callable[..., Reply], *args: Any) -> Reply:
    try:
        return answer(*args)
    except (WireError, MemoryError) as error:
        return {"error": {"kind": "Unusable", "message": f"the answer cannot be sent: {error}"}}, []
    except Failure as failure:
        return {"error": failure.info}, []


def _answer(session: Session, header: dict[str, Any], payload: bytearray) -> Reply:
    if header["op"] == "load":
        session.load(header["module"])
        return {"ok": True}, []
    if header["op"] == "stops":
        return {"stops": {path: texts[:MOST_STOPS] for path, texts in session.stops().items()}}, []
    if header["seed"] is not None:
        session.begin(header["seed"])
    value, changed = session.execute(_call(header, payload))
    node, buffers = encode(value)
    return {"value": node, "changed": list(changed)}, buffers


def _call(header: dict[str, Any], payload: bytearray) -> Call:
    on, args, kwargs = decode(header["call"], payload)
    return Call(header["operation"], header["target"], on, args, kwargs, tuple(header["keep"]))


def _stand_in(connection: Connection, name: str) -> Callable[..., Any]:
    def ask(*args: Any, **kwargs: Any) -> Any:
        node, buffers = encode(export([list(args), kwargs], _refuse))
        connection.send({"ask": name, "args": node}, buffers)
        header, payload = connection.receive()
        if "error" in header:
            raise ValueError(header["error"])
        value, after = decode(header["value"], payload)
        for mine, theirs in zip(dicts_among(args, kwargs), after, strict=True):
            mine.update(theirs)
        return value

    return ask


def _refuse(value: Any) -> Handle:
    raise TypeError(f"only arrays, numbers and containers of them work here, not {type(value)}")
