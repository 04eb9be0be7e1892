"""Known wrong implementations in fc_net.py."""

from autograder.diagnosis.catalogue import Misconception

TWO, DEEP = "Part C · A net with one hidden layer", "Part D · Any number of layers"
HE = "How large should a weight be at birth?"


def _mistake(name: str, hint: str, *edits: tuple[str, str], heading: str = "") -> Misconception:
    """`name` is the task's id, a dot and the mistake."""
    heading = heading or (TWO if name.startswith("TwoLayerNet") else DEEP)
    section = f"1-FullyConnectedNets.ipynb: {heading}"
    return Misconception(name, name.rpartition(".")[0], "deepnets/fc_net.py", edits, hint, section)


_W1 = "rng.normal(scale=weight_scale, size=(input_dim, hidden_dim))"
_W2 = "rng.normal(scale=weight_scale, size=(hidden_dim, num_classes))"
_B1 = "np.zeros(hidden_dim)"
_B2 = "np.zeros(num_classes)"

TWO_INIT = [
    _mistake(
        "TwoLayerNet.init.zero_weights",
        "All weights start at zero: then all hidden units stay alike for ever.",
        (_W1, "np.zeros((input_dim, hidden_dim))"),
        (_W2, "np.zeros((hidden_dim, num_classes))"),
    ),
    _mistake(
        "TwoLayerNet.init.scale_missing",
        "The weights are drawn with standard deviation one: weight_scale is not used.",
        (_W1, "rng.normal(size=(input_dim, hidden_dim))"),
        (_W2, "rng.normal(size=(hidden_dim, num_classes))"),
    ),
    _mistake(
        "TwoLayerNet.init.second_scale_missing",
        "weight_scale is used in the first layer only.",
        (_W2, "rng.normal(size=(hidden_dim, num_classes))"),
    ),
    _mistake(
        "TwoLayerNet.init.scale_as_variance",
        "weight_scale is the standard deviation; it is used as a variance here.",
        (_W1, _W1.replace("weight_scale", "np.sqrt(weight_scale)")),
        (_W2, _W2.replace("weight_scale", "np.sqrt(weight_scale)")),
    ),
    _mistake(
        "TwoLayerNet.init.scale_squared",
        "weight_scale is the standard deviation; it enters twice here.",
        (_W1, _W1.replace("weight_scale", "weight_scale**2")),
        (_W2, _W2.replace("weight_scale", "weight_scale**2")),
    ),
    _mistake(
        "TwoLayerNet.init.uniform",
        "The weights are drawn from a uniform distribution; a normal one is asked for.",
        (_W1, "rng.uniform(-weight_scale, weight_scale, size=(input_dim, hidden_dim))"),
        (_W2, "rng.uniform(-weight_scale, weight_scale, size=(hidden_dim, num_classes))"),
    ),
    _mistake(
        "TwoLayerNet.init.positive",
        "The weights are all positive: their mean must be zero, and their distribution normal.",
        (_W1, "weight_scale * rng.random((input_dim, hidden_dim))"),
        (_W2, "weight_scale * rng.random((hidden_dim, num_classes))"),
    ),
    _mistake(
        "TwoLayerNet.init.transposed",
        "The weights have units first: in this library the inputs are the first axis.",
        (_W1, _W1.replace("input_dim, hidden_dim", "hidden_dim, input_dim")),
        (_W2, _W2.replace("hidden_dim, num_classes", "num_classes, hidden_dim")),
    ),
    _mistake(
        "TwoLayerNet.init.random_biases",
        "The biases start at zero; only the weights are random.",
        (_B1, "rng.normal(scale=weight_scale, size=hidden_dim)"),
        (_B2, "rng.normal(scale=weight_scale, size=num_classes)"),
    ),
    _mistake(
        "TwoLayerNet.init.biases_of_one",
        "The biases start at zero, not at one.",
        (_B1, "np.ones(hidden_dim)"),
        (_B2, "np.ones(num_classes)"),
    ),
    _mistake(
        "TwoLayerNet.init.fixed_seed",
        "A seed is fixed in your code, so that all nets get the same weights.",
        (_W1, _W1.replace("rng", "np.random.default_rng(0)")),
        (_W2, _W2.replace("rng", "np.random.default_rng(1)")),
    ),
    _mistake(
        "TwoLayerNet.init.seeded_in_every_layer",
        "The generator starts anew in every layer, so that the layers repeat each other's draws.",
        (_W1, _W1.replace("rng", "np.random.default_rng(seed)")),
        (_W2, _W2.replace("rng", "np.random.default_rng(seed)")),
    ),
]

_SCORES = "scores, scores_cache = affine_forward(hidden, W2, b2)"
_HIDDEN = "hidden, hidden_cache = affine_relu_forward(X, W1, b1)"

TWO_SCORES = [
    _mistake(
        "TwoLayerNet.scores.relu_on_scores",
        "The scores went through a ReLU: a score may well be negative.",
        (_SCORES, "scores, scores_cache = affine_relu_forward(hidden, W2, b2)"),
    ),
    _mistake(
        "TwoLayerNet.scores.relu_missing",
        "There is no ReLU between the two layers: together they are one affine layer then.",
        (_HIDDEN, "hidden, hidden_cache = affine_forward(X, W1, b1)"),
    ),
    _mistake(
        "TwoLayerNet.scores.probabilities",
        "Scores are asked for, before the softmax: probabilities are the loss's affair.",
        (
            _SCORES,
            f"{_SCORES}\n        scores = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)",
        ),
    ),
    _mistake(
        "TwoLayerNet.scores.biases_missing",
        "The biases are not used: with new nets one does not notice, since they start at zero.",
        (_HIDDEN, "hidden, hidden_cache = affine_relu_forward(X, W1, 0 * b1)"),
        (_SCORES, "scores, scores_cache = affine_forward(hidden, W2, 0 * b2)"),
    ),
    _mistake(
        "TwoLayerNet.scores.second_bias_missing",
        "The bias of the second layer is not used.",
        (_SCORES, "scores, scores_cache = affine_forward(hidden, W2, 0 * b2)"),
    ),
]

_TWO_REG = "loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2))"

TWO_LOSS = [
    _mistake(
        "TwoLayerNet.loss.half_missing",
        "The regularization term is twice too large: the notebook's formula has a factor 1/2.",
        (_TWO_REG, _TWO_REG.replace("0.5 * ", "")),
    ),
    _mistake(
        "TwoLayerNet.loss.regularization_missing",
        "The loss does not depend on reg: the regularization term is missing.",
        (_TWO_REG, "pass"),
    ),
    _mistake(
        "TwoLayerNet.loss.biases_regularized",
        "The biases are regularized as well; only weights should be.",
        (_TWO_REG, _TWO_REG.replace("(W2**2))", "(W2**2) + np.sum(b1**2) + np.sum(b2**2))")),
    ),
    _mistake(
        "TwoLayerNet.loss.second_layer_forgotten",
        "The weights of the second layer are missing in the regularization term.",
        (_TWO_REG, "loss += 0.5 * self.reg * np.sum(W1**2)"),
    ),
    _mistake(
        "TwoLayerNet.loss.first_layer_forgotten",
        "The weights of the first layer are missing in the regularization term.",
        (_TWO_REG, "loss += 0.5 * self.reg * np.sum(W2**2)"),
    ),
    _mistake(
        "TwoLayerNet.loss.norm_not_squared",
        "The regularization term takes the norms of the weights, not their squares.",
        (_TWO_REG, "loss += 0.5 * self.reg * (np.linalg.norm(W1) + np.linalg.norm(W2))"),
    ),
    _mistake(
        "TwoLayerNet.loss.absolute_values",
        "The regularization term sums absolute values (L1), not squares (L2).",
        (_TWO_REG, "loss += 0.5 * self.reg * (np.abs(W1).sum() + np.abs(W2).sum())"),
    ),
    _mistake(
        "TwoLayerNet.loss.regularization_averaged",
        "The regularization term is divided by the batch size; only the data loss is a mean.",
        (_TWO_REG, _TWO_REG + " / len(X)"),
    ),
    _mistake(
        "TwoLayerNet.loss.data_loss_overwritten",
        "The regularization term replaces the data loss instead of adding to it.",
        (_TWO_REG, _TWO_REG.replace("+=", "=")),
    ),
]

_TWO_BACK = '_, dW1, grads["b1"] = affine_relu_backward(dhidden, hidden_cache)'
_G1 = 'grads["W1"] = dW1 + self.reg * W1'
_G2 = 'grads["W2"] = dW2 + self.reg * W2'
_BOTH = f"{_G1}\n        {_G2}"

TWO_GRADIENTS = [
    _mistake(
        "TwoLayerNet.gradients.regularization_missing",
        "The regularization term is in the loss, but not in the gradients of the weights.",
        (_BOTH, _BOTH.replace(" + self.reg * W1", "").replace(" + self.reg * W2", "")),
    ),
    _mistake(
        "TwoLayerNet.gradients.regularization_doubled",
        "The gradient of the regularization term is twice too large: its factor 1/2 cancels.",
        (_BOTH, _BOTH.replace("self.reg", "2 * self.reg")),
    ),
    _mistake(
        "TwoLayerNet.gradients.regularization_halved",
        "The gradient of the regularization term is half of what it should be: what is the "
        "derivative of a square?",
        (_BOTH, _BOTH.replace("self.reg", "0.5 * self.reg")),
    ),
    _mistake(
        "TwoLayerNet.gradients.first_layer_not_regularized",
        "The regularization term is missing in the gradient of the first layer's weights.",
        (_G1, 'grads["W1"] = dW1'),
    ),
    _mistake(
        "TwoLayerNet.gradients.second_layer_not_regularized",
        "The regularization term is missing in the gradient of the second layer's weights.",
        (_G2, 'grads["W2"] = dW2'),
    ),
    _mistake(
        "TwoLayerNet.gradients.biases_regularized",
        "The gradients of the biases contain a regularization term; only weights should.",
        (_G2, f'{_G2}\n        grads["b1"] += self.reg * b1\n        grads["b2"] += self.reg * b2'),
    ),
    _mistake(
        "TwoLayerNet.gradients.relu_forgotten",
        "The backward pass goes around the ReLU: each layer of the forward pass has its turn.",
        (_TWO_BACK, _TWO_BACK.replace("affine_relu_backward", "affine_backward").replace(
            "hidden_cache", "hidden_cache[0]")),
    ),
    _mistake(
        "TwoLayerNet.gradients.data_gradient_overwritten",
        "Only the regularization term is left in the gradients: it was assigned, not added.",
        (_BOTH, _BOTH.replace("dW1 + ", "").replace("dW2 + ", "")),
    ),
    _mistake(
        "TwoLayerNet.gradients.weights_changed",
        "Computing the gradients changes the net's own weights: use a copy of them.",
        (_BOTH, "W1 *= self.reg\n        W2 *= self.reg\n"
         '        grads["W1"], grads["W2"] = dW1 + W1, dW2 + W2'),
    ),
]  # fmt: skip

_DIMS = "[input_dim, *hidden_dims, num_classes]"
_SCALE = '{"normal": weight_scale, "he": np.sqrt(2 / fan_in), "zeros": 0}[initialization]'
_DRAWN = "rng.normal(scale=scale, size=(fan_in, fan_out))"
_BIAS = 'self.params[f"b{i}"] = np.zeros(fan_out)'

DEEP_INIT = [
    _mistake(
        "FullyConnectedNet.init.he_variance",
        "He's formula gives the variance; the standard deviation is its root.",
        (_SCALE, _SCALE.replace("np.sqrt(2 / fan_in)", "2 / fan_in")),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.he_without_two",
        "The variance is half of He's: that is Xavier's, which ignores what a ReLU cuts off.",
        (_SCALE, _SCALE.replace("2 / fan_in", "1 / fan_in")),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.he_fan_out",
        "He's formula takes the width of the layer's input, not of its output.",
        (_SCALE, _SCALE.replace("2 / fan_in", "2 / fan_out")),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.he_fan_sum",
        "He's formula takes the width of the layer's input; the sum of both is Glorot's.",
        (_SCALE, _SCALE.replace("2 / fan_in", "2 / (fan_in + fan_out)")),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.he_first_width",
        "Every layer has its own input width; the width of the images is used for all here.",
        (_SCALE, _SCALE.replace("2 / fan_in", "2 / input_dim")),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.he_times_weight_scale",
        'weight_scale belongs to the initialization "normal" only; He\'s has its own scale.',
        (_SCALE, _SCALE.replace("np.sqrt(2 / fan_in)", "weight_scale * np.sqrt(2 / fan_in)")),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.initialization_ignored",
        "The argument `initialization` has no effect.",
        (_SCALE, "weight_scale"),
        heading=HE,
    ),
    _mistake(
        "FullyConnectedNet.init.scale_missing",
        "The weights are drawn with standard deviation one: weight_scale is not used.",
        (_SCALE, _SCALE.replace('"normal": weight_scale', '"normal": 1.0')),
    ),
    _mistake(
        "FullyConnectedNet.init.scale_as_variance",
        "weight_scale is the standard deviation; it is used as a variance here.",
        (_SCALE, _SCALE.replace('"normal": weight_scale', '"normal": np.sqrt(weight_scale)')),
    ),
    _mistake(
        "FullyConnectedNet.init.uniform",
        "The weights are drawn from a uniform distribution; a normal one is asked for.",
        (_DRAWN, "rng.uniform(-scale, scale, size=(fan_in, fan_out))"),
    ),
    _mistake(
        "FullyConnectedNet.init.random_biases",
        "The biases start at zero; only the weights are random.",
        (_BIAS, 'self.params[f"b{i}"] = rng.normal(scale=scale, size=fan_out)'),
    ),
    _mistake(
        "FullyConnectedNet.init.transposed",
        "The weights have units first: in this library the inputs are the first axis.",
        (_DRAWN, "rng.normal(scale=scale, size=(fan_out, fan_in))"),
    ),
    _mistake(
        "FullyConnectedNet.init.names_from_zero",
        "The parameters are numbered from 0; the names start with W1 and b1.",
        ('self.params[f"W{i}"] = rng', 'self.params[f"W{i - 1}"] = rng'),
        (_BIAS, 'self.params[f"b{i - 1}"] = np.zeros(fan_out)'),
    ),
    _mistake(
        "FullyConnectedNet.init.last_layer_missing",
        "The last layer, the one that gives the scores, has no parameters.",
        ("for i in range(1, self.num_layers + 1):", "for i in range(1, self.num_layers):"),
    ),
    _mistake(
        "FullyConnectedNet.init.lists_only",
        "hidden_dims may be any sequence, a tuple for instance; adding it to a list needs a list.",
        (_DIMS, "[input_dim] + hidden_dims + [num_classes]"),
    ),
    _mistake(
        "FullyConnectedNet.init.fixed_seed",
        "A seed is fixed in your code, so that all nets get the same weights.",
        (_DRAWN, "np.random.default_rng(0).normal(scale=scale, size=(fan_in, fan_out))"),
    ),
    _mistake(
        "FullyConnectedNet.init.seeded_in_every_layer",
        "The generator starts anew in every layer, so that the layers repeat each other's draws.",
        (_DRAWN, "np.random.default_rng(seed).normal(scale=scale, size=(fan_in, fan_out))"),
    ),
]

_LOOP = "out, cache = self.hidden_forward(i, out)"
_OF_LAYER = "weights[i - 1], biases[i - 1]"
_LAST = "scores, scores_cache = affine_forward(out, weights[-1], biases[-1])"

DEEP_SCORES = [
    _mistake(
        "FullyConnectedNet.scores.relu_on_scores",
        "The scores went through a ReLU: a score may well be negative.",
        (_LAST, "scores, scores_cache = affine_relu_forward(out, weights[-1], biases[-1])"),
    ),
    _mistake(
        "FullyConnectedNet.scores.relu_missing",
        "There are no ReLUs between the layers: together they are one affine layer then.",
        (_LOOP, f"out, cache = affine_forward(out, {_OF_LAYER})"),
    ),
    _mistake(
        "FullyConnectedNet.scores.relu_before_affine",
        "The ReLU comes before the affine layer, so that the images themselves get clipped.",
        (_LOOP, f"out, cache = affine_forward(np.maximum(out, 0), {_OF_LAYER})"),
        (_LAST, _LAST.replace("(out,", "(np.maximum(out, 0),")),
    ),
    _mistake(
        "FullyConnectedNet.scores.probabilities",
        "Scores are asked for, before the softmax: probabilities are the loss's affair.",
        (
            _LAST,
            f"{_LAST}\n        scores = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)",
        ),
    ),
    _mistake(
        "FullyConnectedNet.scores.biases_missing",
        "The biases are not used: with new nets one does not notice, since they start at zero.",
        (_LOOP, f"out, cache = affine_relu_forward(out, {_OF_LAYER} * 0)"),
        (_LAST, _LAST.replace("biases[-1]", "0 * biases[-1]")),
    ),
    _mistake(
        "FullyConnectedNet.scores.last_bias_missing",
        "The bias of the last layer is not used.",
        (_LAST, _LAST.replace("biases[-1]", "0 * biases[-1]")),
    ),
    _mistake(
        "FullyConnectedNet.scores.every_layer_reads_the_images",
        "Every layer gets the images; from the second layer on it should get what came before it.",
        (_LOOP, _LOOP.replace("out)", "X)")),
    ),
]

_REG = "loss += 0.5 * self.reg * sum(np.sum(W**2) for W in weights)"

DEEP_LOSS = [
    _mistake(
        "FullyConnectedNet.loss.half_missing",
        "The regularization term is twice too large: the notebook's formula has a factor 1/2.",
        (_REG, _REG.replace("0.5 * ", "")),
    ),
    _mistake(
        "FullyConnectedNet.loss.regularization_missing",
        "The loss does not depend on reg: the regularization term is missing.",
        (_REG, "pass"),
    ),
    _mistake(
        "FullyConnectedNet.loss.biases_regularized",
        "The biases are regularized as well; only weights should be.",
        (_REG, _REG.replace("in weights", "in weights + biases")),
    ),
    _mistake(
        "FullyConnectedNet.loss.last_layer_forgotten",
        "The weights of the last layer are missing in the regularization term.",
        (_REG, _REG.replace("in weights", "in weights[:-1]")),
    ),
    _mistake(
        "FullyConnectedNet.loss.first_layer_forgotten",
        "The weights of the first layer are missing in the regularization term.",
        (_REG, _REG.replace("in weights", "in weights[1:]")),
    ),
    _mistake(
        "FullyConnectedNet.loss.only_last_layer",
        "Only the weights of the last layer are in the regularization term.",
        (_REG, _REG.replace("in weights", "in weights[-1:]")),
    ),
    _mistake(
        "FullyConnectedNet.loss.norm_not_squared",
        "The regularization term takes the norms of the weights, not their squares.",
        (_REG, _REG.replace("np.sum(W**2)", "np.linalg.norm(W)")),
    ),
    _mistake(
        "FullyConnectedNet.loss.regularization_averaged",
        "The regularization term is divided by the batch size; only the data loss is a mean.",
        (_REG, _REG + " / len(X)"),
    ),
]

_BACK = "dout, of_layer = self.hidden_backward(i, dout, caches[i - 1])"
_DECAY = 'for i, W in enumerate(weights, start=1):\n            grads[f"W{i}"] += self.reg * W'

DEEP_GRADIENTS = [
    _mistake(
        "FullyConnectedNet.gradients.regularization_missing",
        "The regularization term is in the loss, but not in the gradients of the weights.",
        (_DECAY, "pass"),
    ),
    _mistake(
        "FullyConnectedNet.gradients.regularization_doubled",
        "The gradient of the regularization term is twice too large: its factor 1/2 cancels.",
        (_DECAY, _DECAY.replace("self.reg", "2 * self.reg")),
    ),
    _mistake(
        "FullyConnectedNet.gradients.regularization_halved",
        "The gradient of the regularization term is half of what it should be: what is the "
        "derivative of a square?",
        (_DECAY, _DECAY.replace("self.reg", "0.5 * self.reg")),
    ),
    _mistake(
        "FullyConnectedNet.gradients.last_layer_not_regularized",
        "The regularization term is missing in the gradient of the last layer's weights.",
        (_DECAY, _DECAY.replace("(weights,", "(weights[:-1],")),
    ),
    _mistake(
        "FullyConnectedNet.gradients.only_last_layer_regularized",
        "The regularization term is in the gradient of the last layer's weights only.",
        (_DECAY, 'grads[f"W{last}"] += self.reg * weights[-1]'),
    ),
    _mistake(
        "FullyConnectedNet.gradients.biases_regularized",
        "The gradients of the biases contain a regularization term; only weights should.",
        (_DECAY, f'{_DECAY}\n            grads[f"b{{i}}"] += self.reg * biases[i - 1]'),
    ),
    _mistake(
        "FullyConnectedNet.gradients.weights_changed",
        "Computing the gradients changes the net's own weights: use a copy of them.",
        (_DECAY, _DECAY.replace("grads", "W *= self.reg\n            grads").replace(
            "+= self.reg * W", "+= W")),
    ),
    _mistake(
        "FullyConnectedNet.gradients.relu_forgotten",
        "The backward pass goes around the ReLUs: each layer of the forward pass has its turn.",
        (_BACK, "dout, dW, db = affine_backward(dout, caches[i - 1][0])\n"
         '            of_layer = {f"W{i}": dW, f"b{i}": db}'),
    ),
    _mistake(
        "FullyConnectedNet.gradients.caches_forwards",
        "The caches are used in the order of the forward pass; the backward pass is the reverse.",
        (_BACK, _BACK.replace("caches[i - 1]", "caches[last - 1 - i]")),
    ),
    _mistake(
        "FullyConnectedNet.gradients.one_cache_for_all",
        "All layers use the cache of the last one: keep the cache of every layer.",
        (_BACK, _BACK.replace("caches[i - 1]", "caches[-1]")),
    ),
]  # fmt: skip

MISCONCEPTIONS = (
    *TWO_INIT, *TWO_SCORES, *TWO_LOSS, *TWO_GRADIENTS,
    *DEEP_INIT, *DEEP_SCORES, *DEEP_LOSS, *DEEP_GRADIENTS,
)  # fmt: skip
