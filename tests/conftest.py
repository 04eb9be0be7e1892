"""What several rooms' tests need: the assignment, its library as text, and the staff's channel."""

import os
import signal
from collections import Counter
from collections.abc import Iterator

import pytest
from assignments import MODULAR_NETS
from threadpoolctl import threadpool_limits

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.grading.judges import ONE_THREAD
from autograder.grading.staff import reference, staff_modules
from autograder.sandbox.tiers import probe
from autograder.student.local import LocalChannel

# Threads of several tests would wait for one another, in their notebooks' kernels too.
os.environ.update(ONE_THREAD)
threadpool_limits(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """One seed keeps a run of all tests short; `make catalogue` asks for twenty."""
    parser.addoption("--seeds", type=int, default=1, help="secrets per entry of the catalogue")
    text = "break each subset of what each task needs; `make stand-ins` does"
    parser.addoption("--all-subsets", action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """A shell's background jobs ignore interrupts, and so would the programs under test."""
    config.addinivalue_line(
        "markers", "sampled(every): of its parameters, all only with --seeds 5 or more"
    )
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In each file, the tests of one assignment together: what they share is made once for it."""
    if config.getoption("--seeds") < 5 and not config.getoption("--all-subsets"):
        places: Counter[object] = Counter()
        items[:] = [item for item in items if _in_sample(places, item)]
    files = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (files[item.path], _assignment_id(item)))


def _in_sample(places: Counter[object], item: pytest.Item) -> bool:
    """Of each test the first, and then every so many."""
    mark = item.get_closest_marker("sampled")
    if mark is None or not hasattr(item, "callspec"):
        return True
    test = item.path, item.originalname
    places[test] += 1
    return (places[test] - 1) % mark.kwargs["every"] == 0


def _assignment_id(item: pytest.Item) -> str:
    params = item.callspec.params if hasattr(item, "callspec") else {}
    return params["assignment"].id if "assignment" in params else ""


@pytest.fixture(scope="session")
def assignment(request: pytest.FixtureRequest) -> Assignment:
    """The one that a test asks for, see assignments.py."""
    chosen: Assignment = getattr(request, "param", MODULAR_NETS)
    return chosen


@pytest.fixture(scope="session")
def library(assignment: Assignment) -> dict[str, str]:
    return staff_modules(assignment)


@pytest.fixture(scope="session")
def staff(assignment: Assignment) -> LocalChannel:
    return reference(assignment)


@pytest.fixture(scope="session")
def files(assignment: Assignment, library: dict[str, str]) -> dict[str, str]:
    return {name: library[name] for name in assignment.student_files}


@pytest.fixture(scope="session")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """Judges all that needs neither training nor PyTorch."""
    store = tmp_path_factory.mktemp("store") / "results.db"
    job = Job(assignment.root, probe(), "secret", store, experiments=False, environments=("numpy",))
    with Judge(job) as running:
        yield running
