"""Kernels in the sandbox for nbgrader, nbclient, papermill and JupyterLab.

jupyter_client finds this class by its entry point "sandboxed".
"""

import os
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.connect import KernelConnectionInfo, port_names
from jupyter_client.provisioning.provisioner_base import KernelProvisionerBase
from traitlets import Float, Integer, List, Unicode

from autograder.intake import Found, IntakeError, read_folder
from autograder.kernel.relay import Relay
from autograder.kernel.zygotes import LOCK, tier_for_kernels, zygote
from autograder.sandbox.errors import SandboxError, WorkerError
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import Process

MIB = 1 << 20
PORTS = {name: number for number, name in enumerate(port_names, 1)}
START_SECONDS = 30.0


class KernelRefused(SandboxError):
    """The kernel that was asked for cannot run in the sandbox; the message says what can."""


class SandboxProvisioner(KernelProvisionerBase):
    """Starts Python kernels isolated, with copies of the files in the notebook's folder.

    Raises:
        NotIsolated: this machine offers no way to isolate a kernel.
        KernelRefused: it is no Python kernel of this environment, or its folder is too large.
    """

    memory_mib = Integer(2048, help="Memory beyond what a kernel starts with").tag(config=True)
    disk_mib = Integer(256, help="Size of a kernel's own folder").tag(config=True)
    threads = Integer(64, help="Threads of a kernel, of which it needs 20").tag(config=True)
    cpu_seconds = Integer(1800, help="Processor time of a kernel").tag(config=True)
    wall_seconds = Float(3600.0, help="How long a kernel may run").tag(config=True)
    message_mib = Integer(64, help="What a kernel may send to its clients").tag(config=True)
    printed_kib = Integer(1024, help="What a cell may print; the rest is left out").tag(config=True)
    environment = List(
        Unicode(), ["NBGRADER_EXECUTION"], help="Variables that a kernel is told"
    ).tag(config=True)
    readable = List(
        Unicode(), help="Absolute paths that kernels may read as well, such as of data sets"
    ).tag(config=True)
    folder = Unicode(
        os.environ.get("SANDBOXED_KERNEL_FOLDER", ""),
        help="Copied for a kernel when the program that starts it names no folder",
    ).tag(config=True)

    _process: Process | None = None
    _relay: Relay | None = None
    _place: TemporaryDirectory[str] | None = None
    _deadline = 0.0
    fate = ""
    """Why the kernel ended, if it did so on its own or had used up what it may."""

    @property
    def has_process(self) -> bool:
        """Has a kernel been started, and not yet been waited for?"""
        return self._process is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose where clients connect. The command of the kernel specification is not used."""
        self._demand_own_python()
        if self._place is None:
            self._place = TemporaryDirectory(prefix="kernel-")
        manager: Any = self.parent
        manager.transport, manager.ip = "ipc", f"{self._place.name}/kernel"
        for name, port in PORTS.items():
            setattr(manager, name, port)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        return await super().pre_launch(cmd=[], **kwargs)

    def _demand_own_python(self) -> None:
        """Another kernel would be another program, which is not known to work in the sandbox."""
        program, *rest = self.kernel_spec.argv
        own = Path(program).name.startswith("python") and "ipykernel_launcher" in rest
        if own and (not Path(program).is_absolute() or _same_environment(program)):
            return
        raise KernelRefused(
            f"The kernel {self.kernel_spec.display_name!r} is not the Python of {sys.prefix}, the"
            " only one that runs in the sandbox: choose python3"
        )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel and wait until it listens. Raises NotIsolated and KernelRefused."""
        assert self._place is not None
        found = self._files(kwargs.get("cwd") or self.folder)
        self._relay = Relay(Path(self._place.name), PORTS.values(), self.message_mib * MIB)
        try:
            with LOCK:
                source = zygote(tier_for_kernels(), tuple(self.readable))
                self._process = source.spawn(self._limits(), self._relay.doors)
                self._hand_over(self._process, found, kwargs["env"])
        except BaseException:
            self._end()
            raise
        self._relay.start()
        self.fate = ""
        self._deadline = time.monotonic() + self.wall_seconds
        return self.connection_info

    def _files(self, folder: str) -> Found:
        """Without a folder named there are none: a working directory can hold anything."""
        if not folder:
            return Found()
        try:
            found = read_folder(Path(folder).resolve(), everything=True)
        except IntakeError as error:
            raise KernelRefused(f"{folder}: {error}") from None
        for place, reason in found.refused.items():
            self.log.warning("%s/%s is not copied for the kernel: %s", folder, place, reason)
        return found

    def _limits(self) -> Limits:
        return Limits(
            memory_bytes=self.memory_mib * MIB,
            cpu_seconds=self.cpu_seconds,
            disk_bytes=self.disk_mib * MIB,
            file_bytes=self.disk_mib * MIB,
            threads=self.threads,
            open_files=256,
        )

    def _hand_over(self, process: Process, found: Found, environment: dict[str, str]) -> None:
        session = self.parent.session  # type: ignore[union-attr]
        header = {
            "files": [[name, len(content)] for name, content in found.files.items()],
            "environment": {n: environment[n] for n in self.environment if n in environment},
            "ports": PORTS,
            "key": session.key.decode(),
            "signature_scheme": session.signature_scheme,
            "printed": self.printed_kib << 10,
        }
        try:
            process.request(header, list(found.files.values()), seconds=START_SECONDS)
        except WorkerError as error:
            raise KernelRefused(f"no kernel could be started: {error}\n{process.output}") from None

    async def poll(self) -> int | None:
        """None while the kernel runs. One that has used up what it may have is ended."""
        if self._process is None:
            return 0
        self.fate = self.fate or self._offence()
        if self.fate:
            self._end()
        return 1 if self.fate else None

    def _offence(self) -> str:
        assert self._process is not None
        if time.monotonic() > self._deadline:
            return f"ran for more than {self.wall_seconds:g} s"
        if self._relay is not None and self._relay.exceeded:
            return f"sent more than {self.message_mib} MiB"
        with LOCK:
            usage = self._process.poll()
        return usage.status if usage else ""

    async def wait(self) -> int | None:
        """Forget the kernel; whatever still runs of it is killed."""
        self._end()
        self._process = None
        return 0

    async def send_signal(self, signum: int) -> None:
        """Interrupt the kernel, or end it."""
        if signum == signal.SIGINT and self._process is not None:
            with LOCK:
                self._process.interrupt()
        elif signum:
            self._end()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once."""
        self._end()

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel at once: it has nothing to save."""
        self._end()

    async def shutdown_requested(self, restart: bool = False) -> None:
        """End the kernel at once: it has nothing to save."""
        self._end()

    async def cleanup(self, restart: bool = False) -> None:
        """End the kernel, and remove the place where clients connect."""
        self._end()
        if self._place is not None and not restart:
            self._place.cleanup()
            self._place = None

    def _end(self) -> None:
        if self._relay is not None:
            self._relay.close()
        if self._process is not None:
            with LOCK:
                self._process.close()


def _same_environment(program: str) -> bool:
    return Path(program).parent.resolve() == Path(sys.executable).parent.resolve()
