import zipfile
from pathlib import Path

import pytest
from tiny_assignment import (
    LIBRARY,
    SETTINGS,
    TOML,
    cell,
    grade,
    notebook,
    record,
    usual_notebook,
    write_tiny,
)

from autograder.assignment import load_assignment
from autograder.release.build import build_release
from autograder.release.errors import ReleaseError
from autograder.release.kit import kit_files
from autograder.release.sources import check_calls


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_a_student_gets(built: tuple[Path, Path]) -> None:
    given = {"1-Tiny.ipynb", "assignment.toml", "recorded.json"}
    made = {"README.md", "requirements.txt", "requirements-pytorch.txt"}
    library = {"tiny/__init__.py", "tiny/layers.py", "tiny/tools.py"}
    kit = kit_files(["autograder.checks.layers"])
    files = contents(built[1])
    assert sorted(files) == sorted(
        ["tiny.zip", *(f"tiny/{name}" for name in {*given, *made, *library, *kit})]
    )
    assert b"NotImplementedError" in files["tiny/tiny/layers.py"]
    assert files["tiny/tiny/tools.py"] == b"WIDTH = 3\n"


def test_the_zip_holds_the_folder(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1] / "tiny.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert packed == {f"tiny/{k}": v for k, v in contents(built[1] / "tiny").items()}
    assert list(packed) == sorted(packed)


def test_a_second_run_replaces_the_first_by_the_same_bytes(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    source = write_tiny(tmp_path / "elsewhere" / "tiny")
    (tmp_path / "release/tiny").mkdir(parents=True)
    (tmp_path / "release/tiny/old.txt").write_text("of an older release")
    assert build_release(source, tmp_path / "release", record, grade) == tmp_path / "release/tiny"
    assert contents(tmp_path / "release") == contents(built[1])


def failing(tiny: Path, tmp_path: Path) -> ReleaseError:
    """Releases `tiny` over an older release, and demands that it fails and the older stays."""
    older = {"tiny/old.txt": b"older", "tiny.zip": b"older"}
    for name, content in older.items():
        (tmp_path / "release" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "release" / name).write_bytes(content)
    with pytest.raises(ReleaseError) as error:
        build_release(tiny, tmp_path / "release", record, grade)
    assert contents(tmp_path / "release") == older
    assert sorted(path.name for path in (tmp_path / "release").iterdir()) == ["tiny", "tiny.zip"]
    return error.value


def test_a_failing_proof_leaves_the_previous_release(tiny: Path, tmp_path: Path) -> None:
    (tiny / "tiny/tools.py").write_text("# largest, smallest = max(values), min(values)\n")
    assert "tiny/tools.py:1: largest" in str(failing(tiny, tmp_path))


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("tiny/layers.py", "x = 1\n", "tiny/layers.py: is a student file without a solution"),
        ("tiny/layers.py", LIBRARY.replace("\n", "\r\n"), "tiny/layers.py:1: "),
        ("tiny/layers.py", LIBRARY.replace("BEGIN", "BEGAN", 1), "tiny/layers.py:9: "),
        (
            "tiny/layers.py",
            LIBRARY.replace("values)", "values", 1),
            "tiny/layers.py:12: cannot be ",
        ),
        (
            "tiny/tools.py",
            "WIDTH =\n",
            "tiny/tools.py:1: cannot be read as Python (invalid syntax)",
        ),
        (
            "1-Tiny.ipynb",
            usual_notebook().replace("0.123456789}", "0.123456789"),
            "1-Tiny.ipynb[cell 2, settings]:4: cannot be read as Python ('{' was never closed)",
        ),
        ("tiny/tools.py", "\n### BEGIN SOLUTION double\n", "tiny/tools.py:2: a given file has"),
        ("tiny/tools.py", "\n\n\udcff", "tiny/tools.py:3: is not UTF-8"),
        ("assignment.toml", TOML.replace("tools.py", "tool.py"), "tiny/tool.py: cannot be read"),
        ("assignment.toml", TOML.replace('"spread"', '"range"'), "tiny/layers.py:14: 'spread'"),
        (
            "assignment.toml",
            TOML.replace('id = "settings"', 'id = "other"'),
            "1-Tiny.ipynb[cell 2, settings]:3: 'settings' is not a task here",
        ),
    ],
)
def test_sources_that_cannot_be_released(
    tiny: Path, tmp_path: Path, file: str, content: str, message: str
) -> None:
    (tiny / file).write_bytes(content.encode("utf-8", "surrogateescape"))
    assert str(failing(tiny, tmp_path)).startswith(message)


def test_cells_that_check_no_task_are_all_named(tiny: Path) -> None:
    check_calls(load_assignment(tiny))
    cells = [cell("code", f"check('{name}')") for name in ("double", "duble", "spred")]
    (tiny / "1-Tiny.ipynb").write_text(notebook(*cells))
    with pytest.raises(ReleaseError) as caught:
        check_calls(load_assignment(tiny))
    assert str(caught.value).splitlines()[1:3] == [
        "  1-Tiny.ipynb[cell 2]: there is no task 'duble'; did you mean 'double'?",
        "  1-Tiny.ipynb[cell 3]: there is no task 'spred'; did you mean 'spread'?",
    ]


def test_a_target_that_cannot_be_written(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "release").write_text(SETTINGS)
    with pytest.raises(ReleaseError, match="cannot be written"):
        build_release(tiny, tmp_path / "release", record, grade)
