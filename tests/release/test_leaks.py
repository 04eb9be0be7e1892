import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.release.leaks import Leak, pickled_arrays, surviving_lines

SECRET = "    largest, smallest = max(values), min(values)"


@pytest.fixture
def release(built: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the release, to plant leaks in."""
    return Path(shutil.copytree(built[1] / "tiny", tmp_path / "tiny"))


def edit_notebook(release: Path, change: Any) -> None:
    file = release / "1-Tiny.ipynb"
    content = json.loads(file.read_text())
    change(content["cells"])
    file.write_text(json.dumps(content, indent=1))


def leaks(built: tuple[Path, Path], release: Path) -> list[Leak]:
    return surviving_lines(built[0], release)


def test_a_clean_release(built: tuple[Path, Path], release: Path) -> None:
    assert leaks(built, release) == []


@pytest.mark.parametrize(
    "text",
    [
        SECRET.strip(),
        f"# {SECRET}",
        SECRET.replace(" = ", "="),
        f"\x1b[32m----> 1\x1b[0m{SECRET.replace('max', chr(27) + '[1mmax')}\n",
        f"first\r\n\n{SECRET}\r\nlast",
    ],
)
def test_an_output_that_shows_a_solution(
    built: tuple[Path, Path], release: Path, text: str
) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": text}
    edit_notebook(release, lambda cells: cells[1]["outputs"].append(output))
    (leak,) = leaks(built, release)
    assert (leak.file, leak.text) == ("1-Tiny.ipynb", SECRET.strip())
    assert "smallest" in (release / leak.file).read_text().split("\n")[leak.line - 1]


def test_an_answer_in_html(built: tuple[Path, Path], release: Path) -> None:
    rate = "<pre>return {&quot;rate&quot;: 0.123456789}</pre>"
    output = {"output_type": "display_data", "data": {"text/html": [rate]}, "metadata": {}}
    edit_notebook(release, lambda cells: cells[1]["outputs"].append(output))
    assert [leak.text for leak in leaks(built, release)] == ['return {"rate": 0.123456789}']


def test_metadata_that_keep_a_solution(built: tuple[Path, Path], release: Path) -> None:
    edit_notebook(release, lambda cells: cells[0]["metadata"].update(draft={"old": [SECRET]}))
    assert [leak.text for leak in leaks(built, release)] == [SECRET.strip()]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("tiny/tools.py", SECRET.strip()),
        ("tiny/tools.py", "secret_factor = 2"),
        ("autograder/checks/layers.py", "return secret_factor * x"),
        ("tiny/layers.py", "### BEGIN SOLUTION double"),
        ("notes.txt", "Because the learning rate is neither too large nor too small."),
        ("tiny/image.bin", f"\udcff\0{SECRET}\udcff"),
    ],
)
def test_a_file_that_holds_a_solution(
    built: tuple[Path, Path], release: Path, file: str, text: str
) -> None:
    lines = b"# one\n# two\n" + text.encode("utf-8", "surrogateescape") + b"\n"
    (release / file).write_bytes(lines)
    (leak,) = leaks(built, release)
    assert (leak.file, leak.line) == (file, 3)


def test_recorded_answers_that_quote_a_solution(built: tuple[Path, Path], release: Path) -> None:
    (release / "recorded.json").write_text(json.dumps({"double": {"code": SECRET}}))
    assert leaks(built, release) == [Leak("recorded.json", 1, SECRET.strip())]


def test_lines_that_the_assignment_shows_are_no_leaks(
    built: tuple[Path, Path], tmp_path: Path
) -> None:
    source = Path(shutil.copytree(built[0], tmp_path / "source"))
    (source / "tiny/tools.py").write_text(f"secret_factor = 2\n{SECRET.strip()}\n")
    found = surviving_lines(source, Path(shutil.copytree(source / "tiny", tmp_path / "out")))
    lines = {leak.text for leak in found if leak.file == "tools.py"}
    assert lines == {SECRET.strip()}


def test_arrays_must_be_numeric(tmp_path: Path) -> None:
    arrays = {"a": np.zeros(3), "text": np.array(["x"]), "b": np.array([{}], dtype=object)}
    np.savez(tmp_path / "a.npz", **arrays)
    assert pickled_arrays(tmp_path / "a.npz") == ["text", "b"]
