"""What a student gets besides the assignment: the checker, the data sets, what to read and install."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import autograder
from autograder.assignment import Assignment
from autograder.release.errors import ReleaseError

ROOT = Path(autograder.__file__).parent.parent
FILES = (
    "autograder/__init__.py",
    "autograder/__main__.py",
    "autograder/archive.py",
    "autograder/assignment.py",
    "autograder/draw.py",
    "autograder/intake.py",
    "autograder/notebook.py",
    "autograder/stubs.py",
    "autograder/submission.py",
    "autograder/diagnosis/__init__.py",
    "autograder/diagnosis/agreement.py",
    "autograder/diagnosis/evidence.py",
    "autograder/diagnosis/explanation.py",
    "autograder/diagnosis/fingerprints.py",
    "autograder/diagnosis/hints.py",
    "autograder/diagnosis/looks/*.py",
    "autograder/diagnosis/pairs.py",
    "autograder/judge/*.py",
    "autograder/local/*.py",
    "autograder/salvage/*.py",
    "autograder/student/__init__.py",
    "autograder/student/chance.py",
    "autograder/student/channel.py",
    "autograder/student/export.py",
    "autograder/student/local.py",
    "autograder/student/proxy.py",
    "autograder/student/session.py",
    "autograder/student/statements.py",
    "autograder/student/tensors.py",
    "autograder/student/wire.py",
    "datasets/**/*.py",
)
CHECKS = "autograder.checks"
IMPORTED = re.compile(rf"^(?:from|import) ({re.escape(CHECKS)}[\w.]*)", re.MULTILINE)
PYTORCH = ("torch",)
# In docs/ for readers of the repository; a student looks for it beside the notebooks.
INSTRUCTIONS, README = "docs/student.md", "README.md"
EXAMPLES = ("modular-nets", "deepnets")
"""The id and the package that the instructions name."""
REQUIREMENTS = (
    "filelock",
    "ipykernel",
    "ipython",
    "matplotlib",
    "nbformat",
    "notebook",
    "numpy",
    "platformdirs",
    "pydantic",
    "rich",
    "tqdm",
    "typer",
)


def copy_kit(to: Path, assignment: Assignment) -> None:
    """Copy the kit of `assignment` to `to`, and write the instructions, and what to install, the
    large part apart.

    The versions are those of constraints.txt, with which the grader runs too. ReleaseError names
    what is missing.
    """
    for name in kit_files(assignment.checks):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)
    page = _found(INSTRUCTIONS)[0].read_text("utf-8")
    for example, own in zip(EXAMPLES, (assignment.id, assignment.package), strict=True):
        page = page.replace(example, own)
    (to / README).write_text(page, "utf-8")
    for file, names in (("requirements.txt", REQUIREMENTS), ("requirements-pytorch.txt", PYTORCH)):
        (to / file).write_text("".join(f"{line}\n" for line in _pinned(names)), "utf-8")


def kit_files(checks: Iterable[str]) -> list[str]:
    """The names, relative to the repository, of all that FILES stands for and that the modules
    `checks` are made of."""
    found = [path for pattern in (*FILES, *_files_of(checks)) for path in _found(pattern)]
    return [path.relative_to(ROOT).as_posix() for path in found]


def _files_of(checks: Iterable[str]) -> list[str]:
    """Those of `checks`, of the checks that they import, and of the folders that they lie in."""
    files: set[str] = set()
    left = [name for name in checks if name.startswith(CHECKS)]
    while left:
        module = left.pop()
        file = module.replace(".", "/")
        file = f"{file}/__init__.py" if (ROOT / file).is_dir() else f"{file}.py"
        if file not in files:
            files.add(file)
            left += IMPORTED.findall(_found(file)[0].read_text("utf-8"))
            left += [module.rpartition(".")[0]] if module != CHECKS else []
    return sorted(files)


def _found(pattern: str) -> list[Path]:
    found = sorted(ROOT.glob(pattern))
    if not found:
        todo = "Restore the file, or correct its name in autograder/release/kit.py"
        raise ReleaseError(pattern, None, "the student's kit lacks it", todo)
    return found


def _pinned(names: Iterable[str]) -> list[str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    versions = {line.partition("==")[0].lower(): line for line in lines}
    if missing := [name for name in names if name not in versions]:
        what = f"pins no version of {', '.join(missing)}"
        raise ReleaseError("constraints.txt", None, what, "Add them; students install them")
    return [versions[name] for name in names]
