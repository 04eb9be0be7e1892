"""Known wrong implementations in losses.py."""

from autograder.diagnosis.misconceptions.objects.entry import mistake

SWAPPED = "Target and prediction have changed places: the target comes first."
ALL = "The mean is taken over all numbers: divide by the number of examples."
SUM = "The loss is a mean over the examples: the division by their number is missing."

_LOSS = "loss = -np.sum(Y * np.log(Y_hat)) / len(Y)"
_GRADIENT = "dY_hat = -Y / Y_hat / len(Y)"

CROSS_ENTROPY = [
    mistake("CrossEntropy.forward.not_divided", SUM, (_LOSS, "loss = -np.sum(Y * np.log(Y_hat))")),
    mistake("CrossEntropy.forward.mean_of_all", ALL, (_LOSS, "loss = -np.mean(Y * np.log(Y_hat))")),
    mistake(
        "CrossEntropy.forward.wrong_sign",
        "Logarithms of probabilities are negative: the minus is missing.",
        (_LOSS, _LOSS.replace("-np", "np")),
    ),
    mistake(
        "CrossEntropy.forward.swapped",
        SWAPPED,
        (_LOSS, "loss = -np.sum(Y_hat * np.log(np.maximum(Y, SMALLEST))) / len(Y)"),
    ),
    mistake(
        "CrossEntropy.forward.logarithm_to_base_2",
        "The natural logarithm is asked for.",
        (_LOSS, _LOSS.replace("np.log", "np.log2")),
    ),
    mistake(
        "CrossEntropy.forward.true_class_only",
        "A target may be any probabilities: every class counts with its share.",
        (_LOSS, "loss = -np.mean(np.log(Y_hat[np.arange(len(Y)), Y.argmax(axis=1)]))"),
    ),
    mistake(
        "CrossEntropy.forward.binary",
        "The term with one minus the target is that of two classes: a softmax has no use for it.",
        (_LOSS, "loss = -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat)) / len(Y)"),
    ),
    mistake(
        "CrossEntropy.forward.logarithm_missing",
        "The logarithm of the probabilities is missing.",
        (_LOSS, "loss = -np.sum(Y * Y_hat) / len(Y)"),
    ),
    mistake(
        "CrossEntropy.forward.divided_by_the_classes",
        "The sum is divided by the number of classes instead of that of the examples.",
        (_LOSS, _LOSS.replace("len(Y)", "Y.shape[1]")),
    ),
    mistake(
        "CrossEntropy.backward.not_divided",
        "The loss is a mean over the examples: its gradient is divided by their number as well.",
        (_GRADIENT, "dY_hat = -Y / Y_hat"),
    ),
    mistake(
        "CrossEntropy.backward.wrong_sign",
        "A larger probability of the true class makes the loss smaller: the minus is missing.",
        (_GRADIENT, "dY_hat = Y / Y_hat / len(Y)"),
    ),
    mistake(
        "CrossEntropy.backward.fused",
        "The difference is the gradient below a softmax, which takes its own derivative here.",
        (_GRADIENT, "dY_hat = (Y_hat - Y) / len(Y)"),
    ),
    mistake(
        "CrossEntropy.backward.fused_and_not_divided",
        "The difference is the gradient below a softmax, and it lacks the mean over the examples.",
        (_GRADIENT, "dY_hat = Y_hat - Y"),
    ),
    mistake(
        "CrossEntropy.backward.swapped",
        SWAPPED,
        (_GRADIENT, "dY_hat = -Y_hat / np.maximum(Y, SMALLEST) / len(Y)"),
    ),
    mistake(
        "CrossEntropy.backward.mean_of_all",
        ALL,
        (_GRADIENT, "dY_hat = -Y / Y_hat / Y.size"),
    ),
    mistake(
        "CrossEntropy.backward.target_missing",
        "Only classes that the target has contribute: its factor is missing.",
        (_GRADIENT, "dY_hat = -1 / Y_hat / len(Y)"),
    ),
    mistake(
        "CrossEntropy.backward.not_derived",
        "The derivative of the logarithm is one over the probability.",
        (_GRADIENT, "dY_hat = -Y * np.log(Y_hat) / len(Y)"),
    ),
]

_L2 = "loss = np.sum((Y_hat - Y) ** 2) / (2 * len(Y))"
_L2_GRADIENT = "dY_hat = (Y_hat - Y) / len(Y)"

L2 = [
    mistake(
        "L2.forward.half_missing",
        "The loss is twice too large: the formula has a factor 1/2.",
        (_L2, "loss = np.sum((Y_hat - Y) ** 2) / len(Y)"),
    ),
    mistake("L2.forward.not_divided", SUM, (_L2, "loss = np.sum((Y_hat - Y) ** 2) / 2")),
    mistake("L2.forward.mean_of_all", ALL, (_L2, "loss = np.mean((Y_hat - Y) ** 2) / 2")),
    mistake(
        "L2.forward.mean_square_error",
        "The usual mean square error divides by all numbers and has no factor 1/2.",
        (_L2, "loss = np.mean((Y_hat - Y) ** 2)"),
    ),
    mistake(
        "L2.forward.root",
        "The squared distance is asked for: there is no root to take.",
        (_L2, "loss = np.linalg.norm(Y_hat - Y, axis=1).sum() / (2 * len(Y))"),
    ),
    mistake(
        "L2.forward.absolute",
        "The differences have to be squared.",
        (_L2, "loss = np.sum(np.abs(Y_hat - Y)) / (2 * len(Y))"),
    ),
    mistake(
        "L2.backward.wrong_sign",
        "The gradient points away from the target: it is the prediction minus the target.",
        (_L2_GRADIENT, "dY_hat = (Y - Y_hat) / len(Y)"),
    ),
    mistake(
        "L2.backward.not_divided",
        "The loss is a mean over the examples: its gradient is divided by their number as well.",
        (_L2_GRADIENT, "dY_hat = Y_hat - Y"),
    ),
    mistake(
        "L2.backward.factor_two",
        "The factor 2 of the derivative and the 1/2 of the loss cancel.",
        (_L2_GRADIENT, "dY_hat = 2 * (Y_hat - Y) / len(Y)"),
    ),
    mistake(
        "L2.backward.half",
        "The factor 2 of the derivative is missing: it cancels the 1/2 of the loss.",
        (_L2_GRADIENT, "dY_hat = (Y_hat - Y) / (2 * len(Y))"),
    ),
    mistake("L2.backward.mean_of_all", ALL, (_L2_GRADIENT, "dY_hat = (Y_hat - Y) / Y.size")),
    mistake(
        "L2.backward.signs_only",
        "Only the signs of the differences are left: that is the gradient of absolute values.",
        (_L2_GRADIENT, "dY_hat = np.sign(Y_hat - Y) / len(Y)"),
    ),
]

MISCONCEPTIONS = (*CROSS_ENTROPY, *L2)
