"""Running a notebook, cell by cell, in a kernel of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from autograder.release.errors import ReleaseError
from autograder.release.notebooks import cells_of

CELL_SECONDS = 1800
TODO = "Correct the cell, or what it calls in the library, and run again"


def run_notebook(notebook: NotebookNode, name: str, folder: Path) -> None:
    """Run all cells in `folder` and keep their outputs in `notebook`.

    A check that does not pass is an error, as it is for nbgrader. A cell with nbclient's tag
    `raises-exception` may fail.

    Raises:
        ReleaseError: names the cell that failed, and its exception.
    """
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--log-level=ERROR"],
    )
    environment = {"NBGRADER_EXECUTION": "validate", "PYTHONDONTWRITEBYTECODE": "1"}
    with client.setup_kernel(env=os.environ | environment):
        for index, cell in enumerate(cells_of(notebook, name)):
            with _named(cell.label):
                client.execute_cell(notebook.cells[index], index)


@contextmanager
def _named(label: str) -> Iterator[None]:
    try:
        yield
    except CellExecutionError as error:
        what = f"{error.ename}: {error.evalue}".rstrip(".")
        raise ReleaseError(label, None, what, TODO) from None
    except (CellControlSignal, DeadKernelError) as error:
        raise ReleaseError(label, None, f"{error}".strip().rstrip("."), TODO) from None
