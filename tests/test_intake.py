"""Hostile and broken hand-ins: each is told what is wrong with it, none harms."""

import codecs
import os
import stat
import zipfile
from pathlib import Path

import pytest

from autograder.assignment import Assignment
from autograder.intake import IntakeError, read_folder, read_zip
from autograder.submission import read_submission

LAYERS, WORK = "deepnets/layers.py", "def relu_forward(x): pass\n"


def status(path: Path, assignment: Assignment, name: str) -> tuple[str, str]:
    statuses = read_submission(path, assignment).statuses
    return next((s.status, s.message) for s in statuses if s.path == name)


def test_links_and_special_files_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("secret")
    folder = tmp_path / "eve"
    folder.mkdir()
    (folder / "soft.py").symlink_to(secret)
    (folder / "dir").symlink_to(tmp_path, target_is_directory=True)
    os.link(secret, folder / "hard.py")
    os.mkfifo(folder / "pipe.py")
    found = read_folder(folder)
    assert found.files == {}
    assert set(found.refused) == {"soft.py", "dir", "hard.py", "pipe.py"}


def test_a_second_suffix_is_told(tmp_path: Path) -> None:
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "layers.py.txt").write_text("x = 1")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("net/layers.py.txt", "x = 1")
    told = "rename it to layers.py"
    assert read_folder(tmp_path / "ann").refused == {"layers.py.txt": told}
    assert read_zip(tmp_path / "a.zip").refused == {"net/layers.py.txt": told}


def test_a_submission_that_is_itself_a_link_is_refused(
    tmp_path: Path, assignment: Assignment
) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "eve").symlink_to(tmp_path / "alice")
    assert status(tmp_path / "eve", assignment, "eve")[0] == "refused"


def test_a_huge_sparse_file_is_not_read(tmp_path: Path, assignment: Assignment) -> None:
    (tmp_path / "deepnets").mkdir()
    with open(tmp_path / LAYERS, "wb") as file:
        file.truncate(5 << 30)
    told = [s for s in read_submission(tmp_path, assignment).statuses if s.path == LAYERS]
    assert [s.status for s in told] == ["refused"] and "too large" in told[0].message


def test_a_zip_cannot_lead_out_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "eve.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../up.py", "/root.py", "a/../../b.py", "..\\win.py", "C:/disk.py"):
            archive.writestr(name, "x = 1")
        link = zipfile.ZipInfo("link.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    found = read_zip(path)
    assert found.files == {}
    assert len(found.refused) == 6


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(5):
            archive.writestr(f"{i}.py", b"#" * (30 << 20))
    assert "too large" in str(read_zip(path).refused)


def test_too_many_files_are_refused_as_a_whole(tmp_path: Path) -> None:
    for i in range(501):
        (tmp_path / f"{i}.py").touch()
    with pytest.raises(IntakeError, match="more than 500 files"):
        read_folder(tmp_path)


@pytest.mark.parametrize("name", [".env", "env/lib/site-packages", "venv", "node_modules", ".git"])
def test_what_others_wrote_does_not_count(
    tmp_path: Path, assignment: Assignment, name: str
) -> None:
    folder, path = tmp_path / "dan", tmp_path / "eve.zip"
    files = {LAYERS: "x = 1", **{f"hw/{name}/{i}.py": "" for i in range(501)}}
    with zipfile.ZipFile(path, "w") as archive:
        for place, text in files.items():
            archive.writestr(place, text)
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_text(text)
    for each in (folder, path):
        assert read_submission(each, assignment).files == {LAYERS: "x = 1"}


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_broken_or_empty_zip_is_explained(
    tmp_path: Path, assignment: Assignment, content: bytes
) -> None:
    path = tmp_path / "bob.zip"
    path.write_bytes(content)
    assert status(path, assignment, "bob.zip")[0] == "refused"
    assert read_submission(path, assignment).files == {}


def test_files_are_found_in_nested_folders_and_junk_is_not(
    tmp_path: Path, assignment: Assignment
) -> None:
    path = tmp_path / "carol.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("carol/hw2/deepnets/layers.py", "x = 1")
        archive.writestr("__MACOSX/carol/hw2/deepnets/._layers.py", b"\0junk")
        archive.writestr("carol/hw2/__pycache__/layers.py", "y = 1")
    assert dict(read_submission(path, assignment).files) == {LAYERS: "x = 1"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("deepnets/layers_final.py", "; is it deepnets/layers_final.py? rename it"),
        ("ada/LAYERS2.py", "; is it ada/LAYERS2.py? rename it"),
        ("layer_utils.py", ""),
        ("deepnets/._layers.py", ""),
        ("layers_final.npz", ""),
        ("main.py", ""),
    ],
)
def test_a_renamed_file_is_guessed_and_not_judged(
    tmp_path: Path, assignment: Assignment, name: str, words: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x = 1")
    assert status(tmp_path, assignment, LAYERS) == ("missing", f"the file is missing{words}")
    assert read_submission(tmp_path, assignment).files == {}


def test_a_renamed_notebook_is_guessed(tmp_path: Path, assignment: Assignment) -> None:
    (tmp_path / "1-FullyConnectedNets (1).ipynb").write_text("{}")
    told = status(tmp_path, assignment, "1-FullyConnectedNets.ipynb")[1]
    assert told == "the notebook is missing; is it 1-FullyConnectedNets (1).ipynb? rename it"


def test_a_file_that_is_not_utf8_is_read_all_the_same(
    tmp_path: Path, assignment: Assignment
) -> None:
    (tmp_path / "deepnets").mkdir()
    (tmp_path / LAYERS).write_bytes("# größer\r\nx = 1\r\n".encode("latin-1"))
    submission = read_submission(tmp_path, assignment)
    assert submission.files[LAYERS] == "# größer\nx = 1\n"
    kind, message = status(tmp_path, assignment, LAYERS)
    assert kind == "salvaged"
    assert "UTF-8" in message


@pytest.mark.parametrize(
    ("mark", "encoding", "name"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"), (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"), (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
        (b"", "utf-16-le", "UTF-16-LE"), (b"", "utf-16-be", "UTF-16-BE"),
    ],
)  # fmt: skip
def test_wide_characters_are_read_and_named(
    tmp_path: Path, assignment: Assignment, mark: bytes, encoding: str, name: str
) -> None:
    (tmp_path / "deepnets").mkdir()
    (tmp_path / LAYERS).write_bytes(mark + f"# größer\r\n{WORK}".encode(encoding))
    assert read_submission(tmp_path, assignment).files[LAYERS] == f"# größer\n{WORK}"
    told = status(tmp_path, assignment, LAYERS)
    assert told == ("salvaged", f"saved as {name}: save the file as UTF-8")


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        ("# coding: foo\n# größer\n", "line 1 names an unknown encoding, foo: delete that line;"),
        ("\n# coding: ascii\n# größer\n", "line 2 names an encoding it is not in, ascii: delete"),
        (b"# ok\n# gr\xf6\xdfer\n", "line 2 is not valid UTF-8: save the file as UTF-8"),
        ("# größer\n\0\0", "line 2 holds NUL bytes, which editors hide and Python refuses"),
        ("# coding: punycode\n# größer\n", "line 1 names an encoding it is not in, punycode:"),
        ("# coding: undefined\n# größer\n", "line 1 names an encoding it is not in, undefined:"),
        ("# coding: latin-1\n", ""), ("# größer\n", ""),
    ],
)  # fmt: skip
def test_what_python_would_refuse_is_read_and_told(
    tmp_path: Path, assignment: Assignment, content: str | bytes, remark: str
) -> None:
    (tmp_path / "deepnets").mkdir()
    raw = content.encode() if isinstance(content, str) else content
    (tmp_path / LAYERS).write_bytes(raw + WORK.encode())
    text = read_submission(tmp_path, assignment).files[LAYERS]
    assert text.endswith(WORK) and ("größer" in text or "latin" in text)
    kind, message = status(tmp_path, assignment, LAYERS)
    assert kind == ("salvaged" if remark else "ok") and message.startswith(remark)


def test_a_torn_utf16_file_is_read_all_the_same(tmp_path: Path, assignment: Assignment) -> None:
    (tmp_path / "deepnets").mkdir()
    (tmp_path / LAYERS).write_bytes(codecs.BOM_UTF16_LE + b"x")
    assert "saved as UTF-16" in status(tmp_path, assignment, LAYERS)[1]


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"cells": 3}',
        b'{"cells": [[]]}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"cells": [' + b"9" * 5000 + b"]}",
    ],
)
def test_a_notebook_that_is_none_is_explained(
    tmp_path: Path, assignment: Assignment, content: bytes
) -> None:
    name = assignment.notebooks[0]
    (tmp_path / name).write_bytes(content)
    kind, message = status(tmp_path, assignment, name)
    assert kind == "refused"
    assert "notebook" in message


def test_what_is_packed_once_more_is_named(tmp_path: Path, assignment: Assignment) -> None:
    folder = tmp_path / "eve"
    folder.mkdir()
    with zipfile.ZipFile(folder / "submission.zip", "w") as archive:
        archive.writestr(LAYERS, "")
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive:
        archive.write(folder / "submission.zip", "submission.zip")
    for path in (folder, tmp_path / "twice.zip"):
        _, message = status(path, assignment, path.name)
        assert message == "holds submission.zip: unpack it, and hand in the files"
    (folder / "optim.py").write_text("def adam(w): pass")
    assert status(folder, assignment, "deepnets/optim.py") == ("ok", "")


def test_a_second_copy_is_told(tmp_path: Path, assignment: Assignment) -> None:
    for name, text in (("new", WORK), ("old", "x = 2")):
        (tmp_path / name / "deepnets").mkdir(parents=True)
        (tmp_path / name / LAYERS).write_text(text)
        (tmp_path / name / "deepnets" / "optim.py").write_text("the same = ")
    kind, message = status(tmp_path, assignment, LAYERS)
    assert (kind, message) == (
        "salvaged", "new/deepnets/layers.py was read, but there is old/deepnets/layers.py as well"
    )  # fmt: skip
    assert "as well" not in status(tmp_path, assignment, "deepnets/optim.py")[1]
