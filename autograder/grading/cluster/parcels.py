"""What crosses the wire to a worker: plain data, which can be read without running anything.

A worker may be another machine, so nothing in it is a path of this one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgpack

from autograder.assignment import Assignment, siblings
from autograder.grading.grade import Job
from autograder.grading.judging import Judged
from autograder.grading.known import Known
from autograder.intake import Found
from autograder.sandbox.tiers import Tier

DESCRIPTION = "assignment.toml"
READ = (".py", ".ipynb")


def packed_run(assignment: Assignment, job: Job, terms: dict[str, str]) -> bytes:
    """What is the same for all submissions of a run: the job, the assignment's files, and the
    `terms` that a worker must agree to."""
    return _pack(
        {
            "terms": terms,
            "folder": assignment.root.resolve().name,
            "files": _files(assignment),
            "seed": job.seed,
            "tasks": job.tasks,
            "experiments": job.experiments,
            "environments": job.environments,
            "dialect": job.dialect,
            "tier": (job.tier.name, sorted(job.tier.layers)),
        }
    )


def _files(assignment: Assignment) -> dict[str, bytes]:
    """By path below the folder that holds assignments. Of those beside it the description: work
    that is of another one is known by it."""
    root = assignment.root.resolve()
    own = [file for file in sorted(root.rglob("*")) if file.suffix in READ and file.is_file()]
    described = [each.root.resolve() / DESCRIPTION for each in siblings(assignment)]
    files = {f"{root.name}/{file.relative_to(root)}": file.read_bytes() for file in own}
    return files | {f"{file.parent.name}/{DESCRIPTION}": file.read_bytes() for file in described}


def unpacked_run(run: bytes, place: Path) -> tuple[dict[str, str], Job]:
    """The terms, and the job with all its files in the folder `place`."""
    data = _unpack(run)
    for name, content in data["files"].items():
        file = place / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return data["terms"], _job(data, place)


def _job(data: dict[str, Any], place: Path) -> Job:
    name, layers = data["tier"]
    return Job(
        assignment=place / data["folder"],
        tier=Tier(name, frozenset(layers)),
        seed=data["seed"],
        store=place / "experiments.db",
        tasks=tuple(data["tasks"]),
        experiments=data["experiments"],
        environments=tuple(data["environments"]),
        dialect=data["dialect"],
    )


def packed(name: str, found: Found, known: Known | None) -> bytes:
    """What was found in the folder or zip of that name, and what is known of it."""
    contents = [found.files, found.refused, found.unreadable]
    return _pack([name, contents, [known.entry, known.stale] if known else None])


def unpacked(data: bytes) -> tuple[Path, Found, Known | None]:
    """What was `packed`; at the path is nothing."""
    name, (files, refused, unreadable), known = _unpack(data)
    found = Found(files, refused, unreadable=unreadable)
    return Path(name), found, Known(known[0], tuple(known[1])) if known else None


def reply(judged: list[Judged]) -> bytes:
    """A worker's answer."""
    return json.dumps({"judged": judged}).encode()


def refusal(reason: str) -> bytes:
    """The answer of a worker that could judge otherwise than this machine would."""
    return json.dumps({"refused": reason}).encode()


def failure(reason: str, address: str) -> bytes:
    """The answer of the worker at `address`, which could not judge; another one may."""
    return json.dumps({"failed": reason, "address": address}).encode()


@dataclass(frozen=True)
class Reply:
    """What was `judged`, or else why nothing was, and where."""

    judged: Sequence[Judged] = ()
    refused: str = ""
    failed: str = ""
    address: str = ""


def read_reply(data: bytes) -> Reply:
    """What a worker answered."""
    return Reply(**json.loads(data))


def _pack(value: Any) -> bytes:
    """Names of files need not be text that can be encoded."""
    return cast(bytes, msgpack.packb(value, unicode_errors="surrogatepass"))


def _unpack(data: bytes) -> Any:
    return msgpack.unpackb(data, unicode_errors="surrogatepass")
