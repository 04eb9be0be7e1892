"""Where a cluster is, and what protects the way to it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from autograder.grading.cluster.errors import ClusterError
from autograder.grading.cluster.keys import demand_keys

FORMS = "say local:N, tls://HOST:PORT with --cluster-tls FOLDER, or tcp://127.0.0.1:PORT"
PORTS = range(1, 1 << 16)


@dataclass(frozen=True)
class Address:
    """A scheduler's `url`, or "" for `workers` processes here; `tls` is the folder of keys."""

    url: str
    workers: int = 0
    tls: Path | None = None


def read_address(text: str, tls: Path | None) -> Address:
    """What --cluster and --cluster-tls say; raises ClusterError."""
    if match := re.fullmatch(r"local:([1-9]\d*)", text):
        if tls is not None:
            raise _unusable(text, "it makes keys of its own, so leave --cluster-tls out")
        return Address("", int(match[1]))
    match = re.fullmatch(r"(tcp|tls)://(\[[^]]+\]|[^:/]+):([0-9]{1,9})", text)
    if match is None:
        raise _unusable(text, FORMS)
    if int(match[3]) not in PORTS:
        raise _unusable(text, f"ports are {PORTS[0]} to {PORTS[-1]}")
    _demand_protection(text, match[1], match[2].strip("[]"), tls)
    return Address(text, tls=tls)


def _demand_protection(text: str, protocol: str, host: str, tls: Path | None) -> None:
    """Whoever reaches a scheduler can run programs as its owner, so that only this machine's own
    may be without keys."""
    if protocol == "tls" and tls is None:
        raise _unusable(text, "name the folder of its keys with --cluster-tls")
    if protocol == "tcp" and not _is_here(host):
        why = "without encryption anybody on the way can run programs on all its machines"
        raise _unusable(text, f"{why}; {FORMS}")
    if protocol == "tcp" and tls is not None:
        raise _unusable(text, "--cluster-tls goes with tls://HOST:PORT")
    if tls is not None:
        demand_keys(tls)


def _unusable(text: str, why: str) -> ClusterError:
    return ClusterError(f"--cluster {text}: {why}")


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
