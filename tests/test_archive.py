"""A zip is the same wherever and whenever it is made."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from autograder.archive import write_zip

CONTENTS = {"b/text.py": b"x = 1\n" * 100, "a.ipynb": b""}


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_zip(tmp_path / name, CONTENTS)
    one, two = (tmp_path / "one.zip").read_bytes(), (tmp_path / "two.zip").read_bytes()
    assert one == two and len(one) < 400
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == CONTENTS
        assert [entry.date_time[0] for entry in archive.infolist()] == [1980, 1980]


def test_a_failure_leaves_the_older_zip_and_nothing_else(tmp_path: Path) -> None:
    write_zip(tmp_path / "one.zip", CONTENTS)
    before = (tmp_path / "one.zip").read_bytes()
    unpackable: Any = {"a": b"", "b": 5}
    with pytest.raises(TypeError):
        write_zip(tmp_path / "one.zip", unpackable)
    assert (tmp_path / "one.zip").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["one.zip"]
