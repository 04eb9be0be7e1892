"""The launchers of clusters: Slurm's script runs, and Kubernetes' parts fit one another."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from distributed.cli import dask_scheduler, dask_worker
from typer.main import get_command

from autograder.assignment import Assignment
from autograder.cli import app
from autograder.grading.judges import ONE_THREAD

from .machines import ROOT, keys, running
from .test_class_run import TASK, hand_in

SRUN = """#!/bin/sh
# As many of the command as there are tasks, here.
echo "$@" > "$SRUN_ARGUMENTS"
env >> "$SRUN_ARGUMENTS"
while [ "${1#--}" != "$1" ]; do shift; done
for _ in $(seq "$SLURM_NTASKS"); do "$@" & done
wait
"""
PROGRAMS = {
    "distributed.cli.dask_scheduler": dask_scheduler.main,
    "distributed.cli.dask_worker": dask_worker.main,
}


def slurm(folder: Path, keys: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    """What comes of Slurm's script, with a stand-in for `srun`, which notes what it is given, and
    the file of a scheduler that is gone."""
    (folder / "build").mkdir()
    (folder / "build" / "cluster-77.json").write_text('{"address": "tls://127.0.0.1:1"}')
    (folder / "bin").mkdir()
    srun = folder / "bin" / "srun"
    srun.write_text(SRUN)
    srun.chmod(0o755)
    told = {"SLURM_JOB_ID": "77", "SLURM_NTASKS": "1", "SRUN_ARGUMENTS": str(folder / "srun")}
    ours = {"PYTHON": sys.executable, "KEYS": str(keys), "PYTHONPATH": str(ROOT)}
    path = {"PATH": f"{srun.parent}:{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", ROOT / "cluster" / "slurm.sh", folder / "class", *options], cwd=folder,
        env={**os.environ, **told, **ours, **path}, timeout=100, capture_output=True, text=True,
    )  # fmt: skip


def test_slurms_script_grades_a_class(
    tmp_path: Path, assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ONE_THREAD:
        monkeypatch.delenv(name, raising=False)
    hand_in(tmp_path / "class" / "ada", assignment)
    result = tmp_path / "result.json"
    options = ["--assignment", str(assignment.root), "--task", TASK, "--skip-experiments",
               "--store", str(tmp_path / "r.db"), "--json", str(result)]  # fmt: skip
    done = slurm(tmp_path, keys(tmp_path / "keys"), options)
    assert done.returncode == 0, done.stderr
    [entry] = json.loads(result.read_text())["submissions"]
    assert entry["points"] == 2
    first, *environment = (tmp_path / "srun").read_text().splitlines()
    assert first.startswith("--ntasks=1 ")
    assert {f"{name}={value}" for name, value in ONE_THREAD.items()} <= set(environment)
    assert list((tmp_path / "build").iterdir()) == []


def test_slurms_script_ends_with_its_scheduler(tmp_path: Path) -> None:
    done = slurm(tmp_path, tmp_path / "nowhere", [])
    assert done.returncode == 1
    assert f"Are its keys in {tmp_path / 'nowhere'}?" in done.stderr


def test_the_lines_of_the_documentation_grade_a_class(
    tmp_path: Path, assignment: Assignment
) -> None:
    hand_in(tmp_path / "inbox" / "ada", assignment)
    keys(tmp_path / "keys")
    everywhere, head, judging, here = by_hand(free_port())
    options = f"--assignment {assignment.root} --task {TASK} --skip-experiments --json result.json"
    with running(["bash", "-c", f"{everywhere}\n{head}"], tmp_path) as scheduler:
        scheduler.said("(Scheduler at)")
        with running(["bash", "-c", f"{everywhere}\n{judging}"], tmp_path):
            grade = ["bash", "-c", f"{everywhere}\n{here} {options}"]
            subprocess.run(grade, cwd=tmp_path, check=True, timeout=100, capture_output=True)
    [entry] = json.loads((tmp_path / "result.json").read_text())["submissions"]
    assert entry["points"] == 2 and (tmp_path / "build" / "report" / "index.html").exists()


def by_hand(port: int) -> list[str]:
    """What docs/scale.md says to type on four machines, for one worker of this one."""
    text = (ROOT / "docs" / "scale.md").read_text().partition("### Launch one")[2]
    ours = {".venv/bin/python": sys.executable, "head:": "127.0.0.1:", "8786": str(port)}
    lines = text.split("```")[1].removeprefix("sh\n")
    for theirs, mine in {**ours, "--nworkers 8": "--nworkers 1"}.items():
        assert theirs in lines
        lines = lines.replace(theirs, mine)
    return [part.strip() for part in re.split(r"^# .*", lines, flags=re.MULTILINE)[1:]]


def packed_for_docker(folder: Path) -> Path:
    """What of this repository, and of the secrets in its folder, the image would get."""
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    inside = {line[1:] for line in ignored if line.startswith("!")}
    assert "*" in ignored and "COPY . ." in (ROOT / "cluster" / "Dockerfile").read_text()
    for place in inside:
        copy = shutil.copytree if (ROOT / place).is_dir() else shutil.copy
        copy(ROOT / place, folder / place)
    return folder


def test_the_image_has_what_grading_needs_and_nothing_else(
    tmp_path: Path, assignment: Assignment
) -> None:
    (tmp_path / "image").mkdir()
    image = packed_for_docker(tmp_path / "image")
    hand_in(tmp_path / "inbox" / "ada", assignment)
    command = [sys.executable, "-m", "autograder", "grade", tmp_path / "inbox", "--task", TASK,
               "--skip-experiments", "--json", tmp_path / "result.json"]  # fmt: skip
    alone = {**os.environ, "PYTHONPATH": str(image)}
    subprocess.run(command, cwd=image, env=alone, check=True, timeout=100, capture_output=True)
    [entry] = json.loads((tmp_path / "result.json").read_text())["submissions"]
    assert entry["points"] == 2
    told = tomllib.loads((image / "pyproject.toml").read_text())
    packages = told["tool"]["setuptools"]["packages"]["find"]["include"]
    installed = [told["project"]["readme"], "constraints.txt", *packages]
    assert all((image / name.removesuffix("*")).exists() for name in installed)


@pytest.mark.parametrize("name", ["keys/key.pem", "graded/results.db", "inbox/ada.zip", "build/x"])
def test_what_is_secret_gets_into_no_image_and_no_commit(tmp_path: Path, name: str) -> None:
    (tmp_path / "image").mkdir()
    assert not (packed_for_docker(tmp_path / "image") / name).parent.exists()
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run(["git", "check-ignore", "-q", name], cwd=tmp_path, check=True)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    """Of the file for Kubernetes, by kind and name."""
    listed = yaml.safe_load((ROOT / "cluster" / "kubernetes.yaml").read_text())["items"]
    return {f"{part['kind']} {part['metadata']['name']}": part for part in listed}


def pods(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: p["spec"]["template"] for name, p in parts.items() if "template" in p["spec"]}


def test_kubernetes_commands_can_be_parsed(parts: dict[str, Any], tmp_path: Path) -> None:
    ours = str(keys(tmp_path / "keys"))
    for pod in pods(parts).values():
        [container] = pod["spec"]["containers"]
        python, _, module = container["command"]
        arguments = [text.replace("/keys", ours) for text in container["args"]]
        if module == "autograder":
            program = get_command(app).commands[arguments.pop(0)]
        else:
            program = PROGRAMS[module]
        assert python == ".venv/bin/python"
        # Raises for an option that there is not.
        program.make_context(module, arguments)


def test_kubernetes_runs_the_image_that_the_node_has(parts: dict[str, Any]) -> None:
    built = (ROOT / "cluster" / "Dockerfile").read_text().partition(" -t ")[2].split()[0]
    for pod in pods(parts).values():
        [container] = pod["spec"]["containers"]
        # By default a node would look for the latest in the public registry each time.
        assert (container["image"], container["imagePullPolicy"]) == (built, "IfNotPresent")


def test_kubernetes_workers_compute_with_one_thread(parts: dict[str, Any]) -> None:
    [container] = pods(parts)["Deployment autograder-worker"]["spec"]["containers"]
    assert ONE_THREAD.items() <= {each["name"]: each["value"] for each in container["env"]}.items()


def test_kubernetes_parts_find_one_another(parts: dict[str, Any]) -> None:
    service = parts["Service autograder-scheduler"]
    scheduler = parts["Deployment autograder-scheduler"]["spec"]["template"]
    assert service["spec"]["selector"].items() <= scheduler["metadata"]["labels"].items()
    [port] = [each["containerPort"] for each in scheduler["spec"]["containers"][0]["ports"]]
    assert [each["port"] for each in service["spec"]["ports"]] == [port]
    where = f"tls://{service['metadata']['name']}:{port}"
    for name in ("Deployment autograder-worker", "Job autograder-grade"):
        assert where in parts[name]["spec"]["template"]["spec"]["containers"][0]["args"]
    for name, part in parts.items():
        if name.startswith("Deployment"):
            labels = part["spec"]["template"]["metadata"]["labels"]
            assert part["spec"]["selector"]["matchLabels"] == labels
    policy = parts["NetworkPolicy autograder"]["spec"]["podSelector"]["matchLabels"]
    assert all(policy.items() <= p["metadata"]["labels"].items() for p in pods(parts).values())


def test_kubernetes_pods_have_what_they_name_and_no_more_rights(parts: dict[str, Any]) -> None:
    for pod in pods(parts).values():
        spec, [container] = pod["spec"], pod["spec"]["containers"]
        mounted = {each["name"]: each["mountPath"] for each in container["volumeMounts"]}
        assert set(mounted) == {volume["name"] for volume in spec["volumes"]}
        files = [each for each in container["args"] if each.endswith(".pem")]
        assert all(file.startswith(mounted["keys"]) for file in files)
        assert spec["securityContext"]["runAsNonRoot"] and not spec["automountServiceAccountToken"]
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert not container["securityContext"]["allowPrivilegeEscalation"]
        assert container["resources"]["limits"]["memory"]
