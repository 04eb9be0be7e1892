"""The zip that is uploaded to Gradescope as an autograder."""

from collections.abc import Iterator
from pathlib import Path

import autograder
from autograder.archive import write_zip
from autograder.assignment import Assignment
from autograder.exports.gradescope.run import SETTINGS, Settings
from autograder.grading.store import Store
from autograder.reports.document import ReportError

ROOT = Path(autograder.__file__).parent.parent
OURS = ("autograder", "datasets")
TOP = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE")
SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image.
set -euo pipefail
cd "$(dirname "$0")"
root=${AUTOGRADER_ROOT:-/autograder}
command -v python3.11 > /dev/null ||
    { apt-get update && apt-get install -y python3.11 python3.11-venv; }
python3.11 -m venv "$root/venv"
wheels=()
if [ -d wheels ]; then wheels=(--no-index --find-links wheels); fi
"$root/venv/bin/python" -m pip install --quiet --disable-pip-version-check "${wheels[@]}" \\
    -c constraints.txt -e 'WHAT'
"""
RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission.
root=${AUTOGRADER_ROOT:-/autograder}
cd "$root/source" || exit 1
exec "${AUTOGRADER_PYTHON:-$root/venv/bin/python}" -m autograder.exports.gradescope "$root"
"""


def bundle(
    assignment: Assignment,
    to: Path,
    settings: Settings,
    wheels: Path | None = None,
    pytorch: bool = False,
) -> None:
    """Write the zip `to`: setup.sh, run_autograder, our code, and the assignment with its solution.

    With a folder of `wheels` it installs without a network. Raises ReportError.
    """
    place = settings.assignment
    contents = {
        "setup.sh": SETUP.replace("WHAT", ".[pytorch]" if pytorch else ".").encode(),
        "run_autograder": RUN.encode(),
        SETTINGS: settings.model_dump_json().encode(),
        **{name: (ROOT / name).read_bytes() for name in TOP},
        **{f"{place}/{name}": data for name, data in _files(assignment.root)},
        **{f"{room}/{name}": data for room in OURS for name, data in _files(ROOT / room)},
        **_wheels(wheels),
    }
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        write_zip(to, contents)
    except OSError as error:
        raise ReportError(f"{to}: cannot be written ({error.strerror})") from None


def settings_for(
    assignment: Assignment,
    store: Path,
    seconds: int,
    tasks: tuple[str, ...] = (),
    experiments: bool = True,
    trusted: bool = False,
) -> Settings:
    """With the seed of `store`, so that a class gets the same hidden trials here and there.

    Raises AssignmentError for an unknown task, and StoreError.
    """
    known = tuple(assignment.task(name).id for name in tasks)
    with Store(store) as kept:
        seed = kept.seed(assignment.id)
    return Settings(
        assignment=f"source/{assignment.root.resolve().name}", seed=seed, seconds=seconds,
        tasks=known, experiments=experiments, trusted=trusted,
    )  # fmt: skip


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in parts):
            yield "/".join(parts), path.read_bytes()


def _wheels(folder: Path | None) -> dict[str, bytes]:
    if folder is None:
        return {}
    if not (found := sorted(folder.glob("*.whl"))):
        raise ReportError(f"{folder}: holds no wheel: see docs/instructor.md on how to get them")
    return {f"wheels/{path.name}": path.read_bytes() for path in found}
