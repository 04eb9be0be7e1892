"""What is kept comes back, takes little room, and is not lost to a full disk or a file in use."""

import re
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from assignments import MODULAR_NETS

from autograder.grading.results import Results
from autograder.grading.store import Store, StoreError, demand_usable

from .other_user import succeeds

MADE_BY = {"affine_forward": "digest"}


def entry(number: int) -> dict[str, Any]:
    tasks = [{"id": "affine_forward", "verdict": "passed", "points": 2.0, "max_points": 2.0}]
    return {"id": f"s{number}", "points": 2.0, "max_points": 2.0, "tasks": tasks}


def test_an_entry_comes_back_with_what_made_it(tmp_path: Path) -> None:
    with Store(tmp_path / "results.db") as store:
        assert store.result("key") is None
        store.keep_result("key", entry(1), MADE_BY)
        store.keep_result("key", entry(2), {"affine_forward": "newer"})
        kept = store.result("key")
    assert kept and kept.entry == entry(2) and kept.made_by == {"affine_forward": "newer"}


def test_thousands_of_entries_take_little_room(tmp_path: Path) -> None:
    """What is the same for all is kept once."""
    place = tmp_path / "results.db"
    made_by = {f"task {number}": "d" * 64 for number in range(50)}
    with Store(place) as store:
        for number in range(1000):
            store.keep_result(f"{number:064}", entry(number), made_by)
    assert place.stat().st_size < 1000 * 500


def test_results_are_a_list_that_lies_in_the_store(tmp_path: Path) -> None:
    place = tmp_path / "results.db"
    with Store(place) as store:
        for number in (0, 2, 3):
            store.keep_result(str(number), entry(number), MADE_BY)
    results = Results(place, MODULAR_NETS, ["0", "", "2", "3"], {1: entry(1)})
    assert list(results) == results[:] == [entry(number) for number in range(4)]
    assert results[-1] == entry(3) and results[1:3] == [entry(1), entry(2)] and len(results) == 4
    assert results == [entry(number) for number in range(4)] and results != []


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("autograder.grading.store.PATIENCE", 0.1)
    with Store(tmp_path / "results.db") as store:
        store.keep_result("first", entry(1), MADE_BY)
        yield store


def test_a_store_that_another_program_holds_is_told_of(store: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "results.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreError, match=r"results\.db: .* is locked\); .* same command again"):
        store.keep_result("second", entry(2), MADE_BY)
    other.execute("rollback")
    other.close()
    store.keep_result("second", entry(2), MADE_BY)
    assert store.result("first") and store.result("second")


def test_who_only_asks_if_a_store_can_be_used_does_not_wait_long(tmp_path: Path) -> None:
    place = tmp_path / "results.db"
    with Store(place) as store:
        store._db.execute("begin immediate")
        start = time.monotonic()
        with pytest.raises(StoreError, match=r"results\.db: .* is locked\)"):
            demand_usable(place)
        assert time.monotonic() - start < 20
        store._db.execute("rollback")
        demand_usable(place)


def test_a_full_disk_is_told_of_and_loses_nothing(store: Store) -> None:
    store._db.execute("pragma max_page_count = 1")
    with pytest.raises(StoreError, match=r"full\); what it holds already is safe"):
        for number in range(1000):
            store.keep_result(f"more {number}", entry(number), MADE_BY)
    kept = store.result("first")
    assert kept and kept.entry == entry(1)


def test_who_may_not_write_is_told_so() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "results.db"
        Store(file).__exit__()
        file.chmod(0o444)
        Path(folder).chmod(0o555)
        assert succeeds(partial(_is_told, file))


def _is_told(file: Path) -> None:
    with pytest.raises(StoreError, match=rf"\({re.escape(str(file))} is read-only for this user\)"):
        Store(file).seed("homework")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as database:
        database.executescript("create table verdicts (id); insert into verdicts values (1)")
    before = file.read_bytes()
    for use in (Store, demand_usable):
        with pytest.raises(StoreError, match="it holds something else"):
            use(file)
    assert file.read_bytes() == before
