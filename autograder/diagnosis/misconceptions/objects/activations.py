"""Known wrong implementations in activations.py."""

from autograder.diagnosis.misconceptions.objects.entry import mistake

UPSTREAM = "The gradient with respect to the output is never used: the chain rule multiplies by it."
MEAN = "An activation does not divide by the batch size: the mean is the loss's affair."

_SIGMOID = "Y = np.exp(-np.logaddexp(0, -Z))"
_SIGMOID_BACK = "dZ = dY * Y * (1 - Y)"

SIGMOID = [
    mistake(
        "Sigmoid.forward.overflow",
        "The power of e overflows for large scores, and infinity divided by infinity is no number.",
        (_SIGMOID, "Y = np.exp(Z) / (1 + np.exp(Z))"),
    ),
    mistake(
        "Sigmoid.forward.falling",
        "The sigmoid rises: the exponent has the wrong sign.",
        (_SIGMOID, "Y = 1 / (1 + np.exp(Z))"),
    ),
    mistake(
        "Sigmoid.forward.tanh",
        "These are values of the hyperbolic tangent: those of a sigmoid lie between 0 and 1.",
        (_SIGMOID, "Y = np.tanh(Z)"),
    ),
    mistake(
        "Sigmoid.forward.brackets_missing",
        "One divided by one comes first where the brackets around the sum are missing.",
        (_SIGMOID, "Y = 1 / 1 + np.exp(-Z)"),
    ),
    mistake(
        "Sigmoid.forward.clipped",
        "The scores are clipped where the sigmoid is still far from 0 and 1.",
        (_SIGMOID, "Y = 1 / (1 + np.exp(-np.clip(Z, -5, 5)))"),
    ),
    mistake(
        "Sigmoid.forward.softmax",
        "Every number goes through the sigmoid by itself: rows need not sum to one.",
        (_SIGMOID, "Y = np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)"),
    ),
    mistake(
        "Sigmoid.backward.dy_missing",
        UPSTREAM,
        (_SIGMOID_BACK, "dZ = Y * (1 - Y)"),
    ),
    mistake(
        "Sigmoid.backward.z_taken_for_the_output",
        "The slope is y(1 - y) with the output y, but what comes in is the score.",
        (_SIGMOID_BACK, "dZ = dY * Z * (1 - Z)"),
    ),
    mistake(
        "Sigmoid.backward.second_factor_missing",
        "The slope of the sigmoid has two factors: its value, and one minus its value.",
        (_SIGMOID_BACK, "dZ = dY * Y"),
    ),
    mistake(
        "Sigmoid.backward.slope_of_tanh",
        "This is the slope of the hyperbolic tangent.",
        (_SIGMOID_BACK, "dZ = dY * (1 - Y**2)"),
    ),
    mistake(
        "Sigmoid.backward.wrong_sign",
        "The sigmoid rises everywhere, so that its slope is positive.",
        (_SIGMOID_BACK, "dZ = dY * Y * (Y - 1)"),
    ),
    mistake(
        "Sigmoid.backward.averaged",
        MEAN,
        (_SIGMOID_BACK, "dZ = dY * Y * (1 - Y) / len(Z)"),
    ),
    mistake(
        "Sigmoid.backward.overflow",
        "The power of e overflows for very negative scores: the output lies between 0 and 1.",
        (_SIGMOID_BACK, "dZ = dY * np.exp(-Z) / (1 + np.exp(-Z)) ** 2"),
    ),
    mistake(
        "Sigmoid.backward.sigmoid_of_dy",
        "The slope is taken at the gradient instead of at the score.",
        ("Y = self.forward(Z)", "Y = self.forward(dY)"),
    ),
]

_TANH = "Y = np.tanh(Z)"
_TANH_BACK = "dZ = dY * (1 - self.forward(Z) ** 2)"
_QUOTIENT = "(np.exp(Z) - np.exp(-Z)) / (np.exp(Z) + np.exp(-Z))"

TANH = [
    mistake(
        "TanH.forward.overflow",
        "The powers of e overflow for large scores, and infinity divided by infinity is no number.",
        (_TANH, f"Y = {_QUOTIENT}"),
    ),
    mistake("TanH.forward.tan", "This is the tangent of an angle.", (_TANH, "Y = np.tan(Z)")),
    mistake(
        "TanH.forward.sigmoid",
        "These are values of the sigmoid: those of the hyperbolic tangent lie between -1 and 1.",
        (_TANH, "Y = 1 / (1 + np.exp(-Z))"),
    ),
    mistake(
        "TanH.forward.arctan",
        "This is the arctangent, another activation.",
        (_TANH, "Y = np.arctan(Z)"),
    ),
    mistake(
        "TanH.forward.half_the_score",
        "Twice a sigmoid minus one is the hyperbolic tangent of half the score.",
        (_TANH, "Y = 2 / (1 + np.exp(-Z)) - 1"),
    ),
    mistake(
        "TanH.forward.clipped",
        "A line that is cut off at -1 and 1 is only a rough picture of the hyperbolic tangent.",
        (_TANH, "Y = np.clip(Z, -1, 1)"),
    ),
    mistake(
        "TanH.backward.dy_missing",
        UPSTREAM,
        (_TANH_BACK, "dZ = 1 - self.forward(Z) ** 2"),
    ),
    mistake(
        "TanH.backward.z_taken_for_the_output",
        "The slope is one minus the square of the output, but what comes in is the score.",
        (_TANH_BACK, "dZ = dY * (1 - Z**2)"),
    ),
    mistake(
        "TanH.backward.not_squared",
        "The output has to be squared in the slope of the hyperbolic tangent.",
        (_TANH_BACK, "dZ = dY * (1 - self.forward(Z))"),
    ),
    mistake(
        "TanH.backward.slope_of_the_sigmoid",
        "This is the form that the slope of the sigmoid has.",
        (_TANH_BACK, "dZ = dY * self.forward(Z) * (1 - self.forward(Z))"),
    ),
    mistake(
        "TanH.backward.averaged",
        MEAN,
        (_TANH_BACK, f"{_TANH_BACK} / len(Z)"),
    ),
    mistake(
        "TanH.backward.wrong_sign",
        "The hyperbolic tangent rises everywhere, so that its slope is positive.",
        (_TANH_BACK, "dZ = dY * (self.forward(Z) ** 2 - 1)"),
    ),
    mistake(
        "TanH.backward.overflow",
        "The powers of e overflow for large scores: use the output, which is between -1 and 1.",
        (_TANH_BACK, f"dZ = dY * (1 - ({_QUOTIENT}) ** 2)"),
    ),
]

_RELU = "Y = np.maximum(Z, 0)"
_RELU_BACK = "dZ = np.where(Z > 0, dY, 0)"

RELU = [
    mistake(
        "ReLU.forward.absolute",
        "Negative numbers become zero, not positive.",
        (_RELU, "Y = np.abs(Z)"),
    ),
    mistake(
        "ReLU.forward.leaky",
        "Negative numbers become zero: what is left of them makes it a leaky ReLU.",
        (_RELU, "Y = np.maximum(Z, 0.01 * Z)"),
    ),
    mistake(
        "ReLU.forward.mask",
        "Positive numbers stay as they are: this only says where they stand.",
        (_RELU, "Y = (Z > 0).astype(Z.dtype)"),
    ),
    mistake(
        "ReLU.forward.minimum",
        "This keeps the negative numbers and drops the positive ones.",
        (_RELU, "Y = np.minimum(Z, 0)"),
    ),
    mistake(
        "ReLU.forward.largest_of_all",
        "This is the largest number along the first axis: every number is to be held against zero.",
        (_RELU, "Y = np.max(Z, 0)"),
    ),
    mistake(
        "ReLU.forward.capped",
        "A ReLU has no upper end: numbers above one stay as they are.",
        (_RELU, "Y = np.clip(Z, 0, 1)"),
    ),
    mistake(
        "ReLU.backward.mask_of_dy",
        "The sign of the score decides where the gradient passes, not that of the gradient.",
        (_RELU_BACK, "dZ = np.where(dY > 0, dY, 0)"),
    ),
    mistake(
        "ReLU.backward.dy_missing",
        UPSTREAM,
        (_RELU_BACK, "dZ = np.where(Z > 0, 1.0, 0.0)"),
    ),
    mistake(
        "ReLU.backward.passed_on",
        "Where the score is negative, nothing of the gradient gets through.",
        (_RELU_BACK, "dZ = dY"),
    ),
    mistake(
        "ReLU.backward.mask_turned_round",
        "The gradient passes where the score is positive.",
        (_RELU_BACK, "dZ = np.where(Z < 0, dY, 0)"),
    ),
    mistake(
        "ReLU.backward.times_the_output",
        "The slope of a ReLU is 0 or 1: it is not its value.",
        (_RELU_BACK, "dZ = dY * np.maximum(Z, 0)"),
    ),
    mistake("ReLU.backward.averaged", MEAN, (_RELU_BACK, f"{_RELU_BACK} / len(Z)")),
    mistake(
        "ReLU.backward.relu_of_dy_and_z",
        "The score itself came back: it only decides where the gradient passes.",
        (_RELU_BACK, "dZ = np.where(Z > 0, Z, 0)"),
    ),
]

_SHIFTED = "powers = np.exp(Z - Z.max(axis=-1, keepdims=True))"
_SHARES = "Y = powers / powers.sum(axis=-1, keepdims=True)"
_SOFTMAX_BACK = "dZ = Y * (dY - (dY * Y).sum(axis=-1, keepdims=True))"
_MEAN_OF_ROW = "(dY * Y).sum(axis=-1, keepdims=True)"

SOFTMAX = [
    mistake(
        "SoftMax.forward.not_shifted",
        "Large scores overflow: a softmax does not change if a number is subtracted from a row.",
        (_SHIFTED, "powers = np.exp(Z)"),
    ),
    mistake(
        "SoftMax.forward.shifted_by_the_largest_of_all",
        "One large row makes all powers of another zero: subtract the largest score of each row.",
        (_SHIFTED, "powers = np.exp(Z - Z.max())"),
    ),
    mistake(
        "SoftMax.forward.shifted_by_the_smallest",
        "Subtract the largest score of a row, not the smallest: powers above one can overflow.",
        (_SHIFTED, "powers = np.exp(Z - Z.min(axis=-1, keepdims=True))"),
    ),
    mistake(
        "SoftMax.forward.whole_matrix",
        "Each row sums to one by itself: here it is the whole matrix that does.",
        (_SHARES, "Y = powers / powers.sum()"),
    ),
    mistake(
        "SoftMax.forward.columns",
        "Each row sums to one: here it is each column that does.",
        (_SHIFTED, "powers = np.exp(Z - Z.max(axis=0))"),
        (_SHARES, "Y = powers / powers.sum(axis=0)"),
    ),
    mistake(
        "SoftMax.forward.logarithm",
        "These are logarithms of probabilities: the logarithm is the loss's affair.",
        (_SHARES, "Y = np.log(powers / powers.sum(axis=-1, keepdims=True))"),
    ),
    mistake(
        "SoftMax.forward.not_divided",
        "The powers of a row have to be divided by their sum.",
        (_SHARES, "Y = powers"),
    ),
    mistake(
        "SoftMax.forward.axis_lost",
        "The sum of each row loses its axis, so that it cannot divide the row any more.",
        (_SHARES, "Y = powers / powers.sum(axis=-1)"),
    ),
    mistake(
        "SoftMax.forward.wrong_sign",
        "The largest score has the largest probability: the exponent has the wrong sign.",
        (_SHIFTED, "powers = np.exp(Z.min(axis=-1, keepdims=True) - Z)"),
    ),
    mistake(
        "SoftMax.backward.elementwise",
        "Each score moves all probabilities of its row: p(1 - p) is only the diagonal of that.",
        (_SOFTMAX_BACK, "dZ = dY * Y * (1 - Y)"),
    ),
    mistake(
        "SoftMax.backward.fused",
        "The difference to the targets is the gradient of softmax and cross-entropy together.",
        (_SOFTMAX_BACK, "dZ = Y - dY"),
    ),
    mistake(
        "SoftMax.backward.divided_by_n",
        MEAN,
        (_SOFTMAX_BACK, f"{_SOFTMAX_BACK} / len(Z)"),
    ),
    mistake(
        "SoftMax.backward.whole_matrix",
        "The sum runs over one row: rows have nothing to do with one another.",
        (_SOFTMAX_BACK, "dZ = Y * (dY - (dY * Y).sum())"),
    ),
    mistake(
        "SoftMax.backward.columns",
        "The sum runs along the rows: down the columns it mixes examples.",
        (_SOFTMAX_BACK, "dZ = Y * (dY - (dY * Y).sum(axis=0, keepdims=True))"),
    ),
    mistake(
        "SoftMax.backward.second_term_missing",
        "A larger score takes from all probabilities of its row: that term is missing.",
        (_SOFTMAX_BACK, "dZ = Y * dY"),
    ),
    mistake(
        "SoftMax.backward.diagonal_missing",
        "Only the part off the diagonal of the Jacobian is left.",
        (_SOFTMAX_BACK, f"dZ = -Y * {_MEAN_OF_ROW}"),
    ),
    mistake(
        "SoftMax.backward.outer_product_added",
        "The outer product of the probabilities is subtracted from the diagonal, not added.",
        (_SOFTMAX_BACK, f"dZ = Y * (dY + {_MEAN_OF_ROW})"),
    ),
    mistake(
        "SoftMax.backward.first_row_for_all",
        "Every row has a Jacobian of its own: the first one is used for all.",
        (_SOFTMAX_BACK, "dZ = dY @ (np.diag(Y[0]) - np.outer(Y[0], Y[0]))"),
    ),
    mistake(
        "SoftMax.backward.scores_for_probabilities",
        "What comes in is the score: the Jacobian is made of the probabilities.",
        ("Y = self.forward(Z)", "Y = Z"),
    ),
    mistake(
        "SoftMax.backward.not_shifted",
        "Large scores overflow here again: the forward pass has the probabilities.",
        ("Y = self.forward(Z)", "Y = np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)"),
    ),
    mistake(
        "SoftMax.backward.wrong_sign",
        "The gradient has the wrong sign.",
        (_SOFTMAX_BACK, f"dZ = Y * ({_MEAN_OF_ROW} - dY)"),
    ),
]

MISCONCEPTIONS = (*SIGMOID, *TANH, *RELU, *SOFTMAX)
