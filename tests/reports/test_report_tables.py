import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_sample
from assignments import ROOT

from autograder.reports import Places, ReportError, write_csv, write_json
from autograder.reports.files import DRAFT, write_pieces, write_whole


def _rows(document: dict[str, Any], file: Path) -> list[dict[str, str]]:
    write_csv(document, file)
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_a_row_per_submission(document: dict[str, Any], tmp_path: Path) -> None:
    rows = _rows(document, tmp_path / "points.csv")
    assert len(rows) == len(document["submissions"])
    ids = [task["id"] for task in document["tasks"]]
    own = ["id", "points", "max", "status", "message"]
    assert list(rows[0]) == [*own, *ids, *(f"{task} verdict" for task in ids)]
    alice = rows[0]
    assert (alice["id"], alice["points"], alice["max"]) == ("alice", "22.1", "39")
    assert (alice["affine_backward"], alice["affine_backward verdict"]) == ("2.1", "partial")


def test_csv_tells_whose_files_could_not_be_used(document: dict[str, Any], tmp_path: Path) -> None:
    zipped = {"path": "bob.zip", "status": "refused", "message": "is not a readable zip"}
    document["submissions"][1]["files"] = [zipped]
    alice, bob, other = _rows(document, tmp_path / "points.csv")[:3]
    assert alice["status"] == "refused" and "fc_net.py: missing" in alice["message"]
    assert (bob["status"], bob["message"]) == ("unusable", "bob.zip: is not a readable zip")
    assert (other["status"], other["message"]) == ("ok", "")


def test_csv_is_silent_about_files_that_nobody_handed_in(
    document: dict[str, Any], tmp_path: Path
) -> None:
    for each in document["submissions"]:
        each["files"] = [{"path": "9-Later.ipynb", "status": "missing", "message": "is missing"}]
        each["files"].append({"path": "net.py", "status": "salvaged", "message": "line 3"})
    document["submissions"] *= 3
    for number, each in enumerate(document["submissions"]):
        document["submissions"][number] = {**each, "id": f"s{number}"}
    row = _rows(document, tmp_path / "points.csv")[0]
    assert (row["status"], row["message"]) == ("salvaged", "net.py: line 3")


def test_csv_leaves_a_missing_task_empty(document: dict[str, Any], tmp_path: Path) -> None:
    document["submissions"][0]["tasks"].pop(0)
    first = _rows(document, tmp_path / "points.csv")[0]
    assert (first["affine_forward"], first["affine_forward verdict"]) == ("", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_csv_runs_no_formula(document: dict[str, Any], tmp_path: Path, start: str) -> None:
    document["submissions"][0]["id"] = f"{start}1+1"
    name = _rows(document, tmp_path / "points.csv")[0]["id"]
    assert name.startswith(("'", "\ufffd"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [(each, each) for each in ("a\nb", "a,b", 'a"b\n"')]
    + [("a\r\nb", "a\nb"), ("a\rb", "a\ufffdb")],
)
def test_csv_keeps_an_id_in_its_cell(
    document: dict[str, Any], tmp_path: Path, name: str, shown: str
) -> None:
    document["submissions"][0]["id"] = name
    rows = _rows(document, tmp_path / "points.csv")
    assert len(rows) == len(document["submissions"])
    assert (rows[0]["id"], rows[0]["points"]) == (shown, "22.1")


def test_csv_of_the_sample_is_safe(document: dict[str, Any], tmp_path: Path) -> None:
    names = [row["id"] for row in _rows(document, tmp_path / "points.csv")]
    assert "'" + report_sample.FORMULA in names
    assert not any("\x1b" in name for name in names)


def test_json_is_the_document(document: dict[str, Any], tmp_path: Path) -> None:
    file = write_json(document, tmp_path / "result.json")
    text = file.read_text(encoding="ascii")
    assert json.loads(text) == document
    assert list(json.loads(text)) == list(document)
    assert text.endswith("}\n")


def test_writing_twice_gives_the_same_bytes(document: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    first = write_json(document, file).read_bytes()
    assert write_json(document, file).read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]


def test_json_refuses_what_is_not_json(document: dict[str, Any], tmp_path: Path) -> None:
    document["extra"] = float("nan")
    with pytest.raises(ReportError, match="not plain JSON"):
        write_json(document, tmp_path / "result.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_an_unwritable_place_is_said(write: Any, document: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReportError, match=r"file/points.*cannot be written.*Choose a folder"):
        write(document, tmp_path / "file" / "points")


KILLED = """
import os
from pathlib import Path
from autograder.reports.files import write_pieces
write_pieces(Path("points.csv"), (os.kill(os.getpid(), 9) for _ in range(1)))
"""


def test_what_a_killed_writer_left_goes_with_the_next(tmp_path: Path) -> None:
    path = {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, env=os.environ | path)
    assert len(list(tmp_path.glob(f"{DRAFT}*"))) == 1
    (tmp_path / f"{DRAFT}of-mine").touch()
    Places(csv=tmp_path / "points.csv").check()
    assert [path.name for path in tmp_path.iterdir()] == [f"{DRAFT}of-mine"]


CHECK = "from pathlib import Path; from autograder.reports import Places; Places(Path('a')).check()"


def test_what_others_put_in_place_of_drafts_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe, link, strange = (tmp_path / f"{DRAFT}{letter * 8}" for letter in "abc")
    os.mkfifo(pipe)
    (tmp_path / "mine").touch()
    link.symlink_to("mine")
    path = {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CHECK]
    subprocess.run(command, cwd=tmp_path, env=os.environ | path, check=True, timeout=60)
    assert sorted(tmp_path.iterdir()) == [pipe, link, tmp_path / "mine"]
    strange.touch()
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    Places(csv=tmp_path / "points.csv").check()
    assert strange.exists()
    monkeypatch.undo()
    Places(csv=tmp_path / "points.csv").check()
    assert not strange.exists()


def test_a_draft_that_is_taken_away_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, made = tempfile.mkstemp, list[str]()

    def overtaken(**options: Any) -> tuple[int, str]:
        handle, draft = make(**options)
        made.append(draft)
        if len(made) == 1:
            Places(csv=tmp_path / "points.csv").check()
        return handle, draft

    monkeypatch.setattr(tempfile, "mkstemp", overtaken)
    assert write_whole(tmp_path / "points.csv", "id").read_text() == "id"
    assert len(made) == 2 and [path.name for path in tmp_path.iterdir()] == ["points.csv"]


def test_the_draft_of_another_writer_is_kept(tmp_path: Path) -> None:
    def pieces() -> Iterator[str]:
        Places(csv=tmp_path / "points.csv").check()
        yield "id"

    assert write_pieces(tmp_path / "points.csv", pieces()).read_text() == "id"


def test_a_file_for_which_there_is_no_room_stays_as_it_was(tmp_path: Path) -> None:
    file = write_whole(tmp_path / "points.csv", "old")
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, usual[1]))
    try:
        with pytest.raises(ReportError, match="File too large"):
            write_whole(file, "newer")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert file.read_text() == "old" and list(tmp_path.iterdir()) == [file]


def test_a_folder_in_the_way_leaves_no_draft(document: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "points.csv").mkdir()
    with pytest.raises(ReportError, match="cannot be written"):
        write_csv(document, tmp_path / "points.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["points.csv"]
