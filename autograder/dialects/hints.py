"""What is told of a known mistake where p drops: the catalogue speaks of keeping."""

WHERE_P_DROPS = {
    "dropout_forward.not_scaled": (
        "The kept values are not divided by 1 - p, so that the mean of the output is smaller."
    ),
    "dropout_forward.p_drops": (
        "Here p is the probability of dropping a value; yours keeps with probability p."
    ),
    "dropout_forward.scaled_for_dropping": "The right share is kept, but divided by p.",
    "dropout_forward.scaled_by_p": (
        "The kept values are multiplied by 1 - p; divided by it, they keep the mean."
    ),
    "dropout_forward.scaled_twice": "The kept values are divided by 1 - p twice.",
    "dropout_forward.precedence": (
        "Nothing is dropped in training: without brackets, division comes before comparison."
    ),
    "dropout_forward.test_scaled": (
        "The test multiplies by 1 - p, but training has already divided by it."
    ),
    "dropout_forward.test_divided": (
        "The test divides by 1 - p; it passes the values on as they are."
    ),
    "dropout_backward.scaled_twice": (
        "The gradient is divided by 1 - p, which the mask has done already."
    ),
    "dropout_backward.divided_and_scaled_for_dropping": "The gradient is divided by p.",
    "FullyConnectedNet.dropout.ratio_reversed": (
        "The net drops what it should keep: `dropout` is the share of the dropped units."
    ),
    "FullyConnectedNet.dropout.ratio_fixed": (
        "A share to be dropped is written into your code: the argument has no effect."
    ),
    "FullyConnectedNet.dropout.scaled_twice": (
        "The kept units are divided by their share twice: the layer has done it already."
    ),
}
