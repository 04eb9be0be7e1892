"""The other graders, each in an environment of its own; all versions stand here."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

PLACE = Path("build/peers").resolve()
# A grader of notebooks does not bring the kernel that it needs.
KERNEL = f"ipykernel=={version('ipykernel')}"
REQUIREMENTS = {
    "plain": (),
    "nbgrader": ("nbgrader==0.9.6", KERNEL),
    "otter": ("otter-grader==7.0.0", KERNEL),
    "gradescope-utils": ("gradescope-utils==0.5.0",),
    "check50": ("check50==3.5.0",),
}
"""By name what is installed beside NumPy, which is as here."""


def programs(tool: str) -> Path:
    """The folder of the tool's programs, after its installation if need be."""
    home = PLACE / tool
    done, wanted = (
        home / "requirements.txt",
        "\n".join([f"numpy=={version('numpy')}", *REQUIREMENTS[tool]]),
    )
    if not done.exists() or done.read_text() != wanted:
        print(f"Installing {tool} into {home} ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        pip = [str(home / "bin/python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--disable-pip-version-check", *wanted.split()], check=True)
        done.write_text(wanted)
    return home / "bin"
