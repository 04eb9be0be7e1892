from nbgrader.apps import GenerateAssignmentApp
from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from autograder.release.kit import ROOT
from autograder.release.strip import preprocessors


def test_nbgrader_itself_never_releases_python_files() -> None:
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    course = CourseDirectory(parent=GenerateAssignmentApp(config=config))
    assert "*.py" in course.ignore
    assert config.GenerateAssignment.preprocessors == preprocessors()
    assert "deepnets/layers.py" in config.Autograde.exclude_overwriting["modular-nets"]
