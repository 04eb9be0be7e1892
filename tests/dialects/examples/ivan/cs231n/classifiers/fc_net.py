from builtins import range
from builtins import object
import numpy as np

from ..layers import *
from ..layer_utils import *


class FullyConnectedNet(object):
    """Class for a multi-layer fully connected neural network."""

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
    ):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        for l, (i, j) in enumerate(zip([input_dim, *hidden_dims], [*hidden_dims, num_classes])):
            self.params[f"W{l+1}"] = np.random.randn(i, j) * weight_scale
            self.params[f"b{l+1}"] = np.zeros(j)
            if self.normalization and l < self.num_layers - 1:
                self.params[f"gamma{l+1}"] = np.ones(j)
                self.params[f"beta{l+1}"] = np.zeros(j)
        del self.params[f"b{l+1}"]
        self.params[f"b{l+1}"] = np.zeros(num_classes)

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed
        self.bn_params = []
        if self.normalization == "batchnorm":
            self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
        if self.normalization == "layernorm":
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode
        scores = None
        tape, L = [], self.num_layers

        def push(backward, out_and_cache, *names):
            out, cache = out_and_cache
            tape.append((backward, cache, names))
            return out

        out = X
        for l in range(1, L + 1):
            W, b = self.params[f"W{l}"], self.params[f"b{l}"]
            out = push(affine_backward, affine_forward(out, W, b), f"W{l}", f"b{l}")
            if l == L:
                break
            if self.normalization:
                gamma, beta = self.params[f"gamma{l}"], self.params[f"beta{l}"]
                forward, backward = {
                    "batchnorm": (batchnorm_forward, batchnorm_backward_alt),
                    "layernorm": (layernorm_forward, layernorm_backward),
                }[self.normalization]
                normed = forward(out, gamma, beta, self.bn_params[l - 1])
                out = push(backward, normed, f"gamma{l}", f"beta{l}")
            out = push(relu_backward, relu_forward(out))
            if self.use_dropout:
                out = push(dropout_backward, dropout_forward(out, self.dropout_param))
        scores = out

        if mode == "test":
            return scores

        loss, grads = 0.0, {}
        loss, dout = softmax_loss(scores, y)
        while tape:
            backward, cache, names = tape.pop()
            dout = backward(dout, cache)
            if names:
                dout, *values = dout
                grads.update(zip(names, values))
        for l in range(1, L + 1):
            loss += 0.5 * self.reg * (self.params[f"W{l}"] ** 2).sum()
            grads[f"W{l}"] += self.reg * self.params[f"W{l}"]
        return loss, grads
