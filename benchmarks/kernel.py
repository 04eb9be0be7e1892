"""What a sandboxed kernel costs a notebook, beside the plain kernel of the same Python.

`python -m benchmarks.kernel` prints medians of wall time, kernel start and end included, for a
notebook that adds two numbers and for one that draws a figure. The kernels take turns. The first
sandboxed one, which loads what the others find loaded, is timed apart.
"""

from statistics import median

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.timing import once

NOTEBOOKS = {
    "a sum": "1 + 1",
    "a figure": "import matplotlib.pyplot as plt\nimport numpy as np\nplt.plot(np.arange(9));",
}
PLAIN, SANDBOXED = "local-provisioner", "sandboxed"
RUNS = 15


def seconds(provisioner: str, source: str) -> float:
    """Wall time of a notebook with one cell."""
    KernelProvisionerFactory.instance().default_provisioner_name = provisioner
    notebook = new_notebook(cells=[new_code_cell(source)])
    quiet = ["--log-level=ERROR"]
    client = NotebookClient(notebook, kernel_name="python3", extra_arguments=quiet)
    return once(client.execute)


def main() -> None:
    """Print what is said above."""
    print(f"the first sandboxed kernel: {seconds(SANDBOXED, '1 + 1'):.2f} s")
    for name, source in NOTEBOOKS.items():
        pairs = [(seconds(PLAIN, source), seconds(SANDBOXED, source)) for _ in range(RUNS)]
        plain, sandboxed = (median(times) for times in zip(*pairs, strict=True))
        print(f"{name}: {plain:.2f} s, sandboxed {sandboxed:.2f} s, {sandboxed / plain:.2f} times")


if __name__ == "__main__":
    main()
