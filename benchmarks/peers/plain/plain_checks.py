"""Checks as CS231n's notebooks have them: reference values, and numeric gradients in loops.

The other graders run these functions, each in its own wrapping; nothing of the autograder is used.
A submission's package has to be importable. `python plain_checks.py record` writes the reference
values, with the solution as the package.
"""

import sys
from importlib import import_module
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).with_name("reference.npz")
KNOWN = dict(np.load(REFERENCE)) if REFERENCE.exists() else {}
RECORDED = {}
CHECKS = {}


def check(function):
    CHECKS[function.__name__] = function
    return function


def student(module):
    return import_module(f"deepnets.{module}")


def rel_error(x, y):
    return np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y)))


def same(name, value, tolerance=1e-6):
    if "record" in sys.argv:
        RECORDED[name] = value
    else:
        assert rel_error(value, KNOWN[name]) < tolerance, name


def gradients(pairs, tolerance=1e-5):
    for name, (numeric, analytic) in pairs.items():
        assert rel_error(numeric, analytic) < tolerance, f"d{name} is wrong"


def numeric_gradient_array(f, x, df, h=1e-5):
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        pos = f(x).copy()
        x[ix] = oldval - h
        neg = f(x).copy()
        x[ix] = oldval
        grad[ix] = np.sum((pos - neg) * df) / (2 * h)
        it.iternext()
    return grad


def numeric_gradient(f, x, h=1e-5):
    return numeric_gradient_array(lambda value: np.asarray(f(value)), x, 1.0, h)


def draw(seed=231):
    return np.random.RandomState(seed)


@check
def affine_forward():
    x = np.linspace(-0.1, 0.5, num=2 * 120).reshape(2, 4, 5, 6)
    w = np.linspace(-0.2, 0.3, num=120 * 3).reshape(120, 3)
    out, _ = student("layers").affine_forward(x, w, np.linspace(-0.3, 0.1, num=3))
    same("affine", out)


@check
def affine_backward():
    layers, r = student("layers"), draw()
    x, w, b, dout = r.randn(10, 2, 3), r.randn(6, 5), r.randn(5), r.randn(10, 5)
    _, cache = layers.affine_forward(x, w, b)
    dx, dw, db = layers.affine_backward(dout, cache)
    dx_num = numeric_gradient_array(lambda x: layers.affine_forward(x, w, b)[0], x, dout)
    dw_num = numeric_gradient_array(lambda w: layers.affine_forward(x, w, b)[0], w, dout)
    db_num = numeric_gradient_array(lambda b: layers.affine_forward(x, w, b)[0], b, dout)
    gradients({"x": (dx_num, dx), "w": (dw_num, dw), "b": (db_num, db)})


@check
def relu_forward():
    out, _ = student("layers").relu_forward(np.linspace(-0.5, 0.5, num=12).reshape(3, 4))
    same("relu", out)


@check
def relu_backward():
    layers, r = student("layers"), draw()
    x, dout = r.randn(10, 10), r.randn(10, 10)
    _, cache = layers.relu_forward(x)
    dx = layers.relu_backward(dout, cache)
    gradients({"x": (numeric_gradient_array(lambda x: layers.relu_forward(x)[0], x, dout), dx)})


def _loss(name):
    loss_of, r = getattr(student("layers"), name), draw()
    x, y = 0.001 * r.randn(50, 10), r.randint(10, size=50)
    loss, dx = loss_of(x, y)
    same(name, loss)
    gradients({"x": (numeric_gradient(lambda x: loss_of(x, y)[0], x), dx)})


@check
def softmax_loss():
    _loss("softmax_loss")


@check
def svm_loss():
    _loss("svm_loss")


def _activations(seed=231):
    r = draw(seed)
    x, w1, w2 = r.randn(200, 50), r.randn(50, 60), r.randn(60, 3)
    return np.maximum(0, x.dot(w1)).dot(w2)


@check
def batchnorm_forward():
    layers, a = student("layers"), _activations()
    gamma, beta, param = np.asarray([1.0, 2.0, 3.0]), np.asarray([11.0, 12.0, 13.0]), {}
    out, _ = layers.batchnorm_forward(a, gamma, beta, {"mode": "train"})
    assert np.allclose(out.mean(axis=0), beta) and np.allclose(out.std(axis=0), gamma)
    param["mode"] = "train"
    for seed in range(50):
        layers.batchnorm_forward(_activations(seed), gamma, beta, param)
    param["mode"] = "test"
    out, _ = layers.batchnorm_forward(a, gamma, beta, param)
    same("batchnorm test", out)


def _normalization(forward, backward, shape, parameter_shape, *rest):
    r = draw()
    x, dout = 5 * r.randn(*shape) + 12, r.randn(*shape)
    gamma, beta = r.randn(*parameter_shape), r.randn(*parameter_shape)
    _, cache = forward(x, gamma, beta, *rest)
    dx, dgamma, dbeta = backward(dout, cache)
    f = lambda x, gamma, beta: forward(x, gamma, beta, *rest)[0]  # noqa: E731
    dx_num = numeric_gradient_array(lambda x: f(x, gamma, beta), x, dout)
    dgamma_num = numeric_gradient_array(lambda g: f(x, g, beta), gamma.copy(), dout)
    dbeta_num = numeric_gradient_array(lambda b: f(x, gamma, b), beta.copy(), dout)
    pairs = {"x": (dx_num, dx), "gamma": (dgamma_num, dgamma), "beta": (dbeta_num, dbeta)}
    gradients(pairs, 1e-4)


@check
def batchnorm_backward():
    layers = student("layers")
    param = {"mode": "train"}
    _normalization(layers.batchnorm_forward, layers.batchnorm_backward, (4, 5), (5,), param)


@check
def layernorm_forward():
    a = _activations().reshape(150, 4)
    out, _ = student("layers").layernorm_forward(a, 3 * np.ones(4), 5 * np.ones(4), {})
    same("layernorm", out)


@check
def layernorm_backward():
    layers = student("layers")
    _normalization(layers.layernorm_forward, layers.layernorm_backward, (4, 5), (5,), {})


@check
def dropout_forward():
    layers, x = student("layers"), draw().randn(500, 500) + 10
    for p in (0.25, 0.4, 0.7):
        out, _ = layers.dropout_forward(x, {"mode": "train", "p": p})
        test, _ = layers.dropout_forward(x, {"mode": "test", "p": p})
        assert abs(out.mean() - 10) < 0.1 and abs((out == 0).mean() - (1 - p)) < 0.01
        assert abs(test.mean() - 10) < 0.1 and (test == 0).mean() == 0


@check
def dropout_backward():
    layers, r = student("layers"), draw()
    x, dout, param = r.randn(10, 10) + 10, r.randn(10, 10), {"mode": "train", "p": 0.2, "seed": 123}
    _, cache = layers.dropout_forward(x, param)
    dx = layers.dropout_backward(dout, cache)
    numeric = numeric_gradient_array(lambda x: layers.dropout_forward(x, param)[0], x, dout)
    gradients({"x": (numeric, dx)})


def _rule(name, *state):
    w = np.linspace(-0.4, 0.6, num=20).reshape(4, 5)
    dw = np.linspace(-0.6, 0.4, num=20).reshape(4, 5)
    one, other = np.linspace(0.6, 0.9, num=20), np.linspace(0.7, 0.5, num=20)
    starts = zip(state, (one.reshape(4, 5), other.reshape(4, 5)), strict=False)
    config = {"learning_rate": 1e-2, **dict(starts)}
    config |= {"t": 5} if name == "adam" else {}
    next_w, config = getattr(student("optim"), name)(w, dw, config)
    same(name, next_w)
    for key in state:
        same(f"{name} {key}", config[key])


@check
def sgd_momentum():
    _rule("sgd_momentum", "velocity")


@check
def sgd_nesterov_momentum():
    _rule("sgd_nesterov_momentum", "velocity")


@check
def rmsprop():
    _rule("rmsprop", "cache")


@check
def adam():
    _rule("adam", "m", "v")


@check
def adagrad():
    _rule("adagrad", "cache")


def _net_gradients(net, x, y):
    _, grads = net.loss(x, y)
    for name in sorted(grads):
        numeric = numeric_gradient(lambda _: net.loss(x, y)[0], net.params[name])
        assert np.allclose(numeric, grads[name], 1e-3, 1e-6), f"gradient of {name} is wrong"


def _filled(net):
    for name in sorted(net.params):
        size, shape = net.params[name].size, net.params[name].shape
        net.params[name] = np.linspace(-0.7, 0.9, num=size).reshape(shape)
    return net


@check
def two_layer_net():
    net = student("fc_net").TwoLayerNet(5, 50, 7, 1e-3, seed=1)
    assert abs(net.params["W1"].std() - 1e-3) < 1e-4 and not net.params["b1"].any()
    assert abs(net.params["W2"].std() - 1e-3) < 1e-4 and not net.params["b2"].any()
    x, y = np.linspace(-5.5, 4.5, num=15).reshape(5, 3).T, np.asarray([0, 5, 1])
    same("two layers scores", _filled(net).loss(x))
    for net.reg in (0.0, 1.0):
        same(f"two layers loss {net.reg}", net.loss(x, y)[0])
    for reg in (0.0, 0.7):
        net = student("fc_net").TwoLayerNet(5, 50, 7, 1e-2, reg, seed=1)
        _net_gradients(net, draw().randn(3, 5), y)


def _deep(*regs, **options):
    r, make = draw(), student("fc_net").FullyConnectedNet
    x, y = r.randn(2, 15), r.randint(10, size=2)
    for reg in regs:
        sizes, seeded = ([20, 30], 15, 10), {"seed": 123, **options}
        net = make(*sizes, reg=reg, weight_scale=5e-2, dtype=np.float64, **seeded)
        _net_gradients(net, x, y)


@check
def fully_connected_net():
    make = student("fc_net").FullyConnectedNet
    x = np.linspace(-1, 1, num=30).reshape(2, 15)
    same("deep scores", _filled(make([20, 30], 15, 10, dtype=np.float64)).loss(x))
    _deep(0, 3.14)


@check
def net_with_batchnorm():
    _deep(3.14, normalization="batchnorm")


@check
def net_with_layernorm():
    _deep(3.14, normalization="layernorm")


@check
def net_with_dropout():
    _deep(3.14, dropout_keep_ratio=0.75)


@check
def batchnorm_backward_alt():
    layers, r = student("layers"), draw()
    x, dout, gamma, beta = 5 * r.randn(100, 500) + 12, r.randn(100, 500), r.randn(500), r.randn(500)
    _, cache = layers.batchnorm_forward(x, gamma, beta, {"mode": "train"})
    one, other = layers.batchnorm_backward(dout, cache), layers.batchnorm_backward_alt(dout, cache)
    pairs = zip(one, other, strict=True)
    gradients(dict(zip(("x", "gamma", "beta"), pairs, strict=True)))


@check
def conv_forward_naive():
    x = np.linspace(-0.1, 0.5, num=96).reshape(2, 3, 4, 4)
    w = np.linspace(-0.2, 0.3, num=144).reshape(3, 3, 4, 4)
    b = np.linspace(-0.1, 0.2, num=3)
    out, _ = student("layers").conv_forward_naive(x, w, b, {"stride": 2, "pad": 1})
    same("convolution", out)


@check
def conv_backward_naive():
    layers, r, param = student("layers"), draw(), {"stride": 1, "pad": 1}
    x, w, b, dout = r.randn(4, 3, 5, 5), r.randn(2, 3, 3, 3), r.randn(2), r.randn(4, 2, 5, 5)
    _, cache = layers.conv_forward_naive(x, w, b, param)
    dx, dw, db = layers.conv_backward_naive(dout, cache)
    f = lambda x, w, b: layers.conv_forward_naive(x, w, b, param)[0]  # noqa: E731
    dx_num = numeric_gradient_array(lambda x: f(x, w, b), x, dout)
    dw_num = numeric_gradient_array(lambda w: f(x, w, b), w, dout)
    db_num = numeric_gradient_array(lambda b: f(x, w, b), b, dout)
    gradients({"x": (dx_num, dx), "w": (dw_num, dw), "b": (db_num, db)})


POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}


@check
def max_pool_forward_naive():
    x = np.linspace(-0.3, 0.4, num=96).reshape(2, 3, 4, 4)
    same("pooling", student("layers").max_pool_forward_naive(x, POOL)[0])


@check
def max_pool_backward_naive():
    layers, r = student("layers"), draw()
    x, dout = r.randn(3, 2, 8, 8), r.randn(3, 2, 4, 4)
    _, cache = layers.max_pool_forward_naive(x, POOL)
    dx = layers.max_pool_backward_naive(dout, cache)
    numeric = numeric_gradient_array(lambda x: layers.max_pool_forward_naive(x, POOL)[0], x, dout)
    gradients({"x": (numeric, dx)})


@check
def three_layer_conv_net():
    make, r = student("cnn").ThreeLayerConvNet, draw()
    net = make(weight_scale=1e-3, seed=1, dtype=np.float64)
    loss, _ = net.loss(r.randn(50, 3, 32, 32), r.randint(10, size=50))
    assert abs(loss - np.log(10)) < 1e-2
    x, y = r.randn(2, 3, 8, 8), r.randint(10, size=2)
    net = make((3, 8, 8), 3, 3, 7, 10, 1e-2, dtype=np.float64, seed=1)
    _net_gradients(net, x, y)


@check
def spatial_batchnorm_forward():
    x = 4 * draw().randn(2, 3, 4, 5) + 10
    gamma, beta = np.asarray([3.0, 4.0, 5.0]), np.asarray([6.0, 7.0, 8.0])
    out, _ = student("layers").spatial_batchnorm_forward(x, gamma, beta, {"mode": "train"})
    assert np.allclose(out.mean(axis=(0, 2, 3)), beta)
    assert np.allclose(out.std(axis=(0, 2, 3)), gamma, rtol=1e-4)


@check
def spatial_batchnorm_backward():
    layers, param = student("layers"), {"mode": "train"}
    forward, backward = layers.spatial_batchnorm_forward, layers.spatial_batchnorm_backward
    _normalization(forward, backward, (2, 3, 4, 5), (3,), param)


@check
def spatial_groupnorm_forward():
    x, ones = 4 * draw().randn(2, 6, 4, 5) + 10, np.ones((1, 6, 1, 1))
    out, _ = student("layers").spatial_groupnorm_forward(x, 2 * ones, ones, 2, {})
    same("group normalization", out)


@check
def spatial_groupnorm_backward():
    layers = student("layers")
    forward, backward = layers.spatial_groupnorm_forward, layers.spatial_groupnorm_backward
    _normalization(forward, backward, (2, 6, 4, 5), (1, 6, 1, 1), 2, {})


def passed(name):
    """Does the check pass? Whatever it raises counts against it."""
    try:
        CHECKS[name]()
        return True
    except Exception:
        return False


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    for each in CHECKS.values():
        each()
    np.savez(REFERENCE, **RECORDED)
