"""Looks for tokens in its own environment and arguments, and in the judge's variable."""

import os
import sys

from .arms import KNOWN, attempt, look

CLASSES = (21,)

look("environ", lambda: dict(os.environ))
look("arguments", lambda: (sys.argv, sys.orig_argv, sys.path, sys.flags))
attempt("the judge's variable", lambda: os.environ[KNOWN["variable"]])
for name in ("USER", "SHELL", "VIRTUAL_ENV", "PWD", "SSH_AUTH_SOCK", "PYTHONPATH"):
    attempt(name, lambda: os.environ[name])
