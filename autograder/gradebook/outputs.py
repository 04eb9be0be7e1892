"""Outputs of a student's notebook that cannot run anything in a grader's browser."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.kernel.outputs import keep_harmless


class KeepHarmlessOutputs(NbGraderPreprocessor):  # type: ignore[misc]
    """Keeps text and pictures; nbgrader shows HTML and scripts of outputs as they are."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        """All kinds of data of a display but the harmless ones go."""
        keep_harmless(cell.get("outputs", []))
        return cell, resources
