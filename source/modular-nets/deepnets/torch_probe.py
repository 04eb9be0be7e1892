"""What the checker asks of PyTorch code beyond its answers: does it learn?"""

import importlib
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TAKES_TENSORS = True


def gradients(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, Tensor]:
    """The gradients of the mean cross-entropy of the scores `model(x)` and labels `y`, by name."""
    model.zero_grad()
    F.cross_entropy(model(x), y).backward()
    return {name: _gradient(parameter) for name, parameter in model.named_parameters()}


def parameter_gradients(cell: str, x: Tensor, parameters: list[Tensor]) -> list[Tensor]:
    """The gradients of the mean square of the scores that the function of `cell` gives."""
    leaves = [parameter.clone().requires_grad_() for parameter in parameters]
    _function(cell)(x, leaves).square().mean().backward()
    return [_gradient(leaf) for leaf in leaves]


def trainable(cell: str) -> tuple[list[bool], list[bool]]:
    """Of the tensors that the function of `cell` returns: requires_grad, and is_leaf."""
    tensors = _function(cell)()
    return [t.requires_grad for t in tensors], [t.is_leaf for t in tensors]


def small_model() -> nn.Module:
    """A model to try an optimizer on: images (N, 3, 4, 4) to 10 scores."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Flatten(), nn.Linear(48, 6), nn.Tanh(), nn.Linear(6, 10))


def changed_by_a_step(optimizer: Any, model: nn.Module, x: Tensor, y: Tensor) -> list[bool]:
    """Which parameters of `model` does one step of `optimizer` change?"""
    before = [parameter.detach().clone() for parameter in model.parameters()]
    optimizer.zero_grad()
    F.cross_entropy(model(x), y).backward()
    optimizer.step()
    pairs = zip(before, model.parameters(), strict=True)
    return [bool((old != new).any()) for old, new in pairs]


def losses_of_steps(
    optimizer: Any, model: nn.Module, x: Tensor, y: Tensor, steps: int
) -> list[float]:
    """The mean cross-entropy before each of `steps` steps of `optimizer`, and after the last."""
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return [*losses, F.cross_entropy(model(x), y).item()]


def _gradient(parameter: Tensor) -> Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def _function(cell: str) -> Any:
    return getattr(importlib.import_module(f".cell_{cell}", __package__), cell)
