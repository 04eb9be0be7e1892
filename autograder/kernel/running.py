"""Running a notebook in sandboxed kernels: what a cell does costs that cell alone."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.kernel.outputs import keep_first, keep_harmless, keep_valid, remark
from autograder.kernel.provisioner import SandboxProvisioner
from datasets.files import FOLDER_VARIABLE

MESSAGE_MIB, KEPT_BYTES = 16, 2 << 20
GRACE_SECONDS = 4
STOPPED, DIED = "CellStopped", "KernelDied"


@dataclass(frozen=True)
class Pace:
    """Seconds that one cell, and all cells of a notebook together, may take."""

    cell_seconds: float = 60.0
    notebook_seconds: float = 600.0


class Run:
    """Runs all cells of a notebook in `folder`, with data sets from `data`, and keeps the outputs.

    A cell that takes too long is interrupted, and if it does not heed that, its kernel is killed.
    After the end of a kernel a new one runs the cells again that came before, for later ones need
    what they made. `remarks` tell what befell which cell.
    """

    def __init__(self, notebook: NotebookNode, folder: Path, data: Path, pace: Pace) -> None:
        self.remarks: list[str] = []
        self._notebook, self._pace = notebook, pace
        self._folder, self._data = str(folder), str(data)
        self._rest = [n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
        self._done: list[int] = []
        self._stopped: set[int] = set()
        self._deadline = monotonic() + pace.notebook_seconds

    def run(self) -> None:
        """Raises NotIsolated and KernelRefused; whatever a cell does is told in its outputs."""
        self._notebook.metadata.pop("widgets", None)
        for number in self._rest:
            self._cell(number).update(outputs=[], execution_count=None)
        while self._rest and self._in_time():
            with self._kernel() as client:
                self._live(client)
        for cell in self._notebook.cells:
            if cell.cell_type == "code":
                keep_harmless(cell.outputs)
                keep_valid(cell)
                keep_first(cell.outputs, KEPT_BYTES)

    def _cell(self, number: int) -> NotebookNode:
        return self._notebook.cells[number]

    def _in_time(self) -> bool:
        """Is there time left? If not, the cells that are left say so."""
        if monotonic() < self._deadline:
            return True
        for number in self._rest:
            self._remark(number, "NotRun", f"all {self._pace.notebook_seconds:g} s were used up")
        self._rest = []
        return False

    def _live(self, client: NotebookClient) -> None:
        """The life of one kernel: until it ends, or all is done."""
        for number in self._done:
            # A copy is run for what it leaves behind: what it showed is known.
            if not self._in_time() or _end(client, deepcopy(self._cell(number)), number):
                self._done = []
                return
        while self._rest and self._in_time():
            number = self._rest.pop(0)
            if end := _end(client, self._cell(number), number):
                keep_first(self._cell(number).outputs, KEPT_BYTES)
                self._remark(number, DIED, end)
                return
            if number not in self._stopped:
                self._done.append(number)

    def _seconds(self) -> float:
        return max(1.0, min(self._pace.cell_seconds, self._deadline - monotonic()))

    def _remark(self, number: int, name: str, text: str) -> None:
        self._cell(number).outputs.append(remark(name, text))
        self.remarks.append(f"cell {number + 1}: {text}")

    def _executed(self, cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
        known = cell is not self._cell(cell_index)
        if execute_reply["content"].get("ename") == STOPPED and not known:
            self._stopped.add(cell_index)
            self._remark(cell_index, STOPPED, f"ran for more than {self._pace.cell_seconds:g} s")

    @contextmanager
    def _kernel(self) -> Iterator[NotebookClient]:
        manager = AsyncKernelManager(kernel_name="python3")
        # Here the pace limits the time, so that what ends a cell is told.
        seconds = int(self._pace.notebook_seconds) + 60
        manager.provisioner = SandboxProvisioner(
            parent=manager, kernel_spec=manager.kernel_spec, message_mib=MESSAGE_MIB,
            readable=[self._data], environment=[FOLDER_VARIABLE],
            wall_seconds=seconds, cpu_seconds=2 * seconds,
        )  # fmt: skip
        client = NotebookClient(
            self._notebook, km=manager, allow_errors=True, record_timing=False,
            coalesce_streams=True, interrupt_on_timeout=True, iopub_timeout=GRACE_SECONDS,
            raise_on_iopub_timeout=True, timeout_func=lambda cell: self._seconds(),
            error_on_timeout={"ename": STOPPED, "evalue": "", "traceback": []},
            on_cell_executed=self._executed,
        )  # fmt: skip
        variables = {FOLDER_VARIABLE: self._data}
        with client.setup_kernel(cwd=self._folder, env=variables, cleanup_kc=True):
            yield client


def _end(client: NotebookClient, cell: NotebookNode, number: int) -> str:
    """Run a cell; how its kernel ended, or why it can no longer be talked to; else ""."""
    try:
        client.execute_cell(cell, number)
    except CellTimeoutError:
        return "took too long, and did not heed an interruption"
    except DeadKernelError:
        return f"its kernel {client.km.provisioner.fate}"  # type: ignore[union-attr]
    except Exception as error:  # Whatever a client makes of messages that make no sense.
        run_sync(_cancel_tasks)()
        return f"sent what cannot be read ({type(error).__name__})"
    return ""


async def _cancel_tasks() -> None:
    """What nbclient leaves running when it fails, and would complain of later."""
    for task in asyncio.all_tasks():
        if getattr(task.get_coro(), "__qualname__", "").startswith("NotebookClient."):
            task.cancel()
