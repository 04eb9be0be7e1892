"""The student's package, as a check sees it: `student.layers.affine_forward(x, w, b)`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.student.channel import Call, Channel, Handle, Tree


@dataclass(frozen=True)
class Logged:
    """One call that was answered: its name, the answer, and the arguments it changed.

    `given` is what was passed under a name of its own, in a dict.
    """

    target: str
    value: Tree
    changed: tuple[int, ...]
    given: dict[str, Tree]


class Student:
    """Calls go through `channel`; every answered call is appended to `log`."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.log: list[Logged] = []

    def __getattr__(self, module: str) -> "_Module":
        if module.startswith("__"):
            raise AttributeError(module)
        return _Module(self, module)

    def hold(self, name: str, value: Any) -> "RemoteObject":
        """A copy of `value` that lives with the student's code, which may change it."""
        [held] = self._invoke(Call("hold", name, None, (value,), keep=(0,)))
        assert isinstance(held, RemoteObject)
        return held

    def _invoke(self, call: Call) -> Any:
        answer = self._channel.invoke(call)
        given = {k: v for arg in call.args if isinstance(arg, dict) for k, v in arg.items()}
        self.log.append(Logged(call.target, answer.value, answer.changed, given))
        return self._wrap(answer.value)

    def _wrap(self, tree: Tree) -> Any:
        match tree:
            case Handle():
                return RemoteObject(self, tree)
            case list() | tuple():
                return type(tree)(self._wrap(item) for item in tree)
            case dict():
                return {key: self._wrap(value) for key, value in tree.items()}
        return tree


class RemoteObject:
    """An object that lives with the student's code; its methods are called by name."""

    def __init__(self, student: Student, handle: Handle) -> None:
        self._student, self._handle = student, handle

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method.startswith("__"):
            raise AttributeError(method)
        return self.method(method)

    def method(self, name: str) -> Callable[..., Any]:
        """A method of the object, also where its name is one of those below."""

        def call(*args: Any, **kwargs: Any) -> Any:
            named = {key: _unwrap(value) for key, value in kwargs.items()}
            return self._student._invoke(Call("call", name, self._handle, _unwrap(args), named))

        return call

    def get(self, attribute: str) -> Any:
        """The value of an attribute."""
        return self._student._invoke(Call("get", attribute, self._handle))

    def read(self, name: str) -> Any:
        """The object itself as data, `name` being what findings call it."""
        return self._student._invoke(Call("read", name, self._handle))

    def assign(self, items: dict[str, Any]) -> None:
        """Of a dict that is held: `object.update(items)`."""
        self.method("update")(items)

    def update(self, attribute: str, items: dict[str, Any]) -> None:
        """`object.attribute.update(items)`."""
        self._student._invoke(Call("update", attribute, self._handle, (items,)))


class _Module:
    def __init__(self, student: Student, name: str) -> None:
        self._student, self._name = student, name

    def __getattr__(self, function: str) -> Callable[..., Any]:
        if function.startswith("__"):
            raise AttributeError(function)

        def call(*args: Any, **kwargs: Any) -> Any:
            # A forward pass returns its cache second, and how that looks is the student's choice.
            keep = (1,) if "_forward" in function else ()
            named = {key: _unwrap(value) for key, value in kwargs.items()}
            target = f"{self._name}.{function}"
            return self._student._invoke(Call("call", target, None, _unwrap(args), named, keep))

        return call


def _unwrap(value: Any) -> Tree:
    match value:
        case RemoteObject():
            return value._handle
        case list() | tuple():
            return type(value)(_unwrap(item) for item in value)
        case dict():
            return {key: _unwrap(item) for key, item in value.items()}
    return value
