"""Images to judge a trained model by."""

from pathlib import Path

import numpy as np

from datasets import cifar10
from datasets.cifar_format import is_complete, read_test
from datasets.files import data_folder
from datasets.loading import Floats, Labels, get_data
from datasets.pictograms import generate

FRESH = 1
"""The split that no data set uses."""


def unseen(count: int, seed: int, folder: Path | None = None) -> tuple[Floats, Labels]:
    """`count` float32 images (N, 3, 32, 32), less the mean training image, and their labels.

    Pictograms are drawn anew from `seed`, so that nobody can have trained on them. Of CIFAR-10 they
    are test images, chosen by `seed`: their labels are public, and a model can know them by heart.
    """
    known = get_data(folder, num_test=0, quiet=True)
    if is_complete(data_folder(folder) / cifar10.FOLDER):
        test = read_test(data_folder(folder) / cifar10.FOLDER)
        rows = np.argsort(np.random.PCG64(seed).random_raw(len(test.labels)), kind="stable")[:count]
        images, labels = test.images[rows], test.labels[rows]
    else:
        images, labels = generate(count, FRESH, seed)
    return images.astype(np.float32) - known.mean_image, labels.astype(np.int64)
