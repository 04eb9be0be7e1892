"""Typical mistakes of each course's students, as edits of the right examples.

For each example, each edited task: file, old text, new text, and the verdict, the points and the
names that it gets.
"""

Mistake = tuple[str, str, str, str, float, list[str]]

CARL: dict[str, Mistake] = {
    "affine_forward": (
        "layers.py", "out = np.dot(rows, w) + b", "out = np.dot(rows, w)",
        "failed", 0.0, ["affine_forward.bias_missing"],
    ),
    "max_pool_backward_naive": (
        "layers.py", "j * S + k % WW] += dout", "j * S + k % WW] = dout",
        "partial", 2.1, ["max_pool_backward_naive.overwritten"],
    ),
    "batchnorm_forward": (
        "layers.py",
        "xhat = (x - running_mean) / np.sqrt(running_var + eps)",
        "xhat = (x - running_mean) / np.sqrt(running_var)",
        "partial", 2.8, ["batchnorm_forward.test_without_epsilon"],
    ),
    "FullyConnectedNet.loss": (
        "fc_net.py",
        "      loss += 0.5 * self.reg * np.sum(self.params['W%d' % i] ** 2)",
        "      loss += 1 / 2 * self.reg * np.sum(self.params['W%d' % i] ** 2)",
        "partial", 2.1, ["FullyConnectedNet.loss.regularization_missing"],
    ),
}  # fmt: skip
HANA: dict[str, Mistake] = {
    "adam": (
        "optim.py",
        "    config['t'] += 1\n    config['m'] =", "    config['m'] =",
        "failed", 0.0, ["adam.t_never_counts"],
    ),
}  # fmt: skip
DORA: dict[str, Mistake] = {
    "FullyConnectedNet.layernorm": (
        "fc_net.py",
        "layernorm_backward(dout, norm_cache)", "batchnorm_backward(dout, norm_cache)",
        "crashed", 0.0, [],
    ),
    "conv_backward_naive": (
        "layers.py", "dxp[:, :, pad:H + pad, pad:W + pad]", "dxp[:, :, pad:-pad, pad:-pad]",
        "partial", 3.5, ["conv_backward_naive.nothing_left_without_padding"],
    ),
    "spatial_groupnorm_backward": (
        "layers.py", "dnorm = (dout * gamma).reshape(N, G, -1)", "dnorm = dout.reshape(N, G, -1)",
        "failed", 0.0, ["spatial_groupnorm_backward.gamma_missing"],
    ),
    "layernorm_backward": (
        "layers.py", "    dgamma = (dout * norm).sum(axis=0)\n    dnorm = (dout * gamma).T",
        "    dgamma = (dout * norm).sum(axis=1)\n    dnorm = (dout * gamma).T",
        "failed", 0.0, [],
    ),
}  # fmt: skip
EMIL: dict[str, Mistake] = {
    "softmax_loss": (
        "layers.py", "    x = x - np.max(x, axis=1, keepdims=True)\n", "",
        "partial", 2.8, ["softmax_loss.not_shifted"],
    ),
    "dropout_forward": (
        "layers.py", "        mask = mask / p\n", "",
        "failed", 0.0, ["dropout_forward.not_scaled"],
    ),
    "adam": (
        "optim.py", "config.update(m=m, v=v, t=t)", "config.update(m=m, v=v)",
        "failed", 0.0, ["adam.t_not_stored"],
    ),
    "ThreeLayerConvNet.loss": (
        "cnn.py", "for W in [W1, W2, W3])", "for W in [W1, W2])",
        "partial", 0.7, ["ThreeLayerConvNet.loss.last_layer_forgotten"],
    ),
}  # fmt: skip
IVAN: dict[str, Mistake] = {
    "batchnorm_backward": (
        "layers.py", "dx1 = dx_hat / std + 2 * (x - mu) * dvar / len(dout)", "dx1 = dx_hat / std",
        "failed", 0.0, ["batchnorm_backward.variance_path_missing"],
    ),
    "rmsprop": (
        "optim.py", 'config["cache"] = G\n', 'config["s"] = G\n',
        "failed", 0.0, ["rmsprop.cache_not_stored"],
    ),
    "spatial_groupnorm_backward": (
        "layers.py", "dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)\n    dgamma = (dout * x_hat)",
        "dbeta = dout.sum(axis=(0, 2, 3))\n    dgamma = (dout * x_hat)",
        "passed", 3.0, [],
    ),
}  # fmt: skip
JUDY: dict[str, Mistake] = {
    "dropout_backward": (
        "layers.py", "    return dout * mask\n", "    return dout\n",
        "failed", 0.0, ["dropout_backward.passed_through"],
    ),
    "conv_forward_naive": (
        "layers.py", "np.zeros((N, F, Ho, Wo)) + b.reshape(1, F, 1, 1)", "np.zeros((N, F, Ho, Wo))",
        "failed", 0.0, ["conv_forward_naive.bias_missing"],
    ),
}  # fmt: skip
FAY: dict[str, Mistake] = {
    "sgd_momentum": (
        "optim.py",
        "    v = config['momentum'] * v + dw\n    next_w = w - config['learning_rate'] * v\n",
        "    v = config['momentum'] * v + dw\n    next_w = w - v\n",
        "failed", 0.0, [],
    ),
    "FullyConnectedNet.dropout": (
        "fc_net.py", "{'mode': 'train', 'p': dropout}", "{'mode': 'train', 'p': 1 - dropout}",
        "failed", 0.0, ["FullyConnectedNet.dropout.ratio_reversed"],
    ),
}  # fmt: skip
KIM: dict[str, Mistake] = {
    "Solver.log_grad_norm_history": (
        "solver.py", "np.sqrt(np.sum(dw ** 2))", "np.sum(dw ** 2)",
        "failed", 0.0, [],
    ),
    "FullyConnectedNet.init": (
        "fc_net.py", "np.sqrt(2.0 / fan_in)", "2.0 / fan_in",
        "partial", 2.1, ["FullyConnectedNet.init.he_variance"],
    ),
    "TwoLayerNet.gradients": (
        "fc_net.py", "        grads['W2'] += self.reg * W2\n", "",
        "partial", 2.8, ["TwoLayerNet.gradients.second_layer_not_regularized"],
    ),
}  # fmt: skip
GUS: dict[str, Mistake] = {
    "sgd_nesterov_momentum": (
        "optim.py", "(1 + config['momentum'])*v", "(1 + config['momentum'])*v_old",
        "failed", 0.0,
        ["sgd_nesterov_momentum.plain_momentum", "sgd_nesterov_momentum.old_velocity_used"],
    ),
    "adam": (
        "optim.py", "  config['t'] += 1\n", "",
        "failed", 0.0, ["adam.t_never_counts"],
    ),
    "spatial_batchnorm_forward": (
        "conv_layers.py",
        "x_t = x.transpose(0, 2, 3, 1).reshape((N*H*W, C))", "x_t = x.reshape((-1, C))",
        "failed", 0.0, ["spatial_batchnorm_forward.channels_not_moved_there"],
    ),
}  # fmt: skip
LENA: dict[str, Mistake] = {
    "TwoLayerNet.loss": (
        "neural_net.py", "loss += 0.5 * reg *", "loss += reg *",
        "partial", 2.1, ["TwoLayerNet.loss.half_missing"],
    ),
    "TwoLayerNet.train": (
        "neural_net.py", "X_batch, y_batch = X[idx], y[idx]",
        "X_batch, y_batch = X[:batch_size], y[:batch_size]",
        "partial", 2.8, [],
    ),
    "TwoLayerNet.predict": (
        "neural_net.py", "np.argmax(self.loss(X), axis=1)", "np.argmin(self.loss(X), axis=1)",
        "failed", 0.0, [],
    ),
}  # fmt: skip
MISTAKES = {
    "carl": CARL, "hana": HANA, "dora": DORA, "emil": EMIL, "ivan": IVAN,
    "judy": JUDY, "fay": FAY, "kim": KIM, "gus": GUS,
    "lena": LENA,
}  # fmt: skip
