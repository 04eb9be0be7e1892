"""What the PyTorch notebook is given: data, training, and weights that are only numbers."""

import io
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

# The checker passes arrays; the functions of this file want tensors.
TAKES_TENSORS = True
# The pixels of the images, whose mean has been taken away, have about this standard deviation.
PIXEL_SCALE = 64.0


def device() -> torch.device:
    """The GPU if there is one, else the CPU."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def as_tensors(data: Mapping[str, Any], split: str) -> tuple[Tensor, Tensor]:
    """Images (N, 3, 32, 32) float32 and labels (N,) int64 of `split`: "train", "val" or "test".

    `data` is what `get_data()` returns.
    """
    return prepared(torch.from_numpy(data[f"X_{split}"])), torch.from_numpy(data[f"y_{split}"])


def prepared(images: Tensor) -> Tensor:
    """Images as a model sees them: of mean 0 and standard deviation 1, more or less."""
    return images / PIXEL_SCALE


def expected(training: str, source: str) -> tuple[int, float]:
    """Epochs of a training, and the validation accuracy to expect after them, on `source`.

    They stand in the table [trainings] of assignment.toml, in the folder of the notebook; `source`
    is that of `get_data()`. KeyError if there is no such training.
    """
    text = Path("assignment.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)["trainings"][training]
    found |= found.get("cifar10", {}) if source.startswith("CIFAR-10") else {}
    return found["epochs"], found["validation_accuracy"]


def batches(
    images: Tensor, labels: Tensor, size: int = 64, seed: int | None = None
) -> Iterator[tuple[Tensor, Tensor]]:
    """All examples once, in batches on `device()`; in random order if there is a seed."""
    order = torch.arange(len(images))
    if seed is not None:
        order = torch.randperm(len(images), generator=torch.Generator().manual_seed(seed))
    for rows in order.split(size):
        yield images[rows].to(device()), labels[rows].to(device())


@torch.no_grad()
def accuracy(scores: Any, images: Tensor, labels: Tensor) -> float:
    """The share of `images` for which `scores`, a model or a function, is right."""
    pairs = batches(images, labels, size=250)
    right = sum(int((scores(x).argmax(dim=1) == y).sum()) for x, y in pairs)
    return right / len(images)


def save_weights(model: nn.Module, path: str | Path) -> None:
    """Write all parameters and buffers of `model` to an .npz file of plain arrays."""
    np.savez(path, **{name: value.cpu().numpy() for name, value in model.state_dict().items()})


def load_weights(model: nn.Module, weights: str | Path | Tensor) -> None:
    """Read what `save_weights` wrote: from a file, or from its bytes as a uint8 tensor.

    Nothing in the file can run: it holds arrays only. ValueError if it holds anything else, or does
    not fit `model`.
    """
    source = io.BytesIO(weights.numpy().tobytes()) if isinstance(weights, Tensor) else weights
    try:
        model.load_state_dict(_plain_arrays(source))
    except (RuntimeError, TypeError, AttributeError) as error:
        raise ValueError(f"the weights do not fit the model: {error}"[:500]) from None


def _plain_arrays(source: Any) -> dict[str, Tensor]:
    try:
        with np.load(source, allow_pickle=False) as arrays:
            return {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged file can raise anything
        text = f"the file of weights cannot be read: use save_weights to write it ({error})"
        raise ValueError(text[:500]) from None


@torch.no_grad()
def logits(model: nn.Module, images: Tensor) -> Tensor:
    """The scores (N, C) of `images` (as `get_data` gives them) in evaluation mode."""
    model.eval()
    scores: Tensor = model(prepared(images))
    return scores
