"""Accepted implementations in activations.py."""

from autograder.diagnosis.variants.objects.entry import variant

_SIGMOID = "Y = np.exp(-np.logaddexp(0, -Z))"
_SIGMOID_BACK = "Y = self.forward(Z)\n        dZ = dY * Y * (1 - Y)"
_TANH_BACK = "dZ = dY * (1 - self.forward(Z) ** 2)"
_RELU_BACK = "dZ = np.where(Z > 0, dY, 0)"
_SOFTMAX = """\
        powers = np.exp(Z - Z.max(axis=-1, keepdims=True))
        Y = powers / powers.sum(axis=-1, keepdims=True)
"""
_SOFTMAX_BACK = "dZ = Y * (dY - (dY * Y).sum(axis=-1, keepdims=True))"

VARIANTS = (
    variant(
        "Sigmoid.forward.plain",
        "exp(1000) is infinite, but one over it is zero: right, if with a warning.",
        (_SIGMOID, "Y = 1 / (1 + np.exp(-Z))"),
    ),
    variant(
        "Sigmoid.forward.two_branches",
        "Each sign has the form that does not overflow there.",
        (_SIGMOID, "small = np.exp(-np.abs(Z))\n"
                   "        Y = np.where(Z >= 0, 1 / (1 + small), small / (1 + small))"),
    ),
    variant(
        "Sigmoid.forward.half_a_tanh",
        "The sigmoid is a hyperbolic tangent, moved and squeezed.",
        (_SIGMOID, "Y = (1 + np.tanh(Z / 2)) / 2"),
    ),
    variant(
        "Sigmoid.backward.without_the_forward_pass",
        "The square of the hyperbolic cosine, which may overflow to a slope of zero.",
        (_SIGMOID_BACK, "dZ = dY / (4 * np.cosh(Z / 2) ** 2)"),
    ),
    variant(
        "Sigmoid.backward.square",
        "y - y² is y(1 - y).",
        (_SIGMOID_BACK, "Y = self.forward(Z)\n        dZ = (Y - Y**2) * dY"),
    ),
    variant(
        "TanH.forward.small_powers",
        "By the power of e that does not overflow.",
        ("Y = np.tanh(Z)", "small = np.exp(-2 * np.abs(Z))\n"
                           "        Y = np.sign(Z) * (1 - small) / (1 + small)"),
    ),
    variant(
        "TanH.forward.two_sigmoids",
        "2 sigmoid(2z) - 1, in which a power of e may become infinite below the line.",
        ("Y = np.tanh(Z)", "Y = 2 / (1 + np.exp(-2 * Z)) - 1"),
    ),
    variant(
        "TanH.backward.cosine",
        "One over the square of the hyperbolic cosine, which may overflow to a slope of zero.",
        (_TANH_BACK, "dZ = dY / np.cosh(Z) ** 2"),
    ),
    variant(
        "TanH.backward.product",
        "1 - y² is (1 - y)(1 + y).",
        (_TANH_BACK, "Y = np.tanh(Z)\n        dZ = (1 - Y) * (1 + Y) * dY"),
    ),
    variant(
        "ReLU.forward.times_the_mask",
        "Times zero or one.",
        ("Y = np.maximum(Z, 0)", "Y = Z * (Z > 0)"),
    ),
    variant(
        "ReLU.forward.in_a_copy",
        "Negative numbers of a copy are overwritten.",
        ("Y = np.maximum(Z, 0)", "Y = Z.copy()\n        Y[Y < 0] = 0"),
    ),
    variant(
        "ReLU.backward.one_at_zero",
        "At the corner the gradient passes.",
        (_RELU_BACK, "dZ = dY * (Z >= 0)"),
    ),
    variant(
        "ReLU.backward.half_at_zero",
        "At the corner half of the gradient passes.",
        (_RELU_BACK, "dZ = dY * np.heaviside(Z, 0.5)"),
    ),
    variant(
        "ReLU.backward.in_place",
        "The caller's gradient is overwritten, which gets a note.",
        (_RELU_BACK, "dY[Z <= 0] = 0\n        dZ = dY"),
    ),
    variant(
        "SoftMax.forward.row_by_row",
        "A loop over the rows.",
        (_SOFTMAX, """\
        Y = np.zeros_like(Z)
        for n in range(len(Z)):
            powers = np.exp(Z[n] - np.max(Z[n]))
            Y[n] = powers / np.sum(powers)
"""),
    ),
    variant(
        "SoftMax.forward.logarithms",
        "By the logarithm of the sum of powers.",
        (_SOFTMAX, """\
        shifted = Z - Z.max(axis=1)[:, np.newaxis]
        Y = np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))
"""),
    ),
    variant(
        "SoftMax.backward.all_jacobians",
        "A matrix for each row.",
        (_SOFTMAX_BACK, "J = Y[:, :, None] * np.eye(Y.shape[1]) - Y[:, :, None] * Y[:, None, :]\n"
                        '        dZ = np.einsum("nij,nj->ni", J, dY)'),
    ),
    variant(
        "SoftMax.backward.row_by_row",
        "A loop over the rows.",
        (_SOFTMAX_BACK, """\
dZ = np.empty_like(Z)
        for n, y in enumerate(Y):
            dZ[n] = (np.diag(y) - np.outer(y, y)) @ dY[n]"""),
    ),
)  # fmt: skip
