"""One target under libFuzzer: `python -m fuzz.once TARGET [OPTIONS] [FOLDER or FILE]`."""

import resource
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["autograder.sandbox", "autograder.student", "fuzz"]):
    from fuzz.targets import TARGETS

MEMORY = 1 << 30
"""Bytes of address space beyond those in use: whoever believes a claimed size fails."""


def main(name: str, *options: str) -> None:
    """Does not return."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
