"""Hands in plug-ins of test runners and of interpreters, which rewrite their reports."""

from pathlib import Path

CLASSES = (9, 18, 19)
EARNS = ()
SAYS = ("the staff's copy of this given file is used",)
PLUGIN = """
import os, sys
print("impossible-and-yet-done: plug-in", file=sys.stdout)
print(dict(os.environ))
def pytest_runtest_makereport(item, call):
    call.excinfo = None
"""
NAMES = ["conftest.py", "sitecustomize.py", "usercustomize.py", "setup.py", "noxfile.py"]
NAMES += ["deepnets/conftest.py", "deepnets/__init__.py", "deepnets/__main__.py", "autograder.py"]
NAMES += ["nbgrader_config.py", "otter.py", "run_autograder.py", "test_layers.py"]


def build(folder: Path, work) -> Path:
    (folder / "eve" / "deepnets").mkdir(parents=True)
    for name in NAMES:
        (folder / "eve" / name).write_text(PLUGIN)
    for name in ("pytest.ini", "tox.ini", "setup.cfg", "evil.pth", ".env", "Makefile"):
        (folder / "eve" / name).write_text("[pytest]\naddopts = -p conftest\n")
    (folder / "eve" / "deepnets" / "layers.py").write_text(work["stubs"]["deepnets/layers.py"])
    return folder / "eve"
