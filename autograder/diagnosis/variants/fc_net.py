"""Accepted implementations in fc_net.py."""

from autograder.diagnosis.catalogue import Variant


def _variant(name: str, note: str, *edits: tuple[str, str]) -> Variant:
    """`name` is the task's id, a dot and the way it is done."""
    return Variant(name, name.rpartition(".")[0], "deepnets/fc_net.py", edits, note)


_W1 = 'self.params["W1"] = rng.normal(scale=weight_scale, size=(input_dim, hidden_dim))'
_W2 = 'self.params["W2"] = rng.normal(scale=weight_scale, size=(hidden_dim, num_classes))'
_HIDDEN = "hidden, hidden_cache = affine_relu_forward(X, W1, b1)"
_BACK = """\
        dhidden, dW2, grads["b2"] = affine_backward(dscores, scores_cache)
        _, dW1, grads["b1"] = affine_relu_backward(dhidden, hidden_cache)
        grads["W1"] = dW1 + self.reg * W1
        grads["W2"] = dW2 + self.reg * W2
"""
_DIMS = "dims = [input_dim, *hidden_dims, num_classes]"
_DRAWN = "rng.normal(scale=scale, size=(fan_in, fan_out))"
_LOOP = """\
        for i in range(1, self.num_layers):
            out, cache = self.hidden_forward(i, out)
            caches.append(cache)
        scores, scores_cache = affine_forward(out, weights[-1], biases[-1])
"""
_REG = "loss += 0.5 * self.reg * sum(np.sum(W**2) for W in weights)"
_DEEP_BACK = """\
        for i in reversed(range(1, last)):
            dout, of_layer = self.hidden_backward(i, dout, caches[i - 1])
"""

VARIANTS = (
    _variant(
        "TwoLayerNet.init.other_order",
        "The second layer is drawn first: which draw comes when is free.",
        (_W1, _W2),
        (f"np.zeros(hidden_dim)\n        {_W2}", f"np.zeros(hidden_dim)\n        {_W1}"),
    ),
    _variant(
        "TwoLayerNet.init.standard_normal",
        "Scaled afterwards.",
        (_W1, 'self.params["W1"] = weight_scale * rng.standard_normal((input_dim, hidden_dim))'),
    ),
    _variant(
        "TwoLayerNet.init.rows_of_biases",
        "Biases have shape (1, H) and (1, C): broadcasting makes that work.",
        ("np.zeros(hidden_dim)", "np.zeros((1, hidden_dim))"),
        ("np.zeros(num_classes)", "np.zeros((1, num_classes))"),
    ),
    _variant(
        "TwoLayerNet.init.global_generator",
        "NumPy's global generator: the argument `seed` has no effect then.",
        (_W1, 'self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)'),
        (_W2, 'self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)'),
    ),
    _variant(
        "TwoLayerNet.scores.layer_by_layer",
        "Affine and ReLU as two calls.",
        (_HIDDEN, """\
hidden, affine_cache = affine_forward(X, W1, b1)
        hidden, relu_cache = relu_forward(hidden)
        hidden_cache = affine_cache, relu_cache"""),
    ),
    _variant(
        "TwoLayerNet.loss.norms",
        "Squares of norms.",
        ("(np.sum(W1**2) + np.sum(W2**2))",
         "(np.linalg.norm(W1) ** 2 + np.linalg.norm(W2) ** 2)"),
    ),
    _variant(
        "TwoLayerNet.gradients.by_hand",
        "Without the layers' backward passes.",
        (_BACK, """\
        dhidden = dscores @ W2.T * (hidden > 0)
        grads["W2"] = hidden.T @ dscores + self.reg * W2
        grads["b2"] = dscores.sum(axis=0)
        grads["W1"] = X.reshape(len(X), -1).T @ dhidden + self.reg * W1
        grads["b1"] = dhidden.sum(axis=0, keepdims=True)
"""),
    ),
    _variant(
        "FullyConnectedNet.init.list_of_dims",
        "Any sequence, made a list first.",
        (_DIMS, "dims = [input_dim] + list(hidden_dims) + [num_classes]"),
    ),
    _variant(
        "FullyConnectedNet.init.last_layer_first",
        "Drawn from the last layer to the first: which draw comes when is free.",
        ("for i in range(1, self.num_layers + 1):", "for i in range(self.num_layers, 0, -1):"),
    ),
    _variant(
        "FullyConnectedNet.init.rows_of_biases",
        "Biases have shape (1, H): broadcasting makes that work.",
        ("np.zeros(fan_out)", "np.zeros((1, fan_out))"),
    ),
    _variant(
        "FullyConnectedNet.init.sum_of_two",
        "A sum of two normal draws is normal.",
        (_DRAWN, f"({_DRAWN} + {_DRAWN}) / np.sqrt(2)"),
    ),
    _variant(
        "FullyConnectedNet.scores.last_layer_in_the_loop",
        "One loop over all layers, with the ReLU left out of the last.",
        (_LOOP, """\
        for i, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
            if i == self.num_layers:
                scores, scores_cache = affine_forward(out, W, b)
                break
            out, cache = self.hidden_forward(i, out)
            caches.append(cache)
"""),
    ),
    _variant(
        "FullyConnectedNet.loss.dot_products",
        "Squares as dot products, one layer at a time.",
        (_REG, "for W in weights:\n            loss += self.reg / 2 * (W.ravel() @ W.ravel())"),
    ),
    _variant(
        "FullyConnectedNet.gradients.caches_popped",
        "Caches taken from the end of the list.",
        (_DEEP_BACK, _DEEP_BACK.replace("caches[i - 1]", "caches.pop()")),
    ),
    _variant(
        "FullyConnectedNet.gradients.relu_apart",
        "Every layer by its own call, without the method for hidden layers.",
        (_DEEP_BACK, """\
        for i in range(last - 1, 0, -1):
            affine_cache, norm_cache, relu_cache, dropout_cache = caches[i - 1]
            if self.use_dropout:
                dout = dropout_backward(dout, dropout_cache)
            dout = relu_backward(dout, relu_cache)
            dout, of_layer = self.normalize_backward(i, dout, norm_cache)
            dout, grads[f"W{i}"], grads[f"b{i}"] = affine_backward(dout, affine_cache)
"""),
    ),
)  # fmt: skip
