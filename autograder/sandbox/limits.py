"""What one isolated process may use."""

import resource
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Budgets of one process: bytes, seconds of CPU, threads, open files.

    `memory_bytes` is address space beyond what the process starts with, `disk_bytes` the size of
    its private directory (where the tier has one), `output_bytes` what it may print before an
    answer.
    """

    memory_bytes: int = 512 << 20
    cpu_seconds: int = 60
    disk_bytes: int = 32 << 20
    file_bytes: int = 16 << 20
    output_bytes: int = 1 << 20
    threads: int = 32
    open_files: int = 64


def enforce(limits: Limits, start_bytes: int | None, other_tasks: int) -> None:
    """Bind this process to `limits`, for good.

    start_bytes: address space already in use, None where the system cannot bound it.
    other_tasks: tasks the kernel counts against the same user but that are not ours.
    """
    bounds = {
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_NPROC: other_tasks + limits.threads,
        resource.RLIMIT_CORE: 0,
    }
    if start_bytes is not None:
        bounds[resource.RLIMIT_AS] = start_bytes + limits.memory_bytes
    for kind, bound in bounds.items():
        _lower(kind, bound)


def _lower(kind: int, bound: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
    resource.setrlimit(kind, (value, value))
