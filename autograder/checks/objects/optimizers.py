"""Cases for optimizers.py. How an optimizer remembers is its own affair: steps in a row show it."""

from collections.abc import Mapping
from typing import Any

from autograder.draw import Draw
from autograder.judge.case import case
from autograder.student.proxy import RemoteObject, Student

Drawn = Mapping[str, Any]
# Hyper-parameters that differ from every default.
OPTIONS: dict[str, dict[str, float]] = {
    "SGD": {"lr": 0.3, "momentum": 0.7},
    "Adam": {"lr": 0.3, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3},
}


def _register(name: str) -> None:
    task, options = f"{name}.update", OPTIONS[name]

    def made(student: Student, **more: float) -> RemoteObject:
        optimizer: RemoteObject = getattr(student.optimizers, name)(**more)
        return optimizer

    def step(optimizer: RemoteObject, draw: Draw, parameter: str = "W0", epoch: int = 0) -> Any:
        return optimizer.method("update")(parameter, draw.normal(3, 4), draw.normal(3, 4), epoch)

    @case(task)
    def the_first_step(student: Student, draw: Draw) -> Drawn:
        return {"delta": step(made(student, **options), draw)}

    @case(task)
    def three_steps_in_a_row(student: Student, draw: Draw) -> Drawn:
        optimizer = made(student, **options)
        deltas = [step(optimizer, draw) for _ in range(3)]
        return {"second delta": deltas[1], "third delta": deltas[2]}

    @case(task, group="edge")
    def parameters_in_turns(student: Student, draw: Draw) -> Drawn:
        optimizer = made(student, **options)
        first = [step(optimizer, draw, "W0") for _ in range(2)]
        other = [step(optimizer, draw, "W1") for _ in range(2)]
        return {
            "first delta of another parameter": other[0],
            "second delta of another parameter": other[1],
            "third delta": step(optimizer, draw, "W0"),
            "second delta": first[1],
        }

    @case(task, group="edge")
    def parameters_of_other_shapes(student: Student, draw: Draw) -> Drawn:
        optimizer = made(student, **options)
        step(optimizer, draw, "W0")
        bias = optimizer.method("update")("b0", draw.normal(1, 4), draw.normal(1, 4), 0)
        filters = optimizer.method("update")(
            "W1", draw.normal(3, 2, 2, 5), draw.normal(3, 2, 2, 5), 0
        )
        return {"delta of a bias": bias, "delta of filters": filters}

    @case(task, group="edge")
    def a_learning_rate_that_decays(student: Student, draw: Draw) -> Drawn:
        optimizer = made(student, **options, lr_decay=0.5)
        return {f"delta of epoch {n}": step(optimizer, draw, epoch=n) for n in (0, 1, 3)}

    @case(task, group="edge")
    def the_usual_settings(student: Student, draw: Draw) -> Drawn:
        optimizer = made(student)
        step(optimizer, draw)
        return {"second delta": step(optimizer, draw)}


for _name in OPTIONS:
    _register(_name)


@case("Adam.update", group="edge")
def tiny_gradients(student: Student, draw: Draw) -> Drawn:
    optimizer = student.optimizers.Adam(**OPTIONS["Adam"])
    return {
        "delta": optimizer.method("update")(
            "W0", draw.normal(3, 4), 1e-4 * draw.away_from_zero(3, 4), 0
        )
    }
