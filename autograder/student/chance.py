"""The global random generators, from which a student's code may draw."""

import random
import sys
from typing import Any

import numpy as np


def seed_all(seed: int) -> None:
    """Start the generators of Python, NumPy and, where it is loaded, PyTorch anew."""
    np.random.seed(seed % 2**32)  # noqa: NPY002
    random.seed(seed)
    if torch := sys.modules.get("torch"):
        torch.default_generator.manual_seed(seed % 2**63)


def state_of_all() -> tuple[Any, ...]:
    """What `restore_all` needs to let them go on from here."""
    torch = sys.modules.get("torch")
    return np.random.get_state(), random.getstate(), torch and torch.default_generator.get_state()  # noqa: NPY002


def restore_all(state: tuple[Any, ...]) -> None:
    """Let the generators go on as they would have from `state`."""
    np.random.set_state(state[0])  # noqa: NPY002
    random.setstate(state[1])
    if state[2] is not None:
        sys.modules["torch"].default_generator.set_state(state[2])
