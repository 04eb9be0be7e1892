"""The keys of a cluster: three files that command, scheduler and workers hold alike."""

import ssl
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from autograder.grading.cluster.errors import ClusterError

CA, CERTIFICATE, KEY = "ca.pem", "cert.pem", "key.pem"


def demand_keys(folder: Path) -> None:
    """Raises ClusterError, which names the file, if who has these keys would not trust itself."""
    for name in (CA, CERTIFICATE, KEY):
        with _or(folder, f"{name} cannot be looked at"):
            if not (folder / name).is_file():
                raise _unusable(folder, f"there is no {name}")
    for name in (CA, CERTIFICATE):
        with _or(folder, f"{name} cannot be used as a certificate"):
            ssl.create_default_context(cafile=folder / name)
    with _or(folder, f"{KEY} cannot be used as the key of {CERTIFICATE}"):
        sides = [_side(folder, purpose) for purpose in ssl.Purpose]
    with _or(folder, f"{CERTIFICATE} is not trusted by {CA}"):
        _shake_hands(*sides)
    if (folder / KEY).stat().st_mode & stat.S_IRWXO:
        todo = "chmod 600 it, and if others may have copied it, make new ones as docs/scale.md says"
        raise ClusterError(f"--cluster-tls {folder}: {KEY} is open to every user; {todo}")


@contextmanager
def _or(folder: Path, wrong: str) -> Iterator[None]:
    """An error of the body is what is `wrong`."""
    try:
        yield
    except OSError as error:
        raise _unusable(folder, f"{wrong} ({error.strerror})") from None


def _unusable(folder: Path, wrong: str) -> ClusterError:
    todo = "copy the scheduler's again, or make new ones for all as docs/scale.md says"
    return ClusterError(f"--cluster-tls {folder}: {wrong}; {todo}")


def _side(folder: Path, purpose: ssl.Purpose) -> ssl.SSLContext:
    """One side of a connection, as Dask makes it."""
    side = ssl.create_default_context(purpose, cafile=folder / CA)
    side.check_hostname, side.verify_mode = False, ssl.CERT_REQUIRED
    # A password would be asked for, by every program anew.
    side.load_cert_chain(folder / CERTIFICATE, folder / KEY, password="")
    return side


def _shake_hands(here: ssl.SSLContext, there: ssl.SSLContext) -> None:
    """Raises SSLError if two sides do not trust one another; the second one is a server."""
    to, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [here.wrap_bio(back, to), there.wrap_bio(to, back, server_side=True)]
    # Each has its say twice.
    for side in sides * 2:
        with suppress(ssl.SSLWantReadError):
            side.do_handshake()
