"""Values on their way to a student's function and back, where no rendered file needs them."""

from typing import Any

import numpy as np
import pytest

from autograder.dialects.adapter import translated
from autograder.dialects.dialect import load_dialect

from .examples_of import example


def conventions(name: str, **changes: Any) -> dict[str, Any]:
    return {**load_dialect(name).model_dump(), **changes}


def net_arguments(rules: dict[str, Any], **given: Any) -> Any:
    return translated("FullyConnectedNet", lambda widths, **named: named, rules)([5], **given)


def test_no_dropout_is_what_the_course_calls_so() -> None:
    """Some copies of nndl keep with p, and still take 0 for no dropout."""
    keeping = conventions("nndl", p="keep")
    assert net_arguments(keeping, dropout_keep_ratio=1) == {"dropout": 0}
    assert net_arguments(keeping, dropout_keep_ratio=0.8) == {"dropout": 0.8}
    assert net_arguments(conventions("cs231n-2018"), dropout_keep_ratio=1) == {"dropout": 1}
    assert net_arguments(conventions("nndl"), dropout_keep_ratio=0.75) == {"dropout": 0.25}


def test_a_dtype_is_the_type_that_notebooks_pass() -> None:
    given = net_arguments(conventions("cs231n-2016"), dtype="float64")
    assert given["dtype"] is np.float64


def test_a_key_of_another_course_does_not_hide_the_right_one() -> None:
    """In nndl v is the first moment, and an m that someone stores means nothing."""

    def adam(w: Any, dw: Any, config: dict[str, Any]) -> Any:
        assert (config["v"], config["a"]) == (1.0, 2.0) and "m" not in config
        return w, {**config, "v": 10.0, "a": 20.0, "m": -1.0}

    _, config = translated("adam", adam, conventions("nndl"))(0.0, 0.0, {"m": 1.0, "v": 2.0})
    assert config == {"m": 10.0, "v": 20.0}


def test_a_missing_config_stays_missing() -> None:
    asked = translated("adam", lambda w, dw, config=None: (w, {"t": config}), conventions("nndl"))
    assert asked(0.0, 0.0)[1] == {"t": None}


@pytest.mark.parametrize("answer", [None, 1.0, (1.0, None), (1.0, 2.0, 3.0)])
def test_an_answer_of_another_form_is_passed_on(answer: Any) -> None:
    assert translated("rmsprop", lambda *args: answer, conventions("nndl"))(0.0, 0.0, {}) == answer


def test_a_net_with_a_row_for_each_unit_is_the_same_net() -> None:
    """On the course's own toy data, with the figures that its notebook prints."""
    module: dict[str, Any] = {}
    exec(example("lena")["nndl/neural_net.py"].replace("import matplotlib", "# "), module)
    state = np.random.get_state()  # noqa: NPY002
    np.random.seed(0)  # noqa: NPY002
    make = translated("TwoLayerNet", module["TwoLayerNet"], conventions("nndl-hw3"))
    net = make(input_dim=4, hidden_dim=10, num_classes=3, weight_scale=0.1, reg=0.05, seed=5)
    np.random.seed(1)  # noqa: NPY002
    X, y = 10 * np.random.randn(5, 4), np.array([0, 1, 2, 2, 1])  # noqa: NPY002
    np.random.set_state(state)  # noqa: NPY002
    assert net.loss(X.reshape(5, 2, 2))[0] == pytest.approx([-1.07260209, 0.05083871, -0.87253915])
    loss, grads = net.loss(X, y)
    assert loss == pytest.approx(1.071696123862817)
    assert {k: g.shape for k, g in grads.items()} == {k: w.shape for k, w in net.params.items()}
    assert net.params["W1"].shape == (4, 10)
    net.params.update({"W2": np.ones((10, 3))})
    assert net.params["W2"].sum() == 30
