from pathlib import Path

import pytest
from tiny_assignment import grade, record, write_tiny

from autograder.release.build import build_release


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The source of a small assignment."""
    return write_tiny(tmp_path / "source" / "tiny")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The source, and the folder that holds its release; neither is to be changed."""
    root = tmp_path_factory.mktemp("built")
    source = write_tiny(root / "source" / "tiny")
    return source, build_release(source, root / "release", record, grade).parent
