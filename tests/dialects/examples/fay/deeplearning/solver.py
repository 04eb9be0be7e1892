import os
import numpy as np
import pickle

from . import optim


class Solver(object):
    """
    A Solver encapsulates all the logic necessary for training classification models.
    """

    def __init__(self, model, data, **kwargs):
        self.model = model
        self.loss_history, self.train_acc_history, self.val_acc_history = [], [], []

    def record_histories_as_npz(self, filename):
        np.savez(
            filename,
            train_losses=self.loss_history,
            train_accs=self.train_acc_history,
            val_accs=self.val_acc_history,
        )
