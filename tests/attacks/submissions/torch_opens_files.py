"""Reads, writes and runs files by PyTorch's own ways to them, in code that is not Python's."""

import torch
from torch.utils import cpp_extension

from .arms import KNOWN, attempt

CLASSES = (1, 2, 17)
FILE = "6-PyTorch.ipynb"
TASKS = ("build_optimizer", "sequential_convnet")
SOURCE = "int main() { return 0; }"

secret = KNOWN["secrets"][0]
attempt("a file as a tensor", lambda: torch.from_file(secret, size=60, dtype=torch.uint8))
attempt("a file as a storage", lambda: torch.UntypedStorage.from_file(secret, False, 60))
attempt("a library", lambda: torch.ops.load_library(f"{KNOWN['folder']}/evil.so"))
attempt("a compiler", lambda: cpp_extension.load_inline(KNOWN["name"], SOURCE))
attempt("a hub", lambda: torch.hub.load("pytorch/vision", "resnet18"))
attempt("a save", lambda: torch.save({}, f"{KNOWN['folder']}/{KNOWN['name']}"))
attempt("shared memory", lambda: torch.zeros(3).share_memory_())


def build_optimizer(model):
    return torch.load(secret, weights_only=False)


def sequential_convnet():
    return torch.package.PackageImporter(secret).load_pickle("a", "b")
