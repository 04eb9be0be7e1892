"""Which pages of people lie in a report's folder: those of who has left must not stay there."""

import re
from collections.abc import Sequence
from pathlib import Path

from autograder.reports.files import explained, forget_drafts, write_whole

LISTS = {"students": ".hand-outs", "table": ".table", "pairs": ".pairs"}


def forget_others(folder: Path, kind: str, links: Sequence[str]) -> None:
    """Remove the pages of a `kind` listed in `folder` that are not in `links`, and list these.

    A file that is in no list was not written by a report, and stays. ReportError if the folder
    cannot be written.
    """
    forget_drafts(folder / kind)
    for link in _listed(folder, kind) - set(links):
        with explained(folder / link):
            (folder / link).unlink(missing_ok=True)
    write_whole(folder / LISTS[kind], "".join(f"{link}\n" for link in links))


def _listed(folder: Path, kind: str) -> set[str]:
    """Only names of such pages count, so that a list that was edited leads nowhere else."""
    try:
        links = (folder / LISTS[kind]).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return set()
    return {link for link in links if re.fullmatch(rf"{kind}/[^/]+\.html", link)}
