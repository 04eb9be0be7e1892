"""`python -m benchmarks.peers.warm TASKS FOLDER...`: what a judge that runs already takes.

Prints what `plain/run_checks.py` prints; the first submission is judged twice, once before.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import psutil

from autograder.grading.grade import Job, Judge
from autograder.sandbox.tiers import probe

SOURCE = Path(__file__).resolve().parents[2] / "source/modular-nets"


def main(tasks: str, *folders: str) -> None:
    """Judge the submissions in `folders` by `tasks`."""
    with tempfile.TemporaryDirectory() as place:
        store, names = Path(place) / "results.db", tuple(tasks.split(","))
        job = Job(SOURCE, probe(), "peers", store, names, experiments=False)
        with Judge(job) as judge:
            judge.grade(Path(folders[0]))
            cpu, wall = _seconds(), time.perf_counter()
            entries = [judge.grade(Path(folder)) for folder in folders]
            used = {"cpu": _seconds() - cpu, "wall": time.perf_counter() - wall}
    scores = [sum(t["verdict"] == "passed" for t in entry["tasks"]) for entry in entries]
    print(json.dumps({"scores": scores, **used}))


def _seconds() -> float:
    """Of this process and all below it, alive or waited for."""
    me = psutil.Process()
    times = [each.cpu_times() for each in (me, *me.children(recursive=True))]
    return float(sum(t.user + t.system + t.children_user + t.children_system for t in times))


if __name__ == "__main__":
    main(*sys.argv[1:])
