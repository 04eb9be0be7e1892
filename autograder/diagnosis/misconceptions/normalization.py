"""Known wrong implementations of batch and layer normalization, and of nets with them."""

from textwrap import indent

from autograder.diagnosis.catalogue import Misconception

HEADINGS = {
    "batchnorm_forward": "Batch normalization: forward",
    "batchnorm_backward": "Batch normalization: backward",
    "batchnorm_backward_alt": "Batch normalization: backward in one formula",
    "FullyConnectedNet.batchnorm": "A net with batch normalization",
    "layernorm_forward": "Layer normalization: forward",
    "layernorm_backward": "Layer normalization: backward",
    "FullyConnectedNet.layernorm": "A net with layer normalization",
}


def _mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    task = name.rpartition(".")[0]
    file = "deepnets/fc_net.py" if "." in task else "deepnets/layers.py"
    section = f"3-BatchNormalization.ipynb: {HEADINGS[task]}"
    return Misconception(name, task, file, edits, hint, section)


_STATS = "mean, var = x.mean(axis=0), x.var(axis=0)"
_DOUBLE = 'if x.dtype != np.float64:\n    raise TypeError("x must be float64")\n'
_STD = "std = np.sqrt(var + eps)"
_OUT = "x_hat = (x - mean) / std\n        out = gamma * x_hat + beta"
_MEAN = "running_mean = momentum * running_mean + (1 - momentum) * mean"
_VAR = "running_var = momentum * running_var + (1 - momentum) * var"
_AVERAGES = f"{_MEAN}\n        {_VAR}"
_ROOT = "np.sqrt(running_var + eps)"
_TEST = f"x_hat = (x - running_mean) / {_ROOT}"
_TEST_OUT = f"{_TEST}\n        out = gamma * x_hat + beta"

BATCH_FORWARD = [
    _mistake(
        "batchnorm_forward.unbiased_variance",
        "The variance is divided by N - 1; batch norm uses the mean of the squares, so N.",
        (_STATS, _STATS.replace("x.var(axis=0)", "x.var(axis=0, ddof=1)")),
    ),
    _mistake(
        "batchnorm_forward.divided_by_variance",
        "The features are divided by their variance; its square root brings them to variance one.",
        (_STD, "std = var + eps"),
    ),
    _mistake(
        "batchnorm_forward.epsilon_outside_root",
        "In training epsilon is added to the standard deviation; it belongs to the variance, under "
        "the root.",
        (_STD, "std = np.sqrt(var) + eps"),
    ),
    _mistake(
        "batchnorm_forward.epsilon_missing",
        "Epsilon is not used in training: a constant feature would be divided by zero.",
        (_STD, "std = np.sqrt(var)"),
    ),
    _mistake(
        "batchnorm_forward.epsilon_fixed",
        "A value of epsilon is written into your code: the one in bn_param has no effect.",
        (_STD, "std = np.sqrt(var + 1e-5)"),
        (_TEST, _TEST.replace("eps", "1e-5")),
    ),
    _mistake(
        "batchnorm_forward.not_centered",
        "The mean is not subtracted in training.",
        (_OUT, _OUT.replace("(x - mean)", "x")),
    ),
    _mistake(
        "batchnorm_forward.variance_around_zero",
        "The variance is the mean square of the distance from the mean, not from zero.",
        (_STATS, "mean, var = x.mean(axis=0), (x**2).mean(axis=0)"),
    ),
    _mistake(
        "batchnorm_forward.variance_summed",
        "The squares are added up, but not divided by the number of examples.",
        (_STATS, "mean = x.mean(axis=0)\n        var = ((x - mean) ** 2).sum(axis=0)"),
    ),
    _mistake(
        "batchnorm_forward.mean_deviation",
        "The mean absolute deviation stands in for the standard deviation.",
        (_STATS, "mean = x.mean(axis=0)\n        var = np.abs(x - mean).mean(axis=0) ** 2"),
    ),
    _mistake(
        "batchnorm_forward.wrong_axis",
        "Mean and variance are taken over the features of an example; batch norm takes them over "
        "the examples, for each feature.",
        (_STATS, "mean, var = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)"),
    ),
    _mistake(
        "batchnorm_forward.one_mean_for_all",
        "One mean and one variance are taken over the whole batch; every feature has its own.",
        (_STATS, "mean, var = x.mean(), x.var()"),
    ),
    _mistake(
        "batchnorm_forward.gamma_missing",
        "The scale gamma is not used in training.",
        (_OUT, _OUT.replace("gamma * ", "")),
    ),
    _mistake(
        "batchnorm_forward.beta_missing",
        "The shift beta is not used in training.",
        (_OUT, _OUT.replace(" + beta", "")),
    ),
    _mistake(
        "batchnorm_forward.beta_scaled",
        "The shift beta is added before the scale gamma is applied.",
        (_OUT, _OUT.replace("gamma * x_hat + beta", "gamma * (x_hat + beta)")),
    ),
    _mistake(
        "batchnorm_forward.gamma_and_beta_swapped",
        "Scale and shift have changed places: gamma multiplies, beta is added.",
        (_OUT, _OUT.replace("gamma * x_hat + beta", "beta * x_hat + gamma")),
        (_TEST_OUT, _TEST_OUT.replace("gamma * x_hat + beta", "beta * x_hat + gamma")),
    ),
    _mistake(
        "batchnorm_forward.momentum_swapped",
        "Momentum is the share of the old average that stays; here the new batch gets it.",
        (_MEAN, "running_mean = (1 - momentum) * running_mean + momentum * mean"),
        (_VAR, "running_var = (1 - momentum) * running_var + momentum * var"),
    ),
    _mistake(
        "batchnorm_forward.momentum_fixed",
        "A value of the momentum is written into your code: the one in bn_param has no effect.",
        (_MEAN, "running_mean = 0.9 * running_mean + 0.1 * mean"),
        (_VAR, "running_var = 0.9 * running_var + 0.1 * var"),
    ),
    _mistake(
        "batchnorm_forward.averages_not_updated",
        "The running averages stay at zero: every batch in training must enter them.",
        (_AVERAGES, "pass"),
    ),
    _mistake(
        "batchnorm_forward.running_variance_not_updated",
        "The running variance is never updated, only the running mean.",
        (_VAR, "pass"),
    ),
    _mistake(
        "batchnorm_forward.running_mean_not_updated",
        "The running mean is never updated, only the running variance.",
        (_MEAN, "pass"),
    ),
    _mistake(
        "batchnorm_forward.averages_overwritten",
        "The running averages hold the last batch alone: what they held before must stay in part.",
        (_MEAN, "running_mean = mean"),
        (_VAR, "running_var = var"),
    ),
    _mistake(
        "batchnorm_forward.averages_added_up",
        "The old average is not multiplied by the momentum, so that it grows with every batch.",
        (_MEAN, "running_mean = running_mean + (1 - momentum) * mean"),
        (_VAR, "running_var = running_var + (1 - momentum) * var"),
    ),
    _mistake(
        "batchnorm_forward.averages_start_at_the_first_batch",
        "The first batch is taken over as it is; the averages start at zero.",
        (_AVERAGES, "fresh = not running_var.any()\n        "
         "running_mean = mean if fresh else momentum * running_mean + (1 - momentum) * mean\n"
         "        running_var = var if fresh else momentum * running_var + (1 - momentum) * var"),
    ),
    _mistake(
        "batchnorm_forward.averages_of_the_output",
        "The running averages are those of the normalized features, which are known beforehand.",
        (_MEAN, _MEAN.replace("* mean", "* x_hat.mean(axis=0)")),
        (_VAR, _VAR.replace("* var", "* x_hat.var(axis=0)")),
    ),
    _mistake(
        "batchnorm_forward.averages_per_example",
        "The running mean averages the examples themselves; it has one entry per feature.",
        (_MEAN, _MEAN.replace("* mean", "* x")),
    ),
    _mistake(
        "batchnorm_forward.running_variance_is_a_deviation",
        "What is averaged as the variance is the standard deviation.",
        (_VAR, _VAR.replace("* var", "* np.sqrt(var)")),
    ),
    _mistake(
        "batchnorm_forward.running_variance_squared",
        "The variance is squared before it is averaged.",
        (_VAR, _VAR.replace("* var", "* var**2")),
    ),
    _mistake(
        "batchnorm_forward.running_variance_with_epsilon",
        "Epsilon gets into the running variance, and is added once more in the test.",
        (_VAR, _VAR.replace("* var", "* (var + eps)")),
    ),
    _mistake(
        "batchnorm_forward.running_variance_unbiased",
        "The running variance is divided by N - 1, as PyTorch does it; here it is the same "
        "variance as in training.",
        (_VAR, _VAR.replace("* var", "* x.var(axis=0, ddof=1)")),
    ),
    _mistake(
        "batchnorm_forward.test_uses_the_batch",
        "The test uses mean and variance of its own batch: a single image would be all zeros.",
        (_TEST, "x_hat = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)"),
    ),
    _mistake(
        "batchnorm_forward.test_uses_the_batch_variance",
        "The test uses the running mean, but the variance of its own batch.",
        (_TEST, _TEST.replace("running_var", "x.var(axis=0)")),
    ),
    _mistake(
        "batchnorm_forward.test_without_epsilon",
        "Epsilon is missing in the test.",
        (_TEST, _TEST.replace(" + eps", "")),
    ),
    _mistake(
        "batchnorm_forward.test_with_epsilon_outside_root",
        "In the test epsilon is added to the standard deviation; it belongs under the root.",
        (_TEST, _TEST.replace(_ROOT, "(np.sqrt(running_var) + eps)")),
    ),
    _mistake(
        "batchnorm_forward.test_divides_by_variance",
        "The test divides by the running variance, without the root.",
        (_TEST, _TEST.replace(_ROOT, "(running_var + eps)")),
    ),
    _mistake(
        "batchnorm_forward.test_not_centered",
        "The running mean is not subtracted in the test.",
        (_TEST, _TEST.replace("(x - running_mean)", "x")),
    ),
    _mistake(
        "batchnorm_forward.test_does_nothing",
        "The test passes on what it gets: it must normalize too, by the running averages.",
        (_TEST_OUT, "out = x"),
    ),
    _mistake(
        "batchnorm_forward.test_without_gamma_and_beta",
        "The test normalizes, but scale and shift are missing there.",
        (_TEST_OUT, _TEST_OUT.replace("gamma * x_hat + beta", "x_hat")),
    ),
    _mistake(
        "batchnorm_forward.test_without_beta",
        "The shift beta is not used in the test.",
        (_TEST_OUT, _TEST_OUT.replace(" + beta", "")),
    ),
    _mistake(
        "batchnorm_forward.test_squeezed",
        "In the test a single example loses its axis: one row of numbers is still a batch.",
        (_TEST_OUT, f"{_TEST_OUT}\n        out = out.squeeze()"),
    ),
    _mistake(
        "batchnorm_forward.double_precision_only",
        "Single precision is refused: a layer works with the precision that its inputs have.",
        (_STATS, indent(_DOUBLE, " " * 8).lstrip() + f"        {_STATS}"),
    ),
    _mistake(
        "batchnorm_forward.test_updates_the_averages",
        "The test changes the running averages: what a net says about one image must not depend "
        "on the images before it.",
        (_TEST, f"{_TEST}\n        bn_param['running_mean'] = momentum * running_mean + "
         "(1 - momentum) * x.mean(axis=0)\n        bn_param['running_var'] = momentum * "
         "running_var + (1 - momentum) * x.var(axis=0)"),
    ),
]  # fmt: skip

_CACHE = "x_hat, gamma, std = cache"
_DBETA = "dbeta = dout.sum(axis=0)"
_DGAMMA = "dgamma = (dout * x_hat).sum(axis=0)"
_DX_HAT = "dx_hat = dout * gamma"
_DVAR = "dvar = -(dx_hat * x_hat).sum(axis=0) / (2 * std**2)"
_DCENTERED = "dcentered = dx_hat / std + dvar * 2 * x_hat * std / len(dout)"
_DX = "dx = dcentered - dcentered.mean(axis=0)"
# The forward pass is another task's: so much of it must be shown to be found just once.
_BATCH_CACHE = "cache = x_hat, gamma, std\n        ### END SOLUTION\n        bn_param"

BATCH_BACKWARD = [
    _mistake(
        "batchnorm_backward.dbeta_uses_x_hat",
        "The gradient of the shift is that of the scale: the shift is added, not multiplied.",
        (_DBETA, "dbeta = (dout * x_hat).sum(axis=0)"),
    ),
    _mistake(
        "batchnorm_backward.dgamma_without_x_hat",
        "The gradient of the scale lacks what the scale is multiplied with.",
        (_DGAMMA, "dgamma = dout.sum(axis=0)"),
    ),
    _mistake(
        "batchnorm_backward.dgamma_scaled",
        "The scale enters its own gradient.",
        (_DGAMMA, "dgamma = (dout * gamma * x_hat).sum(axis=0)"),
    ),
    _mistake(
        "batchnorm_backward.averaged",
        "The gradients of scale and shift are averaged over the batch; the mean is the loss's "
        "affair.",
        (_DBETA, "dbeta = dout.mean(axis=0)"),
        (_DGAMMA, "dgamma = (dout * x_hat).mean(axis=0)"),
    ),
    _mistake(
        "batchnorm_backward.not_summed",
        "Every example uses the same scale and shift, so each of them contributes to their "
        "gradients.",
        (_DBETA, "dbeta = dout"),
        (_DGAMMA, "dgamma = dout * x_hat"),
    ),
    _mistake(
        "batchnorm_backward.summed_over_features",
        "The gradients of scale and shift are summed along the wrong axis: they have one entry per "
        "feature.",
        (_DBETA, "dbeta = dout.sum(axis=1)"),
        (_DGAMMA, "dgamma = (dout * x_hat).sum(axis=1)"),
    ),
    _mistake(
        "batchnorm_backward.one_number",
        "A sum without an axis adds everything up: scale and shift have one entry per feature.",
        (_DBETA, "dbeta = dout.sum()"),
        (_DGAMMA, "dgamma = (dout * x_hat).sum()"),
    ),
    _mistake(
        "batchnorm_backward.gamma_missing",
        "The scale gamma is missing on the way back to x.",
        (_DX_HAT, "dx_hat = dout"),
    ),
    _mistake(
        "batchnorm_backward.gamma_divided",
        "On the way back to x the gradient is divided by the scale; it must be multiplied.",
        (_DX_HAT, "dx_hat = dout / gamma"),
    ),
    _mistake(
        "batchnorm_backward.variance_path_missing",
        "The way through the variance is missing: it depends on every x of its column.",
        (_DCENTERED, "dcentered = dx_hat / std"),
    ),
    _mistake(
        "batchnorm_backward.mean_path_missing",
        "The way through the mean is missing: it depends on every x of its column.",
        (_DX, "dx = dcentered"),
    ),
    _mistake(
        "batchnorm_backward.statistics_taken_as_constants",
        "Mean and variance are treated as constants: both depend on x.",
        (_DCENTERED, "dcentered = dx_hat / std"),
        (_DX, "dx = dcentered"),
    ),
    _mistake(
        "batchnorm_backward.mean_path_over_everything",
        "A sum without an axis mixes the features on the way through the mean.",
        (_DX, "dx = dcentered - dcentered.sum() / len(dout)"),
    ),
    _mistake(
        "batchnorm_backward.mean_path_summed",
        "On the way through the mean the gradient is added up, but not divided by the number of "
        "examples.",
        (_DX, "dx = dcentered - dcentered.sum(axis=0)"),
    ),
    _mistake(
        "batchnorm_backward.mean_path_added",
        "The way through the mean has the wrong sign: the mean is subtracted.",
        (_DX, "dx = dcentered + dcentered.mean(axis=0)"),
    ),
    _mistake(
        "batchnorm_backward.variance_path_sign",
        "The way through the variance has the wrong sign: a larger variance makes values smaller.",
        (_DVAR, _DVAR.replace("-", "", 1)),
    ),
    _mistake(
        "batchnorm_backward.variance_path_doubled",
        "The way through the variance is twice too large: what is the derivative of a root?",
        (_DVAR, _DVAR.replace("(2 * std**2)", "std**2")),
    ),
    _mistake(
        "batchnorm_backward.variance_path_halved",
        "The way through the variance is half of what it should be: what is the derivative of a "
        "square?",
        (_DCENTERED, _DCENTERED.replace("dvar * 2", "dvar")),
    ),
    _mistake(
        "batchnorm_backward.variance_path_summed",
        "The variance is a mean of squares: its derivative has a factor one over N.",
        (_DCENTERED, _DCENTERED.replace(" / len(dout)", "")),
    ),
    _mistake(
        "batchnorm_backward.variance_path_over_everything",
        "A sum without an axis mixes the features on the way through the variance.",
        (_DVAR, _DVAR.replace(".sum(axis=0)", ".sum()")),
    ),
    _mistake(
        "batchnorm_backward.not_divided_by_deviation",
        "The direct way back to x is not divided by the standard deviation.",
        (_DCENTERED, _DCENTERED.replace("dx_hat / std", "dx_hat")),
    ),
    _mistake(
        "batchnorm_backward.divided_by_variance",
        "The direct way back to x is divided by the variance, without the root.",
        (_DCENTERED, _DCENTERED.replace("dx_hat / std", "dx_hat / std**2")),
    ),
    _mistake(
        "batchnorm_backward.epsilon_missing",
        "The backward pass forgets epsilon: the variance in it is not the one that was divided by.",
        (_BATCH_CACHE, _BATCH_CACHE.replace("std\n", "np.sqrt(var)\n")),
    ),
    _mistake(
        "batchnorm_backward.epsilon_fixed",
        "The backward pass counts on the usual epsilon, not on that of the forward pass.",
        (_BATCH_CACHE, _BATCH_CACHE.replace("std\n", "np.sqrt(var + 1e-5)\n")),
    ),
    _mistake(
        "batchnorm_backward.cache_has_another_length",
        "The backward pass unpacks another number of things than the forward pass put into the "
        "cache.",
        (_CACHE, "x_hat, gamma, std, _ = cache"),
    ),
]

_ALT_SUMS = "dbeta, dgamma = dout.sum(axis=0), (dout * x_hat).sum(axis=0)"
_ALT = "dx = gamma / std * (dout - (dbeta + x_hat * dgamma) / len(dout))"

BATCH_BACKWARD_ALT = [
    _mistake(
        "batchnorm_backward_alt.not_divided_by_n",
        "The formula lacks the factor one over N in front.",
        (_ALT, "dx = gamma / std * (len(dout) * dout - dbeta - x_hat * dgamma)"),
    ),
    _mistake(
        "batchnorm_backward_alt.sums_for_means",
        "The two terms to subtract are means over the batch, not sums.",
        (_ALT, _ALT.replace(" / len(dout)", "")),
    ),
    _mistake(
        "batchnorm_backward_alt.deviation_missing",
        "The formula lacks the standard deviation to divide by.",
        (_ALT, _ALT.replace(" / std", "")),
    ),
    _mistake(
        "batchnorm_backward_alt.divided_by_variance",
        "The formula divides by the variance, without the root.",
        (_ALT, _ALT.replace(" / std", " / std**2")),
    ),
    _mistake(
        "batchnorm_backward_alt.gamma_missing",
        "The formula lacks the scale gamma.",
        (_ALT, _ALT.replace("gamma / std *", "1 / std *")),
    ),
    _mistake(
        "batchnorm_backward_alt.x_hat_missing",
        "The term from the variance lacks the normalized features.",
        (_ALT, _ALT.replace("x_hat * ", "")),
    ),
    _mistake(
        "batchnorm_backward_alt.mean_term_missing",
        "The term from the mean is missing in the formula.",
        (_ALT, _ALT.replace("(dbeta + x_hat * dgamma)", "x_hat * dgamma")),
    ),
    _mistake(
        "batchnorm_backward_alt.variance_term_missing",
        "The term from the variance is missing in the formula.",
        (_ALT, _ALT.replace("(dbeta + x_hat * dgamma)", "dbeta")),
    ),
    _mistake(
        "batchnorm_backward_alt.terms_swapped",
        "The sums in the two terms have changed places.",
        (_ALT, _ALT.replace("dbeta + x_hat * dgamma", "dgamma + x_hat * dbeta")),
    ),
    _mistake(
        "batchnorm_backward_alt.terms_added",
        "The terms from mean and variance have the wrong sign.",
        (_ALT, _ALT.replace("dout - ", "dout + ")),
    ),
    _mistake(
        "batchnorm_backward_alt.gamma_in_front_twice",
        "The scale gamma enters twice.",
        (_ALT, _ALT.replace("gamma /", "gamma**2 /")),
    ),
    _mistake(
        "batchnorm_backward_alt.over_everything",
        "A sum without an axis mixes the features: every one has its own mean.",
        (_ALT, _ALT.replace("dbeta +", "dbeta.sum() +").replace("* dgamma", "* dgamma.sum()")),
    ),
    _mistake(
        "batchnorm_backward_alt.averaged",
        "The gradients of scale and shift are averaged over the batch; the mean is the loss's "
        "affair.",
        (_ALT, f"{_ALT}\n    dgamma, dbeta = dgamma / len(dout), dbeta / len(dout)"),
    ),
    _mistake(
        "batchnorm_backward_alt.epsilon_fixed",
        "The backward pass counts on the usual epsilon, not on that of the forward pass.",
        (_BATCH_CACHE, _BATCH_CACHE.replace("std\n", "np.sqrt(var + 1e-5)\n")),
    ),
    _mistake(
        "batchnorm_backward_alt.dgamma_without_x_hat",
        "The gradient of the scale lacks what the scale is multiplied with.",
        (_ALT, f"{_ALT}\n    dgamma = dbeta"),
    ),
]

_ROW_CENTERED = "centered = x - x.mean(axis=1, keepdims=True)"
_ROW_STD = "std = np.sqrt(x.var(axis=1, keepdims=True) + eps)"
_ROW_OUT = "out = gamma * x_hat + beta"

LAYER_FORWARD = [
    _mistake(
        "layernorm_forward.over_the_batch",
        "Mean and variance are taken over the batch, as in batch norm; layer norm takes them over "
        "the features of each example.",
        (_ROW_CENTERED, "centered = x - x.mean(axis=0)"),
        (_ROW_STD, "std = np.sqrt(x.var(axis=0) + eps)"),
    ),
    _mistake(
        "layernorm_forward.variance_over_the_batch",
        "The variance is taken over the batch, the mean over the features: both belong to one "
        "example.",
        (_ROW_STD, "std = np.sqrt(x.var(axis=0) + eps)"),
    ),
    _mistake(
        "layernorm_forward.one_mean_for_all",
        "One mean and one variance are taken over the whole batch; every example has its own.",
        (_ROW_CENTERED, "centered = x - x.mean()"),
        (_ROW_STD, "std = np.sqrt(x.var() + eps)"),
    ),
    _mistake(
        "layernorm_forward.needs_a_mode",
        "Layer norm does not distinguish training and test, and may get an empty dict.",
        (_ROW_CENTERED, f'if ln_param["mode"] not in ("train", "test"):\n'
         f"        raise ValueError\n    {_ROW_CENTERED}"),
    ),
    _mistake(
        "layernorm_forward.keeps_averages",
        "The test uses averages of the training, as batch norm does; layer norm needs none.",
        (_ROW_OUT, """\
if ln_param.get("mode") == "test":
        std = np.sqrt(ln_param["running_var"] + eps)
        x_hat = (x - ln_param["running_mean"]) / std
    else:
        ln_param["running_mean"], ln_param["running_var"] = x.mean(), x.var()
    out = gamma * x_hat + beta"""),
    ),
    _mistake(
        "layernorm_forward.test_does_nothing",
        "In the test the features pass unchanged; layer norm is the same in training and test.",
        (_ROW_OUT, f'{_ROW_OUT} if ln_param.get("mode") != "test" else x'),
    ),
    _mistake(
        "layernorm_forward.unbiased_variance",
        "The variance is divided by D - 1; layer norm uses the mean of the squares, so D.",
        (_ROW_STD, _ROW_STD.replace("keepdims=True", "keepdims=True, ddof=1")),
    ),
    _mistake(
        "layernorm_forward.divided_by_variance",
        "The features are divided by their variance; its square root brings them to variance one.",
        (_ROW_STD, "std = x.var(axis=1, keepdims=True) + eps"),
    ),
    _mistake(
        "layernorm_forward.variance_summed",
        "The squares are added up, but not divided by the number of features.",
        (_ROW_STD, "std = np.sqrt((centered**2).sum(axis=1, keepdims=True) + eps)"),
    ),
    _mistake(
        "layernorm_forward.epsilon_outside_root",
        "Epsilon is added to the standard deviation; it belongs to the variance, under the root.",
        (_ROW_STD, "std = np.sqrt(x.var(axis=1, keepdims=True)) + eps"),
    ),
    _mistake(
        "layernorm_forward.epsilon_missing",
        "Epsilon is not used: an example of equal values would be divided by zero.",
        (_ROW_STD, "std = np.sqrt(x.var(axis=1, keepdims=True))"),
    ),
    _mistake(
        "layernorm_forward.epsilon_fixed",
        "A value of epsilon is written into your code: the one in ln_param has no effect.",
        (_ROW_STD, _ROW_STD.replace("eps", "1e-5")),
    ),
    _mistake(
        "layernorm_forward.not_centered",
        "The mean of the example is not subtracted.",
        (_ROW_CENTERED, "centered = x"),
    ),
    _mistake(
        "layernorm_forward.gamma_missing",
        "The scale gamma is not used.",
        (_ROW_OUT, "out = x_hat + beta"),
    ),
    _mistake(
        "layernorm_forward.beta_missing",
        "The shift beta is not used.",
        (_ROW_OUT, "out = gamma * x_hat"),
    ),
    _mistake(
        "layernorm_forward.beta_scaled",
        "The shift beta is added before the scale gamma is applied.",
        (_ROW_OUT, "out = gamma * (x_hat + beta)"),
    ),
    _mistake(
        "layernorm_forward.gamma_per_example",
        "Scale and shift belong to the features, not to the examples.",
        (_ROW_OUT, "out = gamma[: len(x), None] * x_hat + beta[: len(x), None]"),
    ),
    _mistake(
        "layernorm_forward.double_precision_only",
        "Single precision is refused: a layer works with the precision that its inputs have.",
        (_ROW_CENTERED, indent(_DOUBLE, " " * 4).lstrip() + f"    {_ROW_CENTERED}"),
    ),
]  # fmt: skip

_SLOPE = "slope = (dx_hat * x_hat).mean(axis=1, keepdims=True)"
_ROW_MEAN = "mean = dx_hat.mean(axis=1, keepdims=True)"
_ROW_DX = "dx = (dx_hat - mean - x_hat * slope) / std"
_ROW_CACHE = "cache = x_hat, gamma, std\n    ### END SOLUTION\n    return"

LAYER_BACKWARD = [
    _mistake(
        "layernorm_backward.summed_over_features",
        "The gradients of scale and shift are summed over the features: they have one entry for "
        "each of them.",
        (_DBETA, "dbeta = dout.sum(axis=1)"),
        (_DGAMMA, "dgamma = (dout * x_hat).sum(axis=1)"),
    ),
    _mistake(
        "layernorm_backward.averaged",
        "The gradients of scale and shift are averaged over the batch; the mean is the loss's "
        "affair.",
        (_DBETA, "dbeta = dout.mean(axis=0)"),
        (_DGAMMA, "dgamma = (dout * x_hat).mean(axis=0)"),
    ),
    _mistake(
        "layernorm_backward.dbeta_uses_x_hat",
        "The gradient of the shift is that of the scale: the shift is added, not multiplied.",
        (_DBETA, "dbeta = (dout * x_hat).sum(axis=0)"),
    ),
    _mistake(
        "layernorm_backward.dgamma_without_x_hat",
        "The gradient of the scale lacks what the scale is multiplied with.",
        (_DGAMMA, "dgamma = dout.sum(axis=0)"),
    ),
    _mistake(
        "layernorm_backward.gamma_after_the_means",
        "The scale gamma comes after the means; it differs from feature to feature, so it must be "
        "inside of them.",
        (_DX_HAT, "dx_hat = dout"),
        (_ROW_DX, f"{_ROW_DX} * gamma"),
    ),
    _mistake(
        "layernorm_backward.gamma_missing",
        "The scale gamma is missing on the way back to x.",
        (_DX_HAT, "dx_hat = dout"),
    ),
    _mistake(
        "layernorm_backward.means_over_the_batch",
        "The means are taken over the batch, as in batch norm; here they belong to one example.",
        (_ROW_MEAN, "mean = dx_hat.mean(axis=0)"),
        (_SLOPE, "slope = (dx_hat * x_hat).mean(axis=0)"),
    ),
    _mistake(
        "layernorm_backward.means_over_everything",
        "A mean without an axis mixes the examples: each of them has its own statistics.",
        (_ROW_MEAN, "mean = dx_hat.mean()"),
        (_SLOPE, "slope = (dx_hat * x_hat).mean()"),
    ),
    _mistake(
        "layernorm_backward.divided_by_examples",
        "The sums over the features are divided by the number of examples, not of features.",
        (_ROW_MEAN, "mean = dx_hat.sum(axis=1, keepdims=True) / len(dout)"),
        (_SLOPE, "slope = (dx_hat * x_hat).sum(axis=1, keepdims=True) / len(dout)"),
    ),
    _mistake(
        "layernorm_backward.sums_for_means",
        "The two terms to subtract are means over the features, not sums.",
        (_ROW_MEAN, _ROW_MEAN.replace(".mean", ".sum")),
        (_SLOPE, _SLOPE.replace(".mean", ".sum")),
    ),
    _mistake(
        "layernorm_backward.mean_path_missing",
        "The way through the mean is missing: it depends on every feature of the example.",
        (_ROW_DX, _ROW_DX.replace("- mean ", "")),
    ),
    _mistake(
        "layernorm_backward.variance_path_missing",
        "The way through the variance is missing: it depends on every feature of the example.",
        (_ROW_DX, _ROW_DX.replace(" - x_hat * slope", "")),
    ),
    _mistake(
        "layernorm_backward.statistics_taken_as_constants",
        "Mean and variance are treated as constants: both depend on x.",
        (_ROW_DX, "dx = dx_hat / std"),
    ),
    _mistake(
        "layernorm_backward.not_divided_by_deviation",
        "The gradient of x is not divided by the standard deviation.",
        (_ROW_DX, _ROW_DX.replace(" / std", "")),
    ),
    _mistake(
        "layernorm_backward.divided_by_variance",
        "The gradient of x is divided by the variance, without the root.",
        (_ROW_DX, _ROW_DX.replace("/ std", "/ std**2")),
    ),
    _mistake(
        "layernorm_backward.epsilon_missing",
        "The backward pass forgets epsilon: the variance in it is not the one that was divided by.",
        (_ROW_CACHE, _ROW_CACHE.replace("std\n", "np.sqrt(std**2 - eps)\n")),
    ),
    _mistake(
        "layernorm_backward.epsilon_fixed",
        "The backward pass counts on the usual epsilon, not on that of the forward pass.",
        (_ROW_CACHE, _ROW_CACHE.replace("std\n", "np.sqrt(std**2 - eps + 1e-5)\n")),
    ),
]

_ONES = 'self.params[f"gamma{i}"] = np.ones(width)'
_ZEROS = 'self.params[f"beta{i}"] = np.zeros(width)'
_WIDTHS = "for i, width in enumerate(hidden_dims, start=1):"
_PAIR = 'gamma, beta = self.params[f"gamma{i}"], self.params[f"beta{i}"]'
_NORM = "out, cache = batchnorm_forward(x, gamma, beta, self.bn_params[i - 1])"
_NORM_BACK = 'dx, grads[f"gamma{i}"], grads[f"beta{i}"] = batchnorm_backward(dout, cache)'
_ORDER = """\
        out, norm_cache = self.normalize_forward(i, out)
        out, relu_cache = relu_forward(out)
"""
_RELU_FIRST = """\
        out, relu_cache = relu_forward(out)
        out, norm_cache = self.normalize_forward(i, out)
"""
_ORDER_BACK = """\
        dout = relu_backward(dout, relu_cache)
        dout, grads = self.normalize_backward(i, dout, norm_cache)
"""
_RELU_LAST = """\
        dout, grads = self.normalize_backward(i, dout, norm_cache)
        dout = relu_backward(dout, relu_cache)
"""
_DEEP_REG = "loss += 0.5 * self.reg * sum(np.sum(W**2) for W in weights)"
_COLLECTED = "grads.update(of_layer)"
_MODES = "for param in (*self.bn_params, self.dropout_param):"
_OPTIONS = "        _check_options(dropout_keep_ratio, normalization, initialization)"

BATCH_NET = [
    _mistake(
        "FullyConnectedNet.batchnorm.gamma_zero",
        "The scales start at zero, and no signal gets through: they start at one.",
        (_ONES, _ONES.replace("ones", "zeros")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.beta_one",
        "The shifts start at one; they start at zero.",
        (_ZEROS, _ZEROS.replace("zeros", "ones")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.random_scales",
        "The scales are drawn at random; they start at one.",
        (_ONES, _ONES.replace("np.ones(width)", "rng.normal(scale=weight_scale, size=width)")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.one_number_per_layer",
        "A layer has one scale and one shift; every unit has its own.",
        (_ONES, _ONES.replace("width", "1")),
        (_ZEROS, _ZEROS.replace("width", "1")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.scores_have_parameters",
        "The layer of the scores has a scale and a shift too; only hidden layers are normalized.",
        (_WIDTHS, "for i, width in enumerate((*hidden_dims, num_classes), start=1):"),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.names_from_zero",
        "The scales and shifts are numbered from 0; the names start with gamma1 and beta1.",
        (_WIDTHS, "for i, width in enumerate(hidden_dims):"),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.widths_of_the_inputs",
        "Scales and shifts have the width of what goes into the layer, not of its units.",
        (_WIDTHS, "for i, width in enumerate((input_dim, *hidden_dims)[:-1], start=1):"),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.ignored",
        "The net has scales and shifts, but does not normalize.",
        (_NORM, "pass"),
        (_NORM_BACK, 'grads[f"gamma{i}"], grads[f"beta{i}"] = 0 * dx[0], 0 * dx[0]'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.first_layer_only",
        "Only the first hidden layer is normalized.",
        (_NORM, f"if i > 1:\n                return x, None\n            {_NORM}"),
        (_NORM_BACK, 'if i > 1:\n                return dx, {f"gamma{i}": 0 * dx[0], '
         f'f"beta{{i}}": 0 * dx[0]}}\n            {_NORM_BACK}'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.after_relu",
        "The normalization comes after the ReLU; it belongs between affine layer and ReLU.",
        (_ORDER, _RELU_FIRST),
        (_ORDER_BACK, _RELU_LAST),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.one_dict_for_all",
        "All layers share one dict: each of them has running averages of its own.",
        (_NORM, _NORM.replace("[i - 1]", "[0]")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.averages_lost",
        "The running averages are stored in a copy of the dict and lost.",
        (_NORM, _NORM.replace("self.bn_params[i - 1]", "dict(self.bn_params[i - 1])")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.test_uses_the_batch",
        "The net normalizes its scores by the batch, as in training: there the running averages "
        "are to be used.",
        (_NORM, f'self.bn_params[i - 1]["mode"] = "train"\n            {_NORM}'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.mode_never_changes",
        "The mode stays what it was at first: with labels it is training, without it is the test.",
        (_MODES, "for param in (p for p in (*self.bn_params, self.dropout_param) "
         'if "mode" not in p):'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.training_uses_averages",
        "In training the net normalizes by the running averages, as in the test.",
        (_NORM, f'self.bn_params[i - 1]["mode"] = "test"\n            {_NORM}'),
        (_NORM_BACK, 'grads[f"gamma{i}"], grads[f"beta{i}"] = dout.sum(axis=0), dout.sum(axis=0)'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.scale_and_shift_swapped",
        "Scale and shift have changed places on their way into the layer.",
        (_PAIR, f"{_PAIR}\n            gamma, beta = beta, gamma"),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.parameters_of_the_first_layer",
        "Every layer uses scale and shift of the first one.",
        (_PAIR, 'gamma, beta = self.params["gamma1"], self.params["beta1"]'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.layer_norm_instead",
        "The net uses layer norm where batch norm is asked for.",
        (_NORM, _NORM.replace("batchnorm", "layernorm")),
        (_NORM_BACK, _NORM_BACK.replace("batchnorm", "layernorm")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.backward_skipped",
        "The backward pass goes around the normalization on its way to the layers below.",
        (_NORM_BACK, _NORM_BACK.replace("dx,", "_,")),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.gradients_swapped",
        "The gradients of scale and shift have changed places.",
        (_NORM_BACK, 'dx, grads[f"beta{i}"], grads[f"gamma{i}"] = batchnorm_backward(dout, cache)'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.gradients_missing",
        "The gradients of scale and shift are computed, but not returned with the others.",
        (_NORM_BACK, "dx, _, _ = batchnorm_backward(dout, cache)"),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.misspelt_word_accepted",
        "A word that is no normalization makes a net without an error: nobody would notice.",
        (_OPTIONS, "        pass"),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.gammas_in_the_loss",
        "The scales are regularized; only weights should be.",
        (_DEEP_REG, f"{_DEEP_REG}\n        loss += 0.5 * self.reg * sum(np.sum(w**2) for name, w "
         'in self.params.items() if "gamma" in name)'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.betas_in_the_loss",
        "The shifts are regularized; only weights should be.",
        (_DEEP_REG, f"{_DEEP_REG}\n        loss += 0.5 * self.reg * sum(np.sum(w**2) for name, w "
         'in self.params.items() if "beta" in name)'),
    ),
    _mistake(
        "FullyConnectedNet.batchnorm.regularization_in_the_gradients",
        "The gradients of scale and shift contain a regularization term; only weights should.",
        (_COLLECTED, f"{_COLLECTED}\n            grads.update((n, g + self.reg * self.params[n]) "
         'for n, g in of_layer.items() if "a" in n)'),
    ),
]  # fmt: skip

_SCALE = 'scale, shift = self.params[f"gamma{i}"], self.params[f"beta{i}"]'
_ROW_NORM = "out, cache = layernorm_forward(x, scale, shift, self.bn_params[i - 1])"
_ROW_NORM_BACK = 'dx, grads[f"gamma{i}"], grads[f"beta{i}"] = layernorm_backward(dout, cache)'

LAYER_NET = [
    _mistake(
        "FullyConnectedNet.layernorm.ignored",
        "The net has scales and shifts, but does not normalize.",
        (_ROW_NORM, "pass"),
        (_ROW_NORM_BACK, 'grads[f"gamma{i}"], grads[f"beta{i}"] = 0 * dx[0], 0 * dx[0]'),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.ignored_altogether",
        "The word layernorm has no effect: the net has neither scales and shifts nor a "
        "normalization.",
        ("if normalization is not None:", 'if normalization == "batchnorm":'),
        (_ROW_NORM, "pass"),
        (_ROW_NORM_BACK, "pass"),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.parameters_missing",
        "Only with batch norm does the net get its scales and shifts.",
        ("if normalization is not None:", 'if normalization == "batchnorm":'),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.batch_norm_instead",
        "The net uses batch norm where layer norm is asked for.",
        (_ROW_NORM, _ROW_NORM.replace("layernorm", "batchnorm")),
        (_ROW_NORM_BACK, _ROW_NORM_BACK.replace("layernorm", "batchnorm")),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.backward_of_batch_norm",
        "The backward pass is that of batch norm.",
        (_ROW_NORM_BACK, _ROW_NORM_BACK.replace("layernorm", "batchnorm")),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.after_relu",
        "The normalization comes after the ReLU; it belongs between affine layer and ReLU.",
        (_ORDER, _RELU_FIRST),
        (_ORDER_BACK, _RELU_LAST),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.training_only",
        "Without labels the net does not normalize; layer norm is the same in training and test.",
        (_ROW_NORM, 'if self.bn_params[i - 1]["mode"] == "train":\n'
         f"                {_ROW_NORM}"),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.first_layer_only",
        "Only the first hidden layer is normalized.",
        (_ROW_NORM, f"if i > 1:\n                return x, None\n            {_ROW_NORM}"),
        (_ROW_NORM_BACK, 'if i > 1:\n                return dx, {f"gamma{i}": 0 * dx[0], '
         f'f"beta{{i}}": 0 * dx[0]}}\n            {_ROW_NORM_BACK}'),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.scale_and_shift_swapped",
        "Scale and shift have changed places on their way into the layer.",
        (_SCALE, f"{_SCALE}\n            scale, shift = shift, scale"),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.backward_skipped",
        "The backward pass goes around the normalization on its way to the layers below.",
        (_ROW_NORM_BACK, _ROW_NORM_BACK.replace("dx,", "_,")),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.gradients_swapped",
        "The gradients of scale and shift have changed places.",
        (_ROW_NORM_BACK,
         'dx, grads[f"beta{i}"], grads[f"gamma{i}"] = layernorm_backward(dout, cache)'),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.gradients_missing",
        "The gradients of scale and shift are computed, but not returned with the others.",
        (_ROW_NORM_BACK, "dx, _, _ = layernorm_backward(dout, cache)"),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.gamma_zero",
        "The scales start at zero, and no signal gets through: they start at one.",
        (_ONES, 'self.params[f"gamma{i}"] = np.full(width, float(normalization == "batchnorm"))'),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.gammas_regularized",
        "The scales are regularized; only weights should be.",
        (_DEEP_REG, f"{_DEEP_REG}\n        if self.normalization == 'layernorm':\n"
         "            loss += 0.5 * self.reg * sum(np.sum(w**2) for name, w in "
         'self.params.items() if "gamma" in name)'),
        (_COLLECTED, f"{_COLLECTED}\n            grads.update((n, g + self.reg * self.params[n]) "
         'for n, g in of_layer.items() if "gamma" in n and self.normalization == "layernorm")'),
    ),
    _mistake(
        "FullyConnectedNet.layernorm.regularization_in_the_gradients",
        "The gradients of scale and shift contain a regularization term; only weights should.",
        (_COLLECTED, f"{_COLLECTED}\n            grads.update((n, g + self.reg * self.params[n]) "
         'for n, g in of_layer.items() if "a" in n and self.normalization == "layernorm")'),
    ),
]  # fmt: skip

MISCONCEPTIONS = (
    *BATCH_FORWARD, *BATCH_BACKWARD, *BATCH_BACKWARD_ALT, *BATCH_NET,
    *LAYER_FORWARD, *LAYER_BACKWARD, *LAYER_NET,
)  # fmt: skip
