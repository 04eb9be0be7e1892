"""What the files of this room share: training runs, by far the slowest part."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all processes of a run: where one trains, those that need the same numbers wait."""
    root = tmp_path_factory.getbasetemp()
    folder = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    return folder / "course" / "results.db"
