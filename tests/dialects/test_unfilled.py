"""Handed-out functions, told from those that somebody has worked on."""

import pytest

from autograder.dialects.unfilled import unfilled

NET = """
class FullyConnectedNet(object):
    def __init__(self, hidden_dims, dropout=0, use_batchnorm=False, dtype=float):
        self.params = {{}}
        {init}
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        scores = None
        {scores}
        if mode == 'test':
            return scores
        loss, grads = 0.0, {{}}
        {loss}
        return loss, grads
"""
EMPTY = {"init": "pass", "scores": "pass", "loss": "pass"}

HANDED_OUT = {
    "affine_forward": "out = None\n    pass\n    cache = (x, w, b)\n    return out, cache",
    "affine_backward": (
        "x, w, b = cache\n    dx, dw, db = None, None, None\n    pass\n    return dx, dw, db"
    ),
    "relu_backward": "dx, x = None, cache\n    pass\n    return dx",
    "dropout_forward": (
        "mask = None\n    out = None\n    if mode == 'train':\n        pass\n"
        "    cache = (dropout_param, mask)\n    return out, cache"
    ),
    "layernorm_forward": "raise NotImplementedError",
}
FILLED = {
    "affine_forward": "out = x.dot(w)\n    return out, (x, w, b)",
    "affine_backward": "dx = np.zeros(3)\n    dx[0] += 1\n    return dx, None, None",
    "relu_backward": "dx, x = dout, cache\n    dx[x < 0] = 0\n    return dx",
    "relu_forward": "return np.maximum(x, 0), x",
    "dropout_forward": "out = None\n    out = x * mask",
    "softmax_loss": "loss = 0.0\n    for i in y:\n        loss += i\n    return loss, dx",
}


@pytest.mark.parametrize("name", HANDED_OUT)
def test_what_was_handed_out_was_not_attempted(name: str) -> None:
    assert unfilled(f"def {name}(*args):\n    '''Of use.'''\n    {HANDED_OUT[name]}\n", name)


@pytest.mark.parametrize("name", FILLED)
def test_a_line_is_an_attempt(name: str) -> None:
    assert not unfilled(f"def {name}(x, cache):\n    {FILLED[name]}\n", name)


def test_what_is_missing_was_not_attempted() -> None:
    assert unfilled("", "affine_forward") and unfilled("x = 1", "TwoLayerNet.init")
    assert not unfilled("def affine_forward(:", "affine_forward")


ASPECTS = {
    "init": ("init", "self.params['W1'] = np.zeros(3)"),
    "scores": ("scores", "scores, cache = affine_forward(X, W, b)"),
    "loss": ("loss", "loss, dscores = softmax_loss(scores, y)"),
    "gradients": ("loss", "grads['W1'] = dw"),
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_each_part_of_a_net_counts_for_itself(aspect: str) -> None:
    slot, line = ASPECTS[aspect]
    task = f"FullyConnectedNet.{aspect}"
    assert unfilled(NET.format(**EMPTY), task)
    done = NET.format(**{**EMPTY, slot: line})
    others = {f"FullyConnectedNet.{name}" for name in ASPECTS} - {task}
    assert not unfilled(done, task) and all(unfilled(done, other) for other in others)
