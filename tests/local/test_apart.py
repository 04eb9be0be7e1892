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
from autograder.local import steps
from autograder.local.commands import app
from autograder.local.recorded import FILE

pytestmark = pytest.mark.sampled(every=3)

LAYERS, RELU = "deepnets/layers.py", "out = np.maximum(x, 0)"
Edit = Callable[[str, str, str], None]


def command(*tasks: str) -> Any:
    return CliRunner().invoke(app, ["check", *tasks])


def unwrapped(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("import os; os._exit(0)", "crashed\n  relu_forward ended the process "
         "(exit status 0): does your code call exit?"),
        ("import os; os.kill(os.getpid(), 9)", "(killed by signal 9): does your code use too much"),
        ("import os; os.kill(os.getpid(), 11)", "(killed by signal 11): a segmentation fault"),
        ("import os; os.kill(os.getpid(), 15)", "(killed by signal 15): Terminated"),
        ("while True: pass", "timed out\n  relu_forward gave no answer within 3 s: is there an "
         "endless loop?"),
    ],
)  # fmt: skip
def test_only_what_builds_on_it_is_lost(
    edit: Edit, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.setattr(steps, "SECONDS", 3)
    edit(LAYERS, RELU, line)
    names = ["adam", "relu_forward", "relu_backward", "TwoLayerNet.loss", "overfit_five_layers"]
    result = command(*names, "rmsprop")
    assert result.exit_code == 1 and "2 of 6 tasks pass" in result.output
    assert words in result.output
    assert result.output.count("Not checked, because relu_forward gave no answer") == 3


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("while True: pass", "timed out importing deepnets/layers.py gave no answer within 3 s: "
         "is there an endless loop outside of its functions?"),
        ("import os; os._exit(0)", "crashed importing deepnets/layers.py ended the process "
         "(exit status 0): does your code call exit outside of its functions?"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("first", ["relu_forward", "TwoLayerNet.init", "overfit_five_layers"])
def test_a_file_that_cannot_be_imported_is_blamed_once(
    edit: Edit, monkeypatch: pytest.MonkeyPatch, line: str, words: str, first: str
) -> None:
    monkeypatch.setattr(steps, "SECONDS", 3)
    edit(LAYERS, "import numpy as np", f"import numpy as np\n{line}")
    result = command(first, "adam", "affine_forward", "TwoLayerNet.loss", "overfit_three_layers")
    assert result.exit_code == 1 and "1 of 5 tasks pass" in result.output
    assert unwrapped(result.output).count(words) == 1
    blocked = "Not checked, because importing deepnets/layers.py gave no answer"
    assert result.output.count(blocked) == 3


ODD = "class E(BaseException): pass\n    raise E"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (ODD, "relu_forward raised E, which is no Exception: "),
        ("raise GeneratorExit", "relu_forward raised GeneratorExit, which is no Exception: "),
        ("raise KeyboardInterrupt", "relu_forward raised KeyboardInterrupt itself: nobody "),
    ],
)  # fmt: skip
def test_what_is_no_exception_is_told_as_one(edit: Edit, line: str, words: str) -> None:
    edit(LAYERS, RELU, line)
    result = command("relu_forward", "affine_forward")
    assert words in result.output and "deepnets/layers.py, line 6" in result.output
    assert "1 of 2 tasks pass" in result.output and "Traceback" not in result.output


def test_it_is_told_of_a_file_too(edit: Edit, capfd: pytest.CaptureFixture[str]) -> None:
    edit(LAYERS, "import numpy as np", "raise KeyboardInterrupt")
    output = command("relu_forward", "adam").output
    assert "raised KeyboardInterrupt itself" in output and "1 of 2 tasks pass" in output
    assert not capfd.readouterr().err


@pytest.mark.parametrize(
    ("replaced", "what", "place"),
    [
        (RELU, "relu_forward was checked", "line 66, in relu_forward: "),
        ("import numpy as np", "deepnets/layers.py was imported", "line 11, in <module>: "),
    ],
)
def test_an_interrupted_command_says_where_it_was(
    folder: Path, edit: Edit, replaced: str, what: str, place: str
) -> None:
    """A terminal interrupts the command and its child; here the child does it for the terminal."""
    edit(LAYERS, replaced, "import os; os.kill(os.getppid(), 2); os.kill(os.getpid(), 2)")
    run = subprocess.run(
        [sys.executable, "-m", "autograder", "check", "relu_forward", "adam"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(Path(autograder.__file__).parents[1])},
        capture_output=True, text=True,
    )  # fmt: skip
    assert run.stderr.startswith(f"Interrupted while {what}, at deepnets/layers.py, {place}")
    assert run.returncode == 130 and "Traceback" not in run.stderr


def test_what_the_checker_itself_lacks_ends_the_command(folder: Path) -> None:
    (folder / FILE).write_text("{}")
    result = command("relu_forward", "adam")
    assert result.exit_code == 2 and "no recorded answers for relu_forward" in result.output
    (folder / FILE).unlink()
    assert "recorded.json: cannot be read" in command("adam").output
