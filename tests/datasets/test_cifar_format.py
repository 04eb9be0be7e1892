import os
import pickle
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from datasets import DataError, cifar_format, pictograms
from datasets.files import replacing


@pytest.fixture
def folder(small_set: Path, tmp_path: Path) -> Path:
    return copytree(small_set, tmp_path / "batches")


def rewrite(path: Path, content: object) -> None:
    path.write_bytes(pickle.dumps(content, protocol=4))


def test_what_is_written_is_read_again(folder: Path) -> None:
    train, test = cifar_format.read_train(folder), cifar_format.read_test(folder)
    for data, split in (train, pictograms.TRAIN), (test, pictograms.TEST):
        images, labels = pictograms.generate(len(data.labels), split)
        np.testing.assert_array_equal(data.images, images)
        np.testing.assert_array_equal(data.labels, labels)
    assert cifar_format.read_class_names(folder) == pictograms.CLASSES


@pytest.mark.parametrize("encoding", ["latin1", "bytes"])
def test_the_usual_loader_of_cifar_reads_our_files(folder: Path, encoding: str) -> None:
    with (folder / "data_batch_2").open("rb") as file:
        content = pickle.load(file, encoding=encoding)
    fields = {k if isinstance(k, str) else k.decode(): v for k, v in content.items()}
    assert set(fields) == {"batch_label", "labels", "data", "filenames"}
    assert fields["data"].shape == (20, 3072) and len(fields["filenames"]) == 20
    assert fields["labels"] == pictograms.generate(100)[1][20:40].tolist()


def test_files_of_todays_pickle_are_read_too(folder: Path) -> None:
    data = np.arange(2 * 3072, dtype=np.uint8).reshape(2, 3072)
    rewrite(folder / "test_batch", {"labels": [3, 9], "data": data})
    test = cifar_format.read_test(folder)
    np.testing.assert_array_equal(test.images.reshape(2, 3072), data)
    assert test.labels.tolist() == [3, 9]


class Intruder:
    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.victim),)


def test_a_pickle_that_calls_a_function_is_refused(folder: Path, tmp_path: Path) -> None:
    rewrite(folder / "test_batch", {"labels": [], "data": Intruder(tmp_path / "pwned")})
    with pytest.raises(DataError, match=r"test_batch is not a CIFAR-10 file: .*mkdir"):
        cifar_format.read_test(folder)
    assert not (tmp_path / "pwned").exists()


PIXELS = np.zeros((2, 3072), np.uint8)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ([1, 2], "no dictionary"),
        ({"labels": [1, 2]}, "no array"),
        ({"labels": [1, 2], "data": PIXELS.astype(float)}, "no array"),
        ({"labels": [1, 2, 3], "data": PIXELS}, "labels and"),
        ({"labels": [1, 10], "data": PIXELS}, "0..9"),
        ({"labels": ["a", "b"], "data": PIXELS}, "0..9"),
    ],
)
def test_a_damaged_batch_is_named(folder: Path, content: object, reason: str) -> None:
    rewrite(folder / "data_batch_4", content)
    with pytest.raises(DataError, match=rf"data_batch_4 is not a CIFAR-10 file.*{reason}"):
        cifar_format.read_train(folder)


def test_a_cut_file_and_a_missing_file_are_named(folder: Path) -> None:
    batch = folder / "data_batch_1"
    batch.write_bytes(batch.read_bytes()[:-100])
    with pytest.raises(DataError, match="data_batch_1 is not"):
        cifar_format.read_train(folder)
    batch.unlink()
    with pytest.raises(DataError, match="data_batch_1 is missing"):
        cifar_format.read_train(folder)
    assert not cifar_format.is_complete(folder)


def test_names_of_classes_must_be_text(folder: Path) -> None:
    rewrite(folder / "batches.meta", {"label_names": [1, 2]})
    with pytest.raises(DataError, match="label_names"):
        cifar_format.read_class_names(folder)


def test_the_second_reading_is_mapped_and_equal(folder: Path) -> None:
    first, second = cifar_format.read_train(folder), cifar_format.read_train(folder)
    assert isinstance(second.images, np.memmap)
    np.testing.assert_array_equal(first.images, second.images)
    np.testing.assert_array_equal(first.labels, second.labels)


def test_a_replaced_batch_renews_the_cache(folder: Path) -> None:
    cifar_format.read_test(folder)
    rewrite(folder / "test_batch", {"labels": [5, 6], "data": PIXELS})
    assert cifar_format.read_test(folder).labels.tolist() == [5, 6]
    assert len(list(folder.glob("test-*.npy"))) == 1


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as file:
        file.write(b"half of the n")
        raise KeyboardInterrupt
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]
