"""The launchers of clusters: Slurm's script runs, and Kubernetes' parts fit one another."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from distributed.cli import dask_scheduler, dask_worker
from typer.main import get_command

from autograder.assignment import Assignment
from autograder.cli import app

from .machines import ROOT, keys
from .test_class_run import TASK, hand_in

SRUN = """#!/bin/sh
# As many of the command as there are tasks, here.
echo "$@" > "$SRUN_ARGUMENTS"
while [ "${1#--}" != "$1" ]; do shift; done
for _ in $(seq "$SLURM_NTASKS"); do "$@" & done
wait
"""
PROGRAMS = {
    "distributed.cli.dask_scheduler": dask_scheduler.main,
    "distributed.cli.dask_worker": dask_worker.main,
}


def test_slurms_script_grades_a_class(tmp_path: Path, assignment: Assignment) -> None:
    hand_in(tmp_path / "class" / "ada", assignment)
    (tmp_path / "bin").mkdir()
    srun = tmp_path / "bin" / "srun"
    srun.write_text(SRUN)
    srun.chmod(0o755)
    told = {"SLURM_JOB_ID": "77", "SLURM_NTASKS": "1", "SRUN_ARGUMENTS": str(tmp_path / "srun")}
    ours = {"PYTHON": sys.executable, "KEYS": str(keys(tmp_path / "keys"))}
    path = {"PATH": f"{srun.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    result = tmp_path / "result.json"
    options = ["--assignment", str(assignment.root), "--task", TASK, "--skip-experiments",
               "--store", str(tmp_path / "r.db"), "--json", str(result)]  # fmt: skip
    subprocess.run(
        ["bash", ROOT / "cluster" / "slurm.sh", tmp_path / "class", *options],
        cwd=tmp_path, env={**os.environ, **told, **ours, **path}, check=True, timeout=100,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    [entry] = json.loads(result.read_text())["submissions"]
    assert entry["points"] == 2 and (tmp_path / "srun").read_text().startswith("--ntasks=1 ")
    assert list((tmp_path / "build").iterdir()) == []


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
