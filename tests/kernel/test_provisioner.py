"""Kernels that do what a notebook needs, are started again, refused, and leave nothing behind."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from autograder.kernel import zygotes
from autograder.kernel.provisioner import KernelRefused
from autograder.sandbox.errors import NotIsolated
from autograder.sandbox.layers import CANDIDATES

from .conftest import Ask, Session

Start = Callable[..., Session]
FIGURE = "import matplotlib.pyplot as plt\nimport numpy as np\nplt.plot(np.arange(9) ** 2);"
TRAINING = """
import torch
net = torch.nn.Linear(3, 2)
step = torch.optim.SGD(net.parameters(), 0.1)
net(torch.ones(4, 3)).sum().backward()
step.step()
print(net.bias.grad)
"""


def test_a_notebook_with_a_figure(folder: Path) -> None:
    sources = ["%matplotlib inline", FIGURE, "np.linalg.inv(np.eye(3)).sum()"]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    figure, value = notebook.cells[1].outputs, notebook.cells[2].outputs
    assert len(figure) == 1 and len(figure[0].data["image/png"]) > 10_000
    assert [output.data["text/plain"] for output in value] == ["np.float64(3.0)"]
    nbformat.validate(notebook)


def test_settings_of_a_program_reach_the_sandbox() -> None:
    config = Config(SandboxProvisioner={"printed_kib": 1, "memory_mib": 256})
    sources = ["print('x' * 5000)", "pile = bytearray(300 << 20)"]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, config=config, allow_errors=True).execute()
    printed, filled = (cell.outputs[0] for cell in notebook.cells)
    assert len(printed.text) < 1100 and filled.ename == "MemoryError"


def test_pytorch_trains_without_complaints(ask: Ask) -> None:
    pytest.importorskip("torch")
    assert ask(TRAINING) == "tensor([4., 4.])\n"


def test_kernels_draw_different_numbers_and_copy_files(start: Start) -> None:
    draw = "import numpy, random, shutil, tempfile; print(numpy.random.rand(), random.random())"
    first, second = start().ask(draw), start().ask(draw)
    assert first != second
    copy = "path = tempfile.mkdtemp(); open('a', 'w').write('a'); shutil.copy2('a', path)"
    assert start().ask(f"import shutil, tempfile; {copy}; print('done')") == "done\n"


def test_without_a_folder_there_are_no_files(start: Start) -> None:
    assert start().ask("import os; print(os.listdir())") == "[]\n"


def test_the_autograders_own_modules_are_not_in_the_kernel(ask: Ask) -> None:
    assert ask("import autograder.sandbox") in {"ModuleNotFoundError", "FileNotFoundError"}


def test_a_kernel_is_started_again_for_the_same_client(start: Start, folder: Path) -> None:
    session = start(folder)
    session.ask("x = 1")
    session.manager.restart_kernel()
    session.client.wait_for_ready(timeout=30)
    assert session.ask("x") == "NameError"


def test_nothing_is_left_of_a_kernel(start: Start) -> None:
    session = start()
    place = Path(session.manager.ip).parent
    assert place.parent == Path(tempfile.gettempdir()) and place.stat().st_mode & 0o077 == 0
    session.client.stop_channels()
    session.manager.shutdown_kernel()
    assert not place.exists() and not session.manager.has_kernel


def test_a_kernel_that_is_no_python_of_ours_is_refused() -> None:
    for argv in (["bash"], ["/usr/bin/python3", "-m", "ipykernel_launcher"], [sys.executable]):
        manager = KernelManager(kernel_name="python3")
        manager._kernel_spec = KernelSpec(argv=argv, display_name="Other", language="python")
        with pytest.raises(KernelRefused, match="'Other' is not the Python of"):
            manager.start_kernel()


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path) -> None:
    for number in range(501):
        (tmp_path / str(number)).touch()
    with pytest.raises(KernelRefused, match="more than 500 files"):
        KernelManager(kernel_name="python3").start_kernel(cwd=str(tmp_path))


def test_without_namespaces_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    weaker = next(tier for tier in CANDIDATES if "namespaces" not in tier.layers)
    monkeypatch.setattr(zygotes, "probe", lambda: weaker)
    with pytest.raises(NotIsolated, match="file system of its own"):
        KernelManager(kernel_name="python3").start_kernel()


def test_it_costs_little_beside_a_plain_kernel(
    folder: Path, sandboxed: KernelProvisionerFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the libraries are loaded, which a program does for its first kernel."""

    def seconds() -> float:
        notebook = new_notebook(cells=[new_code_cell(FIGURE)])
        started = time.monotonic()
        NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
        return time.monotonic() - started

    isolated = min(seconds() for _ in range(3))
    monkeypatch.setattr(sandboxed, "default_provisioner_name", "local-provisioner")
    assert isolated < 1.2 * min(seconds() for _ in range(3))
