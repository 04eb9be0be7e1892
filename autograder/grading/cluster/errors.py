"""What stops a cluster, and how it is told to a person."""

import re

OBJECT = re.compile(r"<[\w.]+ object at 0x[0-9a-f]+>")
MOST = 300


class ClusterError(Exception):
    """The cluster cannot be used, or not any longer; the message says why and what to do."""


def told(error: BaseException) -> str:
    """The first cause that has words; an object in it, which tells nobody anything, by no more than
    its kind."""
    while error.__cause__ and str(error.__cause__):
        error = error.__cause__
    text = OBJECT.sub(lambda found: found[0].split()[0].rpartition(".")[2].lstrip("<"), str(error))
    return f"{type(error).__name__}: {text}"[:MOST]
