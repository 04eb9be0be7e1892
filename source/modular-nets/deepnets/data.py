"""The course's images, in the form that a Solver takes."""

from typing import Any

from .arrays import Array


def get_data(
    num_training: int | None = None, num_validation: int | None = None, flatten: bool = False
) -> dict[str, Any]:
    """Training, validation and test images with their labels.

    Args:
        num_training, num_validation: keep only the first so many; None keeps all.
        flatten: give images as rows (N, 3072) instead of (N, 3, 32, 32).

    Returns:
        X_train, X_val, X_test: float32 images minus the mean training image.
        y_train, y_val, y_test: (N,) int labels in 0..9.
        class_names: the names of the labels.
        source: the name of the data set: CIFAR-10, or that of the drawn images.
    """
    # Imported here, so that nets and layers can be used where the data set is not installed.
    import datasets

    images = datasets.get_data()
    return {
        "X_train": _shaped(images.X_train[:num_training], flatten),
        "y_train": images.y_train[:num_training],
        "X_val": _shaped(images.X_val[:num_validation], flatten),
        "y_val": images.y_val[:num_validation],
        "X_test": _shaped(images.X_test, flatten),
        "y_test": images.y_test,
        "class_names": images.class_names,
        "source": images.source,
    }


def _shaped(X: Array, flatten: bool) -> Array:
    return X.reshape(len(X), -1) if flatten else X
