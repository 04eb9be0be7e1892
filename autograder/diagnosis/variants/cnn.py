"""Accepted implementations in cnn.py."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is an aspect of the net, a dot and the way it is done."""
    name = f"ThreeLayerConvNet.{name}"
    return Variant(name, name.rpartition(".")[0], "deepnets/cnn.py", edits, note)


_INIT = """\
        C, H, W = input_dim
        flat = num_filters * (H // 2) * (W // 2)
        shapes = (num_filters, C, filter_size, filter_size), (flat, hidden_dim)
        for i, shape in enumerate((*shapes, (hidden_dim, num_classes)), start=1):
            self.params[f"W{i}"] = rng.normal(scale=weight_scale, size=shape)
        for i, width in enumerate((num_filters, hidden_dim, num_classes), start=1):
            self.params[f"b{i}"] = np.zeros(width)
"""
_PAD = '"pad": (filter_size - 1) // 2'
_IMPORT = "from .layers import affine_backward, affine_forward, softmax_loss"
_MORE = (
    _IMPORT,
    f"""\
from .layer_utils import conv_relu_backward, conv_relu_forward
from .layers import (
    conv_backward_naive, conv_forward_naive, max_pool_backward_naive, max_pool_forward_naive,
    relu_backward, relu_forward,
)
from .fast_layers import (
    conv_backward_fast, conv_forward_fast, max_pool_backward_fast, max_pool_forward_fast,
)
{_IMPORT}""",
)
_CONV = "pooled, pool_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)"
_CONV_BACK = '_, dW1, grads["b1"] = conv_relu_pool_backward(dpooled, pool_cache)'
_HIDDEN = "hidden, hidden_cache = affine_relu_forward(pooled, W2, b2)"
_HIDDEN_BACK = 'dpooled, dW2, grads["b2"] = affine_relu_backward(dhidden, hidden_cache)'
_REG = "(np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))"
_DECAY = """\
        grads["W1"] = dW1 + self.reg * W1
        grads["W2"] = dW2 + self.reg * W2
        grads["W3"] = dW3 + self.reg * W3
"""

VARIANTS = (
    _variant(
        "init.last_layer_first",
        "One line per parameter, in another order: which draw comes when is free.",
        (_INIT, """\
        channels, height, width = input_dim
        pooled = height // 2, width // 2
        self.params["b1"] = np.zeros(num_filters)
        self.params["b2"] = np.zeros(hidden_dim)
        self.params["b3"] = np.zeros(num_classes)
        self.params["W3"] = weight_scale * rng.standard_normal((hidden_dim, num_classes))
        self.params["W2"] = weight_scale * rng.standard_normal(
            (num_filters * pooled[0] * pooled[1], hidden_dim)
        )
        self.params["W1"] = weight_scale * rng.standard_normal(
            (num_filters, channels, filter_size, filter_size)
        )
"""),
    ),
    _variant(
        "init.size_by_the_formula",
        "Sizes by the formulas of convolution and pooling.",
        ("flat = num_filters * (H // 2) * (W // 2)", """\
pad = (filter_size - 1) // 2
        rows = 1 + (1 + (H + 2 * pad - filter_size) - 2) // 2
        columns = int(1 + (1 + (W + 2 * pad - filter_size) - 2) / 2)
        flat = int(np.prod((num_filters, rows, columns)))"""),
    ),
    _variant(
        "init.global_generator",
        "NumPy's global generator: the argument `seed` has no effect then.",
        ("rng.normal(scale=weight_scale, size=shape)", "np.random.randn(*shape) * weight_scale"),
    ),
    _variant(
        "init.single_precision_draws",
        "Draws in float32, which repeat a few values by chance.",
        ("rng.normal(scale=weight_scale, size=shape)",
         'weight_scale * rng.standard_normal(shape, dtype="float32")'),
    ),
    _variant(
        "init.rows_of_biases",
        "The biases of the affine layers have shape (1, M): broadcasting makes that work.",
        ("np.zeros(width)", "np.zeros(width) if i == 1 else np.zeros((1, width))"),
    ),
    _variant(
        "scores.float_padding",
        "A padding that is a float because it comes from a division.",
        (_PAD, '"pad": (filter_size - 1) / 2'),
    ),
    _variant(
        "scores.pooling_apart",
        "Convolution with ReLU, and pooling, as two calls.",
        _MORE,
        (_CONV, "maps, maps_cache = conv_relu_forward(X, W1, b1, conv_param)\n"
         "        pooled, pool_cache = max_pool_forward_fast(maps, pool_param)"),
        (_CONV_BACK, "dmaps = max_pool_backward_fast(dpooled, pool_cache)\n"
         '        _, dW1, grads["b1"] = conv_relu_backward(dmaps, maps_cache)'),
    ),
    _variant(
        "scores.pooling_before_relu",
        "Pooled first: the maximum and ReLU may change places.",
        _MORE,
        (_CONV, "maps, maps_cache = conv_forward_fast(X, W1, b1, conv_param)\n"
         "        peaks, pool_cache = max_pool_forward_fast(maps, pool_param)\n"
         "        pooled, relu_cache = relu_forward(peaks)"),
        (_CONV_BACK, "dpeaks = relu_backward(dpooled, relu_cache)\n"
         "        dmaps = max_pool_backward_fast(dpeaks, pool_cache)\n"
         '        _, dW1, grads["b1"] = conv_backward_fast(dmaps, maps_cache)'),
    ),
    _variant(
        "scores.own_layers",
        "The student's own loops: slow, but right.",
        _MORE,
        (_CONV, "maps, maps_cache = conv_forward_naive(X, W1, b1, conv_param)\n"
         "        active, relu_cache = relu_forward(maps)\n"
         "        pooled, pool_cache = max_pool_forward_naive(active, pool_param)"),
        (_CONV_BACK, "dactive = max_pool_backward_naive(dpooled, pool_cache)\n"
         "        dmaps = relu_backward(dactive, relu_cache)\n"
         '        _, dW1, grads["b1"] = conv_backward_naive(dmaps, maps_cache)'),
    ),
    _variant(
        "scores.flattened_first",
        "The pooled images as rows before the affine layer.",
        (_HIDDEN, "hidden, hidden_cache = affine_relu_forward(pooled.reshape(len(X), -1), W2, b2)"),
        (_HIDDEN_BACK, f"{_HIDDEN_BACK}\n        dpooled = dpooled.reshape(pooled.shape)"),
    ),
    _variant(
        "loss.norms",
        "Squares of norms, one weight at a time.",
        (_REG, "sum(np.linalg.norm(self.params[f'W{i}']) ** 2 for i in (1, 2, 3))"),
    ),
    _variant(
        "gradients.decay_in_a_loop",
        "Regularization added in a loop over the names.",
        (_DECAY, """\
        grads.update(W1=dW1, W2=dW2, W3=dW3)
        for name in ("W1", "W2", "W3"):
            grads[name] += self.reg * self.params[name]
"""),
    ),
)  # fmt: skip
