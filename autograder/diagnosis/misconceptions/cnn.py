"""Known wrong implementations in cnn.py."""

from autograder.diagnosis.catalogue import Misconception

SECTION = "5-ConvolutionalNetworks.ipynb: Part C · A ConvNet"


def _mistake(name: str, hint: str, *edits: tuple[str, str]) -> Misconception:
    """`name` is an aspect of the net, a dot and the mistake."""
    name = f"ThreeLayerConvNet.{name}"
    return Misconception(name, name.rpartition(".")[0], "deepnets/cnn.py", edits, hint, SECTION)


_FLAT = "flat = num_filters * (H // 2) * (W // 2)"
_SHAPES = "shapes = (num_filters, C, filter_size, filter_size), (flat, hidden_dim)"
_LAST = "(*shapes, (hidden_dim, num_classes))"
_DRAWN = "rng.normal(scale=weight_scale, size=shape)"
_BIAS = "np.zeros(width)"
_WIDTHS = "enumerate((num_filters, hidden_dim, num_classes), start=1)"

INIT = [
    _mistake(
        "init.pooling_forgotten",
        "The second layer expects an image that was not pooled: pooling halves height and width.",
        (_FLAT, "flat = num_filters * H * W"),
    ),
    _mistake(
        "init.pooling_in_one_direction",
        "Pooling halves both the height and the width.",
        (_FLAT, "flat = num_filters * H * W // 2"),
    ),
    _mistake(
        "init.pooling_rounded_up",
        "An odd height or width loses its last row or column in the pooling.",
        (_FLAT, "flat = num_filters * -(H // -2) * -(W // -2)"),
    ),
    _mistake(
        "init.quarter_of_the_area",
        "A quarter of the area is not half the height times half the width if one of them is odd.",
        (_FLAT, "flat = num_filters * (H * W // 4)"),
    ),
    _mistake(
        "init.square_images_only",
        "The height is used for the width too: images need not be squares.",
        (_FLAT, "flat = num_filters * (H // 2) ** 2"),
    ),
    _mistake(
        "init.padding_forgotten",
        "The second layer expects the image of a convolution without padding; here it keeps the "
        "size.",
        (_FLAT, "H, W = H - filter_size + 1, W - filter_size + 1\n        " + _FLAT),
    ),
    _mistake(
        "init.channels_for_filters",
        "The second layer expects as many channels as the image has; the convolution gives one "
        "per filter.",
        (_FLAT, _FLAT.replace("num_filters", "C")),
    ),
    _mistake(
        "init.three_channels",
        "The filters have three channels, whatever the images have.",
        (_SHAPES, _SHAPES.replace("C,", "3,")),
    ),
    _mistake(
        "init.channels_first",
        "The channels are the first axis of your filters: the filters themselves come first.",
        (_SHAPES, _SHAPES.replace("num_filters, C,", "C, num_filters,")),
    ),
    _mistake(
        "init.channels_last",
        "The channels are the last axis of your filters: in this library they come before height "
        "and width.",
        (_SHAPES, _SHAPES.replace("C, filter_size, filter_size", "filter_size, filter_size, C")),
    ),
    _mistake(
        "init.transposed",
        "The affine weights have units first: in this library the inputs are the first axis.",
        (_SHAPES, _SHAPES.replace("flat, hidden_dim", "hidden_dim, flat")),
        (_LAST, "(*shapes, (num_classes, hidden_dim))"),
    ),
    _mistake(
        "init.bias_per_channel",
        "The convolution has one bias per filter, not one per channel of the image.",
        (_WIDTHS, "enumerate((C, hidden_dim, num_classes), start=1)"),
    ),
    _mistake(
        "init.zero_weights",
        "All weights start at zero: then all filters stay alike for ever.",
        (_DRAWN, "np.zeros(shape)"),
    ),
    _mistake(
        "init.scale_missing",
        "The weights are drawn with standard deviation one: weight_scale is not used.",
        (_DRAWN, "rng.normal(size=shape)"),
    ),
    _mistake(
        "init.filters_not_scaled",
        "weight_scale is not used for the filters.",
        (_DRAWN, "rng.normal(scale=1 if i == 1 else weight_scale, size=shape)"),
    ),
    _mistake(
        "init.last_layer_not_scaled",
        "weight_scale is not used for the last layer.",
        (_DRAWN, "rng.normal(scale=1 if i == 3 else weight_scale, size=shape)"),
    ),
    _mistake(
        "init.scale_as_variance",
        "weight_scale is the standard deviation; it is used as a variance here.",
        (_DRAWN, _DRAWN.replace("weight_scale", "np.sqrt(weight_scale)")),
    ),
    _mistake(
        "init.scale_squared",
        "weight_scale is the standard deviation; it enters twice here.",
        (_DRAWN, _DRAWN.replace("weight_scale", "weight_scale**2")),
    ),
    _mistake(
        "init.uniform",
        "The weights are drawn from a uniform distribution; a normal one is asked for.",
        (_DRAWN, "rng.uniform(-weight_scale, weight_scale, size=shape)"),
    ),
    _mistake(
        "init.random_biases",
        "The biases start at zero; only the weights are random.",
        (_BIAS, "rng.normal(scale=weight_scale, size=width)"),
    ),
    _mistake(
        "init.biases_of_one",
        "The biases start at zero, not at one.",
        (_BIAS, "np.ones(width)"),
    ),
    _mistake(
        "init.fixed_seed",
        "A seed is fixed in your code, so that all nets get the same weights.",
        (_DRAWN, _DRAWN.replace("rng", "np.random.default_rng(i)")),
    ),
    _mistake(
        "init.seeded_in_every_layer",
        "The generator starts anew in every layer, so that the layers repeat each other's draws.",
        (_DRAWN, _DRAWN.replace("rng", "np.random.default_rng(seed)")),
    ),
]

_IMPORT = "from .layers import affine_backward, affine_forward, softmax_loss"
_FAST = (
    "from .fast_layers import (\n    conv_backward_fast, conv_forward_fast,\n"
    "    max_pool_backward_fast, max_pool_forward_fast,\n)\n"
)
_MORE = (_IMPORT, f"{_FAST}{_IMPORT}, relu_backward, relu_forward")
_CONV = "pooled, pool_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)"
_HIDDEN = "hidden, hidden_cache = affine_relu_forward(pooled, W2, b2)"
_SCORES = "scores, scores_cache = affine_forward(hidden, W3, b3)"

SCORES = [
    _mistake(
        "scores.relu_on_scores",
        "The scores went through a ReLU: a score may well be negative.",
        (_SCORES, "scores, scores_cache = affine_relu_forward(hidden, W3, b3)"),
    ),
    _mistake(
        "scores.probabilities",
        "Scores are asked for, before the softmax: probabilities are the loss's affair.",
        (
            _SCORES,
            f"{_SCORES}\n        scores = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)",
        ),
    ),
    _mistake(
        "scores.hidden_relu_missing",
        "There is no ReLU between the two affine layers: together they are one affine layer then.",
        (_HIDDEN, "hidden, hidden_cache = affine_forward(pooled, W2, b2)"),
    ),
    _mistake(
        "scores.conv_relu_missing",
        "There is no ReLU after the convolution.",
        _MORE,
        (_CONV, "maps, conv_cache = conv_forward_fast(X, W1, b1, conv_param)\n"
         "        pooled, pool_cache = max_pool_forward_fast(maps, pool_param)"),
    ),
    _mistake(
        "scores.pooling_missing",
        "The pooling is left out, so that the second layer gets too many values.",
        _MORE,
        (_CONV, "maps, conv_cache = conv_forward_fast(X, W1, b1, conv_param)\n"
         "        pooled, pool_cache = relu_forward(maps)"),
    ),
    _mistake(
        "scores.not_padded",
        "The convolution is not padded, so that it loses the border of the images.",
        (_CONV, _CONV.replace("conv_param,", '{"stride": 1, "pad": 0},')),
    ),
    _mistake(
        "scores.padding_of_three",
        "The padding is right for filters of one size only: it depends on the filter.",
        (_CONV, _CONV.replace("conv_param,", '{"stride": 1, "pad": 1},')),
    ),
    _mistake(
        "scores.biases_missing",
        "The biases are not used: with new nets one does not notice, since they start at zero.",
        (_CONV, _CONV.replace("b1", "0 * b1")),
        (_HIDDEN, _HIDDEN.replace("b2", "0 * b2")),
        (_SCORES, _SCORES.replace("b3", "0 * b3")),
    ),
    _mistake(
        "scores.conv_bias_missing",
        "The bias of the convolution is not used.",
        (_CONV, _CONV.replace("b1", "0 * b1")),
    ),
    _mistake(
        "scores.last_bias_missing",
        "The bias of the last layer is not used.",
        (_SCORES, _SCORES.replace("b3", "0 * b3")),
    ),
]  # fmt: skip

_REG = "loss += 0.5 * self.reg * (np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2))"

LOSS = [
    _mistake(
        "loss.half_missing",
        "The regularization term is twice too large: the notebook's formula has a factor 1/2.",
        (_REG, _REG.replace("0.5 * ", "")),
    ),
    _mistake(
        "loss.regularization_missing",
        "The loss does not depend on reg: the regularization term is missing.",
        (_REG, "pass"),
    ),
    _mistake(
        "loss.biases_regularized",
        "The biases are regularized as well; only weights should be.",
        (_REG, _REG.replace("(W3**2))", "(W3**2) + sum(np.sum(b**2) for b in (b1, b2, b3)))")),
    ),
    _mistake(
        "loss.filters_forgotten",
        "The filters are weights too: they are missing in the regularization term.",
        (_REG, _REG.replace("np.sum(W1**2) + ", "")),
    ),
    _mistake(
        "loss.hidden_layer_forgotten",
        "The weights of the hidden layer are missing in the regularization term.",
        (_REG, _REG.replace("np.sum(W2**2) + ", "")),
    ),
    _mistake(
        "loss.last_layer_forgotten",
        "The weights of the last layer are missing in the regularization term.",
        (_REG, _REG.replace(" + np.sum(W3**2)", "")),
    ),
    _mistake(
        "loss.norm_not_squared",
        "The regularization term takes the norms of the weights, not their squares.",
        (_REG, "loss += 0.5 * self.reg * sum(np.sqrt(np.sum(W**2)) for W in (W1, W2, W3))"),
    ),
    _mistake(
        "loss.absolute_values",
        "The regularization term sums absolute values (L1), not squares (L2).",
        (_REG, "loss += 0.5 * self.reg * sum(np.abs(W).sum() for W in (W1, W2, W3))"),
    ),
    _mistake(
        "loss.regularization_averaged",
        "The regularization term is divided by the batch size; only the data loss is a mean.",
        (_REG, _REG + " / len(X)"),
    ),
    _mistake(
        "loss.data_loss_overwritten",
        "The regularization term replaces the data loss instead of adding to it.",
        (_REG, _REG.replace("+=", "=")),
    ),
]

_BACK = 'dpooled, dW2, grads["b2"] = affine_relu_backward(dhidden, hidden_cache)'
_CONV_BACK = '_, dW1, grads["b1"] = conv_relu_pool_backward(dpooled, pool_cache)'
_G = [f'grads["W{i}"] = dW{i} + self.reg * W{i}' for i in (1, 2, 3)]
_ALL = "\n        ".join(_G)

GRADIENTS = [
    _mistake(
        "gradients.regularization_missing",
        "The regularization term is in the loss, but not in the gradients of the weights.",
        (_ALL, 'grads["W1"], grads["W2"], grads["W3"] = dW1, dW2, dW3'),
    ),
    _mistake(
        "gradients.regularization_doubled",
        "The gradient of the regularization term is twice too large: its factor 1/2 cancels.",
        (_ALL, _ALL.replace("self.reg", "2 * self.reg")),
    ),
    _mistake(
        "gradients.regularization_halved",
        "The gradient of the regularization term is half of what it should be: what is the "
        "derivative of a square?",
        (_ALL, _ALL.replace("self.reg", "0.5 * self.reg")),
    ),
    _mistake(
        "gradients.filters_not_regularized",
        "The regularization term is missing in the gradient of the filters.",
        (_G[0], 'grads["W1"] = dW1'),
    ),
    _mistake(
        "gradients.hidden_layer_not_regularized",
        "The regularization term is missing in the gradient of the hidden layer's weights.",
        (_G[1], 'grads["W2"] = dW2'),
    ),
    _mistake(
        "gradients.last_layer_not_regularized",
        "The regularization term is missing in the gradient of the last layer's weights.",
        (_G[2], 'grads["W3"] = dW3'),
    ),
    _mistake(
        "gradients.biases_regularized",
        "The gradients of the biases contain a regularization term; only weights should.",
        (_G[2], f"{_G[2]}\n"
         '        for name, b in (("b1", b1), ("b2", b2), ("b3", b3)):\n'
         "            grads[name] = grads[name] + self.reg * b"),
    ),
    _mistake(
        "gradients.data_gradient_overwritten",
        "Only the regularization term is left in the gradients: it was assigned, not added.",
        (_ALL, _ALL.replace("dW1 + ", "").replace("dW2 + ", "").replace("dW3 + ", "")),
    ),
    _mistake(
        "gradients.hidden_relu_forgotten",
        "The backward pass goes around the ReLU of the hidden layer.",
        (_BACK, 'dpooled, dW2, grads["b2"] = affine_backward(dhidden, hidden_cache[0])'),
    ),
    _mistake(
        "gradients.conv_relu_forgotten",
        "The backward pass goes around the ReLU after the convolution.",
        _MORE,
        (_CONV_BACK, "dmaps = max_pool_backward_fast(dpooled, pool_cache[1])\n"
         '        _, dW1, grads["b1"] = conv_backward_fast(dmaps, pool_cache[0][0])'),
    ),
    _mistake(
        "gradients.pooling_spread",
        "The gradient is spread evenly over the windows of the pooling: only a maximum gets it.",
        _MORE,
        (_CONV_BACK, "dmaps = np.zeros_like(pool_cache[1][0])\n"
         "        spread = dpooled.repeat(2, axis=2).repeat(2, axis=3) / 4\n"
         "        dmaps[:, :, : spread.shape[2], : spread.shape[3]] = spread\n"
         "        dmaps = relu_backward(dmaps, pool_cache[0][1])\n"
         '        _, dW1, grads["b1"] = conv_backward_fast(dmaps, pool_cache[0][0])'),
    ),
    _mistake(
        "gradients.weights_changed",
        "Computing the gradients changes the net's own weights: use a copy of them.",
        (_ALL, "for name, W, dW in ((\"W1\", W1, dW1), (\"W2\", W2, dW2), (\"W3\", W3, dW3)):\n"
         "            W *= self.reg\n"
         "            grads[name] = dW + W"),
    ),
]  # fmt: skip

MISCONCEPTIONS = (*INIT, *SCORES, *LOSS, *GRADIENTS)
