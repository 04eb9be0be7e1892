"""What each program gives out, laid out as it does, becomes one zip per student."""

import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from autograder.collect.attempt import CollectError, moment
from autograder.collect.collect import Format, collect
from autograder.collect.inbox import Kept
from autograder.collect.policy import Policy
from autograder.collect.repositories import read as read_repositories
from autograder.people import Person, Roster

LAYERS = "deepnets/layers.py"


def write(file: Path, text: str = "x = 1\n") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def zipped(file: Path, **texts: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(file, "w") as archive:
        for name, text in (texts or {"layers": "x = 1"}).items():
            archive.writestr(f"deepnets/{name}.py", text)
    return file


def collected(source: Path, policy: Policy | None = None, of: Format = "auto") -> dict[str, Kept]:
    """The rows of what is in the inbox, by the names of its zips."""
    inbox = source.parent / "inbox"
    _, kept, _ = collect(source, inbox, None, policy or Policy(), of, "modular-nets")
    assert {path.name for path in inbox.iterdir()} == {each.name for each in kept} - {""}
    return {each.name.removesuffix(".zip"): each for each in kept if each.name}


def contents(source: Path, student: str) -> dict[str, str]:
    with ZipFile(source.parent / "inbox" / f"{student}.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_plain_folders_and_zips(tmp_path: Path) -> None:
    source = tmp_path / "class"
    write(source / "ada" / LAYERS)
    handed_in = zipped(source / "Zoë Ö'Neil.zip").read_bytes()
    zipped(source / "bob" / "my work.zip", layers="bob = 1")
    write(source / "README.md")
    found = collected(source)
    assert len(found) == 3 and contents(source, "ada") == {f"ada/{LAYERS}": "x = 1\n"}
    assert contents(source, "bob") == {LAYERS: "bob = 1"}
    [other] = found.keys() - {"ada", "bob"}
    assert (tmp_path / "inbox" / f"{other}.zip").read_bytes() == handed_in


def test_canvas_takes_the_newest_version_of_each_file(tmp_path: Path) -> None:
    source = tmp_path / "submissions"
    zipped(source / "lovelaceada_101_7001_submission.zip", layers="old")
    zipped(source / "lovelaceada_LATE_101_7009_submission-1.zip", layers="new")
    for name in ("hopper_102_7002_optim.py", "hopper_102_7003_layers-1.py"):
        write(source / name, name)
    write(source / "hopper_102_7000_layers.py", "old")
    found = collected(source)
    assert contents(source, "101") == {LAYERS: "old"} and not found["101"].row.late
    assert set(contents(source, "102").values()) == {
        "hopper_102_7002_optim.py", "hopper_102_7003_layers-1.py",
    }  # fmt: skip
    assert set(contents(source, "102")) == {"optim.py", "layers.py"}
    found = collected(source, Policy(late="accept"))
    assert contents(source, "101") == {LAYERS: "new"} and found["101"].row.late
    collected(source, Policy(late="refuse"))
    assert contents(source, "101") == {LAYERS: "old"}


@pytest.mark.parametrize("content", [b"", b"PK\5\6" + 18 * b"\0", b"<html>"])
def test_a_broken_zip_displaces_nothing_without_a_word(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "submissions"
    zipped(source / "ada_101_7001_work.zip")
    (source / "ada_101_7002_work-1.zip").write_bytes(content)
    _, kept, _ = collect(source, tmp_path / "inbox", None, Policy())
    told = {each.row.status: each.row.note for each in kept}
    assert set(told) == {"older", "unreadable"} and "an older attempt" in told["unreadable"]
    assert not list((tmp_path / "inbox").iterdir())


METADATA = """---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '00123'
    :email: ada@uni.edu
  - :name: Grace Hopper
    :sid: '00124'
    :email: grace@uni.edu
  :created_at: 2026-11-20 22:58:00.123456000 Z
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    score: 1
submission_2:
  :submitters:
  - :name: Eve
    :email: eve@uni.edu
  :created_at: 2026-11-20 23:58:00.000000000 Z
"../../secret":
  :submitters:
  - :email: mallory@uni.edu
  :created_at: 2026-11-20 23:58:00 Z
"""


def test_gradescope_gives_every_submitter_of_a_group_the_work(tmp_path: Path) -> None:
    source = tmp_path / "assignment_1_export"
    write(tmp_path / "secret" / LAYERS)
    write(source / "submission_metadata.yml", METADATA)
    write(source / "submission_1" / LAYERS, "ours")
    write(source / "submission_2" / LAYERS, "mine")
    deadline = Policy(datetime(2026, 11, 20, 23, tzinfo=UTC))
    found = collected(source, deadline)
    assert set(found) == {"ada@uni.edu", "grace@uni.edu", "eve@uni.edu"}
    assert contents(source, "grace@uni.edu") == {f"submission_1/{LAYERS}": "ours"}
    assert [found[name].row.late for name in sorted(found)] == [False, True, False]
    assert "Ada Lovelace, Grace Hopper" in found["ada@uni.edu"].row.note


@pytest.mark.parametrize(
    "text", ["- 1", "a: [", "x: 1", "&a [*a, !!python/object/new:os.system []]"]
)
def test_a_list_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    write(tmp_path / "export" / "submission_metadata.yml", text)
    with pytest.raises(CollectError, match="submission_metadata"):
        collected(tmp_path / "export")


def test_nbgrader_folders_and_zips(tmp_path: Path) -> None:
    source = tmp_path / "submitted"
    for student, name in (("ada", "modular-nets"), ("ada", "other"), ("bob", "modular-nets")):
        write(source / student / name / LAYERS, name)
    write(source / "ada" / "modular-nets" / "timestamp.txt", "2026-11-20 15:58:23.948203 UTC")
    found = collected(source, Policy(datetime(2026, 11, 20, 15, tzinfo=UTC)))
    assert contents(source, "ada") == {f"modular-nets/{LAYERS}": "modular-nets"}
    assert found["ada"].row.late and not found["bob"].row.late
    archive = tmp_path / "other" / "archive"
    for time in ("2026-01-30-15-00-00", "2026-01-31-15-00-00"):
        zipped(archive / f"ps1_ada_attempt_{time}_work.zip", layers=time)
    collected(archive)
    assert contents(archive, "ada") == {LAYERS: "2026-01-31-15-00-00"}


def test_a_time_that_cannot_be_read_is_told_of_its_student_alone(tmp_path: Path) -> None:
    submitted = tmp_path / "submitted"
    for student, time in (("ada", "2026-11-20 15:58:23 XPT"), ("bob", "2026-11-20 15:58:23 PST")):
        write(submitted / student / "modular-nets" / LAYERS)
        write(submitted / student / "modular-nets" / "timestamp.txt", time)
    export = tmp_path / "export"
    dates = ("2026-99-20 22:58:00 Z", "2026-11-20 22:58:00 Z")
    for student, time in zip(("ada", "bob"), dates, strict=True):
        write(export / student / LAYERS)
        told = f"{student}:\n  :submitters: [{{':email': {student}}}]\n  :created_at: {time}\n"
        with (export / "submission_metadata.yml").open("a") as metadata:
            metadata.write(told)
    for source in (submitted, export):
        found = collected(source)
        assert "cannot be read: '2026-" in found["ada"].row.note and not found["bob"].row.note


def test_underscores_in_nbgraders_names_make_no_two_students_one(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    for student in ("ada_lovelace", "bob_lovelace", "eve"):
        zipped(archive / f"ps_1_{student}_attempt_2026-01-30-15-00-00_work.zip", layers=student)
    _, kept, _ = collect(archive, tmp_path / "inbox", None, Policy(), name="ps_1")
    assert {each.name for each in kept} == {"ada_lovelace.zip", "bob_lovelace.zip", "eve.zip"}
    people = Roster([Person(each, ()) for each in ("ada_lovelace", "bob_lovelace", "eve")])
    _, known, _ = collect(archive, tmp_path / "inbox", people, Policy())
    assert {each.name for each in known} == {each.name for each in kept}
    assert len(collected(archive)) == 3


def test_several_zips_of_one_attempt_are_told(tmp_path: Path) -> None:
    source = tmp_path / "submissions"
    for name in ("a", "b"):
        zipped(source / f"ada_101_700{name == 'b':d}_{name}.zip")
    assert "several zips" in collected(source)["101"].row.note


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    write(tmp_path / "submitted" / "ada" / "hw1" / LAYERS)
    with pytest.raises(CollectError, match="no submission of hw9"):
        collect(tmp_path / "submitted", tmp_path / "inbox", None, Policy(), name="hw9")
    with pytest.raises(CollectError, match="submitted: is no export of Gradescope"):
        collected(tmp_path / "submitted", of="gradescope")


def test_moodle_names(tmp_path: Path) -> None:
    source = tmp_path / "download"
    zipped(source / "Ada Lovelace_4711_assignsubmission_file_" / "work.zip", layers="ada")
    zipped(source / "Grace Hopper_4712_assignsubmission_file_work.zip", layers="grace")
    assert set(collected(source)) == {"Participant 4711", "Participant 4712"}
    assert contents(source, "Participant 4711") == {LAYERS: "ada"}


def test_the_zip_of_a_class_is_unpacked_where_it_can_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "submissions.zip"
    inner = zipped(tmp_path / "inner.zip").read_bytes()
    with ZipFile(file, "w") as archive:
        for name in ("a_1_2_w.zip", "b_2_2_w.zip", "../c_3_4_w.zip", "/d_4_4_w.zip"):
            archive.writestr(name, inner)
        link = zipfile.ZipInfo("e_5_5_w.zip")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a_1_2_w.zip", b"second")
    found, kept, left_out = collect(file, tmp_path / "inbox", None, Policy())
    assert found == "canvas" and not (tmp_path / "c_3_4_w.zip").exists()
    assert {text.split(" ")[0] for text in left_out} == {
        "../c_3_4_w.zip", "/d_4_4_w.zip", "a_1_2_w.zip",
    }  # fmt: skip
    statuses = {each.row.student: each.row.status for each in kept}
    assert statuses == {"1": "counts", "2": "counts", "5": "unreadable"}
    assert (tmp_path / "inbox" / "1.zip").read_bytes() == inner


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "ada's"
    write(folder / LAYERS, "mine")
    write(folder / ".gitattributes", "*.py filter=harm\n")
    (folder / "link.py").symlink_to("/etc/passwd")
    write(folder / "notes.pdf")
    write(folder / "challenge.npz", "version https://git-lfs.github.com/spec/v1\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "work")
    return folder


def test_repositories_are_read_and_nothing_of_them_runs(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm = write(tmp_path / "hooks" / "post-checkout", f"#!/bin/sh\ntouch {tmp_path}/harm\n")
    harm.chmod(0o755)
    settings = f'[core]\n\thooksPath = {harm.parent}\n[filter "harm"]\n\tsmudge = {harm}\n'
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(write(tmp_path / "gitconfig", settings)))
    rows = [
        f"ada,file://{repository}",
        f"bob,file://{tmp_path}/none",
        f"eve,ext::touch {tmp_path}/harm",
    ]
    table = write(tmp_path / "list.csv", "\n".join(["Student,Repository URL", *rows]))
    (tmp_path / "work").mkdir()
    ada, bob, eve = read_repositories(table, tmp_path / "work", protocols=("file",))
    with ZipFile(ada.files["0.zip"]) as archive:
        assert archive.namelist() == [LAYERS] and archive.read(LAYERS) == b"mine"
    assert ada.when and "link.py: a link" in ada.note and "own clock" in ada.note
    assert "challenge.npz: kept in Git LFS" in ada.note
    assert "not allowed" in eve.trouble and bob.trouble and not bob.files
    assert not (tmp_path / "harm").exists()


def test_by_default_no_file_of_this_machine_is_a_repository(
    tmp_path: Path, repository: Path
) -> None:
    table = write(tmp_path / "list.csv", f"Student,URL\nada,{repository}\n")
    [kept] = collect(table, tmp_path / "inbox", None, Policy())[1]
    assert kept.row.status == "unreadable" and "'file' not allowed" in kept.row.note


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-11-20 15:58:23.948203 UTC", 15),
        ("2026-11-20T15:58:00+01:00", 14),
        ("2026-11-20 15:58:23 America/Los_Angeles", 23),
        ("2026-11-20T15:58:23Z", 15),
        ("2026-11-20 15:58:23.123456000 Z", 15),
        ("2026-11-20 15:58:23.123 -0500", 20),
        ("2026-11-20 12:58:23 PST", 20),
        ("2026-07-20 15:58:23 CEST", 13),
        ("2026-11-20 15:58:23 CET", 14),
    ],
)
def test_times_with_zones(text: str, hour: int) -> None:
    found = moment(text)
    assert found and found.astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-99-99", "2026-11-20 15:58 ../../etc", "2026-11-20 15:58 XPT"],
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment(text) is None
