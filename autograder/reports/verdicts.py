"""How each verdict looks and what it tells a student."""

from typing import NamedTuple

from autograder.reports.document import Verdict


class Look(NamedTuple):
    """`mark` differs for every verdict, so that nothing hangs on colour alone."""

    mark: str
    label: str
    tone: str
    meaning: str


LOOKS: dict[Verdict, Look] = {
    "passed": Look("✓", "Passed", "good", "Everything asked for is right."),
    "partial": Look("½", "Partly right", "half", "Some of the trials pass."),
    "failed": Look("✕", "Not right yet", "bad", "The answers differ from the right ones."),
    "blocked": Look(
        "B",
        "Blocked",
        "wait",
        "This could not be judged, since it needs a task that does not work.",
    ),
    "not attempted": Look(
        "–",
        "Not attempted",
        "none",
        "Nothing to judge: the starter code is still there, or a file is missing.",
    ),
    "crashed": Look("!", "Crashed", "bad", "The code stopped with an error."),
    "timed out": Look("T", "Timed out", "bad", "The code did not finish in the time allowed."),
    "grader fault": Look(
        "?",
        "Grader fault",
        "fault",
        "The grader failed here, not you. The staff know of it, and it costs you no points.",
    ),
    "skipped": Look("S", "Skipped", "none", "This was left out of this run."),
}
