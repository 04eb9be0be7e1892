"""Submissions that could not be used as they were handed in, and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.dialects.recognize import LOOK_LIKE, OWN
from autograder.reports.document import Document, File, Submission

USABLE = {"ok", "salvaged"}
WORST_FIRST = ("unusable", "refused", "missing", "salvaged", "ok")
MOST_PATHS = 5
SMALL_CLASS = 10


def status(submission: Submission, not_due: frozenset[str] = frozenset()) -> str:
    """What happened to the worst of its files; `unusable` if nothing of it could be judged.

    Missing files that are `not_due` do not count.
    """
    due = [file for file in submission.files if not _excused(file, not_due)]
    found = {file.status for file in due} - {"ignored"}
    if submission.files and not {file.status for file in submission.files} & USABLE:
        return "unusable"
    return next((name for name in WORST_FIRST if name in found), "ok")


def reasons(submission: Submission, not_due: frozenset[str] = frozenset()) -> list[str]:
    """Why files could not be used as they are: a sentence for all that share a reason.

    Nothing is said of missing files that are `not_due`.
    """
    paths = defaultdict(list)
    for file in submission.files:
        if file.status not in ("ok", "ignored") and not _excused(file, not_due):
            paths["; ".join(file.message.splitlines()) or file.status].append(file.path)
    return [f"{_listed(names)}: {message}" for message, names in paths.items()]


def asked_less(view: Document, submission: Submission) -> str:
    """A sentence if others of the class were asked more tasks than this one; else ""."""
    if submission.dialect == OWN or len(submission.tasks) == len(view.tasks):
        return ""
    asked = f"{submission.max_points:g} of {sum(task.points for task in view.tasks):g} points asked"
    return f"judged as {submission.dialect}: {asked}; --dialect own asks for all"


def worth_a_look(view: Document, submission: Submission, not_due: frozenset[str]) -> list[str]:
    """All that the staff should know of it before they trust its points."""
    doubts = [text for text in submission.dialect_evidence if text.startswith(LOOK_LIKE)]
    told = [*filter(None, [asked_less(view, submission)]), *doubts]
    return [*told, *reasons(submission, not_due)]


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_PATHS
    return ", ".join(names[:MOST_PATHS]) + (f" and {more} more" if more > 0 else "")


def not_due(view: Document) -> frozenset[str]:
    """Files that most of the class has not handed in, such as the notebooks of later weeks."""
    files = (file for each in view.submissions for file in each.files)
    absent = Counter(file.path for file in files if file.status == "missing")
    total = max(len(view.submissions), SMALL_CLASS)
    return frozenset(path for path, n in absent.items() if 2 * n > total)


def _excused(file: File, not_due: frozenset[str]) -> bool:
    return file.status == "missing" and file.path in not_due


@dataclass(frozen=True)
class Trouble:
    """A submission that needs a look: its position, its status, and why."""

    number: int
    id: str
    status: str
    reasons: list[str]


def trouble(
    view: Document, submission: Submission, number: int, not_due: frozenset[str]
) -> Trouble | None:
    """What the staff should look at in the submission at position `number`."""
    why, found = worth_a_look(view, submission, not_due), status(submission, not_due)
    return Trouble(number, submission.id, found, why) if why or found == "unusable" else None


def worst_first(troubles: Iterable[Trouble | None]) -> list[Trouble]:
    """Those that are some, the ones with the worst files first."""
    return sorted(filter(None, troubles), key=lambda each: WORST_FIRST.index(each.status))
