"""Data to learn from: flowers, spirals and images.

Targets are rows with a 1 for the class of the example and zeros for all others.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import Array

Labels = NDArray[np.integer]

# Means and covariances of sepal length, sepal width, petal length and petal width in centimetres,
# of the three species that Edgar Anderson measured (Fisher, 1936).
SPECIES = ("setosa", "versicolor", "virginica")
MEANS = (
    (5.006, 3.428, 1.462, 0.246),
    (5.936, 2.770, 4.260, 1.326),
    (6.588, 2.974, 5.552, 2.026),
)
COVARIANCES = (
    (
        (0.1242, 0.0992, 0.0164, 0.0103),
        (0.0992, 0.1437, 0.0117, 0.0093),
        (0.0164, 0.0117, 0.0302, 0.0061),
        (0.0103, 0.0093, 0.0061, 0.0111),
    ),
    (
        (0.2664, 0.0852, 0.1829, 0.0558),
        (0.0852, 0.0985, 0.0827, 0.0412),
        (0.1829, 0.0827, 0.2208, 0.0731),
        (0.0558, 0.0412, 0.0731, 0.0391),
    ),
    (
        (0.4043, 0.0938, 0.3033, 0.0491),
        (0.0938, 0.1040, 0.0714, 0.0476),
        (0.3033, 0.0714, 0.3046, 0.0488),
        (0.0491, 0.0476, 0.0488, 0.0754),
    ),
)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples X (N, ...) and targets Y (N, C), float arrays, to train on and to validate with."""

    X_train: Array
    Y_train: Array
    X_val: Array
    Y_val: Array
    class_names: tuple[str, ...]
    source: str

    @property
    def out_dim(self) -> int:
        """C, the number of classes."""
        return len(self.class_names)


def iris(num_training: int = 150, num_validation: int = 300, seed: int = 0) -> Dataset:
    """Irises of three species, 4 measurements each, drawn like those that Anderson measured.

    The measurements of each species are normal, with the means and covariances of the real ones.
    They are standardized: mean 0 and standard deviation 1 over the training data.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(num_training + num_validation) % 3)
    # A root of its covariance turns independent numbers into those of a species.
    roots = np.linalg.cholesky(COVARIANCES)[labels]
    flowers = np.array(MEANS)[labels] + (roots @ rng.normal(size=(len(labels), 4, 1)))[..., 0]
    train = flowers[:num_training]
    flowers = (flowers - train.mean(axis=0)) / train.std(axis=0)
    return _split(flowers, labels, num_training, SPECIES, "Iris, drawn")


def spirals(
    num_training: int = 600, num_validation: int = 600, classes: int = 3, seed: int = 0
) -> Dataset:
    """Points in the plane, (N, 2), on as many arms of a spiral as there are classes."""
    rng = np.random.default_rng(seed)
    total = num_training + num_validation
    labels = rng.permutation(np.arange(total) % classes)
    radius = rng.uniform(0.1, 1.0, size=total)
    angle = 2 * np.pi * labels / classes + 6 * radius + rng.normal(scale=0.2, size=total)
    points = radius[:, np.newaxis] * np.column_stack((np.cos(angle), np.sin(angle)))
    names = tuple(f"arm {c + 1}" for c in range(classes))
    return _split(points, labels, num_training, names, "spirals, drawn")


def images(num_training: int = 3000, num_validation: int = 500) -> Dataset:
    """The course's images of ten classes, (N, 16, 16, 3) float64 in NHWC order.

    Rows and columns are halved, which leaves a quarter of the work, by averaging 2 x 2 pixels; the
    mean training image is subtracted, and the numbers are divided by 64.
    """
    # Imported here, so that nets and layers can be used where the data set is not installed.
    import datasets

    data = datasets.get_data(quiet=True)
    return Dataset(
        _small(data.X_train[:num_training]),
        one_hot(data.y_train[:num_training], 10),
        _small(data.X_val[:num_validation]),
        one_hot(data.y_val[:num_validation], 10),
        data.class_names,
        data.source,
    )


def one_hot(labels: Labels, classes: int) -> Array:
    """Labels (N,) in 0..C-1 as targets (N, C)."""
    return np.eye(classes)[labels]


def _split(
    X: Array, labels: Labels, num_training: int, names: tuple[str, ...], source: str
) -> Dataset:
    Y = one_hot(labels, len(names))
    parts = X[:num_training], Y[:num_training], X[num_training:], Y[num_training:]
    return Dataset(*parts, names, source)


def _small(X: Array) -> Array:
    """Images (N, 3, H, W) as (N, H / 2, W / 2, 3)."""
    N, C, H, W = X.shape
    halved = X.reshape(N, C, H // 2, 2, W // 2, 2).mean(axis=(3, 5))
    return halved.transpose(0, 2, 3, 1).astype(np.float64) / 64
