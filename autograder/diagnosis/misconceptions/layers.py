"""Known wrong implementations in layers.py."""

from autograder.diagnosis.catalogue import Misconception


def _mistake(name: str, heading: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    section = f"1-FullyConnectedNets.ipynb: {heading}"
    return Misconception(name, name.rpartition(".")[0], "deepnets/layers.py", edits, hint, section)


_OUT = "x.reshape(len(x), w.shape[0]) @ w + b"

AFFINE_FORWARD = [
    _mistake(
        "affine_forward.bias_missing",
        "Affine layer: forward",
        "The bias is never used.",
        (_OUT, "x.reshape(len(x), w.shape[0]) @ w"),
    ),
    _mistake(
        "affine_forward.cache_missing",
        "Affine layer: forward",
        "Only the output is returned; the backward pass needs the cache as well.",
        ("return out, (x, w, b)", "return out"),
    ),
    _mistake(
        "affine_forward.sizes_of_the_notebook",
        "Affine layer: forward",
        "The sizes of the notebook's example are written into the code; the arrays tell theirs.",
        (_OUT, "x.reshape(2, 120) @ w + b"),
    ),
    _mistake(
        "affine_forward.not_flattened",
        "Affine layer: forward",
        "An example may have several axes, as an image has: it must become one row of numbers.",
        (_OUT, "x @ w + b"),
    ),
    _mistake(
        "affine_forward.not_flattened_dot",
        "Affine layer: forward",
        "An example may have several axes, as an image has: it must become one row of numbers.",
        (_OUT, "x.dot(w) + b"),
    ),
    _mistake(
        "affine_forward.squeezed",
        "Affine layer: forward",
        "A batch of one example, or a layer of one unit, loses an axis.",
        (_OUT, f"np.squeeze({_OUT})"),
    ),
    _mistake(
        "affine_forward.flattened_column_first",
        "Affine layer: forward",
        "The numbers of an example are flattened in another order than NumPy's own.",
        (_OUT, 'x.reshape(len(x), w.shape[0], order="F") @ w + b'),
    ),
    _mistake(
        "affine_forward.examples_mixed",
        "Affine layer: forward",
        "Reshaping to columns mixes the numbers of different examples: keep the first axis first.",
        (_OUT, "x.reshape(w.shape[0], len(x)).T @ w + b"),
    ),
    _mistake(
        "affine_forward.bias_subtracted",
        "Affine layer: forward",
        "The bias enters with the wrong sign.",
        (_OUT, "x.reshape(len(x), w.shape[0]) @ w - b"),
    ),
]

_DX = "(dout @ w.T).reshape(x.shape)"
_DW = "x.reshape(len(x), w.shape[0]).T @ dout"
_DB = "dout.sum(axis=0)"

AFFINE_BACKWARD = [
    _mistake(
        "affine_backward.db_not_summed",
        "Affine layer: backward",
        "Every example uses the same bias, so each of them contributes to its gradient.",
        (_DB, "dout"),
    ),
    _mistake(
        "affine_backward.db_wrong_axis",
        "Affine layer: backward",
        "The gradient of the bias is summed along the wrong axis: it has one entry per unit.",
        (_DB, "dout.sum(axis=1)"),
    ),
    _mistake(
        "affine_backward.db_one_number",
        "Affine layer: backward",
        "A sum without an axis adds everything up: the bias has one entry per unit.",
        (_DB, "dout.sum()"),
    ),
    _mistake(
        "affine_backward.db_averaged",
        "Affine layer: backward",
        "The gradient of the bias is averaged over the batch; the mean is the loss's affair.",
        (_DB, "dout.mean(axis=0)"),
    ),
    _mistake(
        "affine_backward.divided_by_n",
        "Affine layer: backward",
        "A layer does not divide by the batch size: the mean over the batch is the loss's affair.",
        (_DW, f"{_DW} / len(x)"),
        (_DB, "dout.mean(axis=0)"),
    ),
    _mistake(
        "affine_backward.dx_not_reshaped",
        "Affine layer: backward",
        "A gradient has the shape of what it belongs to: the examples may have several axes.",
        (_DX, "dout @ w.T"),
    ),
    _mistake(
        "affine_backward.dx_column_first",
        "Affine layer: backward",
        "The gradient of the examples goes back to their shape in another order than NumPy's own.",
        (_DX, '(dout @ w.T).reshape(x.shape, order="F")'),
    ),
    _mistake(
        "affine_backward.dw_transposed",
        "Affine layer: backward",
        "The gradient of the weights is transposed: compare its shape with that of the weights.",
        (_DW, "dout.T @ x.reshape(len(x), w.shape[0])"),
    ),
    _mistake(
        "affine_backward.dw_not_flattened",
        "Affine layer: backward",
        "The backward pass needs the examples as rows too, as the forward pass does.",
        (_DW, "x.T @ dout"),
    ),
]

_RELU = "np.maximum(x, 0)"
_MASK = "dx[x <= 0] = 0"

RELU = [
    _mistake(
        "relu_forward.cache_missing",
        "ReLU",
        "Only the output is returned; the backward pass needs the cache as well.",
        ("out = np.maximum(x, 0)", "out = np.maximum(x, 0)\n    return out"),
    ),
    _mistake(
        "relu_forward.absolute_value",
        "ReLU",
        "Negative values become zero, not positive.",
        (_RELU, "np.abs(x)"),
    ),
    _mistake(
        "relu_forward.negative_part",
        "ReLU",
        "The negative values are kept and the positive ones dropped: it is the other way round.",
        (_RELU, "np.minimum(x, 0)"),
    ),
    _mistake(
        "relu_forward.leaky",
        "ReLU",
        "Negative values become exactly zero; a small slope there is another layer (leaky ReLU).",
        (_RELU, "np.maximum(x, 0.01 * x)"),
    ),
    _mistake(
        "relu_forward.mask_returned",
        "ReLU",
        "Only whether a value is positive comes out; positive values themselves must pass.",
        (_RELU, "(x > 0).astype(x.dtype)"),
    ),
    _mistake(
        "relu_forward.capped",
        "ReLU",
        "Positive values pass unchanged, however large they are.",
        (_RELU, "np.clip(x, 0, 1)"),
    ),
    _mistake(
        "relu_backward.no_mask",
        "ReLU",
        "Where the input was negative, the output does not depend on it.",
        (_MASK, "dx[x != x] = 0"),
    ),
    _mistake(
        "relu_backward.mask_from_dout",
        "ReLU",
        "What decides is the sign of the input, not the sign of the incoming gradient.",
        (_MASK, "dx[dout <= 0] = 0"),
    ),
    _mistake(
        "relu_backward.mask_reversed",
        "ReLU",
        "The gradient passes where it should be stopped, and the other way round.",
        (_MASK, "dx[x > 0] = 0"),
    ),
    _mistake(
        "relu_backward.mask_alone",
        "ReLU",
        "The incoming gradient is lost: the chain rule multiplies by it.",
        (_MASK, "dx = (x > 0).astype(x.dtype)"),
    ),
    _mistake(
        "relu_backward.times_output",
        "ReLU",
        "The incoming gradient is multiplied by the output, not by the derivative.",
        (_MASK, "dx = dout * np.maximum(x, 0)"),
    ),
]

_SHIFTED = "shifted = x - x.max(axis=1, keepdims=True)"
_LOG_P = "np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
_LOSS = "-log_p[rows, y].mean()"
_SOFTMAX_DX = "dx = np.exp(log_p)\n    dx[rows, y] -= 1\n    dx /= len(x)"

SOFTMAX = [
    _mistake(
        "softmax_loss.not_shifted",
        "Softmax",
        "exp overflows for large scores: softmax does not change if a row is shifted first.",
        (_SHIFTED, "shifted = x"),
    ),
    _mistake(
        "softmax_loss.shifted_by_the_global_maximum",
        "Softmax",
        "One shift for the whole batch does not do: every row has its own largest score.",
        (_SHIFTED, "shifted = x - x.max()"),
    ),
    _mistake(
        "softmax_loss.double_precision_only",
        "Softmax",
        "Single precision is refused: a loss works with the precision that its inputs have.",
        (
            _SHIFTED,
            'if x.dtype != np.float64:\n        raise TypeError("x must be float64")\n'
            f"    {_SHIFTED}",
        ),
    ),
    _mistake(
        "softmax_loss.shifted_by_the_minimum",
        "Softmax",
        "Without its smallest score a row still has large ones: what must not be large after it?",
        (_SHIFTED, "shifted = x - x.min(axis=1, keepdims=True)"),
    ),
    _mistake(
        "softmax_loss.loss_summed",
        "Softmax",
        "The loss is the mean over the batch, not the sum.",
        (_LOSS, "-log_p[rows, y].sum()"),
    ),
    _mistake(
        "softmax_loss.dx_summed",
        "Softmax",
        "The loss is a mean over the batch; its gradient must know that as well.",
        (_SOFTMAX_DX, "dx = np.exp(log_p)\n    dx[rows, y] -= 1"),
    ),
    _mistake(
        "softmax_loss.not_averaged",
        "Softmax",
        "Loss and gradient are those of the sum over the batch; the mean is asked for.",
        (_LOSS, "-log_p[rows, y].sum()"),
        (_SOFTMAX_DX, "dx = np.exp(log_p)\n    dx[rows, y] -= 1"),
    ),
    _mistake(
        "softmax_loss.averaged_over_classes",
        "Softmax",
        "The mean is over the examples alone, not over examples and classes.",
        (_LOSS, "-log_p[rows, y].sum() / x.size"),
        (_SOFTMAX_DX, "dx = np.exp(log_p)\n    dx[rows, y] -= 1\n    dx /= x.size"),
    ),
    _mistake(
        "softmax_loss.correct_class_set",
        "Softmax",
        "The correct class loses one from its probability; it does not become minus one.",
        (_SOFTMAX_DX, "dx = np.exp(log_p)\n    dx[rows, y] = -1\n    dx /= len(x)"),
    ),
    _mistake(
        "softmax_loss.labels_forgotten",
        "Softmax",
        "The gradient does not depend on the labels: which class should gain?",
        (_SOFTMAX_DX, "dx = np.exp(log_p) / len(x)"),
    ),
    _mistake(
        "softmax_loss.other_classes_forgotten",
        "Softmax",
        "Only the correct class gets a gradient, but all scores are in the denominator.",
        (
            _SOFTMAX_DX,
            "dx = np.zeros_like(x)\n    dx[rows, y] = (np.exp(log_p[rows, y]) - 1) / len(x)",
        ),
    ),
    _mistake(
        "softmax_loss.loss_after_the_gradient",
        "Softmax",
        "The array of probabilities was changed for the gradient before the loss was taken from "
        "it: two names, one array.",
        (_LOSS, "0.0"),
        (_SOFTMAX_DX, f"{_SOFTMAX_DX}\n    loss = -np.log(dx[rows, y] * len(x)).mean()"),
    ),
    _mistake(
        "softmax_loss.normalized_over_the_batch",
        "Softmax",
        "The probabilities of one example add up to one: which axis holds the classes?",
        (_LOG_P, "np.log(np.exp(shifted).sum(axis=0, keepdims=True))"),
    ),
    _mistake(
        "softmax_loss.normalized_over_everything",
        "Softmax",
        "A sum without an axis adds up the whole batch; every example has its own denominator.",
        (_LOG_P, "np.log(np.exp(shifted).sum())"),
    ),
    _mistake(
        "softmax_loss.sign_of_the_loss",
        "Softmax",
        "The logarithm of a probability is negative; the loss is not.",
        (_LOSS, "log_p[rows, y].mean()"),
    ),
    _mistake(
        "softmax_loss.sign_of_the_gradient",
        "Softmax",
        "The gradient has the wrong sign: a step against it must lower the loss.",
        (_SOFTMAX_DX, "dx = -np.exp(log_p)\n    dx[rows, y] += 1\n    dx /= len(x)"),
    ),
    _mistake(
        "softmax_loss.all_classes_in_the_loss",
        "Softmax",
        "Only the probability of the correct class counts in the loss.",
        (_LOSS, "-log_p.sum(axis=1).mean()"),
    ),
]

_MARGINS = "np.maximum(0, x - x[rows, y][:, None] + 1)"
_EXCLUDED = "margins[rows, y] = 0"
_HINGE = "loss = margins.sum() / len(x)"
_SVM_DX = "dx = (margins > 0).astype(x.dtype)\n    dx[rows, y] -= dx.sum(axis=1)\n    dx /= len(x)"

SVM = [
    _mistake(
        "svm_loss.correct_class_counted",
        "SVM",
        "The correct class is compared with itself, which adds the margin to every example.",
        (_EXCLUDED, "pass"),
    ),
    _mistake(
        "svm_loss.margin_missing",
        "SVM",
        "The correct score must win by a margin; just being the largest is not enough.",
        (_MARGINS, "np.maximum(0, x - x[rows, y][:, None])"),
    ),
    _mistake(
        "svm_loss.difference_reversed",
        "SVM",
        "The difference is the wrong way round: a wrong class with a high score must cost more.",
        (_MARGINS, "np.maximum(0, x[rows, y][:, None] - x + 1)"),
    ),
    _mistake(
        "svm_loss.not_clipped",
        "SVM",
        "A class that loses by more than the margin costs nothing; it is no reward.",
        (_MARGINS, "x - x[rows, y][:, None] + 1"),
    ),
    _mistake(
        "svm_loss.squared",
        "SVM",
        "The hinge is squared here; the plain hinge is asked for.",
        (_HINGE, "loss = (margins**2).sum() / len(x)"),
    ),
    _mistake(
        "svm_loss.loss_summed",
        "SVM",
        "The loss is the mean over the examples, not the sum.",
        (_HINGE, "loss = margins.sum()"),
    ),
    _mistake(
        "svm_loss.averaged_over_classes",
        "SVM",
        "The mean is over the examples alone; over the classes it is a sum.",
        (_HINGE, "loss = margins.mean()"),
    ),
    _mistake(
        "svm_loss.dx_summed",
        "SVM",
        "The loss is a mean over the examples; its gradient must know that as well.",
        (_SVM_DX, _SVM_DX.removesuffix("\n    dx /= len(x)")),
    ),
    _mistake(
        "svm_loss.not_averaged",
        "SVM",
        "Loss and gradient are those of the sum over the examples; the mean is asked for.",
        (_HINGE, "loss = margins.sum()"),
        (_SVM_DX, _SVM_DX.removesuffix("\n    dx /= len(x)")),
    ),
    _mistake(
        "svm_loss.correct_class_gradient_missing",
        "SVM",
        "The correct score occurs in every violated margin, so it has a gradient too.",
        (_SVM_DX, "dx = (margins > 0) / len(x)"),
    ),
    _mistake(
        "svm_loss.correct_class_counted_once",
        "SVM",
        "The correct score is pushed up once for every violated margin, not once in all.",
        (_SVM_DX, _SVM_DX.replace("-= dx.sum(axis=1)", "= -1")),
    ),
    _mistake(
        "svm_loss.all_margins_active",
        "SVM",
        "Classes whose margin is met get a gradient too: zero is not a violation.",
        (_SVM_DX, _SVM_DX.replace("margins > 0", "margins >= 0")),
    ),
    _mistake(
        "svm_loss.margins_as_gradient",
        "SVM",
        "The gradient of a hinge is zero or one, whatever the size of the margin.",
        (_SVM_DX, _SVM_DX.replace("(margins > 0).astype(x.dtype)", "margins.copy()")),
    ),
]

MISCONCEPTIONS = (*AFFINE_FORWARD, *AFFINE_BACKWARD, *RELU, *SOFTMAX, *SVM)
