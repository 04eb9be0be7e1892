"""PyTorch code works with tensors, a judge with arrays."""

import sys
from types import ModuleType
from typing import Any

import numpy as np

from autograder.student.channel import Tree

MARK = "TAKES_TENSORS"
"""A module with this name among its own is called with tensors."""


def takes_tensors(owner: Any) -> bool:
    """Does `owner`, a module or an object of one, want tensors for arrays?"""
    if isinstance(owner, ModuleType):
        return bool(getattr(owner, MARK, False))
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(owner, torch.nn.Module)


def to_tensors(tree: Any) -> Any:
    """`tree` with tensors that share the memory of its arrays."""
    match tree:
        case np.ndarray():
            return sys.modules["torch"].from_numpy(tree)
        case list() | tuple():
            return type(tree)(to_tensors(item) for item in tree)
        case dict():
            return {key: to_tensors(item) for key, item in tree.items()}
    return tree


def to_array(value: Any) -> Tree:
    """The array of a tensor, whatever it was computed with, or the list of a ParameterList.

    Anything else as it is.
    """
    torch = sys.modules.get("torch")
    if torch is None:
        return value
    if isinstance(value, torch.nn.ParameterList):
        return list(value)
    if not isinstance(value, torch.Tensor):
        return value
    try:
        return value.detach().cpu().numpy()
    except (TypeError, RuntimeError):  # bfloat16, sparse: it stays where it is
        return value
