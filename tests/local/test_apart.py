"""The command goes on, whatever a student's code does to the process that runs it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import autograder
from autograder.local import apart
from autograder.local.commands import app
from autograder.local.recorded import FILE

LAYERS, RELU = "deepnets/layers.py", "out = np.maximum(x, 0)"
Edit = Callable[[str, str, str], None]


def command(*tasks: str) -> Any:
    return CliRunner().invoke(app, ["check", *tasks])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import os; os._exit(0)", "crashed\n  The process ended while relu_forward was checked "
         "(exit status 0): does your code call exit?"),
        ("import os; os.kill(os.getpid(), 9)", "(killed by signal 9): does your code use too much"),
        ("while True: pass", "timed out\n  relu_forward gave no answer within 3 s: is there an "
         "endless loop?"),
    ],
)  # fmt: skip
def test_only_what_builds_on_it_is_lost(
    edit: Edit, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 3)
    edit(LAYERS, RELU, line)
    names = ["adam", "relu_forward", "relu_backward", "TwoLayerNet.loss", "overfit_five_layers"]
    result = command(*names, "rmsprop")
    assert result.exit_code == 1 and "2 of 6 tasks pass" in result.output
    assert words in result.output
    assert result.output.count("Not checked, because relu_forward gave no answer") == 3


def test_an_interrupted_command_says_where_it_was(folder: Path, edit: Edit) -> None:
    """A terminal interrupts the command and its child; here the child does it for the terminal."""
    edit(LAYERS, RELU, "import os; os.kill(os.getppid(), 2); raise KeyboardInterrupt")
    run = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "relu_forward", "adam"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(Path(autograder.__file__).parents[1])},
        capture_output=True, text=True,
    )  # fmt: skip
    place = "deepnets/layers.py, line 66, in relu_forward: "
    assert run.stderr.startswith(f"Interrupted while relu_forward was checked, at {place}")
    assert run.returncode == 130 and "Traceback" not in run.stderr


def test_what_the_checker_itself_lacks_ends_the_command(folder: Path) -> None:
    (folder / FILE).write_text("{}")
    result = command("relu_forward", "adam")
    assert result.exit_code == 2 and "no recorded answers for relu_forward" in result.output
    (folder / FILE).unlink()
    assert "recorded.json: cannot be read" in command("adam").output
