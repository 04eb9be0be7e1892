"""Files that are graded import data now and then, and never need any."""

from typing import Any, Never


def _none(*args: Any, **kwargs: Any) -> Never:
    raise RuntimeError("no data is loaded while a submission is graded")


load_CIFAR10 = get_CIFAR10_data = load_tiny_imagenet = _none  # noqa: N816
