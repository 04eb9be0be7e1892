"""Which hand-outs lie in a report's folder: those of students who have left must not stay there."""

import re
from collections.abc import Sequence
from pathlib import Path

from autograder.reports.files import explained, write_whole

LIST = ".hand-outs"


def forget_others(folder: Path, links: Sequence[str]) -> None:
    """Remove the hand-outs listed in `folder` that are not in `links`, and list these instead.

    A file that is in no list was not written by a report, and stays. ReportError if the folder
    cannot be written.
    """
    for link in _listed(folder) - set(links):
        with explained(folder / link):
            (folder / link).unlink(missing_ok=True)
    write_whole(folder / LIST, "".join(f"{link}\n" for link in links))


def _listed(folder: Path) -> set[str]:
    """Only names of hand-outs count, so that a list that was edited leads nowhere else."""
    try:
        links = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return set()
    return {link for link in links if re.fullmatch(r"students/[^/]+\.html", link)}
