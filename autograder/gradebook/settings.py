"""nbgrader's settings, with its traps closed, for its own commands and for ours."""

from typing import Any

from nbgrader.preprocessors import (
    AssignLatePenalties,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
)

from autograder.gradebook.judged import Judged
from autograder.gradebook.library import CompleteRelease, OnlyNotebooks
from autograder.gradebook.marks import RestoreMarks
from autograder.gradebook.opening import OpensAll
from autograder.gradebook.outputs import KeepHarmlessOutputs
from autograder.release.strip import preprocessors

SANITIZE = [OnlyNotebooks, RestoreMarks, OverwriteKernelspec, OverwriteCells]
AUTOGRADE = [KeepHarmlessOutputs, Judged, LimitOutput, AssignLatePenalties]
COLLECTED = [".ipynb", ".py", ".npz", ".zip"]


def configure(config: Any) -> None:
    """Add to nbgrader's `config` what this course needs."""
    config.GenerateAssignment.preprocessors = [CompleteRelease, *preprocessors()]
    config.Autograde.exporter_class = OpensAll
    config.Autograde.sanitize_preprocessors = SANITIZE
    config.Autograde.autograde_preprocessors = AUTOGRADE
    config.FileNameCollectorPlugin.valid_ext = COLLECTED
