"""The result document, typed: the contract between grading and reports."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated, Any, Literal, get_args, overload

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from autograder.reports.text import clean

Verdict = Literal[
    "passed",
    "partial",
    "failed",
    "blocked",
    "not attempted",
    "crashed",
    "timed out",
    "grader fault",
    "skipped",
]
MOST_FAULTS = 10
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


class ReportError(Exception):
    """A report cannot be made; the message says where and what to do."""


def _clean(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_clean)]
Points = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Part(BaseModel):
    """Base of all parts. Unknown keys are ignored, so that a newer grader may say more."""

    model_config = ConfigDict(frozen=True, strict=True, use_attribute_docstrings=True)


class Run(Part):
    """All that may differ between two runs of one seed."""

    tier: Text
    """How well submissions were kept apart from the grader."""
    versions: dict[Text, Text]
    """Name of a program -> its version."""
    started: Text
    """ISO 8601."""
    seconds: dict[Text, float] = {}
    """Wall-clock seconds by part of the run; `total` is the whole."""
    known: Annotated[int, Field(ge=0)] = 0
    """Number of submissions whose verdicts, all or some, are from an earlier run."""
    renewed: Annotated[int, Field(ge=0)] = 0
    """Number of those of which some tasks were judged again."""


class Task(Part):
    """What earns points, as the assignment says."""

    id: Text
    title: Text
    points: Points
    notebook: Text


class Finding(Part):
    """One thing that is wrong."""

    quantity: Text = ""
    """Which answer, such as `db`."""
    message: Text
    """What was seen; may be several lines of monospaced text."""
    hint: Text = ""
    """What to look at."""
    section: Text = ""
    """Where to read on: a notebook, a colon and a heading; several are parted by semicolons."""
    trial: Text = ""
    """Name of the case that showed it."""
    visibility: Literal["student", "staff"]
    """`staff` findings never reach a hand-out."""


class TaskResult(Part):
    """One task of one submission."""

    id: Text
    verdict: Verdict
    points: Points
    max_points: Points
    stand_ins: list[Text] = []
    """Tasks whose reference was used in place of the student's own function."""
    diagnosis: list[Text] = []
    """Ids of the named mistakes that explain the answers; for staff."""
    notes: list[Text] = []
    """Remarks for the student that cost nothing."""
    findings: list[Finding] = []


class File(Part):
    """One file of a submission."""

    path: Text
    status: Literal["ok", "salvaged", "missing", "ignored", "refused"]
    message: Text = ""


class Submission(Part):
    """One student's work, judged."""

    id: Text
    dialect: Text
    dialect_evidence: list[Text] = []
    points: Points
    max_points: Points
    files: list[File] = []
    tasks: list[TaskResult]

    def result(self, task_id: str) -> TaskResult | None:
        """The result for that task, if the submission has one."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def count(self) -> Counter[Verdict]:
        """Verdict -> number of tasks."""
        return Counter(task.verdict for task in self.tasks)


class Document(Part):
    """All results of one class run."""

    schema_version: Literal[1] = Field(alias="schema")
    """Version of this format; a change that breaks readers raises it."""
    assignment: Text
    title: Text
    seed: Text
    """Secret of the staff: whoever knows it knows the inputs."""
    run: Run
    tasks: list[Task]
    """In the order of the assignment."""
    submissions: Sequence[Submission]


class Submissions(Sequence[Submission]):
    """Entries of a document, each typed and cleaned when it is looked at, and not kept: of a class
    of thousands they would fill the memory."""

    def __init__(self, entries: Sequence[Mapping[str, Any]]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Submission: ...
    @overload
    def __getitem__(self, place: slice) -> list[Submission]: ...
    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [Submission.model_validate(entry) for entry in self._entries[place]]
        return Submission.model_validate(self._entries[place])

    def __iter__(self) -> Iterator[Submission]:
        return map(Submission.model_validate, self._entries)


def read_document(document: Any) -> Document:
    """The document, typed and cleaned; ReportError names every key that is wrong.

    What this has returned is taken as it is, so that a long one is checked once.
    """
    if isinstance(document, Document):
        return document
    entries = document.get("submissions") if isinstance(document, dict) else None
    lazy = isinstance(entries, Sequence) and not isinstance(entries, str)
    try:
        head = Document.model_validate({**document, "submissions": []} if lazy else document)
    except ValidationError as error:
        raise _malformed(_told(error)) from None
    known = {task.id for task in head.tasks}
    found = (
        fault for number, each in enumerate(entries or ()) for fault in _of(each, number, known)
    )
    if faults := list(islice(found, 2 * MOST_FAULTS)):
        raise _malformed(faults)
    return head.model_copy(update={"submissions": Submissions(entries or [])})


def _of(entry: Any, number: int, known: set[str]) -> list[str]:
    """What is wrong with one entry."""
    try:
        submission = Submission.model_validate(entry)
    except ValidationError as error:
        return _told(error, "submissions", str(number))
    unknown = {task.id for task in submission.tasks} - known
    what = "has results for tasks that the document does not list"
    return [f"submission '{submission.id}' {what}: {', '.join(sorted(unknown))}"] if unknown else []


def _told(error: ValidationError, *place: str) -> list[str]:
    return [_fault(fault, place) for fault in error.errors()]


def _fault(fault: Any, place: Sequence[str]) -> str:
    where = ".".join([*place, *map(str, fault["loc"])]) or "(document)"
    return clean(f"{where}: {fault['msg']}")


def _malformed(faults: Sequence[str]) -> ReportError:
    more = f"\n  … and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
    return ReportError(
        "The result document does not follow docs/result.schema.json:\n  "
        + "\n  ".join(faults[:MOST_FAULTS])
        + f"{more}\nWrite it anew by grading again with this version of the autograder."
    )
