"""What a student's code may draw random numbers from without giving a seed.

NumPy's own generators take theirs from `bit_generator.randbits` when they get none.
"""

import random
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import bit_generator


def seed_all(seed: int) -> None:
    """Start the generators of Python, NumPy and, where it is loaded, PyTorch anew, and those that
    NumPy makes without a seed from now on."""
    np.random.seed(seed % 2**32)  # noqa: NPY002
    random.seed(seed)
    _take_entropy_from(random.Random(seed).getrandbits)
    if torch := sys.modules.get("torch"):
        torch.default_generator.manual_seed(seed % 2**63)


def state_of_all() -> tuple[Any, ...]:
    """What `restore_all` needs to let them go on from here."""
    torch = sys.modules.get("torch")
    of_torch = torch and torch.default_generator.get_state()
    return np.random.get_state(), random.getstate(), of_torch, vars(bit_generator)["randbits"]  # noqa: NPY002


def restore_all(state: tuple[Any, ...]) -> None:
    """Let the generators go on as they would have from `state`."""
    np.random.set_state(state[0])  # noqa: NPY002
    random.setstate(state[1])
    if state[2] is not None:
        sys.modules["torch"].default_generator.set_state(state[2])
    _take_entropy_from(state[3])


def _take_entropy_from(randbits: Callable[[int], int]) -> None:
    vars(bit_generator)["randbits"] = randbits
