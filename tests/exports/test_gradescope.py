"""The autograder zip, run as Gradescope runs it, in a folder laid out as /autograder is."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from assignments import MODULAR_NETS
from report_sample import GRADER_TRACE, STAFF_SECRET, sample
from typer.testing import CliRunner

from autograder.cli import app
from autograder.exports.gradescope.results import results
from autograder.exports.gradescope.run import RESERVE, SETTINGS

RIGHT = Path(__file__).parents[2] / "submissions" / "ada"
TASKS = (
    *("affine_forward", "affine_backward", "relu_forward", "svm_loss", "dropout_forward"),
    "sgd_momentum",
)
LAYERS = "deepnets/layers.py"
METADATA = {"id": 123456, "created_at": "2026-11-20T20:00:00.000000-08:00", "users": []}
FIELDS = {"name", "score", "max_score", "status", "output", "visibility"}
Found = dict[str, Any]


@pytest.fixture(scope="module")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    to, store = folder / "autograder.zip", folder / "results.db"
    options = [part for task in TASKS for part in ("--task", task)]
    options += ["--skip-experiments", "--store", store, "--assignment", MODULAR_NETS.root]
    arguments = ["bundle", "gradescope", "--to", to, *options]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return to


@pytest.fixture
def root(autograder_zip: Path, tmp_path: Path) -> Path:
    """What Gradescope's image holds before a submission is run."""
    with ZipFile(autograder_zip) as archive:
        archive.extractall(tmp_path / "source")
    for name in ("submission", "results"):
        (tmp_path / name).mkdir()
    shutil.copy(tmp_path / "source" / "run_autograder", tmp_path)
    (tmp_path / "submission_metadata.json").write_text(json.dumps(METADATA))
    return tmp_path


def start(root: Path, seconds: int = 600) -> subprocess.Popen[str]:
    file = root / "source" / SETTINGS
    file.write_text(json.dumps({**json.loads(file.read_text()), "seconds": seconds}))
    own = {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable}
    return subprocess.Popen(
        ["bash", str(root / "run_autograder")], cwd="/", env={**os.environ, **own},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def read(root: Path) -> tuple[Found, dict[str, Found]]:
    found = json.loads((root / "results" / "results.json").read_text())
    tests = {test["name"]: test for test in found["tests"]}
    assert len(tests) == len(found["tests"]) and all(set(t) <= FIELDS for t in tests.values())
    return found, tests


def judged(root: Path, seconds: int = 600) -> tuple[Found, dict[str, Found]]:
    running = start(root, seconds)
    output, _ = running.communicate(timeout=300)
    assert running.returncode == 0, output
    return read(root)


def test_right_work_gets_all_points(root: Path) -> None:
    shutil.copytree(RIGHT, root / "submission", dirs_exist_ok=True)
    found, tests = judged(root)
    assert found["score"] == sum(test["max_score"] for test in tests.values()) > 0
    assert set(tests) == set(TASKS)
    assert {test["status"] for test in tests.values()} == {"passed"}


def test_each_wrong_answer_costs_its_own_points(root: Path) -> None:
    """One that is wrong, one that ends the process, one that never ends, one that shouts."""
    shutil.copytree(RIGHT, root / "submission", dirs_exist_ok=True)
    layers = root / "submission" / LAYERS
    text = layers.read_text()
    for name, body in {
        "affine_forward": "return (x.reshape(len(x), -1) @ w, (x, w, b))",
        "relu_forward": "import os; os._exit(0)",
        "svm_loss": "while True: pass",
        "dropout_forward": "raise ValueError('<b>' + chr(27) + '[2J')",
    }.items():
        text, count = re.subn(rf"(def {name}\(.*?\).*?:\n)", rf"\1    {body}\n", text, count=1)
        assert count == 1
    layers.write_text(text)
    found, tests = judged(root)
    assert [tests[n]["score"] for n in ("affine_forward", "relu_forward", "svm_loss")] == [0, 0, 0]
    assert "Timed out" in tests["svm_loss"]["output"]
    assert found["score"] == sum(test.get("score", 0) for test in tests.values())
    assert tests["affine_backward"]["status"] == "passed"
    assert tests["affine_forward (staff)"]["visibility"] == "hidden"
    assert "score" not in tests["affine_forward (staff)"]
    assert "\x1b" not in tests["dropout_forward"]["output"]
    assert found["output_format"] == found["test_output_format"] == "text"


def test_nothing_handed_in_is_told(root: Path) -> None:
    found, tests = judged(root)
    assert found["score"] == 0 and "missing" in found["output"]
    assert {test["status"] for test in tests.values()} == {"failed"}


def test_without_any_judgement_there_is_no_result_that_looks_like_a_zero(root: Path) -> None:
    (root / "source" / "source" / "modular-nets" / "assignment.toml").unlink()
    running = start(root)
    output, _ = running.communicate(timeout=60)
    assert running.returncode == 1 and "assignment.toml" in output and "Traceback" not in output
    assert not list((root / "results").iterdir())


@pytest.fixture
def endless(root: Path) -> Path:
    """Right, but for a file that never gets to its end."""
    shutil.copytree(RIGHT, root / "submission", dirs_exist_ok=True)
    optim = root / "submission" / "deepnets" / "optim.py"
    optim.write_text("import time\ntime.sleep(1e6)\n" + optim.read_text())
    return root


def children(pid: int) -> list[int]:
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def ended(processes: list[int], seconds: float = 30) -> bool:
    """Were there some, and are all gone, or waiting to be reaped?"""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        listed = subprocess.run(
            ["ps", "-o", "stat=", "-p", ",".join(map(str, processes))],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if all(line.startswith("Z") for line in listed.stdout.split()):
            return bool(processes)
        time.sleep(0.2)
    return False


def some_judged(root: Path) -> Iterator[bool]:
    while True:
        time.sleep(0.1)
        file = root / "results" / "results.json"
        yield file.exists() and any("score" in test for test in read(root)[1].values())


def test_when_the_time_is_up_the_rest_is_told_and_is_no_zero(endless: Path) -> None:
    begin = time.monotonic()
    found, tests = judged(endless, RESERVE + 1)
    assert time.monotonic() - begin < RESERVE
    waiting = [test for name, test in tests.items() if name.endswith("(not judged)")]
    assert waiting and all("score" not in t and "max_score" not in t for t in waiting)
    assert "NOT FINAL" in found["output"] and "time of" in waiting[0]["output"]
    assert found.get("score", 0) == sum(test.get("score", 0) for test in tests.values())
    assert ("score" in found) == any("score" in test for test in tests.values())


def test_an_autograder_that_dies_keeps_what_was_judged(endless: Path) -> None:
    running = start(endless)
    assert any(some_judged(endless))
    [*_, judge] = children(running.pid)
    workers = children(judge)
    os.kill(judge, 9)
    output, _ = running.communicate(timeout=60)
    found, tests = read(endless)
    assert running.returncode == 0, output
    assert "NOT FINAL" in found["output"] and found["score"] > 0
    assert any("autograder ended" in test["output"] for test in tests.values())
    assert ended(workers)


def test_faults_are_no_zeros_and_staff_alone_read_what_is_theirs() -> None:
    document = sample()
    document["submissions"] = document["submissions"][:1]
    found = results(document, 1.5)
    tests = {test["name"]: test for test in found["tests"]}
    assert "score" not in tests["adam"] and "score" not in tests["adagrad"]
    assert "failed on adam" in found["output"]
    shown = json.dumps([test for test in found["tests"] if test["visibility"] != "hidden"])
    assert STAFF_SECRET not in shown and GRADER_TRACE not in shown and "not_averaged" not in shown
    assert STAFF_SECRET in json.dumps(found)


def test_the_zip_installs_from_wheels_and_holds_no_leftovers(
    autograder_zip: Path, tmp_path: Path
) -> None:
    names = ZipFile(autograder_zip).namelist()
    assert not [name for name in names if "__pycache__" in name or "/." in name]
    script = ZipFile(autograder_zip).read("setup.sh").decode()
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    (tmp_path / "wheels").mkdir()
    arguments = [
        "bundle",
        "gradescope",
        "--to",
        tmp_path / "a.zip",
        "--wheels",
        tmp_path / "wheels",
    ]
    arguments += ["--assignment", MODULAR_NETS.root, "--store", tmp_path / "results.db"]
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 2 and "holds no wheel" in result.output
    (tmp_path / "wheels" / "numpy-1.whl").write_bytes(b"wheel")
    assert CliRunner().invoke(app, [str(argument) for argument in arguments]).exit_code == 0
    assert ZipFile(tmp_path / "a.zip").read("wheels/numpy-1.whl") == b"wheel"
