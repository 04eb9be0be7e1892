"""The courses' name of the assignment's solver, and what EECS182's can do besides."""

from importlib import import_module

import numpy as np

_ours = import_module(".own_solver", __package__)


class Solver(_ours.Solver):  # type: ignore[misc, name-defined]
    """Trains a model."""

    def record_histories_as_npz(self, filename: str) -> None:
        """Write the losses of all steps and the accuracies of all epochs to a file."""
        np.savez(
            filename,
            train_losses=self.loss_history,
            train_accs=self.train_acc_history,
            val_accs=self.val_acc_history,
        )
