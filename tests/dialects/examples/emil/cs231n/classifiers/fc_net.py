from builtins import range
from builtins import object
import os
import numpy as np
import matplotlib.pyplot as plt

from ..layers import *
from ..layer_utils import *


class FullyConnectedNet(object):
    """Class for a multi-layer fully connected neural network.

    {affine - [batch/layer norm] - relu - [dropout]} x (L - 1) - affine - softmax
    """

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

        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        dims = [input_dim, *hidden_dims, num_classes]
        for l, (i, o) in enumerate(zip(dims[:-1], dims[1:]), start=1):
            self.params.update({f"W{l}": np.random.randn(i, o) * weight_scale, f"b{l}": np.zeros(o)})
            if self.normalization and l < self.num_layers:
                self.params.update({f"gamma{l}": np.ones(o), f"beta{l}": np.zeros(o)})
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

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
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        cache = {}
        x = X
        for l in range(1, self.num_layers + 1):
            keys = [f"W{l}", f"b{l}"] + [f"gamma{l}", f"beta{l}"] * (self.normalization is not None)
            w, b, gamma, beta = (self.params.get(k, None) for k in (keys + [None, None])[:4])
            bn = self.bn_params[l - 1] if gamma is not None else None
            do = self.dropout_param if self.use_dropout else None
            is_last = l == self.num_layers
            if is_last:
                x, cache[l] = affine_forward(x, w, b)
            else:
                x, cache[l] = generic_forward(x, w, b, gamma, beta, bn, do)
        scores = x
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****

        if mode == "test":
            return scores

        loss, grads = 0.0, {}
        # *****START OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        loss, dout = softmax_loss(scores, y)
        loss += 0.5 * self.reg * np.sum([np.sum(W**2) for k, W in self.params.items() if "W" in k])
        for l in range(self.num_layers, 0, -1):
            if l == self.num_layers:
                dout, dW, db = affine_backward(dout, cache[l])
            else:
                dout, dW, db, dgamma, dbeta = generic_backward(dout, cache[l])
                if dgamma is not None:
                    grads[f"gamma{l}"], grads[f"beta{l}"] = dgamma, dbeta
            grads[f"W{l}"] = dW + self.reg * self.params[f"W{l}"]
            grads[f"b{l}"] = db
        # *****END OF YOUR CODE (DO NOT DELETE/MODIFY THIS LINE)*****
        return loss, grads


def generic_forward(x, w, b, gamma=None, beta=None, bn_param=None, dropout_param=None):
    """affine - [bn / ln] - relu - [dropout]"""
    bn_cache, dropout_cache = None, None
    out, fc_cache = affine_forward(x, w, b)
    if bn_param is not None:
        if "mode" in bn_param:
            out, bn_cache = batchnorm_forward(out, gamma, beta, bn_param)
        else:
            out, bn_cache = layernorm_forward(out, gamma, beta, bn_param)
    out, relu_cache = relu_forward(out)
    if dropout_param is not None:
        out, dropout_cache = dropout_forward(out, dropout_param)
    return out, (fc_cache, bn_cache, relu_cache, dropout_cache)


def generic_backward(dout, cache):
    fc_cache, bn_cache, relu_cache, dropout_cache = cache
    dgamma, dbeta = None, None
    if dropout_cache is not None:
        dout = dropout_backward(dout, dropout_cache)
    dout = relu_backward(dout, relu_cache)
    if bn_cache is not None:
        backward = batchnorm_backward_alt if len(bn_cache) > 3 else layernorm_backward
        dout, dgamma, dbeta = backward(dout, bn_cache)
    return (*affine_backward(dout, fc_cache), dgamma, dbeta)
