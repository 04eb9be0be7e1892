"""Whatever is broken below a task costs its own points, and the task says who stood in.

What is broken is generated from assignment.toml. In the usual run that is every function alone and
some at once; with `--all-subsets` (make stand-ins) it is each subset of what each task needs.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.grading.run import document
from autograder.judge.examine import layer_of
from autograder.reports import student_summary, write_html
from autograder.sandbox.tiers import probe
from autograder.submission import Submission

from .breaking import VERDICTS, Workshop
from .conftest import LAYERS, lost, tasks
from .in_process import InThisProcess
from .subsets import ASSIGNMENT, Functions, covering, functions_below, named

pytestmark = pytest.mark.sampled(every=6)

BELOW = [functions_below(task) for task in ASSIGNMENT.tasks]
ALL = frozenset[str]().union(*BELOW)
ALONE = [*covering(BELOW, 1)]
NORMS = [names for names in ALONE if any("norm" in name for name in names)]
WAYS = [way for way in VERDICTS if way != "wrong"]
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    every = metafunc.config.getoption("--all-subsets")
    if "where" in metafunc.fixturenames:
        sets = [*_each_once()]
        some = [(names, None) for names in [*ALONE, *(names for names, _ in sets[::400])]]
        chosen = sets if every else some
        ids = [named(names) for names, _ in chosen]
        metafunc.parametrize(("broken", "where"), chosen, ids=ids)
    elif "way" in metafunc.fixturenames:
        pairs = [(way, names) for way in WAYS for names in (*ALONE, ALL)]
        some = [*zip(WAYS, ALONE[1:], strict=False)]
        metafunc.parametrize(("way", "broken"), pairs if every else some, ids=named)


def _each_once() -> Iterator[tuple[Functions, Functions]]:
    """Every subset, with the tasks below which it is what no set before has broken."""
    seen: set[tuple[str, Functions]] = set()
    for broken in covering(BELOW, len(ALL)):
        tried = {(t.id, broken & below) for t, below in zip(ASSIGNMENT.tasks, BELOW, strict=True)}
        yield broken, frozenset(name for name, _ in tried - seen)
        seen |= tried


def test_a_subset_of_broken_functions_costs_its_own_points(
    in_this_process: InThisProcess, workshop: Workshop, broken: Functions, where: Functions | None
) -> None:
    found = in_this_process(workshop.submitted("wrong", broken), where)
    assert_just(workshop, "wrong", broken & found.keys(), found)


def assert_just(workshop: Workshop, way: str, broken: Functions, found: dict[str, Any]) -> None:
    """Those broken lose points, and nobody else; the others say whose functions stood in."""
    assert lost(found) == broken
    for name, task in found.items():
        if name not in broken:
            _assert_named(workshop.stand_ins(way, broken, ASSIGNMENT.task(name)), task)


def _assert_named(expected: Functions, task: dict[str, Any]) -> None:
    stand_ins = set(task["stand_ins"])
    # The staff's spatial batch norm calls the staff's batch norm: no one else's is called then.
    within = {need for name in stand_ins for need in ASSIGNMENT.task(name).needs}
    assert stand_ins <= expected
    assert expected - stand_ins <= (set() if "." in task["id"] else within)


@pytest.fixture(scope="module")
def impatient(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge that does not wait five seconds for what hangs."""
    store = tmp_path_factory.mktemp("store") / "results.db"
    job = Job(assignment.root, probe(), "secret", store, experiments=False, environments=("numpy",))
    with Judge(job) as running:
        limits = assignment.limits.model_copy(update={"call_seconds": 1.0})
        running.assignment = assignment.model_copy(update={"limits": limits})
        yield running


def test_however_a_function_is_broken_it_costs_its_own_points(
    impatient: Judge, workshop: Workshop, way: str, broken: Functions
) -> None:
    found = tasks(impatient, workshop.submitted(way, broken))
    assert_just(workshop, way, broken, found)
    assert {found[name]["verdict"] for name in broken} <= VERDICTS[way]


@pytest.mark.parametrize("broken", NORMS, ids=named)
def test_caches_of_an_own_form_pass_through_what_is_not_broken(
    in_this_process: InThisProcess, workshop: Workshop, broken: Functions
) -> None:
    """A backward whose forward is broken is no such: no staff's forward knows the form."""
    files = workshop.submitted("wrong", broken)
    text = files[LAYERS]
    text = text.replace("cache = x_hat, gamma, std", 'cache = {"x": x_hat, "g": gamma, "s": std}')
    text = text.replace("x_hat, gamma, std = cache", "x_hat, gamma, std = cache.values()")
    found = in_this_process({**files, LAYERS: text})
    layers = {layer_of(name) for name in broken} & {"batchnorm", "layernorm"}
    assert broken <= lost(found) <= broken | {n for n in found if layer_of(n) in layers}


def test_every_page_names_the_stand_ins(judge: Judge, workshop: Workshop, tmp_path: Path) -> None:
    work = Submission("ada", workshop.submitted("stub", ALL))
    run = {"tier": "", "versions": {}, "started": "2026-01-01T00:00:00", "seconds": {}, "known": 0}
    result = document(ASSIGNMENT, judge.job, run, [judge.judge(work)])
    found = {task["id"]: task for task in result["submissions"][0]["tasks"]}
    assert_just(workshop, "stub", ALL, found)
    [_, page] = write_html(result, tmp_path)
    html, terminal = _words(page.read_text()), _words(_printed(student_summary(result, "ada")))
    for names in filter(None, (task["stand_ins"] for task in found.values())):
        assert f"the staff’s {_listed([f'<code>{n}</code>' for n in names])} in place" in html
        assert f"judged with the staff's {_listed(names)} │" in terminal


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _words(text: str) -> str:
    return " ".join(text.split())


def _printed(shown: Any) -> str:
    stream = io.StringIO()
    Console(file=stream, width=900, color_system=None).print(shown)
    return stream.getvalue()
