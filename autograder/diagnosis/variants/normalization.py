"""Accepted implementations of batch and layer normalization, and of nets with them."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is the task's id, a dot and the way it is done."""
    task = name.rpartition(".")[0]
    file = "deepnets/fc_net.py" if "." in task else "deepnets/layers.py"
    return Variant(name, task, file, edits, note)


_STATS = "mean, var = x.mean(axis=0), x.var(axis=0)"
_BATCH = """\
        mean, var = x.mean(axis=0), x.var(axis=0)
        std = np.sqrt(var + eps)
        x_hat = (x - mean) / std
        out = gamma * x_hat + beta
"""
_STORED = 'bn_param["running_mean"], bn_param["running_var"] = running_mean, running_var'
_MEAN = "running_mean = momentum * running_mean + (1 - momentum) * mean"
_VAR = "running_var = momentum * running_var + (1 - momentum) * var"
_AVERAGES = f"        {_MEAN}\n        {_VAR}\n"
_CACHE = "cache = x_hat, gamma, std\n        ### END SOLUTION\n        bn_param"
_TEST = """\
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        out = gamma * x_hat + beta
"""
_BACKWARD = """\
    x_hat, gamma, std = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = dout * gamma
    dvar = -(dx_hat * x_hat).sum(axis=0) / (2 * std**2)
    dcentered = dx_hat / std + dvar * 2 * x_hat * std / len(dout)
    dx = dcentered - dcentered.mean(axis=0)
"""
_SUMS = "    dbeta = dout.sum(axis=0)\n    dgamma = (dout * x_hat).sum(axis=0)\n"
_ALT = """\
    dbeta, dgamma = dout.sum(axis=0), (dout * x_hat).sum(axis=0)
    dx = gamma / std * (dout - (dbeta + x_hat * dgamma) / len(dout))
"""
_ROWS = """\
    centered = x - x.mean(axis=1, keepdims=True)
    std = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    x_hat = centered / std
    out = gamma * x_hat + beta
"""
_ROW_VAR = "std = np.sqrt(x.var(axis=1, keepdims=True) + eps)"
_ROW_BACKWARD = """\
    dx_hat = dout * gamma
    mean = dx_hat.mean(axis=1, keepdims=True)
    slope = (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dx = (dx_hat - mean - x_hat * slope) / std
"""
_PARAMETERS = """\
                self.params[f"gamma{i}"] = np.ones(width)
                self.params[f"beta{i}"] = np.zeros(width)
"""
_NORM = "out, cache = batchnorm_forward(x, gamma, beta, self.bn_params[i - 1])"
_NORM_BACK = 'dx, grads[f"gamma{i}"], grads[f"beta{i}"] = batchnorm_backward(dout, cache)'
_ROW_NORM_BACK = 'dx, grads[f"gamma{i}"], grads[f"beta{i}"] = layernorm_backward(dout, cache)'
_ROW_NORM = "out, cache = layernorm_forward(x, scale, shift, self.bn_params[i - 1])"

VARIANTS = (
    _variant(
        "batchnorm_forward.mean_of_squares",
        "The variance as the mean of the squares less the square of the mean.",
        (_STATS, "mean = x.mean(axis=0)\n        var = (x**2).mean(axis=0) - mean**2"),
    ),
    _variant(
        "batchnorm_forward.sums",
        "Mean and variance as sums divided by N.",
        (_STATS, """\
mean = np.sum(x, axis=0) / x.shape[0]
        var = 1 / len(x) * np.sum((x - mean) ** 2, axis=0)"""),
    ),
    _variant(
        "batchnorm_forward.loop",
        "One feature at a time.",
        (_BATCH, """\
        mean, var = np.zeros(x.shape[1]), np.zeros(x.shape[1])
        x_hat, out = np.zeros_like(x), np.zeros_like(x)
        for d in range(x.shape[1]):
            mean[d], var[d] = np.mean(x[:, d]), np.var(x[:, d])
            x_hat[:, d] = (x[:, d] - mean[d]) / np.sqrt(var[d] + eps)
            out[:, d] = gamma[d] * x_hat[:, d] + beta[d]
        std = np.sqrt(var + eps)
"""),
    ),
    _variant(
        "batchnorm_forward.einsum",
        "Index notation.",
        (_STATS, """\
mean = np.einsum("nd->d", x) / len(x)
        var = np.einsum("nd,nd->d", x - mean, x - mean) / len(x)"""),
    ),
    _variant(
        "batchnorm_forward.rows_of_averages",
        "The running averages have shape (1, D): broadcasting makes that work.",
        (_STATS, "mean, var = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)"),
    ),
    _variant(
        "batchnorm_forward.averages_in_place",
        "The averages are changed where they are.",
        (_AVERAGES, """\
        running_mean *= momentum
        running_mean += (1 - momentum) * mean
        running_var += (1 - momentum) * (var - running_var)
"""),
    ),
    _variant(
        "batchnorm_forward.stored_at_once",
        "The averages are written into the dict in the block itself.",
        (_AVERAGES, f"""\
{_AVERAGES}        bn_param.update(running_mean=running_mean, running_var=running_var)
"""),
    ),
    _variant(
        "batchnorm_forward.stored_in_both_modes",
        "The test writes the averages back as well, unchanged.",
        (_TEST, f"{_TEST}        {_STORED}\n"),
    ),
    _variant(
        "batchnorm_forward.in_place",
        "Changes the caller's array, against the library's rule; the answers stay right.",
        (_BATCH, """\
        mean, var = x.mean(axis=0), x.var(axis=0)
        std = np.sqrt(var + eps)
        x -= mean
        x /= std
        x_hat = x.copy()
        out = gamma * x_hat + beta
"""),
    ),
    _variant(
        "batchnorm_forward.own_copy_in_place",
        "Step by step on a copy.",
        (_BATCH, """\
        mean, var = x.mean(axis=0), x.var(axis=0)
        std = (var + eps) ** 0.5
        x_hat = x.copy()
        x_hat -= mean
        x_hat *= 1 / std
        out = x_hat.copy()
        out *= gamma
        out += beta
"""),
    ),
    _variant(
        "batchnorm_forward.one_scale_in_the_test",
        "Scale and running deviation are combined first.",
        (_TEST, """\
        factor = gamma / np.sqrt(running_var + eps)
        out = x * factor + (beta - running_mean * factor)
"""),
    ),
    _variant(
        "batchnorm_forward.double_precision_inside",
        "Computes in double precision throughout: accepted with a note on the dtype.",
        (_BATCH, _BATCH.replace("mean, var", "x = x.astype(np.float64)\n        mean, var")),
    ),
    _variant(
        "batchnorm_backward.cache_of_inputs",
        "The cache holds the inputs; the backward pass computes the statistics again.",
        (_CACHE, _CACHE.replace("x_hat, gamma, std", "{'x': x, 'gamma': gamma, 'eps': eps}", 1)),
        (_BACKWARD.splitlines()[0], """\
    x, gamma = cache["x"], cache["gamma"]
    std = np.sqrt(x.var(axis=0) + cache["eps"])
    x_hat = (x - x.mean(axis=0)) / std"""),
        ("x_hat, gamma, std = cache\n    dbeta, dgamma = ", """\
x, gamma = cache["x"], cache["gamma"]
    std = np.sqrt(x.var(axis=0) + cache["eps"])
    x_hat = (x - x.mean(axis=0)) / std
    dbeta, dgamma = """),
    ),
    _variant(
        "batchnorm_backward.graph",
        "Every node of the graph by itself, as in many lecture notes.",
        (_BACKWARD, """\
    x_hat, gamma, std = cache
    n, d = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * x_hat, axis=0)
    centered, dx_hat = x_hat * std, dout * gamma
    dinverse = np.sum(dx_hat * centered, axis=0)
    dcentered = dx_hat * (1 / std)
    dvar = 0.5 / std * (-1 / std**2) * dinverse
    dsquares = np.ones((n, d)) / n * dvar
    dcentered += 2 * centered * dsquares
    dmean = -1 * np.sum(dcentered, axis=0)
    dx = dcentered + np.ones((n, d)) / n * dmean
"""),
    ),
    _variant(
        "batchnorm_backward.jacobian",
        "The Jacobian of every feature as a matrix.",
        (_BACKWARD, f"""\
    x_hat, gamma, std = cache
{_SUMS}    dx, n = np.zeros_like(dout), len(dout)
    for d in range(dout.shape[1]):
        v = x_hat[:, d]
        jacobian = (np.eye(n) - 1 / n - np.outer(v, v) / n) / std[d]
        dx[:, d] = gamma[d] * jacobian @ dout[:, d]
"""),
    ),
    _variant(
        "batchnorm_backward.rows",
        "The gradients of scale and shift have shape (1, D): broadcasting makes that work.",
        (_SUMS, _SUMS.replace("axis=0", "axis=0, keepdims=True")),
    ),
    _variant(
        "batchnorm_backward.in_place",
        "Changes dout, against the library's rule; the answers stay right.",
        ("    dx_hat = dout * gamma\n    dvar", "    dout *= gamma\n    dx_hat = dout\n    dvar"),
    ),
    _variant(
        "batchnorm_backward_alt.factored",
        "With one over N in front.",
        (_ALT, """\
    n = dout.shape[0]
    dbeta, dgamma = np.sum(dout, 0), np.sum(x_hat * dout, 0)
    dx = gamma / (n * std) * (n * dout - x_hat * dgamma - dbeta)
"""),
    ),
    _variant(
        "batchnorm_backward_alt.means",
        "With means in place of the sums.",
        (_ALT, """\
    dbeta, dgamma = np.ones(len(dout)) @ dout, np.einsum("nd,nd->d", dout, x_hat)
    dx_hat = gamma * dout
    dx = (dx_hat - dx_hat.mean(0) - x_hat * (dx_hat * x_hat).mean(0)) / std
"""),
    ),
    _variant(
        "batchnorm_backward_alt.the_other_function",
        "Calls the step-by-step version, which gives the same gradients.",
        (_ALT, "    dx, dgamma, dbeta = batchnorm_backward(dout, cache)\n"),
    ),
    _variant(
        "layernorm_forward.transposed",
        "The lines of batch norm on the transposed input.",
        (_ROWS, """\
    xt = x.T
    mean, var = xt.mean(axis=0), xt.var(axis=0)
    x_hat = ((xt - mean) / np.sqrt(var + eps)).T
    std = np.sqrt(var + eps)[:, None]
    out = x_hat * gamma + beta
"""),
    ),
    _variant(
        "layernorm_forward.batch_norm_of_the_transpose",
        "Batch norm in training does the work, with a dict of its own.",
        (_ROWS, """\
    ones = np.ones(len(x), x.dtype)
    x_hat = batchnorm_forward(x.T, ones, 0 * ones, {"mode": "train", "eps": eps})[0].T
    std = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    out = gamma * x_hat + beta
"""),
    ),
    _variant(
        "layernorm_forward.loop",
        "One example at a time.",
        (_ROWS, """\
    std = np.array([[np.sqrt(row.var() + eps)] for row in x])
    x_hat = np.array([(row - row.mean()) / s for row, s in zip(x, std, strict=True)])
    out = np.array([gamma * row + beta for row in x_hat])
"""),
    ),
    _variant(
        "layernorm_forward.mean_of_squares",
        "The variance as the mean of the squares less the square of the mean.",
        (_ROW_VAR, """\
var = np.mean(x**2, axis=1, keepdims=True) - np.mean(x, axis=1, keepdims=True) ** 2
    std = np.sqrt(var + eps)"""),
    ),
    _variant(
        "layernorm_backward.transposed",
        "The lines of batch norm on transposed arrays.",
        (_ROW_BACKWARD, """\
    dx_hat, v, s = (dout * gamma).T, x_hat.T, std.ravel()
    dvar = np.sum(dx_hat * v * s, axis=0) * -0.5 / s**3
    dcentered = dx_hat / s + dvar * 2 * v * s / len(v)
    dx = (dcentered - dcentered.sum(axis=0) / len(v)).T
"""),
    ),
    _variant(
        "layernorm_backward.loop",
        "One example at a time.",
        (_ROW_BACKWARD, """\
    dx, d = np.zeros_like(dout), dout.shape[1]
    for n in range(len(dout)):
        g = gamma * dout[n]
        dx[n] = (g - g.sum() / d - x_hat[n] * (g @ x_hat[n]) / d) / std[n]
"""),
    ),
    _variant(
        "FullyConnectedNet.batchnorm.rows_of_parameters",
        "Scales and shifts have shape (1, H): broadcasting makes that work.",
        (_PARAMETERS, _PARAMETERS.replace("(width)", "((1, width))")),
    ),
    _variant(
        "FullyConnectedNet.batchnorm.one_formula",
        "With the other backward function.",
        (_NORM_BACK, _NORM_BACK.replace("batchnorm_backward", "batchnorm_backward_alt")),
        ("    batchnorm_backward,\n", "    batchnorm_backward_alt,\n"),
    ),
    _variant(
        "FullyConnectedNet.batchnorm.named_arguments",
        "The dict goes by its name.",
        (_NORM, """\
out, cache = batchnorm_forward(x, gamma, beta=beta, bn_param=self.bn_params[i - 1])"""),
    ),
    _variant(
        "FullyConnectedNet.layernorm.empty_dict",
        "Layer norm needs none of the dicts.",
        (_ROW_NORM, _ROW_NORM.replace("self.bn_params[i - 1]", "{}")),
    ),
    _variant(
        "FullyConnectedNet.layernorm.gradients_named_one_by_one",
        "The gradients get their names afterwards.",
        (_ROW_NORM_BACK, """\
dx, dgamma, dbeta = layernorm_backward(dout, cache)
            grads = {"beta%d" % i: dbeta, "gamma%d" % i: dgamma}"""),
    ),
)  # fmt: skip
