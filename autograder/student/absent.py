"""Stands for packages that are not installed: `from autograder.student.absent import pandas`."""

from typing import Any, NoReturn


class Absent:
    """A name that an import was to bind; whatever is done with it raises ModuleNotFoundError."""

    def __init__(self, package: str) -> None:
        self.__dict__["package"] = package

    def _missing(self, *args: Any, **kwargs: Any) -> NoReturn:
        package = self.__dict__["package"]
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)

    __getattr__ = __setattr__ = __call__ = __array__ = __float__ = __int__ = __index__ = _missing
    __iter__ = __len__ = __bool__ = __contains__ = __getitem__ = __setitem__ = _missing
    __enter__ = __exit__ = __neg__ = __lt__ = __le__ = __gt__ = __ge__ = _missing
    __add__ = __sub__ = __mul__ = __truediv__ = __floordiv__ = __mod__ = __pow__ = _missing
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = _missing
    __matmul__ = __rmatmul__ = _missing


def __getattr__(name: str) -> Absent:
    # Python asks modules for names of its own, and takes what it gets for the real thing.
    if name.startswith("__"):
        raise AttributeError(name)
    return Absent(name)
