"""What the checker asks of PyTorch code beyond its answers: does it learn?"""

import importlib
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TAKES_TENSORS = True


def parameters(model: Any, x: Tensor) -> dict[str, Tensor]:
    """The parameters of `model` by name, after a first batch `x`: lazy layers have none before.

    TypeError if `model` is no module.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"the model must be an nn.Module, but it is a {type(model).__name__}")
    scores(model, x)
    return dict(model.named_parameters())


@torch.no_grad()
def fill(model: nn.Module, values: dict[str, Tensor]) -> None:
    """Give the parameters named in `values` these numbers, in the dtype that they have."""
    found = dict(model.named_parameters())
    for name, value in values.items():
        found[name].copy_(value)


def scores(model: nn.Module, x: Tensor) -> Tensor:
    """The scores of `x`, in the dtype of the parameters."""
    dtypes = [parameter.dtype for parameter in model.parameters()]
    answer: Tensor = model(x.to(dtypes[0]) if dtypes else x)
    return answer


def gradients(model: nn.Module, x: Tensor, y: Tensor) -> dict[str, Tensor]:
    """The gradients of the mean cross-entropy of the scores and labels `y`, by name."""
    model.zero_grad()
    loss = F.cross_entropy(scores(model, x), y)
    if loss.requires_grad:
        loss.backward()
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


def model_to_try() -> nn.Module:
    """The student's own model, for which the optimizer is written, or else a small one."""
    try:
        model: nn.Module = _function("build_model")()
        scores(model, torch.zeros(2, 3, 32, 32))
        if any(parameter.requires_grad for parameter in model.parameters()):
            return model
    except Exception:  # the model is another task
        pass
    return nn.Sequential(nn.Flatten(), nn.Linear(48, 6), nn.Tanh(), nn.Linear(6, 10))


def steps(optimizer: Any, model: nn.Module, signs: Tensor) -> list[tuple[int, Tensor, Tensor]]:
    """One step of `optimizer` where the derivatives are `signs`, over and over.

    Of each parameter: its number of axes, and its first numbers before and after the step, at most
    as many as there are signs.
    """
    found = [parameter for parameter in model.parameters() if parameter.requires_grad]
    before = [_first(parameter, len(signs)) for parameter in found]
    optimizer.zero_grad()
    for parameter in found:
        repeated = signs.repeat(parameter.numel() // len(signs) + 1)[: parameter.numel()]
        parameter.grad = repeated.reshape(parameter.shape).to(parameter)
    optimizer.step()
    after = [_first(parameter, len(signs)) for parameter in found]
    return [(p.dim(), old, new) for p, old, new in zip(found, before, after, strict=True)]


def _first(parameter: Tensor, count: int) -> Tensor:
    return parameter.detach().flatten()[:count].to(torch.float64, copy=True)


def _gradient(parameter: Tensor) -> Tensor:
    return torch.zeros_like(parameter) if parameter.grad is None else parameter.grad


def _function(cell: str) -> Any:
    return getattr(importlib.import_module(f".cell_{cell}", __package__), cell)
