import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .course import ROOT, write_course

Run = Callable[..., subprocess.CompletedProcess[str]]
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def run(course: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A program of this environment, as from a terminal in the course's folder."""
    environment = {**os.environ, "PATH": PATH, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command], cwd=course, env=environment,
        capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return write_course(tmp_path)
