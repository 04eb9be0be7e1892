"""Plants code where other interpreters would import it: caches, path files, customizations."""

import importlib.util
import os
import site

import numpy

from .arms import attempt

CLASSES = (18, 9)

cached = importlib.util.cache_from_source(numpy.__file__)
attempt("bytecode", lambda: open(cached, "r+b").write(b"x"))
attempt("module", lambda: open(numpy.__file__, "a").write("x"))
for folder in (*site.getsitepackages(), os.path.dirname(os.__file__)):
    for name in ("evil.pth", "sitecustomize.py", "usercustomize.py", "numpy.py"):
        attempt(f"{folder}/{name}", lambda: open(f"{folder}/{name}", "x").write("x"))
        attempt("rename", lambda: os.rename(f"{folder}/numpy", f"{folder}/numpy_"))
