"""Runs programs: a shell, an interpreter, whatever is there."""

import os
import subprocess
import sys

from .arms import KNOWN, attempt

CLASSES = (24, 1)


def shell():
    if status := os.system("true"):
        raise OSError(status)


attempt("system", shell)
attempt("popen", lambda: os.popen("cat /etc/passwd").read() or 1 / 0)
attempt("subprocess", lambda: subprocess.run(["true"], check=True))
attempt("python", lambda: subprocess.run([sys.executable, "-c", ""], check=True))
attempt("spawn", lambda: os.posix_spawn("/bin/true", ["true"], {}))
attempt("detached", lambda: subprocess.Popen(["sleep", "9", KNOWN["name"]], start_new_session=True))
