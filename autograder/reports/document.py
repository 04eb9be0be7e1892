"""The result document, typed: the contract between grading and reports."""

from collections import Counter
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
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
    submissions: list[Submission]

    @model_validator(mode="after")
    def _known_tasks(self) -> "Document":
        known = {task.id for task in self.tasks}
        for submission in self.submissions:
            if unknown := {task.id for task in submission.tasks} - known:
                raise ValueError(
                    f"submission '{submission.id}' has results for tasks that the document does "
                    f"not list: {', '.join(sorted(unknown))}"
                )
        return self


def read_document(document: dict[str, Any]) -> Document:
    """The document, typed and cleaned; ReportError names every key that is wrong."""
    try:
        return Document.model_validate(document)
    except ValidationError as error:
        faults = [_fault(fault) for fault in error.errors()]
        more = f"\n  … and {len(faults) - 10} more" if len(faults) > 10 else ""
        raise ReportError(
            "The result document does not follow docs/result.schema.json:\n  "
            + "\n  ".join(faults[:10])
            + f"{more}\nWrite it anew by grading again with this version of the autograder."
        ) from None


def _fault(fault: Any) -> str:
    where = ".".join(str(part) for part in fault["loc"]) or "(document)"
    return clean(f"{where}: {fault['msg']}")
