"""Accepted implementations in losses.py."""

from autograder.diagnosis.variants.objects.entry import variant

_LOSS = "loss = -np.sum(Y * np.log(Y_hat)) / len(Y)"
_GRADIENT = "dY_hat = -Y / Y_hat / len(Y)"
_L2 = "loss = np.sum((Y_hat - Y) ** 2) / (2 * len(Y))"
_L2_GRADIENT = "dY_hat = (Y_hat - Y) / len(Y)"

VARIANTS = (
    variant(
        "CrossEntropy.forward.mean_of_rows",
        "The mean of the rows' sums.",
        (_LOSS, "loss = -np.mean((Y * np.log(Y_hat)).sum(axis=1))"),
    ),
    variant(
        "CrossEntropy.forward.epsilon_of_its_own",
        "A small number of one's own in the logarithm.",
        (_LOSS, "loss = -np.sum(Y * np.log(Y_hat + 1e-9)) / Y.shape[0]"),
    ),
    variant(
        "CrossEntropy.backward.true_classes_only",
        "Zero where the target is zero.",
        (_GRADIENT, """\
dY_hat = np.zeros_like(Y_hat)
        there = Y > 0
        dY_hat[there] = -Y[there] / Y_hat[there]
        dY_hat /= len(Y)"""),
    ),
    variant(
        "CrossEntropy.backward.epsilon_of_its_own",
        "A small number of one's own below the line.",
        (_GRADIENT, "dY_hat = -1 / Y.shape[0] * Y / (Y_hat + 1e-9)"),
    ),
    variant(
        "L2.forward.norm",
        "The square of a norm.",
        (_L2, "loss = 0.5 * np.linalg.norm(Y - Y_hat) ** 2 / Y.shape[0]"),
    ),
    variant(
        "L2.forward.mean_of_rows",
        "Half of the mean of the rows' sums.",
        (_L2, "loss = np.mean(np.sum(np.square(Y - Y_hat), axis=1)) / 2"),
    ),
    variant(
        "L2.backward.minus",
        "Minus the difference the other way round.",
        (_L2_GRADIENT, "dY_hat = -(1 / Y.shape[0]) * (Y - Y_hat)"),
    ),
)  # fmt: skip
