"""The way to a cluster: one that is there, or one of processes of this machine."""

import asyncio
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import dask
from distributed import Client, LocalCluster, Security
from distributed.comm.core import FatalCommClosedError, connect

from autograder.grading.cluster import uninterrupted
from autograder.grading.cluster.address import Address
from autograder.grading.cluster.errors import ClusterError, told
from autograder.grading.cluster.keys import CA, CERTIFICATE, KEY
from autograder.grading.judges import ONE_THREAD

SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1GiB",
    # Pages for whoever asks, not encrypted.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    # It would look at what a judge does a hundred times a second.
    "distributed.worker.profile.enabled": False,
    # Or a worker that has ended twice is given up, if it is just beginning again after that time.
    "distributed.deploy.lost-worker-timeout": "365 days",
}
NOWHERE = "127.0.0.1:0"
MARGIN = 1.0
"""Seconds after which whoever takes a connection is taken to be no scheduler."""
LOGGED = logging.CRITICAL
"""What a worker's end is to us is told by ourselves."""


@contextmanager
def connected(address: Address, wait: float) -> Iterator[Client]:
    """A client of the scheduler there, waited for at most `wait` seconds. Raises ClusterError."""
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(LOGGED)
    with dask.config.set(SETTINGS):
        if address.url:
            with _client(address, wait) as client:
                yield client
        else:
            with _here(address.workers) as cluster, Client(cluster) as client:
                yield client


def _client(address: Address, wait: float) -> Client:
    security, seconds = _security(address), max(1.0, wait)
    try:
        asyncio.run(_greet(address.url, security, seconds))
        return Client(address.url, security=security, timeout=seconds)
    except FatalCommClosedError as error:
        why = f"the scheduler there has other keys than {address.tls}: take a copy of its own"
        raise ClusterError(f"--cluster {address.url}: {why} ({told(error)})") from None
    except OSError as error:
        why = f"no scheduler can be used ({told(error)})"
        raise ClusterError(f"--cluster {address.url}: {why}") from None


async def _greet(url: str, security: Security | None, seconds: float) -> None:
    """Raises OSError if no scheduler answers; a `Client` would wait for ever where somebody takes
    the connection and is silent."""
    arguments = security.get_connection_args("client") if security else {}
    try:
        async with asyncio.timeout(seconds + MARGIN):
            comm = await connect(url, timeout=seconds, **arguments)  # type: ignore[no-untyped-call]
            comm.abort()
    except TimeoutError:
        raise ConnectionError("whoever listens there says nothing") from None


def _security(address: Address) -> Security | None:
    if address.tls is None:
        return None
    ca, certificate, key = (str(address.tls / name) for name in (CA, CERTIFICATE, KEY))
    return Security(
        tls_ca_file=ca, tls_client_cert=certificate, tls_client_key=key, require_encryption=True
    )


def _here(workers: int) -> LocalCluster:
    """Keys that exist in memory only keep out the other users of this machine."""
    os.environ.update(ONE_THREAD)
    preload = [*dask.config.get("distributed.worker.preload"), uninterrupted.__name__]
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        memory_limit=0,
        security=Security.temporary(),
        silence_logs=LOGGED,
        preload=preload,
        scheduler_kwargs={"allowed_failures": 0, "dashboard": False, "dashboard_address": NOWHERE},
    )
