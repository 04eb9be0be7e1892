"""The worker for PyTorch code: PyTorch is imported and warmed up before it is forked."""

import torch

from autograder.student.worker import serve

__all__ = ["serve"]


def _train_once() -> None:
    """The first training step imports a lot, which an isolated process may not be able to."""
    model = torch.nn.Sequential(
        torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.Flatten(), torch.nn.Linear(8, 2)
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    loss = torch.nn.functional.cross_entropy(model(torch.ones(2, 1, 4, 4)), torch.tensor([0, 1]))
    loss.backward()
    optimizer.step()


# More threads than one would hang in a forked process.
torch.set_num_threads(1)
_train_once()
