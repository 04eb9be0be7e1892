"""Beside a student's code: calls in the assignment's words become calls in the course's own.

A worker may read no file, so that it imports this before it is shut in: nothing but NumPy is
needed here.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

import autograder.dialects.python2  # noqa: F401, where students' files find it
from autograder.dialects.transposed import TransposedNet

Function = Callable[..., Any]
Conventions = Mapping[str, Any]
Homes = Mapping[str, str]
"""Names of functions and classes, and the student's module that holds each."""

RULES = ("sgd_momentum", "sgd_nesterov_momentum", "rmsprop", "adam", "adagrad")
NETS = ("TwoLayerNet", "FullyConnectedNet", "ThreeLayerConvNet")
LEARNING_RATE = 1e-2


class Door:
    """The `__getattr__` of a module of the assignment that a student wrote under other names.

    `below` are the modules whose functions may have been replaced, with the homes of these: a
    replacement is put into the student's modules before anything imports it from there.
    """

    def __init__(
        self, module: str, homes: Homes, conventions: Conventions, below: Mapping[str, Homes]
    ) -> None:
        self._homes, self._conventions = homes, conventions
        self._below = {module: homes, **below}
        for name in below:
            import_module(name)
        self._put_stand_ins()
        for others in below.values():
            self._put_handed_out(others)
        # Others wait for a call: a file that ends the process must not take this one along.
        for name in list(homes.values())[:1]:
            import_module(name)

    def __call__(self, name: str) -> Function:
        """The student's function `name`, to be called in our words; AttributeError if none."""
        if name not in self._homes:
            raise AttributeError(name)
        self._put_stand_ins()
        function: Function = getattr(import_module(self._homes[name]), name)
        return translated(name, function, self._conventions)

    def _put_stand_ins(self) -> None:
        for module, homes in self._below.items():
            for name in homes.keys() & vars(sys.modules[module]).keys():
                ours = getattr(sys.modules[module], name)
                _put(name, translated_back(name, ours, self._conventions), homes)

    def _put_handed_out(self, homes: Homes) -> None:
        """What a file has lost, or never came to define, its student was not asked to write."""
        module = import_module(next(iter(homes.values())))
        for name in self._conventions["handed_out"]:
            if not hasattr(module, name):
                given = import_module(f"{self._conventions['package']}.handed_out")
                setattr(module, name, getattr(given, name))


def _put(name: str, stand_in: Function, homes: Homes) -> None:
    """Also where another of the student's modules has imported it."""
    for place in dict.fromkeys(homes.values()):
        module = import_module(place)
        if place == homes[name] or hasattr(module, name):
            setattr(module, name, stand_in)


def translated(name: str, function: Function, conventions: Conventions) -> Function:
    """The student's `function`, to be called in our words."""
    if name in NETS:
        return _constructor(name, function, conventions)
    if name in RULES:
        return _rule(name, function, conventions)
    if name == "dropout_forward" and conventions["p"] == "drop":
        return _dropout(function)
    return function


def translated_back(name: str, function: Function, conventions: Conventions) -> Function:
    """Our `function`, to be called in the student's words; nets call no other ones."""
    if name == "dropout_forward" and conventions["p"] == "drop":
        return _dropout(function)
    return function


def _dropout(function: Function) -> Function:
    """Keeping with p is dropping with 1 - p, whoever asks whom."""

    def forward(x: Any, dropout_param: Any) -> Any:
        return function(x, {**dropout_param, "p": 1 - dropout_param["p"]})

    return forward


def _constructor(net: str, function: Function, conventions: Conventions) -> Function:
    names = conventions["arguments"].get(net, {})

    def make(*args: Any, **kwargs: Any) -> Any:
        kept = {key: value for key, value in kwargs.items() if names.get(key, key)}
        named = {names.get(k, k): _value(k, v, names, conventions) for k, v in kept.items()}
        if net == "FullyConnectedNet":
            args, named = _with_plain_widths(args, named)
        if conventions["transposed"]:
            return TransposedNet(function(*args, **named), kwargs.get("reg", 0.0))
        return function(*args, **named)

    return make


def _value(name: str, value: Any, names: Mapping[str, str], conventions: Conventions) -> Any:
    """What the student's constructor is to get for our argument `name`."""
    if words := conventions["words"].get(name):
        return words.get(value, value)
    match name:
        case "dropout_keep_ratio":
            return _dropped(value, conventions)
        case "normalization" if names.get(name) == "use_batchnorm":
            return value == "batchnorm"
        case "dtype":
            return np.dtype(value).type
    return value


def _dropped(keep_ratio: float, conventions: Conventions) -> float:
    off: float = conventions["off"]
    if keep_ratio == 1:
        return off
    return keep_ratio if conventions["p"] == "keep" else 1 - keep_ratio


def _with_plain_widths(args: Any, named: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Courses promise a list of integers, where the assignment says any sequence."""
    if args:
        return (list(map(int, args[0])), *args[1:]), named
    return args, {**named, "hidden_dims": list(map(int, named["hidden_dims"]))}


def _rule(name: str, function: Function, conventions: Conventions) -> Function:
    keys = conventions["state"].get(name, {})
    always = {"t": 0} if name == "adam" and conventions["t_is_given"] else {}
    outside = name == "sgd_momentum" and conventions["momentum"] == "pytorch"

    def rule(w: Any, dw: Any, config: Any = None) -> Any:
        if config is None and not always:
            answer = function(w, dw)
        else:
            given = _scaled({**always, **(config or {})}, outside, _plain)
            answer = function(w, dw, _renamed(given, keys))
        match answer:
            case (next_w, dict() as found):
                ours = _renamed(found, {theirs: ours for ours, theirs in keys.items()})
                return next_w, _scaled(ours, outside, _stepping)
        return answer

    return rule


def _renamed(config: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """A key that is another one's new name gives way to it."""
    others = {key: value for key, value in config.items() if key not in keys}
    return {**others, **{new: config[old] for old, new in keys.items() if old in config}}


def _scaled(
    config: dict[str, Any], outside: bool, change: Callable[[Any, float], Any]
) -> dict[str, Any]:
    if not outside or "velocity" not in config:
        return config
    rate = config.get("learning_rate", LEARNING_RATE)
    return {**config, "velocity": change(config["velocity"], rate)}


def _plain(velocity: Any, rate: float) -> Any:
    """The sum of gradients that makes our velocity, which is the step itself."""
    return -velocity / rate


def _stepping(velocity: Any, rate: float) -> Any:
    return -rate * velocity
