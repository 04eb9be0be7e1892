"""Reading pickles of strangers: a pickle may ask to call anything, so only arrays are built."""

import pickle
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

_RECONSTRUCT = np.empty(0).__reduce__()[0]
_ALLOWED = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("numpy.core.multiarray", "_reconstruct"): _RECONSTRUCT,
    ("numpy._core.multiarray", "_reconstruct"): _RECONSTRUCT,
}


def load(path: Path) -> Any:
    """The numbers, texts, lists, dictionaries and NumPy arrays in a file of Python 2 or 3.

    Raises:
        pickle.UnpicklingError: the file is damaged, or asks for anything else.
    """
    with path.open("rb") as file:
        try:
            return _ArraysOnly(file).load()
        except pickle.UnpicklingError:
            raise
        # A damaged pickle can raise nearly anything.
        except Exception as error:
            raise pickle.UnpicklingError(str(error) or type(error).__name__) from error


class _ArraysOnly(pickle.Unpickler):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, encoding="latin1")

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"it asks to run {module}.{name}") from None
