"""What the documentation mentions exists: links, targets, options, files, tables."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from assignments import every_assignment
from distributed.cli import dask_scheduler, dask_worker
from pydantic import BaseModel
from typer.core import TyperGroup

from autograder.assignment import (
    Assignment,
    Difference,
    Experiment,
    LayerBounds,
    Limits,
    Repairs,
    Task,
)
from autograder.cli import app
from autograder.judge.compare import TOLERANCES
from autograder.reports.document import VERDICTS
from benchmarks import parts, scale
from datasets.__main__ import app as data_app

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
DASK = {o for program in (dask_scheduler, dask_worker) for p in program.main.params for o in p.opts}
# Options of other programs.
FOREIGN = {"--full", "--index-url", "--ntasks"}
ROOMS = "autograder|benchmarks|chaos|datasets|docs|fuzz|source|submissions|tests"
MODELS = [Assignment, Task, Experiment, Difference, Limits, LayerBounds, Repairs]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def _code(text: str) -> Iterator[str]:
    """Code spans and the lines of code blocks, line breaks made blanks within a span."""
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    prose = re.sub(r"^ *```.*?^ *```", "", text, flags=re.MULTILINE | re.DOTALL)
    yield from (" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose))


def _options(program: typer.Typer) -> dict[str, set[str]]:
    group = typer.main.get_command(program)
    assert isinstance(group, TyperGroup)
    return {name: {o for p in c.params for o in p.opts} for name, c in group.commands.items()}


def _measures() -> set[str]:
    """The options of benchmarks that the pages call with some."""
    program = typer.Typer()
    for each in (parts, scale):
        program.command(each.__name__)(each.main)
    return set().union(*_options(program).values())


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)", page.read_text("utf-8"))
    local = [target for target in targets if not target.startswith("http")]
    assert [target for target in local if not (page.parent / target).exists()] == []


@each_page
def test_make_targets_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {m for code in _code(page.read_text("utf-8")) for m in re.findall(r"^make (\S+)", code)}
    assert named - targets == set()


@each_page
def test_commands_and_options_exist(page: Path) -> None:
    programs = {"autograder": _options(app), "datasets": _options(data_app)}
    known = {o for commands in programs.values() for options in commands.values() for o in options}
    known |= _measures()
    for code in _code(page.read_text("utf-8")):
        options = set(re.findall(r"(?<!\S)--[a-z][a-z-]+", code))
        if called := re.search(r"python -m (autograder|datasets) ([a-z]+)", code):
            assert called[2] in programs[called[1]], code
            assert options <= programs[called[1]][called[2]], code
        assert options <= known | DASK | FOREIGN, code


@each_page
def test_files_exist(page: Path) -> None:
    codes = list(_code(page.read_text("utf-8")))
    names = [n for code in codes for n in re.findall(rf"(?<!\S)(?:{ROOMS})/[\w./-]*", code)]
    names += [code for code in codes if re.fullmatch(r"[\w-]+\.(py|txt|toml)", code)]
    library = ROOT / "source" / "modular-nets"
    places = (ROOT, library, library / "deepnets")
    missing = [n for n in names if not any((place / n).exists() for place in places)]
    # Students find this one in their zip.
    assert set(missing) <= {"requirements.txt"}


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text("utf-8")


def test_the_table_of_tolerances_is_that_of_the_judge() -> None:
    rows = re.findall(r"\| (float\d\d) \| (\S+) \| (\S+) \|", _page("design.md"))
    written = {name: (float(relative), float(absolute)) for name, relative, absolute in rows}
    assert written == {n: (t.relative, t.absolute) for n, t in TOLERANCES.items()}


def test_every_verdict_is_explained() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \| .* \| .* \|$", _page("instructor.md"), re.MULTILINE)
    assert set(VERDICTS) <= set(rows)


def test_every_option_of_grade_is_explained() -> None:
    explained = set(re.findall(r"`(--[a-z-]+)", _page("instructor.md")))
    assert {o for o in _options(app)["grade"] if o.startswith("--")} <= explained


@pytest.mark.parametrize("model", MODELS)
def test_every_key_of_an_assignment_is_explained(model: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()} - {"root", "tasks"}
    assert {key for key in keys if not re.search(rf"\b{key}\b", _page("authoring.md"))} == set()


def test_every_direct_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[^\w-]", entry)[0] for group in groups for entry in group}
    rows = re.findall(r"^\| (?:\w+ \| )?([\w-]+) \|", _page("dependencies.md"), re.MULTILINE)
    assert names <= set(rows)


@every_assignment
def test_the_readme_counts_the_tasks_and_points(assignment: Assignment) -> None:
    points = sum(task.points for task in assignment.tasks)
    words = f"{len(assignment.tasks)} tasks for {points:g} points"
    assert f"`{assignment.id}`" in (ROOT / "README.md").read_text()
    assert words in (ROOT / "README.md").read_text()


def test_the_readmes_count_the_examples() -> None:
    folder = ROOT / "submissions"
    names = {path.name for path in folder.iterdir() if path.is_dir() or path.suffix == ".zip"}
    listed = set(re.findall(r"^\| `([^`]+)` \|", (folder / "README.md").read_text(), re.MULTILINE))
    assert listed == names
    assert f"grades the {len(names)} examples" in (ROOT / "README.md").read_text()
