"""A short version of `make chaos`: faults in the middle of a class change nothing in its table."""

import re
import subprocess
import sys
from pathlib import Path

from assignments import ROOT

SHORT = ["--count", "16", "--share", "0.5", "--strikes", "1", "--jobs", "1", "--hostile", "0.3"]
FAULTS = "machine restarted", "disk full"


def test_a_class_is_graded_to_the_same_end(tmp_path: Path) -> None:
    named = [word for fault in FAULTS for word in ("--fault", fault)]
    command = [sys.executable, "-m", "chaos", *SHORT, *named, "--place", str(tmp_path / "chaos")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    rows = re.findall(r"│ (.*?) +│ (\d+) +│ \d+ +│ (\w+) +│ (\w+) +│ (\w+) +│", run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr
    assert rows[0] == ("machine restarted", "1", "identical", "none", "none")
    assert rows[1:] == [("disk full", "1", "identical", "none", "none")] or "Left out" in run.stdout
