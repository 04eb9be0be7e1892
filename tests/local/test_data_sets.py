"""The check in a notebook asks for what the data set of this machine allows."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder import check
from datasets import cifar10, cifar_format, files

TASK = "convnet_hyperparameters"
CHOSEN = {
    "num_filters": 16, "hidden_dim": 100, "weight_scale": 1e-2, "reg": 0.0,
    "update_rule": "adam", "learning_rate": 1e-3, "batch_size": 50, "num_epochs": 2,
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys.modules["__main__"], TASK, lambda: CHOSEN, raising=False)
    monkeypatch.setenv(files.FOLDER_VARIABLE, str(tmp_path / "data"))
    return tmp_path / "data" / cifar10.FOLDER


@pytest.fixture
def trained() -> Any:
    history = [0.1, 0.45]
    return SimpleNamespace(val_acc_history=history, train_acc_history=history, loss_history=[1.0])


@pytest.mark.usefixtures("folder")
def test_two_epochs_are_for_the_drawn_images(data: Path, trained: Any) -> None:
    assert check(TASK, trained).passed
    data.mkdir(parents=True)
    for name in cifar_format.FILES:
        (data / name).touch()
    assert "num_epochs is 2" in repr(check(TASK, trained))
