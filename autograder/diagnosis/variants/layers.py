"""Accepted implementations in layers.py."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is the task's id, a dot and the way it is done."""
    return Variant(name, name.rpartition(".")[0], "deepnets/layers.py", edits, note)


_OUT = "out = x.reshape(len(x), w.shape[0]) @ w + b"
_CACHE = "return out, (x, w, b)"
_BACKWARD = """\
    dx = (dout @ w.T).reshape(x.shape)
    dw = x.reshape(len(x), w.shape[0]).T @ dout
    db = dout.sum(axis=0)
"""
_RELU = "out = np.maximum(x, 0)"
_MASKED = "dx = dout.copy()\n    dx[x <= 0] = 0"
_SHIFTED = "shifted = x - x.max(axis=1, keepdims=True)"
_LOG_P = "log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
_SOFTMAX_DX = "dx = np.exp(log_p)\n    dx[rows, y] -= 1\n    dx /= len(x)"
_SVM = """\
    margins = np.maximum(0, x - x[rows, y][:, None] + 1)
    margins[rows, y] = 0
    loss = margins.sum() / len(x)
    dx = (margins > 0).astype(x.dtype)
    dx[rows, y] -= dx.sum(axis=1)
    dx /= len(x)
"""

VARIANTS = (
    _variant(
        "affine_forward.loop",
        "One example at a time.",
        (_OUT, "out = np.array([example.ravel() @ w + b for example in x])"),
    ),
    _variant(
        "affine_forward.einsum",
        "Index notation.",
        (_OUT, 'out = np.einsum("nd,dm->nm", x.reshape(len(x), -1), w) + b'),
    ),
    _variant(
        "affine_forward.list_cache",
        "The cache is a list; its form is free.",
        (_CACHE, "return out, [x, w, b]"),
    ),
    _variant(
        "affine_forward.float32",
        "Lower precision: accepted with a note on the dtype.",
        (_OUT, f"{_OUT}\n    out = out.astype(np.float32)"),
    ),
    _variant(
        "affine_backward.row_of_biases",
        "db has shape (1, M): broadcasting makes that work.",
        ("db = dout.sum(axis=0)", "db = dout.sum(axis=0, keepdims=True)"),
    ),
    _variant(
        "affine_backward.einsum",
        "Index notation.",
        (_BACKWARD, """\
    dx = np.einsum("nm,dm->nd", dout, w).reshape(x.shape)
    dw = np.einsum("nd,nm->dm", x.reshape(len(x), -1), dout)
    db = np.ones(len(dout)) @ dout
"""),
    ),
    _variant(
        "affine_backward.loop",
        "One example at a time.",
        (_BACKWARD, """\
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros(w.shape[1])
    for n in range(len(x)):
        dx[n] = (w @ dout[n]).reshape(x[n].shape)
        dw += np.outer(x[n], dout[n])
        db += dout[n]
"""),
    ),
    _variant(
        "relu_forward.times_mask",
        "A product with zeros and ones; gives negative zeros.",
        (_RELU, "out = x * (x > 0)"),
    ),
    _variant(
        "relu_forward.half_of_the_absolute",
        "The same function in other words.",
        (_RELU, "out = (x + np.abs(x)) / 2"),
    ),
    _variant(
        "relu_forward.in_place",
        "Changes the caller's array, against the library's rule; the answers stay right.",
        (_RELU, "x[x < 0] = 0\n    out = x"),
    ),
    _variant(
        "relu_backward.in_place",
        "Changes the caller's array, against the library's rule; the answers stay right.",
        (_MASKED, "dout[x <= 0] = 0\n    dx = dout"),
    ),
    _variant(
        "relu_backward.passes_at_zero",
        "A subgradient too.",
        (_MASKED, "dx = np.where(x >= 0, dout, 0)"),
    ),
    _variant(
        "softmax_loss.probabilities_first",
        "The logarithm of the probabilities: infinite only where the reference is beyond 700.",
        (_LOG_P, """\
p = np.exp(shifted)
    p /= p.sum(axis=1, keepdims=True)
    log_p = np.log(p)"""),
    ),
    _variant(
        "softmax_loss.one_hot",
        "Labels as rows of an identity matrix.",
        (_SOFTMAX_DX, "dx = (np.exp(log_p) - np.eye(x.shape[1])[y]) / len(x)"),
    ),
    _variant(
        "softmax_loss.in_place",
        "Shifts the caller's scores, against the library's rule; the answers stay right.",
        (_SHIFTED, "x -= x.max(axis=1, keepdims=True)\n    shifted = x"),
    ),
    _variant(
        "softmax_loss.loop",
        "One example at a time.",
        (_SOFTMAX_DX, """\
dx = np.zeros_like(x)
    loss = 0.0
    for n in range(len(x)):
        p = np.exp(shifted[n]) / np.exp(shifted[n]).sum()
        loss -= np.log(p[y[n]]) / len(x)
        p[y[n]] -= 1
        dx[n] = p / len(x)"""),
    ),
    _variant(
        "svm_loss.loop",
        "One score at a time.",
        (_SVM, """\
    loss, dx = 0.0, np.zeros_like(x)
    for n in rows:
        for c in range(x.shape[1]):
            margin = x[n, c] - x[n, y[n]] + 1
            if c != y[n] and margin > 0:
                loss += margin / len(x)
                dx[n, c] += 1 / len(x)
                dx[n, y[n]] -= 1 / len(x)
"""),
    ),
    _variant(
        "svm_loss.margin_subtracted_at_the_end",
        "Counts the correct class and takes its margin off again.",
        (_SVM, """\
    margins = np.maximum(0, x - x[rows, y].reshape(-1, 1) + 1)
    loss = margins.sum() / len(x) - 1
    mask = (margins > 0).astype(float)
    mask[rows, y] = 0
    mask[rows, y] = -mask.sum(axis=1)
    dx = mask / len(x)
"""),
    ),
)  # fmt: skip
