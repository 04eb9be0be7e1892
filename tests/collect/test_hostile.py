"""What a stranger hands in harms nobody, and its owner is told."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from autograder.collect import repositories
from autograder.collect.collect import collect
from autograder.collect.inbox import Kept
from autograder.collect.policy import Policy


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """One who is honest; the tests add others."""
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "layers.py").write_text("secret = 1\n")
    with ZipFile(folder / "ada.work.zip", "w") as archive:
        archive.writestr("layers.py", "secret = 1")
    return folder


def collected(source: Path) -> dict[str, Kept]:
    kept = collect(source, source.parent / "inbox", None, Policy())[1]
    return {each.row.student: each for each in kept}


def test_links_to_others_work_are_not_followed(source: Path) -> None:
    (source / "eve").symlink_to(source / "ada")
    (source / "mal.zip").symlink_to(source / "ada.work.zip")
    (source / "pia").mkdir()
    (source / "pia" / "work.zip").symlink_to(source / "ada.work.zip")
    (source / "pia" / "own.py").write_text("x = 1")
    (source / "quin").mkdir()
    (source / "quin" / "layers.py").symlink_to(source / "ada" / "layers.py")
    found = collected(source)
    assert [found[name].row.status for name in ("eve", "mal", "quin")] == ["unreadable"] * 3
    with ZipFile(source.parent / "inbox" / "pia.zip") as archive:
        assert archive.namelist() == ["pia/own.py"]


def test_names_that_nobody_can_write_harm_nobody(source: Path) -> None:
    for name in (b"\xff\x1b[2J", b"con", b"=cmd"):
        folder = os.path.join(os.fsencode(source), name)
        os.mkdir(folder)
        with open(os.path.join(folder, b"\xfe.py"), "w") as file:
            file.write("x = 1")
    found = collected(source)
    names = {each.name for each in found.values()}
    assert len(found) == 5 and len(names) == 5 and "con.zip" not in names
    table = (source.parent / "inbox.csv").read_text("utf-8")
    assert "\x1b" not in table and "\n'=cmd," in table


def test_a_pipe_is_not_waited_for(source: Path) -> None:
    os.mkfifo(source / "bob.zip")
    assert collected(source)["bob"].row.note == "not a plain file"


def test_what_is_no_work_is_told(source: Path) -> None:
    (source / "thesis.pdf").write_text("")
    (source / "bob.zip").write_text("not a zip")
    (source / "eve" / "notes").mkdir(parents=True)
    found = collected(source)
    assert found["thesis.pdf"].row.status == "unreadable"
    for name in ("bob", "eve"):
        assert found[name].row.status == "unreadable" and not found[name].name


@pytest.fixture
def silent_server() -> Iterator[str]:
    """It takes a connection, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []
        accept = threading.Thread(target=lambda: held.append(server.accept()[0]), daemon=True)
        accept.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x.git"
        for each in held:
            each.close()


def test_a_server_that_says_nothing_is_given_up(
    tmp_path: Path, silent_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repositories, "SECONDS", 2)
    table = tmp_path / "list.csv"
    table.write_text(f"Student,URL\nada,{silent_server}\n")
    begin = time.monotonic()
    [ada] = repositories.read(table, tmp_path, protocols=("http",))
    assert time.monotonic() - begin < 30 and "more than 2 s" in ada.trouble


def test_a_token_in_a_url_is_not_told(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Student,URL\nada,ext://token@host/x.git\n")
    [ada] = repositories.read(table, tmp_path)
    assert "token" not in ada.source + ada.trouble and ada.trouble
