"""What the PyTorch notebook reads from assignment.toml."""

from importlib import import_module
from pathlib import Path

import pytest

from autograder.assignment import load_assignment

pytest.importorskip("torch")
ROOT = Path(__file__).parents[2] / "source" / "modular-nets"


@pytest.mark.parametrize(
    ("training", "source", "expected"),
    [
        ("convnet_plain", "ten drawn classes", (2, 0.42)),
        ("convnet_plain", "CIFAR-10", (1, 0.42)),
        ("convnet_nesterov", "ten drawn classes", (2, 0.55)),
        ("convnet_nesterov", "CIFAR-10", (1, 0.55)),
    ],
)
def test_the_notebook_trains_as_long_as_the_data_set_needs(
    training: str, source: str, expected: tuple[int, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.chdir(ROOT)
    assert import_module("deepnets.torch_tools").expected(training, source) == expected
    assert training in load_assignment(ROOT).trainings
