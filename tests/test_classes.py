"""The class that faults and speed are tried on: drawn by a seed, with all that students hand in."""

import ast
from collections import Counter
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from autograder.assignment import load_assignment
from benchmarks.classes import SOURCE, _known, main, write_class
from benchmarks.hostile import TRICKS


def written(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in files}


def test_every_task_of_a_file_is_done_in_every_way() -> None:
    _, ways = _known()
    assert set(ways) == {task.id for task in load_assignment(SOURCE).tasks if task.file}
    for task, found in ways.items():
        kinds = Counter(way.kind for way in found)
        assert kinds["stub"] == 1, task
        assert {"variant", "misconception", "mutant"} <= kinds.keys(), task


def test_a_class_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_class(tmp_path / name, 30, seed, hostile=0.1)
    a, b, c = (written(tmp_path / name) for name in "abc")
    assert a == b and len({path.split("/")[0] for path in a}) == 30
    assert len([path for path in a if a[path] != c.get(path)]) > 40


def test_the_share_that_is_hostile_can_be_chosen(tmp_path: Path) -> None:
    for name, share in (("none", 0.0), ("some", 0.2), ("all", 1.0)):
        write_class(tmp_path / name, 100, 1, share)
    found = {
        name: [text for text in written(tmp_path / name).values() if "def trick():" in text]
        for name in ("none", "some", "all")
    }
    assert not found["none"] and 10 <= len(found["some"]) <= 30 and len(found["all"]) >= 95
    assert all(any(trick in text for text in found["all"]) for trick in TRICKS.values())


def test_honest_work_is_python_but_for_a_few(tmp_path: Path) -> None:
    write_class(tmp_path, 100, 1)
    broken = 0
    for text in written(tmp_path).values():
        assert "SOLUTION" not in text
        try:
            ast.parse(text)
        except SyntaxError:
            broken += 1
    assert 1 <= broken <= 8 and 392 <= len(written(tmp_path)) < 400


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["1", "new", "--hostile", "5"], "'--hostile'"),
        (["0", "new"], "'count'"),
        (["1", "old"], "old is there already: two classes would be mixed"),
    ],
)
def test_what_makes_no_class_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    program = typer.Typer(rich_markup_mode=None)
    program.command()(main)
    refused = CliRunner().invoke(program, arguments)
    assert refused.exit_code == 2 and words in refused.output
    assert [path.name for path in tmp_path.rglob("*")] == ["old"]
