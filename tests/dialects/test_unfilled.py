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
    "dropout_backward": (
        "mask = cache\n    dx = None\n    if mode == 'train':\n        pass\n"
        "    elif mode == 'test':\n        dx = dout\n    return dx"
    ),
    "layernorm_forward": "raise NotImplementedError",
    "adam": "next_w = FIXME\n    return next_w, config",
    "rmsprop": "config.setdefault('cache', 0)\n    next_w = None\n    return next_w, config",
    "relu_forward": "out = None\n    out = out.astype(float)\n    return out, x",
}
FILLED = {
    "affine_forward": "out = x.dot(w)\n    return out, (x, w, b)",
    "affine_backward": "dx = np.zeros(3)\n    dx[0] += 1\n    return dx, None, None",
    "relu_backward": "dx, x = dout, cache\n    dx[x < 0] = 0\n    return dx",
    "relu_forward": "return np.maximum(x, 0), x",
    "dropout_backward": "return cache[1] * dout if cache[0]['mode'] == 'train' else dout",
    "layernorm_forward": "raise SyntaxError('of the student')",
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


PARTS = {
    "batchnorm": [
        "h, c = batchnorm_forward(h, gamma, beta, self.bn_params[0])",
        "h, c = affine_bn_relu_forward(h, W, b)",
        "self.params['gamma%d' % i] = np.ones(3)",
    ],
    "layernorm": ["h, c = layernorm_forward(h, gamma, beta, {})", "h = affine_ln_relu(h)"],
    "dropout": [
        "h, c = dropout_forward(h, self.dropout_param)",
        "h *= np.random.rand(3) < self.dropout_param['p']",
        "h = mine(h, self.dropout_param)",
    ],
}
HANDED_OUT_PARTS = """
        self.dropout_param = {{}}
        if self.use_dropout:
            self.dropout_param = {{'mode': 'train', 'p': dropout}}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{{'mode': 'train'}} for i in range(self.num_layers - 1)]
        for bn_param in self.bn_params:
            bn_param['mode'] = mode
"""


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_was_left_out_was_not_attempted(part: str) -> None:
    task = f"FullyConnectedNet.{part}"
    net = NET.replace("        {init}\n", f"{HANDED_OUT_PARTS}        {{init}}\n")
    filled = {**EMPTY, "scores": "scores = affine_forward(X, W, b)[0]"}
    assert unfilled(net.format(**filled), task)
    for line in PARTS[part]:
        assert not unfilled(net.format(**{**filled, "loss": line}), task), line


METHODS = {
    "TwoLayerNet.train": ("loss, grads = self.loss(X)", "self.params['W1'] -= grads['W1']"),
    "TwoLayerNet.predict": ("y_pred = None\n    return y_pred", "return self.loss(X).argmax(1)"),
    "Solver.log_grad_norm_history": (
        "self.log_grad_norm_history = []", "self.log_grad_norm_history.append(norm)"
    ),
}  # fmt: skip


@pytest.mark.parametrize("task", METHODS)
def test_a_method_of_another_course_counts_as_well(task: str) -> None:
    owner, _, name = task.partition(".")
    left, filled = METHODS[task]
    for body, expected in ((left, True), (filled, False)):
        text = f"class {owner}(object):\n  def {name}(self, X):\n    {body}\n"
        assert unfilled(text, task) is expected
