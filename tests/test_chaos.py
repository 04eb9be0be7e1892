"""A short version of `make chaos`: faults in the middle of a class change nothing in its table."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from assignments import ROOT

SHORT = ["--count", "16", "--share", "0.5", "--strikes", "1", "--jobs", "1", "--hostile", "0.3"]
KILLED, REPORTED = ("worker killed", "judge killed"), ("machine restarted", "disk full")


def test_a_class_is_graded_to_the_same_end(tmp_path: Path) -> None:
    named = [word for fault in KILLED + REPORTED for word in ("--fault", fault)]
    run = chaos(*SHORT, *named, "--place", str(tmp_path / "chaos"))
    assert run.returncode == 0, run.stdout + run.stderr
    rows = re.findall(r"^\| (.+?) \| [12] \| (.+?) \| \d+ \| (.+) \|$", run.stdout, re.MULTILINE)
    killed = [(fault, "does not apply", "identical | none | none") for fault in KILLED]
    reported = [(fault, "yes", "identical | none | none") for fault in REPORTED]
    assert rows == killed + reported or ("Left out" in run.stdout and rows == killed + reported[:1])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fault", "nonsense"], "'nonsense' is none of: worker killed, zygote killed"),
        (["--count", "0"], "greater than or equal to 1"),
        (["--jobs", "0"], "greater than or equal to 1"),
        (["--share", "0"], "0 is no share: more than 0"),
        (["--share", "1.5"], "1.5 is no share: more than 0"),
        (["--count", "10", "--share", "0.01"], "nothing is left to try"),
    ],
)
def test_what_would_try_nothing_is_refused(words: list[str], said: str, tmp_path: Path) -> None:
    run = chaos(*words, "--place", str(tmp_path / "chaos"))
    assert run.returncode == 2 and said in told(run) and not (tmp_path / "chaos").exists()


def test_a_folder_of_somebody_else_is_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    run = chaos("--place", str(tmp_path))
    assert run.returncode == 2 and "was not made here" in told(run)
    assert (tmp_path / "thesis.tex").exists()


def chaos(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "chaos", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def told(run: subprocess.CompletedProcess[str]) -> str:
    """Without the frame that is drawn around it."""
    return " ".join(run.stderr.replace("│", " ").split())
