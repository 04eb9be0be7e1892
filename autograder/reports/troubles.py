"""Submissions that could not be used as they were handed in, and why."""

from collections import defaultdict

from autograder.reports.document import Document, Submission

USABLE = {"ok", "salvaged"}
WORST_FIRST = ("unusable", "refused", "missing", "salvaged", "ok")
MOST_PATHS = 5


def status(submission: Submission) -> str:
    """What happened to the worst of its files; `unusable` if nothing of it could be judged."""
    found = {file.status for file in submission.files} - {"ignored"}
    if submission.files and not found & USABLE:
        return "unusable"
    return next((name for name in WORST_FIRST if name in found), "ok")


def reasons(submission: Submission) -> list[str]:
    """Why files could not be used as they are: a sentence for all that share a reason."""
    paths = defaultdict(list)
    for file in submission.files:
        if file.status not in ("ok", "ignored"):
            paths["; ".join(file.message.splitlines()) or file.status].append(file.path)
    return [f"{_listed(names)}: {message}" for message, names in paths.items()]


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_PATHS
    return ", ".join(names[:MOST_PATHS]) + (f" and {more} more" if more > 0 else "")


def troubled(view: Document) -> list[int]:
    """Positions of the submissions with a file in trouble, the worst first."""
    worst = [WORST_FIRST.index(status(each)) for each in view.submissions]
    found = [number for number, rank in enumerate(worst) if rank < WORST_FIRST.index("ok")]
    return sorted(found, key=worst.__getitem__)
