import time
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from datasets import DataError, Dataset, cifar10, embedded, get_data
from datasets.cifar_format import read_test, read_train
from datasets.files import data_folder


@pytest.fixture
def with_cifar(small_set: Path, tmp_path: Path) -> Path:
    """A data folder with (what passes for) CIFAR-10 in it."""
    copytree(small_set, tmp_path / cifar10.FOLDER)
    return tmp_path


def test_built_in_files_are_the_same_on_every_machine(home: Path) -> None:
    assert embedded.digest(home / embedded.FOLDER) == embedded.SHA256


def test_built_in_splits(home: Path) -> None:
    data = get_data(home, quiet=True)
    train, test = read_train(home / embedded.FOLDER), read_test(home / embedded.FOLDER)
    np.testing.assert_array_equal(data.y_train, train.labels[:15000])
    np.testing.assert_array_equal(data.y_val, train.labels[15000:])
    np.testing.assert_array_equal(data.y_test, test.labels)
    assert data.X_train.shape == (15000, 3, 32, 32) and data.X_train.dtype == np.float32
    assert data.X_train.flags.c_contiguous and data.X_train.flags.writeable
    assert data.y_train.dtype == np.int64
    assert data.source == "Pictogram-10" and data.class_names[3] == "fish"


def test_the_mean_training_image_is_subtracted_from_every_split(home: Path) -> None:
    data = get_data(home, quiet=True)
    train, test = read_train(home / embedded.FOLDER), read_test(home / embedded.FOLDER)
    np.testing.assert_allclose(data.mean_image, train.images[:15000].mean(axis=0), rtol=1e-6)
    for X, images in (data.X_val, train.images[15000:]), (data.X_test, test.images):
        np.testing.assert_array_equal(np.rint(X + data.mean_image), images)


def test_the_second_load_is_quick(home: Path) -> None:
    """Less than 0.2 s, counted in CPU time since other tests may run beside this one."""

    def seconds() -> float:
        start = time.process_time()
        get_data(home, quiet=True)
        return time.process_time() - start

    assert min(seconds() for _ in range(5)) < 0.2


def test_cifar_is_preferred_and_one_line_says_so(
    with_cifar: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = get_data(with_cifar, num_val=10, num_test=15)
    assert sizes(data) == (90, 10, 15)
    output = capsys.readouterr().out
    assert output.startswith("CIFAR-10: 90 / 10 / 15 images") and output.count("\n") == 1


def sizes(data: Dataset) -> tuple[int, ...]:
    return len(data.y_train), len(data.y_val), len(data.y_test)


def test_float64_on_demand(with_cifar: Path) -> None:
    data = get_data(with_cifar, dtype=np.float64, num_val=10, quiet=True)
    assert data.X_train.dtype == data.X_test.dtype == np.float64
    np.testing.assert_allclose(data.X_train.mean(axis=0), 0, atol=1e-12)


def test_insisting_on_absent_cifar_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="python -m datasets download"):
        get_data(tmp_path, source="cifar10")


def test_wrong_arguments_are_refused(with_cifar: Path) -> None:
    with pytest.raises(ValueError, match="source is 'mnist'"):
        get_data(with_cifar, source="mnist")  # type: ignore[arg-type]
    for num_val in (-1, 100, 1000):
        with pytest.raises(ValueError, match=f"num_val is {num_val}; there are 100"):
            get_data(with_cifar, num_val=num_val)


def test_the_folder_is_the_argument_else_the_environment_else_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEEPNETS_DATA", str(tmp_path / "named"))
    assert data_folder(tmp_path) == tmp_path
    assert data_folder() == tmp_path / "named"
    monkeypatch.delenv("DEEPNETS_DATA")
    assert data_folder().name == "deepnets"
