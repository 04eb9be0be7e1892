"""What nbgrader copies beside the notebooks, put right: files with solutions in them."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.gradebook.here import STORE
from autograder.release.release import release_assignment


class CompleteRelease(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the files of the proved release in place of the copies of the source.

    First of all preprocessors: no notebook is written before. If the release cannot be made, the
    exception makes nbgrader remove what it copied.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """With the first notebook that is converted."""
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        to = Path(course.format_path(course.release_directory, ".", names["assignment"]))
        source = Path(course.format_path(course.source_directory, ".", names["assignment"]))
        if not any(to.glob("*.ipynb")):
            with TemporaryDirectory() as stage:
                _replace_files(release_assignment(source, Path(stage), STORE), to)
        return nb, resources


class OnlyNotebooks(NbGraderPreprocessor):  # type: ignore[misc]
    """Removes the copies of other files that nbgrader makes for grading.

    Nothing runs there, and feedback would hand them all out, the staff's own among them.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """The time of submission stays, which nbgrader reads there."""
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        place = course.format_path(
            course.autograded_directory, names["student"], names["assignment"]
        )
        for file in _others(Path(place)):
            if file.name != "timestamp.txt":
                file.unlink()
        return nb, resources


def _replace_files(made: Path, to: Path) -> None:
    for file in _others(to):
        file.unlink()
    for file in _others(made):
        copy = to / file.relative_to(made)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def _others(folder: Path) -> Iterator[Path]:
    """All files that are no notebooks."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return (path for path in found if path.suffix != ".ipynb")
