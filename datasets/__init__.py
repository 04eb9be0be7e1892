"""The homework's images: CIFAR-10 if it has been downloaded, else a built-in stand-in."""

from datasets.cifar_format import DataError
from datasets.loading import Dataset, chosen_source, get_data
from datasets.unseen import unseen

__all__ = ["DataError", "Dataset", "chosen_source", "get_data", "unseen"]
