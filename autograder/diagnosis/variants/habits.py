"""Accepted habits that are no one's task: prints, early returns, NumPy's integers, dead code."""

from autograder.diagnosis.catalogue import Edits, Variant

LAYERS, NET, OPTIM = "deepnets/layers.py", "deepnets/fc_net.py", "deepnets/optim.py"
CONVNET = "cell_three_layer_convnet.py"


def _variant(name: str, file: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is the task's id, a dot and the habit."""
    changes: Edits = edits
    return Variant(name, name.rpartition(".")[0], file, changes, note)


def _after(line: str, *more: str) -> tuple[str, str]:
    return line, "\n    ".join((line, *more))


def _before(line: str, *more: str) -> tuple[str, str]:
    return line, "\n    ".join((*more, line))


_AFFINE = "out = x.reshape(len(x), w.shape[0]) @ w + b"
_SHIFTED = "shifted = x - x.max(axis=1, keepdims=True)"
_MASKED = "dx = dout.copy()\n    dx[x <= 0] = 0"
_SIZE = "height, width = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride"
_POOLED = "out = np.zeros((N, C, 1 + (H - pool_height) // stride, 1 + (W - pool_width) // stride)"
_DIMS = "dims = [input_dim, *hidden_dims, num_classes]"
_DECAY = 'decay = config["decay_rate"]'
_ROWS = "std = np.sqrt(x.var(axis=1, keepdims=True) + eps)"
_SCORES = "scores = hidden.flatten(start_dim=1).mm(fc_w) + fc_b"
_OUTER = "dw = x.reshape(len(x), w.shape[0]).T @ dout"

VARIANTS = (
    _variant(
        "affine_forward.prints", LAYERS, "Prints of the search for a mistake are left.",
        _before(_AFFINE, 'print("x", x.shape, "w", w.shape, x)'),
    ),
    _variant(
        "layernorm_forward.prints", LAYERS, "Prints of the search for a mistake are left.",
        _after(_ROWS, "print(std)"),
    ),
    _variant(
        "three_layer_convnet.prints", CONVNET, "Prints of the search for a mistake are left.",
        _before(_SCORES, "print(hidden.shape, hidden)"),
    ),
    _variant(
        "softmax_loss.warns", LAYERS, "Warns, and writes to the error stream.",
        _before(_SHIFTED, "import sys", "import warnings", 'warnings.warn("large scores?")',
                'print("scores", x.shape, file=sys.stderr)'),
    ),
    _variant(
        "rmsprop.warns", OPTIM, "Divides by zero on the way, which NumPy warns of.",
        _after(_DECAY, "np.ones(1) / np.zeros(1)"),
    ),
    _variant(
        "relu_backward.early_return", LAYERS, "Returns where the answer is found.",
        (_MASKED, "return np.where(x > 0, dout, 0.0).astype(dout.dtype)"),
    ),
    _variant(
        "affine_forward.early_return", LAYERS, "Returns in both branches.",
        (_AFFINE, """\
if x.ndim == 2:
        return x @ w + b, (x, w, b)
    return x.reshape(len(x), -1) @ w + b, (x, w, b)"""),
    ),
    _variant(
        "conv_forward_naive.numpy_integers", LAYERS, "Stride, pad and sizes are NumPy's integers.",
        _before(_SIZE, "stride, pad = np.int64(stride), np.int32(pad)", "H, W = np.array([H, W])"),
    ),
    _variant(
        "max_pool_forward_naive.numpy_integers", LAYERS, "Stride and sizes are NumPy's integers.",
        _before(_POOLED, "stride = np.int64(stride)",
                "pool_height, pool_width = np.array([pool_height, pool_width])"),
    ),
    _variant(
        "FullyConnectedNet.init.numpy_integers", NET, "The widths are an array of NumPy's.",
        (_DIMS, "dims = np.array([input_dim, *hidden_dims, num_classes])"),
    ),
    _variant(
        "svm_loss.dead_code", LAYERS, "An attempt that is never run stands above the loss.",
        _before("rows = np.arange(len(x))",
                "if False:", '    raise NotImplementedError("later")',
                "def attempt(x):", "    return undefined * x"),
    ),
    _variant(
        "affine_backward.slow_loops", LAYERS, "Adds up number by number.",
        (_OUTER, """\
flat, dw = x.reshape(len(x), -1), np.zeros_like(w)
    for n in range(len(x)):
        for d in range(w.shape[0]):
            for m in range(w.shape[1]):
                dw[d, m] += flat[n, d] * dout[n, m]"""),
    ),
)  # fmt: skip
