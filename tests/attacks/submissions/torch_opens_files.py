"""Reads, writes and sends by PyTorch's own ways to files and sockets, which are not Python's."""

from datetime import timedelta

import torch
from torch.distributed import TCPStore

from .arms import KNOWN, attempt

CLASSES = (1, 2, 23)
FILE = "6-PyTorch.ipynb"
TASKS = ("build_optimizer", "sequential_convnet")

secret, url = KNOWN["secrets"][0], f"http://127.0.0.1:{KNOWN['tcp']}/?solution"
attempt("a file as a tensor", lambda: torch.from_file(secret, size=60, dtype=torch.uint8))
attempt("a file as a storage", lambda: torch.UntypedStorage.from_file(secret, False, 60))
attempt("a save", lambda: torch.save({}, f"{KNOWN['folder']}/{KNOWN['name']}"))
attempt("shared memory", lambda: torch.zeros(3).share_memory_())
attempt("a download", lambda: torch.hub.download_url_to_file(url, "x"))
attempt("a store", lambda: TCPStore("127.0.0.1", KNOWN["tcp"], timeout=timedelta(seconds=1)))


def build_optimizer(model):
    return torch.load(secret, weights_only=False)


def sequential_convnet():
    return torch.package.PackageImporter(secret).load_pickle("a", "b")
