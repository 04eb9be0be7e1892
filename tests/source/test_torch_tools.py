"""What the PyTorch notebook reads from assignment.toml."""

from pathlib import Path
from runpy import run_path

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
    monkeypatch.chdir(ROOT)
    tools = run_path(str(ROOT / "deepnets" / "torch_tools.py"))
    assert tools["expected"](training, source) == expected
    assert training in load_assignment(ROOT).trainings
