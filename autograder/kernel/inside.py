"""The kernel itself, as it runs in the sandbox."""

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import zmq
from ipykernel.heartbeat import Heartbeat
from ipykernel.iostream import IOPubThread
from ipykernel.kernelapp import IPKernelApp
from traitlets import Dict
from traitlets.config import Config

from autograder.kernel.printing import BoundedStream
from autograder.sandbox.connection import SOCKET, Connection
from autograder.sandbox.namespaces import BOX

FOLDER, TEMPORARY = Path(BOX, "notebook"), Path(BOX, "tmp")
VARIABLES = {"HOME": BOX, "USER": "student", "TMPDIR": str(TEMPORARY)}
CONFIGURATION = Config(HistoryManager={"enabled": False})
OURS = ("autograder", "datasets")


def main(connection: Connection) -> None:
    """Take files and settings, say that all is ready, and serve until told to end."""
    header, payload = connection.receive()
    _unpack(header["files"], memoryview(payload))
    _settle(header["environment"])
    BoundedStream.most = header["printed"]
    ports: dict[str, int] = header["ports"]
    doors = dict(zip(ports.values(), connection.files, strict=True))
    kernel = Kernel.instance(
        config=CONFIGURATION, doors=doors, transport="ipc", ip="kernel", **ports
    )
    kernel.session.key = header["key"].encode()
    kernel.session.signature_scheme = header["signature_scheme"]
    kernel.initialize([])
    _forget_ours()
    connection.send({})
    os.close(SOCKET)
    kernel.start()


def _unpack(sizes: Sequence[tuple[str, int]], contents: memoryview) -> None:
    FOLDER.mkdir()
    TEMPORARY.mkdir()
    for name, size in sizes:
        file = FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contents[:size])
        contents = contents[size:]


def _settle(environment: dict[str, str]) -> None:
    """Make this process look as if it had been started in the notebook's folder."""
    os.chdir(FOLDER)
    del os.environ["MPLCONFIGDIR"]
    os.environ.update(VARIABLES | environment)
    tempfile.tempdir = None
    # Forked from one process, all kernels would draw the same numbers.
    sys.modules["numpy"].random.seed()


def _forget_ours() -> None:
    """What lies beside the notebook can have the names of what runs here, and be another."""
    root = str(Path(__file__).parents[2])
    sys.path[:] = ["", *(path for path in sys.path if path not in ("", root))]
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]


class Kernel(IPKernelApp):  # type: ignore[misc]
    """IPython's kernel on sockets that are open already, by port: it cannot open any."""

    outstream_class = "autograder.kernel.printing.BoundedStream"
    doors = Dict()

    def init_connection_file(self) -> None:
        """There is none: all that it would say is known."""

    def write_connection_file(self, **kwargs: Any) -> None:
        """There is nobody to read it."""

    def init_heartbeat(self) -> None:
        """As ipykernel's, on its own socket."""
        address = self.transport, self.ip, self.hb_port
        self.heartbeat = _Heartbeat(zmq.Context(), address, self.doors[self.hb_port])
        self.heartbeat.start()

    def init_control(self, context: zmq.Context[Any]) -> None:
        """As ipykernel's, without a debugger's connection to the kernel's own door."""
        super().init_control(context)
        self.debug_shell_socket.disconnect(self.shell_socket.getsockopt(zmq.LAST_ENDPOINT))

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """As ipykernel's, without a way for processes that it cannot start."""
        socket = context.socket(zmq.XPUB)
        socket.linger = 1000
        self._bind_socket(socket, self.iopub_port)
        self.configure_tornado_logger()
        self.iopub_thread = IOPubThread(socket, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket

    def _try_bind_socket(self, s: zmq.Socket[Any], port: int) -> int:
        _bind(s, self.doors[port])
        return port


class _Heartbeat(Heartbeat):  # type: ignore[misc]
    def __init__(self, context: zmq.Context[Any], address: Any, door: int) -> None:
        super().__init__(context, address)
        self._door = door

    def _try_bind_socket(self) -> None:
        _bind(self.socket, self._door)


def _bind(socket: zmq.Socket[Any], door: int) -> None:
    socket.setsockopt(zmq.USE_FD, door)
    socket.bind("ipc://open-already")
