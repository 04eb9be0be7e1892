"""A net whose weights have a row for each unit, and which is told the regularization late."""

from collections.abc import Mapping
from typing import Any

from autograder.dialects.rehearsal import rehearsing


class TransposedNet:
    """The student's `net` in the assignment's words."""

    def __init__(self, net: Any, reg: float) -> None:
        self._net, self._reg = net, reg

    @property
    def params(self) -> "_Params":
        """All parameters; what is put in reaches the student's net."""
        return _Params(self._net.params)

    def loss(self, X: Any, y: Any = None) -> Any:
        """Scores, or loss and gradients; images are flat there."""
        X = X.reshape(len(X), -1)
        if y is None:
            return self._net.loss(X)
        match self._net.loss(X, y, reg=self._reg):
            case (loss, dict() as grads):
                return loss, _turned(grads)
            case answer:
                return answer

    def train(self, *args: Any, **kwargs: Any) -> Any:
        """By itself, see `rehearsal`."""
        return rehearsing(self._net).train(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._net, name)


class _Params(dict[str, Any]):
    def __init__(self, theirs: dict[str, Any]) -> None:
        super().__init__(_turned(theirs))
        self._theirs = theirs

    def update(self, items: Mapping[str, Any]) -> None:  # type: ignore[override]
        self._theirs.update(_turned(items))


def _turned(items: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _transpose(value) if name[0] == "W" else value for name, value in items.items()}


def _transpose(value: Any) -> Any:
    """What is no array shows itself as it is."""
    return value.T.copy() if hasattr(value, "T") else value
