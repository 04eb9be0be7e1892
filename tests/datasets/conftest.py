import os
import subprocess
import sys
from pathlib import Path

import pytest

from datasets import embedded


@pytest.fixture(scope="session")
def small_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 100 training and 40 test images in CIFAR-10's format."""
    folder = tmp_path_factory.mktemp("small") / "batches"
    embedded.draw(folder, num_train=100, num_test=40)
    return folder


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which several processes asked for the built-in images at once."""
    root = tmp_path_factory.getbasetemp()
    # Under pytest-xdist all workers share the folder, which is one more test of its lock.
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "data"
    code = "import sys, pathlib, datasets; datasets.get_data(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder)]
    pair = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    lines = [process.communicate(timeout=120)[0] for process in pair]
    assert all(line.startswith("Pictogram-10: 15,000 / 1,000 / 1,000") for line in lines)
    return folder
