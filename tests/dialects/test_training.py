"""UCLA's net that trains itself: each of its parts is judged by itself."""

import pytest

from .conftest import Grade, lost
from .examples_of import example

PATH = "nndl/neural_net.py"
INDEX = "idx = np.random.choice(np.arange(num_train), batch_size)"
NEXT = "np.arange(it * batch_size, (it + 1) * batch_size)"
PREDICT = "y_pred = np.argmax(self.loss(X), axis=1)"

WRONG = {
    "the rate never decays": ("learning_rate *= learning_rate_decay", "pass", "train"),
    "a fixed order": (INDEX, f"idx = {NEXT} % num_train", "train"),
    "labels of other images": ("X[idx], y[idx]", "X[idx], y[:batch_size]", "train"),
    "no accuracies": ("val_acc_history.append(val_acc)", "pass", "train"),
    "regularization not passed on": ("y=y_batch, reg=reg", "y=y_batch", "train"),
    "no prediction": (PREDICT, "raise ValueError", "predict"),
    "the second best": (PREDICT, "y_pred = np.argsort(self.loss(X))[:, -2]", "predict"),
    "a gradient": ("np.dot(dh1.T, X) + reg * W1", "np.dot(dh1.T, X)", "gradients"),
}
BY_HAND = "np.maximum(0, X.dot(self.params['W1'].T) + self.params['b1'])"
OUT = ".dot(self.params['W2'].T) + self.params['b2']"
RIGHT = {
    "no image twice": (INDEX, "idx = np.random.choice(num_train, batch_size, replace=False)"),
    "shuffled": (
        INDEX,
        f"P = np.random.permutation(num_train) if it == 0 else P\n"
        f"      idx = np.take(P, {NEXT}, mode='wrap')",
    ),
    "a seed of its own": (INDEX, f"if it == 0: np.random.seed(1)\n      {INDEX}"),
    "labels by hand": (PREDICT, f"y_pred = np.argmax({BY_HAND}{OUT}, axis=1)"),
    "accuracy from scores": ("self.predict(X_batch)", "np.argmax(self.loss(X_batch), axis=1)"),
}


def edited(old: str, new: str) -> dict[str, str]:
    text = example("lena")[PATH]
    assert text.count(old) == 1
    return {PATH: text.replace(old, new)}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_costs_its_own_part_alone(grade: Grade, name: str) -> None:
    old, new, part = WRONG[name]
    assert lost(grade(edited(old, new))) == {f"TwoLayerNet.{part}"}


@pytest.mark.parametrize("name", RIGHT)
def test_another_way_costs_nothing(grade: Grade, name: str) -> None:
    assert lost(grade(edited(*RIGHT[name]))) == set()


def test_only_gradients_wait_for_right_scores(grade: Grade) -> None:
    without_bias = edited("np.dot(X, W1.T) + b1", "np.dot(X, W1.T)")
    assert lost(grade(without_bias)) == {"TwoLayerNet.scores", "TwoLayerNet.gradients"}
