"""Loaded by the workers of this machine: an interrupt is for the process that started them."""

import signal


def dask_setup(_: object) -> None:
    """Called by Dask as soon as a worker begins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
