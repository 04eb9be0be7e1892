import numpy as np

from cs231n.layers import *
from cs231n.layer_utils import *


class TwoLayerNet(object):
  def __init__(
    self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0
  ):
    self.params = {}
    self.reg = reg
    self.params["W1"] = weight_scale * np.random.randn(input_dim, hidden_dim)
    self.params["b1"] = np.zeros(hidden_dim)
    self.params["W2"] = weight_scale * np.random.randn(hidden_dim, num_classes)
    self.params["b2"] = np.zeros(num_classes)

  def loss(self, X, y=None):
    W1, b1, W2, b2 = [self.params[k] for k in ("W1", "b1", "W2", "b2")]
    hidden, cache1 = affine_relu_forward(X, W1, b1)
    scores, cache2 = affine_forward(hidden, W2, b2)
    if y is None:
      return scores

    loss, grads = 0, {}
    loss, dscores = softmax_loss(scores, y)
    loss += self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    dhidden, dW2, grads["b2"] = affine_backward(dscores, cache2)
    _, dW1, grads["b1"] = affine_relu_backward(dhidden, cache1)
    grads["W1"] = dW1 + self.reg * W1
    grads["W2"] = dW2 + self.reg * W2
    return loss, grads


class FullyConnectedNet(object):
  def __init__(
    self,
    hidden_dims,
    input_dim=3 * 32 * 32,
    num_classes=10,
    dropout=0,
    use_batchnorm=False,
    reg=0.0,
    weight_scale=1e-2,
    dtype=np.float32,
    seed=None,
  ):
    self.use_batchnorm = use_batchnorm
    self.use_dropout = dropout > 0
    self.reg = reg
    self.num_layers = 1 + len(hidden_dims)
    self.dtype = dtype
    self.params = {}

    dims = [input_dim] + hidden_dims + [num_classes]
    for i in range(self.num_layers):
      self.params["W%d" % (i + 1)] = weight_scale * np.random.randn(dims[i], dims[i + 1])
      self.params["b%d" % (i + 1)] = np.zeros(dims[i + 1])
      if use_batchnorm and i < self.num_layers - 1:
        self.params["gamma%d" % (i + 1)] = np.ones(dims[i + 1])
        self.params["beta%d" % (i + 1)] = np.zeros(dims[i + 1])

    self.dropout_param = {}
    if self.use_dropout:
      self.dropout_param = {"mode": "train", "p": dropout}
      if seed is not None:
        self.dropout_param["seed"] = seed
    self.bn_params = []
    if self.use_batchnorm:
      self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
    for k, v in self.params.items():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = "test" if y is None else "train"
    if self.dropout_param is not None:
      self.dropout_param["mode"] = mode
    if self.use_batchnorm:
      for bn_param in self.bn_params:
        bn_param[mode] = mode

    scores = None
    h, caches = X, []
    for i in range(1, self.num_layers):
      h, fc = affine_forward(h, self.params["W%d" % i], self.params["b%d" % i])
      bn, do = None, None
      if self.use_batchnorm:
        h, bn = batchnorm_forward(
          h, self.params["gamma%d" % i], self.params["beta%d" % i], self.bn_params[i - 1]
        )
      h, relu = relu_forward(h)
      if self.use_dropout:
        h, do = dropout_forward(h, self.dropout_param)
      caches.append((fc, bn, relu, do))
    L = self.num_layers
    scores, last = affine_forward(h, self.params["W%d" % L], self.params["b%d" % L])
    if mode == "test":
      return scores

    loss, grads = 0.0, {}
    loss, dscores = softmax_loss(scores, y)
    for i in range(1, L + 1):
      loss += 0.5 * self.reg * np.sum(self.params["W%d" % i] ** 2)
    dh, grads["W%d" % L], grads["b%d" % L] = affine_backward(dscores, last)
    for i in range(L - 1, 0, -1):
      fc, bn, relu, do = caches[i - 1]
      if self.use_dropout:
        dh = dropout_backward(dh, do)
      dh = relu_backward(dh, relu)
      if self.use_batchnorm:
        dh, grads["gamma%d" % i], grads["beta%d" % i] = batchnorm_backward(dh, bn)
      dh, grads["W%d" % i], grads["b%d" % i] = affine_backward(dh, fc)
    for i in range(1, L + 1):
      grads["W%d" % i] += self.reg * self.params["W%d" % i]
    return loss, grads
