"""Where a cluster is, and what protects the way to it."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

CA, CERTIFICATE, KEY = "ca.pem", "cert.pem", "key.pem"
FORMS = "say local:N, tls://HOST:PORT with --cluster-tls FOLDER, or tcp://127.0.0.1:PORT"


class ClusterError(Exception):
    """The cluster cannot be used, or not any longer; the message says why and what to do."""


@dataclass(frozen=True)
class Address:
    """A scheduler's `url`, or "" for `workers` processes here; `tls` is the folder of keys."""

    url: str
    workers: int = 0
    tls: Path | None = None


def read_address(text: str, tls: Path | None) -> Address:
    """What --cluster and --cluster-tls say; raises ClusterError.

    Whoever reaches a scheduler can run programs as its owner, so that only this machine's own may
    be without keys.
    """
    if match := re.fullmatch(r"local:([1-9]\d*)", text):
        return Address("", int(match[1]))
    match = re.fullmatch(r"(tcp|tls)://(\[[^]]+\]|[^:/]+):\d+", text)
    if match is None:
        raise ClusterError(f"--cluster {text}: {FORMS}")
    if match[1] == "tls":
        return Address(text, tls=_with_keys(text, tls))
    if tls is not None or not _is_here(match[2].strip("[]")):
        why = "without encryption anybody on the way can run programs on all its machines"
        raise ClusterError(f"--cluster {text}: {why}; {FORMS}")
    return Address(text)


def _with_keys(text: str, tls: Path | None) -> Path:
    if tls is None:
        raise ClusterError(f"--cluster {text}: name the folder of its keys with --cluster-tls")
    if absent := [name for name in (CA, CERTIFICATE, KEY) if not (tls / name).is_file()]:
        raise ClusterError(f"--cluster-tls {tls}: there is no {absent[0]}, see docs/scale.md")
    return tls


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
